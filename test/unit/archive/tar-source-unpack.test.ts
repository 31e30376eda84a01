import { lstatSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RestoreSource } from '../../../src/archive/restore-source.ts';
import { CommandError } from '../../../src/host/command-error.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import {
  compressed,
  folderOf,
  HOME,
  layWithChecksum,
  never,
  openSource,
  tarOf,
} from '../../support/archive-source.ts';
import { fingerprintTree, makeBitbucketHome } from '../../support/bitbucket-home.ts';
import { craftTar } from '../../support/crafted-archives.ts';
import { failureOf } from '../../support/failure.ts';
import { programText, runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const EACH_WAY = (['zstd', 'gzip', 'none'] as const).flatMap((compression) =>
  (['program', "Node's own"] as const).map((way) => [compression, way] as const),
);

let folder: string;
let into: string;

beforeEach(() => {
  folder = temporaryFolder();
  into = join(folder, 'unpacked');
  mkdirSync(into);
});

afterEach(() => {
  vi.unstubAllEnvs();
  expect(liveGroups()).toEqual([]);
});

function lay(bytes: Buffer): string {
  const path = join(folder, 'x.tar');
  writeFileSync(path, bytes);
  return path;
}

async function unpackAll(source: RestoreSource, signal: AbortSignal = never): Promise<void> {
  const contents = await source.verify([HOME], never);
  await source.unpack([...contents.counts.keys()], into, { contents, signal });
}

function modeOf(name: string): string {
  return lstatSync(join(into, name)).mode.toString(8);
}

async function makeHome(): Promise<string> {
  const root = join(folder, 'tree');
  await makeBitbucketHome({ root: join(root, 'bitbucket-home'), repositories: 1 });
  writeFileSync(join(root, 'manifest.json'), '{}');
  return root;
}

/** Access control lists and extended attributes, which no fingerprint holds. */
async function attributesOf(root: string): Promise<string> {
  const odd = join(root, 'bitbucket-home', 'shared', 'data', 'attachments', 'odd');
  const lists = await programText('getfacl', ['--numeric', '--absolute-names', 'acl'], { cwd: odd });
  return `${lists}\n${await programText('getfattr', ['-d', '-m', '-', 'acl'], { cwd: odd })}`;
}

describe.each(EACH_WAY)('unpacked from %s by %s', (compression, way) => {
  test('a home is what it was, to the owner, the nanosecond and the hole', async () => {
    const root = await makeHome();
    const path = join(folder, 'x.tar');
    await layWithChecksum(
      path,
      await compressed(await tarOf(root, ['manifest.json', 'bitbucket-home']), compression),
    );
    if (way === "Node's own") {
      vi.stubEnv('PATH', folderOf(['tar', 'find', 'chmod'], folder));
    }
    const { source, lines } = await openSource(path);
    await unpackAll(source);
    vi.unstubAllEnvs();
    const same = { exclude: (name: string) => name === '.' || name.endsWith('odd/socket') };
    expect(await fingerprintTree(join(into, 'bitbucket-home'), same)).toEqual(
      await fingerprintTree(join(root, 'bitbucket-home'), same),
    );
    expect(await attributesOf(into)).toBe(await attributesOf(root));
    const sparse = 'bitbucket-home/shared/data/attachments/odd/sparse.bin';
    expect(statSync(join(into, sparse)).blocks).toBeLessThan(100);
    expect(lines).toEqual([]);
  });
});

test('only the members that were asked for are unpacked', async () => {
  const members = ['bitbucket-home/a', 'bitbucket-home-2/b', 'bitbucket-db/c', 'manifest.json'];
  const { source } = await openSource(lay(craftTar(members.map((name) => ({ name })))));
  const contents = await source.verify([HOME], never);
  await source.unpack(['bitbucket-home'], into, { contents, signal: never });
  expect(readdirSync(into)).toEqual(['bitbucket-home']);
  expect(readdirSync(join(into, 'bitbucket-home'))).toEqual(['a']);
});

test("an archive of Atlassian's scripts, with ./ before every name, unpacks under the same names", async () => {
  const root = await makeHome();
  await chmod(root, 0o777);
  const { source } = await openSource(lay(await tarOf(root, ['.'])));
  const before = lstatSync(into).mode;
  await unpackAll(source);
  expect(readdirSync(into).toSorted()).toEqual(['bitbucket-home', 'manifest.json']);
  // The folder's own rights are ours, not those of the archive's dot.
  expect(lstatSync(into).mode).toBe(before);
});

test('files lose the bits that let them run as their owner, folders keep theirs, and it is told', async () => {
  const archive = craftTar([
    { name: 'bitbucket-home/', type: '5', mode: 0o2770 },
    { name: 'bitbucket-home/setuid', mode: 0o4755 },
    { name: 'bitbucket-home/-setgid "it"', mode: 0o2755 },
    { name: 'bitbucket-home/both', mode: 0o6711 },
    { name: 'bitbucket-home/sticky', mode: 0o1644 },
  ]);
  const { source, lines } = await openSource(lay(archive));
  await unpackAll(source);
  expect(
    ['', 'setuid', '-setgid "it"', 'both', 'sticky'].map((name) => modeOf(`bitbucket-home/${name}`)),
  ).toEqual(['42770', '100755', '100755', '100711', '101644']);
  expect(lines).toEqual([
    'warning: Taking the set-user-id and set-group-id bits off 3 files (bitbucket-home/setuid, bitbucket-home/-setgid "it", bitbucket-home/both).',
  ]);
});

test('a file gets no powers by an attribute', async () => {
  const root = join(folder, 'tree', 'bitbucket-home');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'program'), '', { mode: 0o755 });
  // Version 2 of a file capability: cap_setuid, effective and permitted.
  const capability = '0x0100000280000000000000000000000000000000';
  await runProgram('setfattr', ['-n', 'security.capability', '-v', capability, join(root, 'program')]);
  await runProgram('setfattr', ['-n', 'user.mine', '-v', 'kept', join(root, 'program')]);
  const { source } = await openSource(lay(await tarOf(join(folder, 'tree'), ['bitbucket-home'])));
  await unpackAll(source);
  const names = await programText('getfattr', ['-m', '-', 'program'], { cwd: join(into, 'bitbucket-home') });
  expect(names).toContain('user.mine');
  expect(names).not.toContain('security');
});

test.each(EACH_WAY)(
  'what stands under the name by then is not read, but the file that was checked: %s by %s',
  async (compression, way) => {
    const path = lay(await compressed(craftTar([{ name: 'bitbucket-home/checked' }]), compression));
    const other = await compressed(craftTar([{ name: 'bitbucket-home/other' }]), compression);
    if (way === "Node's own") {
      vi.stubEnv('PATH', folderOf(['tar'], folder));
    }
    const { source } = await openSource(path);
    const contents = await source.verify([HOME], never);
    renameSync(path, `${path}.aside`);
    writeFileSync(path, other);
    await source.unpack(['bitbucket-home'], into, { contents, signal: never });
    expect(readdirSync(join(into, 'bitbucket-home'))).toEqual(['checked']);
  },
);

test('a folder that cannot be written into is no damage of the archive', async () => {
  await runProgram('chattr', ['+i', into]);
  onTestFinished(async () => {
    await runProgram('chattr', ['-i', into]);
  });
  const { source } = await openSource(lay(craftTar([{ name: 'bitbucket-home/a' }])));
  const error = await failureOf(unpackAll(source));
  expect(error.code).toBe('ARCHIVE_FAILED');
  expect(error.message).toMatch(/cannot be unpacked: .*Cannot mkdir/);
  expect(error.advice).toContain('folder that it is unpacked into');
  expect(error.cause).toBeInstanceOf(CommandError);
});
