import { mkdir, readdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import { fingerprintTree, makeBitbucketHome } from '../support/bitbucket-home.ts';
import { runProgram } from '../support/program.ts';
import { never, openWorkplace, rsyncRun } from './home-context.ts';
import { backUp, describeHomeContract, expectedCopy } from './home.contract.ts';

describe('home-delta: git-aware', () => {
  describeHomeContract('rsync', rsyncRun);
});

describe('home-delta: full', () => {
  describeHomeContract('rsync', (place, inputs) => rsyncRun(place, { 'home-delta': 'full', ...inputs }));
});

const ATTACHMENTS = 'shared/data/attachments';

describe('rsync', () => {
  it('copies data stores below their absolute paths, without the excluded repositories', async () => {
    await using place = await openWorkplace();
    const stores = [join(place.folder, 'store one'), join(place.folder, 'store-2')];
    const home = await makeBitbucketHome({
      root: place.homePath,
      repositories: 6,
      dataStores: stores,
      commitsPerRepository: 2,
      oddFiles: false,
    });
    const inputs = { 'data-stores': stores.join('\n'), 'exclude-repositories': '2, 4' };
    const backedUp = await backUp(rsyncRun(place, inputs));
    expect(backedUp.members).toEqual(['bitbucket-home', 'bitbucket-data-stores']);
    expect(backedUp).toMatchObject({ details: { dataStores: stores }, excluded: { repositories: [2, 4] } });
    const repositoryOf = (id: number): string => home.repositories.find((one) => one.id === id)?.path ?? '';
    for (const store of stores) {
      const excluded = [2, 4].map((id) => repositoryOf(id).slice(store.length + 1));
      const source = await fingerprintTree(store, { exclude: (path) => excluded.includes(path) });
      expect(await fingerprintTree(join(place.backupRoot, 'bitbucket-data-stores', store))).toEqual(source);
      expect([...source.keys()].length).toBeGreaterThan(10);
    }
  });

  it('forgets the copy of a data store that is no longer named', async () => {
    await using place = await openWorkplace();
    const stores = [join(place.folder, 'stores/a'), join(place.folder, 'stores/b')];
    await makeBitbucketHome({ root: place.homePath, repositories: 3, dataStores: stores, oddFiles: false });
    await backUp(rsyncRun(place, { 'data-stores': stores.join('\n') }));
    await backUp(rsyncRun(place, { 'data-stores': stores[1] ?? '' }));
    expect(await readdir(join(place.backupRoot, 'bitbucket-data-stores', place.folder, 'stores'))).toEqual([
      'b',
    ]);
  });

  it('removes from the copy what is excluded from now on', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 3, oddFiles: false });
    await backUp(rsyncRun(place));
    await backUp(rsyncRun(place, { 'exclude-repositories': '3' }));
    const copies = await readdir(join(place.backupRoot, 'bitbucket-home/shared/data/repositories'));
    expect(copies.toSorted()).toEqual(['1', '2']);
  });

  it('sees a change of same size within the same second as the first pass', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
    const ref = join(place.homePath, ATTACHMENTS, 'ref');
    await writeFile(ref, `${'a'.repeat(40)}\n`);
    await utimes(ref, 1_790_000_000.1, 1_790_000_000.1);
    const { strategy } = rsyncRun(place);
    await strategy.prepare(never);
    await writeFile(ref, `${'b'.repeat(40)}\n`);
    await utimes(ref, 1_790_000_000.9, 1_790_000_000.9);
    await strategy.capture(never);
    expect(await fingerprintTree(join(place.backupRoot, 'bitbucket-home'))).toEqual(
      await expectedCopy(place.homePath),
    );
  });

  it('counts a file that vanishes in the first pass, and fails for one in the second', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
    const { strategy, lines } = rsyncRun(place);
    const vanishing = await vanishDuring(place, async () => await strategy.prepare(never));
    expect(await vanishing).toBeUndefined();
    expect(lines.filter((line) => line.includes('1 files vanished or changed'))).toHaveLength(1);
    const failing = await vanishDuring(place, async () => await strategy.capture(never));
    expect(await failing).toMatchObject({ code: 'HOME_FAILED' });
    expect(String(await failing)).toMatch(/1 files changed during the window: .*b-vanishes/);
  });

  it('fails for files that cannot be read, and names 20 of them', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
    for (let number = 0; number < 23; number += 1) {
      await writeFile(join(place.homePath, ATTACHMENTS, `secret-${number}`), 'x', { mode: 0o600 });
    }
    await runProgram('chown', ['-R', '65534:65534', place.folder]);
    await runProgram('chown', ['-R', '0:0', join(place.homePath, ATTACHMENTS)]);
    const { strategy } = rsyncRun(place, {}, asNobody());
    await mkdir(place.backupRoot);
    await runProgram('chown', ['65534:65534', place.backupRoot]);
    await mkdir(join(place.backupRoot, 'bitbucket-home'));
    await runProgram('chown', ['65534:65534', join(place.backupRoot, 'bitbucket-home')]);
    const failing = strategy.prepare(never).then(String, String);
    expect(await failing).toMatch(
      /23 paths could not be copied: .*secret-\d+.*Permission denied.* and 3 more/,
    );
    expect((await failing).match(/secret-\d+/g)).toHaveLength(20);
  });

  it('leaves sockets and FIFOs out with a line each, told once', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 1 });
    for (let number = 0; number < 5; number += 1) {
      await runProgram('mkfifo', [join(place.homePath, ATTACHMENTS, `pipe-${number}`)]);
    }
    const run = rsyncRun(place);
    await backUp(run);
    expect(run.lines.filter((line) => line.includes('is a socket, FIFO or device'))).toHaveLength(5);
    expect(run.lines.filter((line) => line.includes('2 more sockets, FIFOs or devices'))).toHaveLength(1);
  });

  it('knows before the copy what it adds, and after it that nothing is left to add', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({
      root: place.homePath,
      repositories: 1,
      oddFiles: false,
      bulkFiles: { count: 100, bytes: 10_000 },
    });
    const before = rsyncRun(place);
    const [need] = await before.strategy.spaceNeeds();
    expect(need).toMatchObject({ path: place.backupRoot, what: 'copy of the home' });
    expect(need?.bytes).toBeGreaterThan(1_000_000);
    expect(need?.bytes).toBeLessThan(1_200_000);
    expect(need?.files).toBeGreaterThan(100);
    await expect(readdir(place.backupRoot)).rejects.toMatchObject({ code: 'ENOENT' });
    await before.strategy.prepare(never);
    expect(await before.strategy.spaceNeeds()).toMatchObject([{ bytes: 0 }]);
    // The next run has the copy to start from.
    await writeFile(join(place.homePath, ATTACHMENTS, 'more'), 'x'.repeat(5_000));
    expect(await rsyncRun(place).strategy.spaceNeeds()).toMatchObject([{ bytes: 5_000, files: 1 }]);
  });

  it('takes a share of the last backup for what is added since, without walking through the home', async () => {
    await using place = await openWorkplace();
    const commands: CommandRunner = {
      run: async () => await Promise.reject(new Error('nothing is to be run')),
    };
    const previous = {
      strategy: 'rsync',
      included: true,
      members: [],
      files: 205,
      bytes: 5_000_000,
      details: {},
    };
    expect(await rsyncRun(place, {}, commands, previous).strategy.spaceNeeds()).toEqual([
      { path: place.backupRoot, what: 'copy of the home', bytes: 500_000, files: 21, totalBytes: 5_000_000 },
    ]);
  });

  it('reports the work of the window from 0 to 1, never back', async () => {
    await using place = await openWorkplace();
    const store = join(place.folder, 'store');
    await makeBitbucketHome({ root: place.homePath, repositories: 2, dataStores: [store], oddFiles: false });
    const { strategy, progress } = rsyncRun(place, { 'data-stores': store, 'home-delta': 'full' });
    await strategy.prepare(never);
    expect(progress).toEqual([]);
    for (let number = 0; number < 50; number += 1) {
      await writeFile(join(place.homePath, ATTACHMENTS, `changed-${number}`), 'x');
    }
    await strategy.capture(never);
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(0)).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(1);
  });

  it('never follows a link where the working copy should be', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
    const precious = join(place.folder, 'precious');
    await mkdir(precious);
    await writeFile(join(precious, 'file'), 'x');
    await mkdir(place.backupRoot);
    await symlink(precious, join(place.backupRoot, 'bitbucket-home'));
    await expect(rsyncRun(place).strategy.prepare(never)).rejects.toMatchObject({ code: 'UNSAFE_STATE' });
    expect(await readdir(precious)).toEqual(['file']);
  });

  it('does not empty the copy when the volume of the home is not mounted', async () => {
    await using place = await openWorkplace();
    await makeBitbucketHome({ root: place.homePath, repositories: 2, oddFiles: false });
    await backUp(rsyncRun(place));
    const before = await fingerprintTree(join(place.backupRoot, 'bitbucket-home'));
    await rm(join(place.homePath, 'shared/data/repositories'), { recursive: true });
    const { strategy } = rsyncRun(place);
    expect(await strategy.preflight()).toMatchObject([{ severity: 'error', subject: 'home-path' }]);
    await expect(strategy.prepare(never)).rejects.toMatchObject({ code: 'HOME_FAILED' });
    expect(await fingerprintTree(join(place.backupRoot, 'bitbucket-home'))).toEqual(before);
  });
});

/** Removes a file that rsync has listed and not yet opened: it is busy with the one before it. */
async function vanishDuring(
  place: { readonly homePath: string; readonly backupRoot: string },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const folder = join(place.homePath, ATTACHMENTS);
  await writeFile(join(folder, 'a-huge'), '');
  await truncate(join(folder, 'a-huge'), 512 * 1024 ** 2);
  await writeFile(join(folder, 'b-vanishes'), 'x');
  const copies = join(place.backupRoot, 'bitbucket-home', ATTACHMENTS);
  const ended = work().then(
    () => undefined,
    (error: unknown) => error,
  );
  while (!(await readdir(copies).catch(() => [])).some((name) => name.startsWith('.a-huge.'))) {
    await sleep(5);
  }
  await rm(join(folder, 'b-vanishes'));
  const result = await ended;
  await rm(join(folder, 'a-huge'));
  return result;
}

/** The real programs, with the rights of a user who may not read everything. */
function asNobody(): CommandRunner {
  const runner = createCommandRunner();
  return {
    run: async (program, args, options) =>
      await runner.run(
        'setpriv',
        ['--reuid=65534', '--regid=65534', '--clear-groups', program, ...args],
        options,
      ),
  };
}
