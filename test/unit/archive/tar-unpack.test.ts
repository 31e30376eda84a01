/** Several programs at once leave what one leaves: every file, mode, owner, time, link and attribute. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contents } from '../../../src/archive/member-check.ts';
import { splitFolders } from '../../../src/archive/unpack-split.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import { fingerprintTree, FOREIGN_ID } from '../../support/bitbucket-home.ts';
import { craftTar, type CraftedMember } from '../../support/crafted-archives.ts';
import { contentsOf, folder } from '../../support/crafted-contents.ts';
import { failureOf } from '../../support/failure.ts';
import { programText } from '../../support/program.ts';
import { randomArchive } from '../../support/random-members.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { BOTH, type PartsOptions, unpackInParts } from '../../support/unpack-in-parts.ts';

const RUNS = { numRuns: 40, endOnFailure: true };

let place: string;
let count = 0;

beforeEach(() => {
  place = temporaryFolder();
  chmodSync(place, 0o777);
});

afterEach(() => {
  expect(liveGroups()).toEqual([]);
});

function emptyFolder(): string {
  count += 1;
  const path = join(place, `unpacked-${count}`);
  mkdirSync(path);
  // Whatever the umask: another user is to write here.
  chmodSync(path, 0o777);
  return path;
}

function lay(members: readonly CraftedMember[]): string {
  const path = join(place, 'x.tar');
  writeFileSync(path, craftTar(members));
  return path;
}

async function unpack(members: readonly CraftedMember[], options: PartsOptions): Promise<string> {
  const into = emptyFolder();
  await unpackInParts(lay(members), into, options);
  return into;
}

async function stateOf(into: string, unnamed: ReadonlySet<string> = new Set()): Promise<unknown> {
  const tree = await fingerprintTree(into);
  tree.delete('.');
  for (const name of unnamed) {
    tree.set(name, tree.get(name)?.replace(/ time \d+/, '') ?? 'missing');
  }
  const options = { cwd: into };
  return {
    tree,
    lists: await programText('getfacl', ['-R', '-P', '--numeric', '.'], options),
    attributes: await programText('getfattr', ['-R', '-P', '-h', '-d', '-m', 'user', '.'], options),
  };
}

describe.each(['', './'] as const)("random archives, '%s' before each name", (prefix) => {
  test.each([false, true])('unpack alike, with attributes: %s', async (attributes) => {
    let split = 0;
    const property = fc.asyncProperty(
      randomArchive({ prefix, attributes }),
      fc.integer({ min: 2, max: 4 }),
      async ({ members, unnamed }, parts) => {
        const contents = await contentsOf(members);
        expect(contents.dangers).toEqual([]);
        const one = await unpack(members, { contents, parts: 1 });
        const several = await unpack(members, { contents, parts });
        split += splitFolders(contents, BOTH, parts).length > 0 ? 1 : 0;
        expect(await stateOf(several, unnamed)).toEqual(await stateOf(one, unnamed));
      },
    );
    await fc.assert(property, RUNS);
    // Most of them are really unpacked by more than one.
    expect(split).toBeGreaterThan(RUNS.numRuns / 2);
  });

  test('unpack alike for a user who owns nothing else and may give nothing away', async () => {
    const as = [`--reuid=${FOREIGN_ID}`, `--regid=${FOREIGN_ID}`, '--clear-groups', process.execPath];
    const script = join(import.meta.dirname, 'unpack-as-this-user.ts');
    const property = fc.asyncProperty(
      randomArchive({ prefix, attributes: false }),
      async ({ members, unnamed }) => {
        const path = lay(members);
        const [one, several] = [emptyFolder(), emptyFolder()];
        await programText('setpriv', [...as, script, path, one, '1']);
        await programText('setpriv', [...as, script, path, several, '3']);
        expect(await stateOf(several, unnamed)).toEqual(await stateOf(one, unnamed));
      },
    );
    await fc.assert(property, { ...RUNS, numRuns: 15 });
  });

  test('unpack their dump alike when it comes first and nothing behind it is read', async () => {
    let ended = 0;
    const isDump = ({ name }: CraftedMember): boolean => name.startsWith(`${prefix}bitbucket-db/`);
    const property = fc.asyncProperty(randomArchive({ prefix, attributes: false }), async (archive) => {
      const dump = archive.members.filter(isDump);
      const home = archive.members.filter((member) => !isDump(member));
      const contents = await contentsOf([...dump, ...home]);
      // A hard link of the dump can now come before its first name.
      fc.pre(contents.dangers.length === 0);
      ended += contents.folders.isApart('bitbucket-db') ? 1 : 0;
      const options = { parts: 1, members: ['bitbucket-db'] };
      const ahead = await unpack([...dump, ...home], { ...options, contents });
      const behind = [...home, ...dump];
      const last = await unpack(behind, { ...options, contents: await contentsOf(behind) });
      const unnamed = new Set([...archive.unnamed].filter((name) => name.startsWith('bitbucket-db')));
      expect(await stateOf(ahead, unnamed)).toEqual(await stateOf(last, unnamed));
    });
    await fc.assert(property, RUNS);
    expect(ended).toBeGreaterThan(RUNS.numRuns / 2);
  });
});

/** Two folders of equal size, of which the second part gets one. */
const HALVES: readonly CraftedMember[] = [
  folder('bitbucket-home/'),
  folder('bitbucket-home/a/'),
  folder('bitbucket-home/b/'),
  ...['a', 'b'].flatMap((name) =>
    Array.from({ length: 10 }, (_, index) => ({ name: `bitbucket-home/${name}/${index}` })),
  ),
];

async function halves(): Promise<Contents> {
  const contents = await contentsOf(HALVES);
  expect(splitFolders(contents, ['bitbucket-home'], 2)).toEqual([[expect.any(String)]]);
  return contents;
}

/** Stands for tar: does one thing for the first part and another one for the second. */
function fakeTar(first: string, second: string): string {
  const path = join(place, 'tar');
  writeFileSync(path, `#!/bin/sh\ncase "$*" in *--exclude=*) ${first};; *) ${second};; esac\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('of two programs', () => {
  test('none leaves out what is only named alike', async () => {
    const [a, b] = ['bitbucket-home/a', 'bitbucket-home/b'];
    const alike = [
      ...['aa', 'bb', 'A', 'B'].map((name) => ({ name: `bitbucket-home/${name}` })),
      folder('bitbucket-home/c/'),
      ...[a, b].map((name) => ({ name: `bitbucket-home/c/${name}/x` })),
      folder('bitbucket-db/'),
      ...[a, b].map((name) => ({ name: `bitbucket-db/${name}/x` })),
    ];
    const members = [...HALVES, ...alike];
    const contents = await contentsOf(members);
    expect(splitFolders(contents, BOTH, 2)).not.toEqual([]);
    const several = await unpack(members, { contents, parts: 2 });
    const tree = await fingerprintTree(several);
    expect(members.filter(({ name }) => !tree.has(name.replace(/\/$/, '')))).toEqual([]);
  });

  test.each([
    ['the first', `echo 'tar: x: Cannot open: No' >&2; exit 2`, 'sleep 60'],
    ['the second', 'sleep 60', `echo 'tar: x: Cannot open: No' >&2; exit 2`],
  ])('%s fails: the other one is ended, and the failure is told as ever', async (_which, first, second) => {
    const contents = await halves();
    const tar = fakeTar(first, second);
    const error = await failureOf(unpack(HALVES, { contents, parts: 2, members: ['bitbucket-home'], tar }));
    expect(error).toMatchObject({
      code: 'ARCHIVE_FAILED',
      message: `The archive ${join(place, 'x.tar')} cannot be unpacked: tar: x: Cannot open: No.`,
    });
    expect(liveGroups()).toEqual([]);
  });

  test('both are ended by a cancel', async () => {
    const contents = await halves();
    const stop = new AbortController();
    const tar = fakeTar(`touch '${place}/1'; sleep 60`, `touch '${place}/2'; sleep 60`);
    const { signal } = stop;
    const options = { contents, parts: 2, members: ['bitbucket-home'], tar, signal };
    const unpacking = unpack(HALVES, options).catch((error: unknown) => error);
    await expect.poll(() => readdirSync(place)).toEqual(expect.arrayContaining(['1', '2']));
    expect(liveGroups()).toHaveLength(2);
    stop.abort(new Error('stop'));
    expect(await unpacking).toEqual(new Error('stop'));
    expect(liveGroups()).toEqual([]);
  });
});

/** The dump of an archive whose home cannot be read any more. */
async function unpackBroken(members: readonly CraftedMember[]): Promise<string[]> {
  const contents = await contentsOf(members);
  const path = lay(members);
  // What no tar can read, behind the first members of the home.
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xff, 10 * 512, bytes.length - 1024));
  const into = emptyFolder();
  await unpackInParts(path, into, { contents, parts: 1, members: ['bitbucket-db'] });
  return readdirSync(join(into, 'bitbucket-db'));
}

describe('a dump', () => {
  const DUMP = [folder('bitbucket-db/'), { name: 'bitbucket-db/toc.dat' }];
  const home = Array.from({ length: 100 }, (_, index) => ({ name: `bitbucket-home/${index}` }));

  test('that comes first is unpacked without a look at what comes behind', async () => {
    expect(await unpackBroken([...DUMP, folder('bitbucket-home/'), ...home])).toEqual(['toc.dat']);
  });

  test.each([
    ['in pieces', [...DUMP, ...home.slice(0, 3), { name: 'bitbucket-db/1.dat' }, ...home]],
    ['with its folder behind it', [{ name: 'bitbucket-db/toc.dat' }, ...DUMP.slice(0, 1), ...home]],
  ])('that comes %s is looked for to the end', async (_how, members) => {
    const error = await failureOf(unpackBroken(members.filter(isFirstOfItsName)));
    expect(error.code).toBe('ARCHIVE_CORRUPT');
  });
});

function isFirstOfItsName({ name }: CraftedMember, index: number, all: readonly CraftedMember[]): boolean {
  return all.findIndex((other) => other.name === name) === index;
}
