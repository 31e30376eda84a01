import { describe, expect, test } from 'vitest';
import { contentsOf, hardLink, inHome, link, linkInHome } from '../../support/crafted-contents.ts';

describe('links out of their tree', () => {
  test.each([
    ['relative', [linkInHome('l', '../x')], ['bitbucket-home/l -> ../x']],
    [
      'relative, from further down',
      [linkInHome('a/b/l', '../../../x')],
      ['bitbucket-home/a/b/l -> ../../../x'],
    ],
    ['absolute', [linkInHome('l', '/etc')], ['bitbucket-home/l -> /etc']],
    [
      'through a link that lies inside',
      [linkInHome('a/up', '..'), linkInHome('l', 'a/up/../x')],
      ['bitbucket-home/l -> a/up/../x'],
    ],
    [
      'through a chain of links, each of them told',
      [linkInHome('l', 'm'), linkInHome('m', 'n'), linkInHome('n', '/etc')],
      ['bitbucket-home/l -> m', 'bitbucket-home/m -> n', 'bitbucket-home/n -> /etc'],
    ],
    [
      'from one tree into another',
      [linkInHome('l', '../bitbucket-db/x')],
      ['bitbucket-home/l -> ../bitbucket-db/x'],
    ],
    [
      'of what stands nowhere',
      [link('bitbucket-db/l', '/var/bitbucket/x')],
      ['bitbucket-db/l -> /var/bitbucket/x'],
    ],
    [
      'of a data store',
      [link('bitbucket-data-stores/mnt/store/l', '/mnt/other')],
      ['bitbucket-data-stores/mnt/store/l -> /mnt/other'],
    ],
  ] as const)('are found: %s', async (_how, members, linksOut) => {
    expect(await contentsOf(members)).toMatchObject({ linksOut, dangers: [] });
  });

  test.each([
    ['relative', linkInHome('l', 'a/b')],
    ['relative, up and down', linkInHome('a/b/l', '../../c')],
    ['absolute into where the home is going to stand', linkInHome('l', '/var/bitbucket/shared')],
    [
      'absolute into where the data store is going to stand',
      link('bitbucket-data-stores/mnt/store/l', '/mnt/store/x'),
    ],
    ['of what is not unpacked', link('somewhere-else/l', '/etc')],
  ] as const)('are not taken for that when they are %s', async (_how, member) => {
    expect(await contentsOf([member])).toMatchObject({ linksOut: [], dangers: [] });
  });
});

describe('a hard link to a symbolic link is one', () => {
  test('and leads from where it stands, not from where the other stands', async () => {
    const contents = await contentsOf([
      linkInHome('a/b/l', '../../x'),
      hardLink('bitbucket-home/m', 'bitbucket-home/a/b/l'),
      hardLink('bitbucket-home/n', 'bitbucket-home/m'),
    ]);
    expect(contents).toMatchObject({
      linksOut: ['bitbucket-home/m -> ../../x', 'bitbucket-home/n -> ../../x'],
      dangers: [],
      counts: new Map([['bitbucket-home', { files: 0, folders: 0, links: 3, bytes: 0 }]]),
    });
  });

  test('so that nothing may lie below it', async () => {
    const { dangers } = await contentsOf([
      linkInHome('a/l', '..'),
      hardLink('bitbucket-home/m', 'bitbucket-home/a/l'),
      inHome('m/x'),
    ]);
    expect(dangers).toEqual(['a path that leads through a symbolic link (bitbucket-home/m/x)']);
  });
});
