import { describe, expect, test } from 'vitest';
import { MemberCheck, namedFew, readable } from '../../../src/archive/member-check.ts';
import { HOME } from '../../support/archive-source.ts';
import { contentsOf, folder, hardLink, inHome, link, linkInHome } from '../../support/crafted-contents.ts';

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
      dumpFiles: ['toc.dat'],
      counts: new Map([
        ['manifest.json', { files: 1, folders: 0, links: 0, bytes: 2 }],
        ['bitbucket-home', { files: 2, folders: 2, links: 1, bytes: 3 }],
        ['bitbucket-db', { files: 1, folders: 1, links: 0, bytes: 5 }],
      ]),
      folders: contents.folders,
      attributes: false,
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
