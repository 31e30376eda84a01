import { existsSync, lstatSync, renameSync } from 'node:fs';
import { lchown, lstat, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import { fingerprintTree } from '../support/bitbucket-home.ts';
import { failureOf } from '../support/failure.ts';
import { bindMount, mountDisk } from '../support/mounts.ts';
import { programText, runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never, processesAt } from './home-context.ts';
import { complete, describeHomeRestoreContract } from './home-restore.contract.ts';
import {
  type ArchivedHome,
  archiveHome,
  namesIn,
  openRestorePlace,
  type RestorePlace,
  rsyncRestoreRun,
  standing,
  storeLines,
  type Tree,
  withoutOwnTime,
} from './home-restore-context.ts';

describeHomeRestoreContract('rsync', rsyncRestoreRun);

const ODD = 'shared/data/attachments/odd';

let archive: ArchivedHome;
beforeAll(async () => {
  archive = await archiveHome();
});
afterAll(async () => {
  await archive[Symbol.asyncDispose]();
});

/** The archive lies unpacked on a disk of its own, as with a restore-root that is one. */
async function openApart(): Promise<RestorePlace> {
  const place = await openRestorePlace(archive);
  await rm(place.unpacked, { recursive: true });
  const unpacked = join(await mountDisk(), 'unpacked');
  await archive.unpackTo(unpacked);
  return { ...place, unpacked };
}

async function expectStores(folder: string, normalize: (tree: Tree) => Tree = (tree) => tree): Promise<void> {
  const found = [
    await fingerprintTree(join(folder, 'store-1')),
    await fingerprintTree(join(folder, 'store-2')),
  ];
  expect(found.map(normalize)).toEqual(archive.storeTrees.map(normalize));
}

describe('file systems', () => {
  it('fills a mount point in which the archive was unpacked', async () => {
    const place = await openRestorePlace(archive);
    await mountDisk(place.homePath);
    const unpacked = join(place.homePath, '.bitbucket-restore.partial-x');
    await archive.unpackTo(unpacked);
    const run = rsyncRestoreRun(place.inputs);
    expect(await run.strategy.target?.anchor()).toBe(place.homePath);
    expect(await run.strategy.preflight(archive.part)).toEqual([]);
    await complete(run, archive, { unpacked });
    const found = await fingerprintTree(place.homePath, {
      exclude: (path) => path === 'lost+found' || path.startsWith('.bitbucket-restore.partial-x'),
    });
    expect(withoutOwnTime(found)).toEqual(withoutOwnTime(archive.home));
    await expectStores(place.storesPath);
    await run.strategy.discard();
    expect(await namesIn(place.homePath)).toEqual(['.bitbucket-restore.partial-x', 'lost+found']);
  });

  it('copies from another file system: hard links, holes, access control lists, attributes', async () => {
    const place = await openApart();
    const run = rsyncRestoreRun(place.inputs);
    const shown = await oddThings(join(place.unpacked, 'bitbucket-home', ODD));
    await complete(run, archive, place);
    expect(await fingerprintTree(place.homePath)).toEqual(archive.home);
    await expectStores(place.storesPath);
    const { size, blocks } = await stat(join(place.homePath, ODD, 'sparse.bin'));
    expect(blocks * 512).toBeLessThan(size / 4);
    expect(shown).toMatch(/12345[^]*user\.bitbucket/);
    expect(await oddThings(join(place.homePath, ODD))).toBe(shown);
    expect(await namesIn(place.folder)).toEqual(['home', 'stores']);
    expect(await namesIn(place.storesPath)).toEqual(['store-1', 'store-2']);
  });

  it('writes every copy down before it is begun, and discards them all', async () => {
    const place = await openApart();
    const before = await standing(place);
    const run = rsyncRestoreRun(place.inputs);
    await run.strategy.restore(archive.part, place.unpacked, never);
    expect(run.partials).toHaveLength(3);
    expect(new Set(run.partials).size).toBe(3);
    for (const path of run.partials) {
      expect(lstatSync(path).isDirectory()).toBe(true);
      expect(path).toMatch(/\/\.bitbucket-restore\.partial-[^/]+$/);
    }
    await run.strategy.discard();
    expect(await standing(place)).toEqual(before);
  });

  it('keeps data stores on a file system of their own', async () => {
    const place = await openRestorePlace(archive);
    await mountDisk(place.storesPath);
    await complete(rsyncRestoreRun(place.inputs), archive, place);
    await expectStores(place.storesPath);
    expect(await namesIn(place.storesPath)).toEqual(['lost+found', 'store-1', 'store-2']);
    expect(await fingerprintTree(place.homePath)).toEqual(archive.home);
  });

  it('stops a copy that is cancelled, and discards what there is of it', async () => {
    const place = await openApart();
    const before = await standing(place);
    const run = rsyncRestoreRun(place.inputs, { commands: withSlowCopies() });
    const canceling = new AbortController();
    const ended = run.strategy.restore(archive.part, place.unpacked, canceling.signal).then(
      () => 'ended well',
      (error: unknown) => error,
    );
    while (!existsSync(join(run.partials[0] ?? '/nowhere', 'repositories'))) {
      await sleep(5);
    }
    expect(await processesAt(place.folder)).not.toEqual([]);
    canceling.abort(new Error('cancelled'));
    expect(await ended).toMatchObject({ message: 'cancelled' });
    expect(await processesAt(place.folder)).toEqual([]);
    await run.strategy.discard();
    expect(await standing(place)).toEqual(before);
    await run.strategy.discard();
  });

  it('finds the way into a volume that is the same file system once more', async () => {
    const place = await openRestorePlace(archive);
    await bindMount(temporaryFolder(), place.homePath);
    expect((await stat(place.homePath)).dev).toBe((await stat(place.unpacked)).dev);
    const run = rsyncRestoreRun(place.inputs);
    await complete(run, archive, place);
    expect(withoutOwnTime(await fingerprintTree(place.homePath))).toEqual(withoutOwnTime(archive.home));
  });

  it('takes no lost+found out of the archive where there is one, and leaves that', async () => {
    const place = await openRestorePlace(archive);
    await mkdir(join(place.unpacked, 'bitbucket-home', 'lost+found', '#12345'), { recursive: true });
    await mkdir(join(place.homePath, 'lost+found'), { recursive: true, mode: 0o700 });
    const theirs = await stat(join(place.homePath, 'lost+found'));
    const run = rsyncRestoreRun(place.inputs);
    await complete(run, archive, place);
    expect(await namesIn(join(place.homePath, 'lost+found'))).toEqual([]);
    await run.strategy.discard();
    expect((await stat(join(place.homePath, 'lost+found'))).ino).toBe(theirs.ino);
    expect(await namesIn(place.homePath)).toEqual(['lost+found']);
  });

  it('puts a data store back where the archive says that it was', async () => {
    const place = await openRestorePlace(archive);
    const folder = join(archive.stores[0], '..');
    await mkdir(folder, { recursive: true });
    const run = rsyncRestoreRun({ 'home-path': place.homePath, 'data-stores': archive.stores.join('\n') });
    expect(await run.strategy.preflight(archive.part)).toEqual([]);
    await run.strategy.restore(archive.part, place.unpacked, never);
    expect((await run.strategy.complete()).todo).toEqual([]);
    for (const [index, store] of archive.stores.entries()) {
      expect(await fingerprintTree(store)).toEqual(archive.storeTrees[index]);
    }
    await run.strategy.discard();
    expect(await namesIn(folder)).toEqual([]);
  });
});

describe('what the archive holds', () => {
  const unknown = { recorded: undefined, drained: false };

  it.each([
    [
      'a data store that nobody names',
      (place: RestorePlace) => ({
        ...place.inputs,
        'data-stores': storeLines(archive, place.storesPath).split('\n')[0] ?? '',
      }),
      () => `The archive holds the data store ${archive.stores[1]}, which data-stores does not name.`,
    ],
    [
      'no data store of a name',
      (place: RestorePlace) => ({
        ...place.inputs,
        'data-stores': `${place.inputs['data-stores'] ?? ''}\n/no/such`,
      }),
      () => 'The archive holds no bitbucket-data-stores/no/such.',
    ],
  ])('without a manifest: %s is refused before anything is placed', async (_what, inputs, message) => {
    const place = await openRestorePlace(archive);
    const before = await standing(place);
    const { strategy } = rsyncRestoreRun(inputs(place));
    const failure = await failureOf(strategy.restore(unknown, place.unpacked, never));
    expect(failure).toMatchObject({ code: 'ARCHIVE_INCOMPLETE', message: message() });
    expect(await standing(place)).toEqual(before);
  });

  it('without a manifest: a home that is a file is refused', async () => {
    const place = await openRestorePlace(archive);
    await rm(join(place.unpacked, 'bitbucket-home'), { recursive: true });
    await writeFile(join(place.unpacked, 'bitbucket-home'), '');
    const { strategy } = rsyncRestoreRun(place.inputs);
    expect(await failureOf(strategy.restore(unknown, place.unpacked, never))).toMatchObject({
      code: 'ARCHIVE_INCOMPLETE',
      message: 'The archive holds no bitbucket-home.',
    });
  });

  it('takes the data stores of the archive only when they are named', () => {
    expect(rsyncRestoreRun({ 'home-path': '/h' }).strategy.members).toEqual(['bitbucket-home']);
    expect(rsyncRestoreRun({ 'home-path': '/h', 'data-stores': '/s' }).strategy.members).toEqual([
      'bitbucket-home',
      'bitbucket-data-stores',
    ]);
    expect(rsyncRestoreRun({ 'home-path': '/h', 'data-stores': '/s=/t' }).strategy.trees).toEqual([
      { member: 'bitbucket-data-stores/s', target: '/t' },
      { member: 'bitbucket-home', target: '/h' },
    ]);
  });
});

describe('stale locks', () => {
  const TAKEN = [
    'bitbucket-home/.lock',
    'bitbucket-home/shared/.lock',
    'bitbucket-home/shared/data/repositories/1/HEAD.lock',
    'bitbucket-home/shared/data/repositories/1/refs/heads/main.lock',
    'bitbucket-home/shared/data/repositories/1/gc.pid',
  ];
  const KEPT = [
    'bitbucket-home/shared/data/attachments/file.lock',
    'bitbucket-home/shared/config/.lock',
    'bitbucket-home/shared/data/repositories/1/objects/aa.lock.not',
  ];

  async function openWithLocks(): Promise<RestorePlace & { readonly locks: readonly string[] }> {
    const place = await openRestorePlace(archive);
    const inStore = join('bitbucket-data-stores', archive.stores[0], 'repositories/packed-refs.lock');
    const locks = [...TAKEN, inStore];
    for (const path of [...locks, ...KEPT]) {
      await mkdir(join(place.unpacked, path, '..'), { recursive: true });
      await writeFile(join(place.unpacked, path), '');
    }
    // A folder is no lock, whatever its name.
    await mkdir(join(place.unpacked, 'bitbucket-home/shared/data/repositories/1/folder.lock'));
    return { ...place, locks };
  }

  it('are removed and counted when the backup was made of a Bitbucket that worked', async () => {
    const place = await openWithLocks();
    const run = rsyncRestoreRun(place.inputs);
    await run.strategy.restore({ ...archive.part, drained: false }, place.unpacked, never);
    expect(run.lines).toContain('notice: Removed 6 stale lock files from the restored home.');
    await run.strategy.complete();
    const home = [...(await fingerprintTree(place.homePath)).keys()].map((name) => `bitbucket-home/${name}`);
    expect(home).toEqual(expect.arrayContaining(KEPT));
    expect(home).toContain('bitbucket-home/shared/data/repositories/1/folder.lock');
    expect(home.filter((name) => TAKEN.includes(name))).toEqual([]);
    expect(await namesIn(join(place.storesPath, 'store-1/repositories'))).not.toContain('packed-refs.lock');
    for (const path of place.locks) {
      expect(run.lines).toContain(`debug: Removed ${path}`);
    }
  });

  it('are no such thing in a home that was drained, and stay', async () => {
    const place = await openWithLocks();
    const run = rsyncRestoreRun(place.inputs);
    await complete(run, archive, place);
    expect(run.lines.join('\n')).not.toContain('stale');
    expect(await namesIn(join(place.homePath, 'shared'))).toContain('.lock');
  });

  it('behind a link that leads out of the archive belong to somebody else, and stay', async () => {
    const place = await openRestorePlace(archive);
    const theirs = temporaryFolder();
    const shared = join(place.unpacked, 'bitbucket-home/shared');
    await mkdir(join(theirs, 'shared/data/repositories/7'), { recursive: true });
    await writeFile(join(theirs, 'shared/.lock'), '');
    await writeFile(join(theirs, 'shared/data/repositories/7/HEAD.lock'), '');
    renameSync(shared, `${shared}-away`);
    await symlink(join(theirs, 'shared'), shared);
    const run = rsyncRestoreRun(place.inputs);
    await run.strategy.restore({ recorded: undefined, drained: false }, place.unpacked, never);
    expect(await namesIn(join(theirs, 'shared'))).toEqual(['.lock', 'data']);
    expect(await namesIn(join(theirs, 'shared/data/repositories/7'))).toEqual(['HEAD.lock']);
  });
});

it('another number of repositories than the manifest says is refused before anything has its name', async () => {
  const place = await openRestorePlace(archive);
  renameSync(
    join(place.unpacked, 'bitbucket-home/shared/data/repositories'),
    join(place.unpacked, 'bitbucket-home/shared/data/elsewhere'),
  );
  const run = rsyncRestoreRun(place.inputs);
  const failure = await failureOf(run.strategy.restore(archive.part, place.unpacked, never));
  expect(failure.code).toBe('RESTORE_VERIFY');
  expect(failure.message).toMatch(/^\d repositories were unpacked, and the manifest says 4\.$/);
});

describe('home-owner', () => {
  it('gets everything, links themselves too, and never what they lead to', async () => {
    const place = await openRestorePlace(archive);
    const theirs = await mkdtemp(join(tmpdir(), 'theirs-'));
    await writeFile(join(theirs, 'file'), '');
    await symlink(theirs, join(place.unpacked, 'bitbucket-home/shared/to-a-folder'));
    await symlink(join(theirs, 'file'), join(place.unpacked, 'bitbucket-home/shared/to-a-file'));
    await lchown(join(place.unpacked, 'bitbucket-home/shared/to-a-file'), 7, 7);
    const run = rsyncRestoreRun({ ...place.inputs, 'home-owner': '4321:8765' });
    expect(await run.strategy.preflight(archive.part)).toEqual([]);
    await complete(run, archive, place);
    for (const folder of [
      place.homePath,
      join(place.storesPath, 'store-1'),
      join(place.storesPath, 'store-2'),
    ]) {
      const owners = [...(await fingerprintTree(folder)).values()].map(
        (told) => / owner (\S+) /.exec(told)?.[1],
      );
      expect(new Set(owners)).toEqual(new Set(['4321:8765']));
    }
    const outside = await Promise.all([theirs, join(theirs, 'file')].map(async (path) => await lstat(path)));
    expect(outside.map(({ uid, gid }) => `${uid}:${gid}`)).toEqual(['0:0', '0:0']);
    await rm(theirs, { recursive: true });
  });

  it('may be a name, and then its numbers are taken', async () => {
    const place = await openRestorePlace(archive);
    const run = rsyncRestoreRun({ ...place.inputs, 'home-owner': 'nobody:daemon' });
    expect(await run.strategy.preflight(archive.part)).toEqual([]);
    await complete(run, archive, place);
    const numbers = `${await programText('id', ['-u', 'nobody'])}:${await programText('id', ['-g', 'daemon'])}`;
    const { uid, gid } = await lstat(join(place.homePath, ODD, 'links/absolute'));
    expect(`${uid}:${gid}`).toBe(numbers);
  });

  it('left empty keeps the owners of the archive, by their numbers', async () => {
    const place = await openRestorePlace(archive);
    await complete(rsyncRestoreRun(place.inputs), archive, place);
    expect((await lstat(join(place.homePath, ODD, 'modes/foreign/file'))).uid).toBe(12_345);
  });
});

/** The real `cp`, which then lets one wait, as a large home does. */
function withSlowCopies(): CommandRunner {
  const runner = createCommandRunner();
  return {
    run: async (program, args, options) =>
      program === 'cp'
        ? await runner.run('sh', ['-c', 'cp "$@" && sleep 60', 'cp', ...args], options)
        : await runner.run(program, args, options),
  };
}

/** Access control lists and extended attributes, as the tools print them. */
async function oddThings(folder: string): Promise<string> {
  const acl = await programText('getfacl', ['--omit-header', '--numeric', 'acl'], { cwd: folder });
  const { stdout } = await runProgram('getfattr', ['--dump', 'acl'], { cwd: folder });
  return acl + stdout.toString('utf8');
}
