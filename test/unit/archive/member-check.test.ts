import { describe, expect, test } from 'vitest';
import {
  type ArchivedTree,
  type Contents,
  MemberCheck,
  namedFew,
  readable,
} from '../../../src/archive/member-check.ts';
import { MemberList } from '../../../src/archive/member-list.ts';
import { HOME, listed } from '../../support/archive-source.ts';
import { craftTar, type CraftedMember } from '../../support/crafted-archives.ts';

const STORE: ArchivedTree = { member: 'bitbucket-data-stores/mnt/store', target: '/mnt/store' };
const DATABASE: ArchivedTree = { member: 'bitbucket-db', target: '' };

const folder = (name: string): CraftedMember => ({ name, type: '5' });
const link = (name: string, target: string): CraftedMember => ({ name, type: '2', target });
const hardLink = (name: string, target: string): CraftedMember => ({ name, type: '1', target });
const inHome = (name: string): CraftedMember => ({ name: `bitbucket-home/${name}` });
const linkInHome = (name: string, target: string): CraftedMember => link(`bitbucket-home/${name}`, target);

/** By way of a real tar, of what it lists of an archive with these members. */
async function contentsOf(
  members: readonly CraftedMember[],
  trees: readonly ArchivedTree[] = [HOME, STORE, DATABASE],
): Promise<Contents> {
  const list = new MemberList(trees);
  for (const line of await listed(craftTar(members))) {
    list.line(line);
  }
  return list.finish();
}

describe('an archive as it should be', () => {
  test('is safe, and counted by its top-level names', async () => {
    const contents = await contentsOf([
      { name: 'manifest.json', content: '{}' },
      folder('bitbucket-home/'),
      { ...inHome('a'), content: 'abc' },
      hardLink('bitbucket-home/b', 'bitbucket-home/a'),
      linkInHome('c', 'a'),
      { ...inHome('fifo'), type: '6' },
      folder('bitbucket-home/d/'),
      folder('bitbucket-db/'),
      { name: 'bitbucket-db/toc.dat', content: 'dump!' },
    ]);
    expect(contents).toEqual({
      prefix: '',
      counts: new Map([
        ['manifest.json', { files: 1, folders: 0, links: 0, bytes: 2 }],
        ['bitbucket-home', { files: 2, folders: 2, links: 1, bytes: 3 }],
        ['bitbucket-db', { files: 1, folders: 1, links: 0, bytes: 5 }],
      ]),
      setIdFiles: [],
      linksOut: [],
      dangers: [],
    });
  });

  test("is safe with Atlassian's ./ before every name", async () => {
    const contents = await contentsOf([
      folder('./'),
      folder('./bitbucket-home/'),
      { name: './bitbucket-home/a' },
      hardLink('./bitbucket-home/b', './bitbucket-home/a'),
      link('./bitbucket-home/c', '../../etc'),
    ]);
    expect(contents).toMatchObject({
      prefix: './',
      dangers: [],
      linksOut: ['bitbucket-home/c -> ../../etc'],
      counts: new Map([['bitbucket-home', { files: 2, folders: 1, links: 1, bytes: 0 }]]),
    });
  });

  test('is empty when it holds nothing', async () => {
    expect((await contentsOf([])).counts.size).toBe(0);
  });
});

describe('what is dangerous', () => {
  test.each([
    ['an absolute path', [{ name: '/etc/cron.d/x' }], '/etc/cron.d/x'],
    ['an absolute path', [{ name: '//etc/x' }], '//etc/x'],
    ['an absolute path', [folder('/')], '/'],
    ["a path with '..'", [{ name: '../x' }], '../x'],
    ["a path with '..'", [inHome('../x')], 'bitbucket-home/../x'],
    ["a path with '..'", [folder('bitbucket-home/a/..')], 'bitbucket-home/a/..'],
    ["a path with '..'", [{ name: './../x' }], './../x'],
    ["a path with '..'", [folder('..')], '..'],
    ['a device or another special file', [{ ...inHome('x'), type: '3' }], 'bitbucket-home/x'],
    ['a device or another special file', [{ ...inHome('x'), type: '4' }], 'bitbucket-home/x'],
    ['a device or another special file', [{ ...inHome('x'), type: 'W' }], 'bitbucket-home/x'],
    [
      'a hard link to what is not in the archive',
      [hardLink('bitbucket-home/x', '/etc/passwd')],
      'bitbucket-home/x -> /etc/passwd',
    ],
    [
      'a hard link to what is not in the archive',
      [inHome('y'), hardLink('bitbucket-home/x', 'bitbucket-home/../bitbucket-home/y')],
      'bitbucket-home/x -> bitbucket-home/../bitbucket-home/y',
    ],
    [
      'a hard link to what is not in the archive',
      [hardLink('bitbucket-home/x', 'bitbucket-home/later'), inHome('later')],
      'bitbucket-home/x -> bitbucket-home/later',
    ],
    [
      'a hard link to what is not in the archive',
      [hardLink('bitbucket-home/x', 'bitbucket-home/x')],
      'bitbucket-home/x -> bitbucket-home/x',
    ],
    // tar takes no name for a dot.
    [
      'a hard link to what is not in the archive',
      [hardLink('bitbucket-home/x', '')],
      'bitbucket-home/x -> .',
    ],
    [
      'a path that leads through a symbolic link',
      [linkInHome('l', 'a'), inHome('l/x')],
      'bitbucket-home/l/x',
    ],
    [
      'a path that leads through a symbolic link',
      [inHome('l/x'), linkInHome('l', '/etc')],
      'bitbucket-home/l/x',
    ],
    [
      'a path that leads through a symbolic link',
      [linkInHome('l', 'a'), inHome('l/b/c/x')],
      'bitbucket-home/l/b/c/x',
    ],
    [
      'a path that leads through a symbolic link',
      [linkInHome('l', '.'), linkInHome('l/m', '.')],
      'bitbucket-home/l/m',
    ],
    ['a name that occurs twice', [inHome('a'), inHome('a')], 'bitbucket-home/a'],
    ['a name that occurs twice', [inHome('a/b'), inHome('a/./b')], 'bitbucket-home/a/./b'],
    ['a name that occurs twice', [inHome('a/b'), inHome('a//b')], 'bitbucket-home/a//b'],
    ['a name that occurs twice', [inHome('a'), folder('bitbucket-home/a/')], 'bitbucket-home/a'],
    ['a name that occurs twice', [linkInHome('a', 'b'), folder('bitbucket-home/a//')], 'bitbucket-home/a'],
    ['something else in the place of a folder', [link('bitbucket-home', '/etc')], 'bitbucket-home'],
    ['something else in the place of a folder', [link('bitbucket-home', '.')], 'bitbucket-home'],
    ['something else in the place of a folder', [link('bitbucket-db', 'elsewhere')], 'bitbucket-db'],
    ['something else in the place of a folder', [{ name: 'bitbucket-home' }], 'bitbucket-home'],
    ['something else in the place of a folder', [{ name: 'bitbucket-home', type: '6' }], 'bitbucket-home'],
    [
      'something else in the place of a folder',
      [{ name: 'x' }, hardLink('bitbucket-home', 'x')],
      'bitbucket-home',
    ],
    [
      'something else in the place of a folder',
      [link('bitbucket-data-stores/mnt', '/mnt')],
      'bitbucket-data-stores/mnt/store',
    ],
    ['a name that is spelt otherwise than the others', [{ name: './a' }, { name: 'b' }], 'b'],
    ['a name that is spelt otherwise than the others', [inHome('a'), { name: './x' }], './x'],
    ['a name that is spelt otherwise than the others', [{ name: './a' }, { name: '././b' }], '././b'],
    ['a name that is spelt otherwise than the others', [{ name: './/a' }], './/a'],
  ] as const)('is %s: %j', async (danger, members, named) => {
    expect((await contentsOf(members)).dangers).toEqual([`${danger} (${named})`]);
  });

  test('is told once for each kind, with the first names and the number of the others', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `/absolute-${index}`);
    const { dangers } = await contentsOf([...names.map((name) => ({ name })), { ...inHome('d'), type: '3' }]);
    expect(dangers).toEqual([
      `an absolute path (${names.slice(0, 5).join(', ')} and 3 more)`,
      'a device or another special file (bitbucket-home/d)',
    ]);
  });

  test('is what cannot be understood', () => {
    const check = new MemberCheck([HOME]);
    check.addUnknown('a line of another tar');
    expect(check.finish().dangers).toEqual(['a member that cannot be understood (a line of another tar)']);
  });

  test('is named in UTF-8', async () => {
    const name = Buffer.from('/ünï').toString('latin1');
    expect((await contentsOf([{ name }])).dangers).toEqual(['an absolute path (/ünï)']);
  });
});

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

test('files that run with the rights of their owner are told, folders are not', async () => {
  const contents = await contentsOf([
    { ...inHome('setuid'), mode: 0o4755 },
    { ...inHome('setgid'), mode: 0o2644 },
    { ...inHome('both'), mode: 0o6000 },
    { ...inHome('sticky'), mode: 0o1777 },
    { name: 'bitbucket-home/folder/', type: '5', mode: 0o2775 },
  ]);
  expect(contents).toMatchObject({
    setIdFiles: ['bitbucket-home/setuid', 'bitbucket-home/setgid', 'bitbucket-home/both'],
    dangers: [],
  });
});

test('a long list of names is cut', () => {
  expect(namedFew(['a'])).toBe('a');
  expect(namedFew(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c, d, e');
  expect(namedFew(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d, e and 1 more');
});

test('bytes that are UTF-8 are read as such', () => {
  expect(readable('\u00c3\u00bc')).toBe('ü');
});
