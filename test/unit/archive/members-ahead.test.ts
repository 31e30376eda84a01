/** Whether the dump of an archive can be unpacked without the home behind it. */
import { describe, expect, test } from 'vitest';
import { comeAhead } from '../../../src/archive/members-ahead.ts';
import type { CraftedMember } from '../../support/crafted-archives.ts';
import { contentsOf, folder, hardLink, inHome } from '../../support/crafted-contents.ts';

describe('a dump comes ahead of the home', () => {
  const dump = [folder('bitbucket-db/'), { name: 'bitbucket-db/toc.dat' }];
  const home = [folder('bitbucket-home/'), inHome('a')];

  test.each<[string, boolean, CraftedMember[]]>([
    ['when it does', true, [...dump, ...home]],
    ['with the manifest ahead of both', true, [{ name: 'manifest.json' }, ...dump, ...home]],
    ['not behind it', false, [...home, ...dump]],
    ['not when more of it comes later', false, [...dump, ...home, { name: 'bitbucket-db/1.dat' }]],
    ['not without its folder', false, [...dump.slice(1), ...home]],
    ['not when its folder comes behind', false, [...dump.slice(1), ...dump.slice(0, 1), ...home]],
    ['not as a file', false, [{ name: 'bitbucket-db' }, ...home]],
    [
      'not with a file that is also one of the home',
      false,
      [...dump, ...home, hardLink('bitbucket-home/b', 'bitbucket-db/toc.dat')],
    ],
  ])('%s', async (_when, expected, members) => {
    expect(comeAhead(await contentsOf(members), ['bitbucket-db'], ['bitbucket-home'])).toBe(expected);
  });
});
