/** Which folders are unpacked apart: only such as nobody can tell from the result, and only where it pays. */
import { describe, expect, test } from 'vitest';
import type { Contents } from '../../../src/archive/member-check.ts';
import { splitFolders, worthwhileParts } from '../../../src/archive/unpack-split.ts';
import type { CraftedMember } from '../../support/crafted-archives.ts';
import { contentsOf, folder, hardLink, inHome } from '../../support/crafted-contents.ts';

const MEMBERS = ['bitbucket-home'];
const HOME_FOLDER = folder('bitbucket-home/');

/** A folder with so many empty files. */
function filled(name: string, files: number): CraftedMember[] {
  return [
    folder(`bitbucket-home/${name}/`),
    ...Array.from({ length: files }, (_, index) => inHome(`${name}/${index}`)),
  ];
}

async function splitOf(
  members: readonly CraftedMember[],
  parts = 2,
): Promise<readonly (readonly string[])[]> {
  return splitFolders(await contentsOf([HOME_FOLDER, ...members]), MEMBERS, parts);
}

describe('the folders of further parts', () => {
  test('make them as large as the first one', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const members = names.flatMap((name) => filled(name, 10));
    expect((await splitOf(members)).map(({ length }) => length)).toEqual([3]);
    expect((await splitOf(members, 3)).map(({ length }) => length)).toEqual([2, 2]);
    expect((await splitOf(members, 1)).flat()).toEqual([]);
  });

  test('are counted by what lies in them, in bytes as well', async () => {
    const large = { ...inHome('large/x'), content: Buffer.alloc(20 * 64 * 1024) };
    const members = [folder('bitbucket-home/large/'), large, ...filled('a', 10), ...filled('b', 10)];
    expect((await splitOf(members)).flat()).toEqual(['bitbucket-home/large']);
  });

  test('lie as deep as it takes', async () => {
    const deep = ['x', 'x/y', 'x/y/a', 'x/y/b'].map((name) => folder(`bitbucket-home/${name}/`));
    const files = ['a', 'b'].flatMap((name) => filled(`x/y/${name}`, 10).slice(1));
    expect((await splitOf([...deep, ...files])).flat()).toEqual([
      expect.stringMatching(/^bitbucket-home\/x\/y\/[ab]$/),
    ]);
  });

  test('are whole top-level folders where these are small', async () => {
    const members = [
      folder('bitbucket-db/'),
      { name: 'bitbucket-db/x' },
      ...filled('a', 30),
      ...filled('b', 30),
    ];
    const contents = await contentsOf([HOME_FOLDER, ...members]);
    expect(splitFolders(contents, ['bitbucket-home', 'bitbucket-db'], 2).flat()).toContain('bitbucket-db');
  });

  test('are at most five hundred for each part', async () => {
    const members = Array.from({ length: 1_200 }, (_, index) => filled(String(index), 1)).flat();
    expect((await splitOf(members)).map(({ length }) => length)).toEqual([500]);
  });

  test('are none when one part would have almost all of it', async () => {
    expect(await splitOf([...filled('a', 90), ...filled('b', 10)])).toEqual([]);
    expect(await splitOf(Array.from({ length: 50 }, (_, index) => inHome(String(index))))).toEqual([]);
    expect(await splitOf([])).toEqual([]);
  });
});

/** Two halves, of which one is not to be chosen: then the other one is. */
async function chosen(doubtful: readonly CraftedMember[]): Promise<string> {
  const even = await splitOf([...filled('even', 10), ...doubtful]);
  return even.flat().join();
}

describe('never chosen is a folder', () => {
  const files = filled('odd', 12);
  const [itself, ...inside] = files;

  test.each<[string, CraftedMember[]]>([
    ['that is no member', inside],
    ['that comes behind what lies in it', [...inside, ...(itself === undefined ? [] : [itself])]],
    [
      'with a hard link that leads out',
      [inHome('x'), ...files, hardLink('bitbucket-home/odd/l', 'bitbucket-home/x')],
    ],
    ['with a hard link that leads in', [...files, hardLink('bitbucket-home/x', 'bitbucket-home/odd/1')]],
  ])('%s', async (_what, members) => {
    expect(await chosen(files)).toBe('bitbucket-home/odd');
    expect(await chosen(members)).toBe('bitbucket-home/even');
  });

  test.each(['a b', 'a*', 'a\\b', '"a"', 'l\u00c3\u00bc', 'a\nb', '[a]', 'x'.repeat(600)])(
    'with a name that may be taken for something else: %j',
    async (name) => {
      expect(await chosen(filled(name, 12))).toBe('bitbucket-home/even');
    },
  );

  test.each([0o600, 0o000, 0o677])('below one that its owner cannot pass: %o', async (mode) => {
    const above = { ...folder('bitbucket-home/above/'), mode };
    expect(await chosen([above, ...filled('above/odd', 12)])).toBe('bitbucket-home/even');
    expect(await chosen([{ ...above, mode: 0o500 }, ...filled('above/odd', 12)])).toContain('above');
  });

  test('of an archive that spells a name in two ways', async () => {
    expect(await splitOf([...filled('a', 10), ...filled('b', 10), inHome('a/./x')])).toEqual([]);
  });

  test('but one whose hard links all stay within it is', async () => {
    const inner = [hardLink('bitbucket-home/odd/l', 'bitbucket-home/odd/1')];
    expect(await chosen([...files, ...inner])).toBe('bitbucket-home/odd');
  });
});

async function holding(files: number, bytes: number): Promise<Contents> {
  const counts = new Map([['bitbucket-home', { files, folders: 1, links: 0, bytes }]]);
  return { ...(await contentsOf([])), counts };
}

describe('several parts are worth it', () => {
  test.each([
    [10_000, 1_000, 'zstd', 8, 4],
    [10_000, 1_000, 'zstd', 2, 2],
    [10_000, 1_000, 'zstd', 1, 1],
    [9_999, 1_000, 'zstd', 8, 1],
    [10_000, 16_384, 'zstd', 8, 4],
    [10_000, 16_385, 'zstd', 8, 1],
    [10_000, 4_096, 'gzip', 8, 4],
    [10_000, 4_097, 'gzip', 8, 1],
    [10_000, 65_536, 'none', 8, 4],
    [10_000, 65_537, 'none', 8, 1],
  ] as const)(
    'for %i files of %i bytes, %s, on %i cores: %i',
    async (files, bytes, compression, cores, parts) => {
      const contents = await holding(files, files * bytes);
      expect(worthwhileParts(contents, MEMBERS, { compression, cores })).toBe(parts);
    },
  );
});
