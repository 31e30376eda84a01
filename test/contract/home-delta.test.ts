/** `home-delta: git-aware` through the strategy, with the scan as a process of its own: what is looked at, said and left. */
import {
  appendFile,
  link,
  lstat,
  mkdir,
  readdir,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gitFsck, makeBitbucketHome, startPusher } from '../support/bitbucket-home.ts';
import { git } from '../support/bitbucket-home/git.ts';
import { mountDisk, mountTmpfs } from '../support/mounts.ts';
import { runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never, openWorkplace, rsyncRun, type Workplace } from './home-context.ts';
import { expectCopied, expectCounted, killScan, lists, recorder, scansOf } from './home-delta-context.ts';
import { backUp } from './home.contract.ts';

const ATTACHMENTS = 'shared/data/attachments';
const WHOLE = /^warning: The whole of the home is looked at inside the lock, which takes longer: (.*)\.$/;

/** Longer than what a look does not trust on a local disk. */
const SETTLED_MS = 2_100;

/** Why a tree was copied as a whole, as the log says. */
function reasons(lines: readonly string[]): readonly (string | undefined)[] {
  return lines.filter((line) => line.includes('The whole of')).map((line) => WHOLE.exec(line)?.[1]);
}

async function makeHome(root: string, count = 2): Promise<readonly string[]> {
  const home = await makeBitbucketHome({
    root,
    repositories: count,
    commitsPerRepository: 4,
    oddFiles: false,
  });
  return home.repositories.map(({ path }) => path);
}

/** Content that the repository has not. */
async function push(repository: string, name: string): Promise<void> {
  const home = { root: repository, dataStores: [], hasAcl: false };
  const pusher = startPusher({
    home: { ...home, repositories: [{ id: 1, path: repository, store: undefined }] },
    admit: async (work) => await work(),
    intervalMs: 1,
  });
  await pusher.reached(1);
  await pusher.stop();
  await git(repository, ['update-ref', `refs/heads/${name}`, 'refs/heads/main']);
}

/** Makes a home, changes it after the first pass and a pause, and copies it. @returns why all of it was looked at */
async function reasonsAt(
  place: Workplace,
  homePath: string,
  pauseMs = 0,
): Promise<readonly (string | undefined)[]> {
  const [repository = ''] = await makeHome(homePath, 1);
  const { commands, passes } = recorder();
  const { strategy, lines } = rsyncRun(place, { 'home-path': homePath }, commands);
  await strategy.prepare(never);
  await delay(pauseMs);
  await push(repository, 'pushed');
  await strategy.capture(never);
  expect(passes.map(({ listed }) => listed)).toEqual([undefined, undefined]);
  await expectCopied(place, homePath);
  return reasons(lines);
}

describe('what is handed to rsync inside the lock', () => {
  it('is what differs and no more, in a file that only we can read', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 3);
    await delay(SETTLED_MS);
    const { commands, passes } = recorder();
    const { strategy, lines, progress } = rsyncRun(place, {}, commands);
    await strategy.prepare(never);
    await push(repository, 'pushed');
    const deleted = join(place.homePath, ATTACHMENTS, 'repository/1/0a/attachment.txt');
    await unlink(deleted);
    const captured = await strategy.capture(never);
    const [first, rehearsal, second] = passes;
    expect(passes).toHaveLength(3);
    expect(first?.listed).toBeUndefined();
    expect(rehearsal?.listed).toEqual(['./']);
    expect(second?.args).toContain('--delete-missing-args');
    expect(second?.listMode).toBe(0o600);
    expect(second?.listed).toContain(`./${ATTACHMENTS}/repository/1/0a/attachment.txt`);
    expect(second?.listed?.length).toBeGreaterThan(5);
    expect(second?.listed?.length).toBeLessThan(40);
    expect(reasons(lines)).toEqual([]);
    expect(lines.join('\n')).toMatch(
      /^info: Looked at the home: [\d,]+ folders and [\d,]+ files that are no git objects, in .+ with (?:1 thread|\d+ threads)$/m,
    );
    expect(lines.join('\n')).toMatch(
      /^info: Looked at the home again: \d+ paths to compare, 1 of them deleted, in .+ with (?:1 thread|\d+ threads)$/m,
    );
    expect(progress.at(-1)).toBe(1);
    await expectCopied(place);
    const backedUp = await captured.settle(never);
    expect(backedUp.details['secondPass']).toMatchObject({
      delta: ['git-aware'],
      pathsCompared: second?.listed?.length,
    });
    await expectCounted(backedUp, [join(place.backupRoot, 'bitbucket-home')]);
    expect(lists(place)).toEqual([]);
  });

  it('is everything with `home-delta: full`, and nothing is looked at before', async () => {
    await using place = await openWorkplace();
    await makeHome(place.homePath);
    const { commands, passes } = recorder();
    const run = rsyncRun(place, { 'home-delta': 'full' }, commands);
    const backedUp = await backUp(run);
    expect(passes.map(({ listed }) => listed)).toEqual([undefined, undefined]);
    expect(run.lines.filter((line) => line.includes('Looked at'))).toEqual([]);
    expect(backedUp.details['secondPass']).toMatchObject({ delta: ['full'], pathsCompared: 0 });
    await expectCounted(backedUp, [join(place.backupRoot, 'bitbucket-home')]);
    await expectCopied(place);
  });

  it('is found in data stores as in the home', async () => {
    await using place = await openWorkplace();
    const store = join(place.folder, 'store');
    const home = await makeBitbucketHome({
      root: place.homePath,
      repositories: 2,
      dataStores: [store],
      commitsPerRepository: 4,
      oddFiles: false,
    });
    await delay(SETTLED_MS);
    const { commands, passes } = recorder();
    const { strategy, lines } = rsyncRun(place, { 'data-stores': store }, commands);
    await strategy.prepare(never);
    const inStore = home.repositories.find((repository) => repository.store === store)?.path ?? '';
    await push(inStore, 'pushed');
    const captured = await strategy.capture(never);
    expect(reasons(lines)).toEqual([]);
    const [ofHome, ofStore] = passes.slice(-2);
    expect(ofHome?.listed).toEqual(['./']);
    expect(ofStore?.listed).toContain(`./${inStore.slice(store.length + 1)}/refs/heads/pushed`);
    expect(ofStore?.listed?.length).toBeLessThan(40);
    const copy = join(place.backupRoot, 'bitbucket-data-stores', store);
    await runProgram('diff', ['--recursive', '--no-dereference', store, copy]);
    const backedUp = await captured.settle(never);
    expect(backedUp.details['secondPass']).toMatchObject({ delta: ['git-aware', 'git-aware'] });
    await expectCounted(backedUp, [join(place.backupRoot, 'bitbucket-home'), copy]);
  });

  it('is found in a home that is a link to another folder', async () => {
    await using place = await openWorkplace();
    const real = join(place.folder, 'volume/home');
    const [repository = ''] = await makeHome(real);
    await symlink('volume/home', place.homePath);
    await delay(SETTLED_MS);
    const { commands, passes } = recorder();
    const { strategy } = rsyncRun(place, {}, commands);
    await strategy.prepare(never);
    await push(repository, 'pushed');
    await strategy.capture(never);
    expect(passes.at(-1)?.listed?.length).toBeLessThan(40);
    await expectCopied(place, real);
  });
});

describe('the list of changes', () => {
  it('is removed when rsync fails, and what a dead run has left with the next run', async () => {
    await using place = await openWorkplace();
    await makeHome(place.homePath, 1);
    const { commands, passes } = recorder((_pass, number, command) => (number === 3 ? ['false'] : command));
    const { strategy } = rsyncRun(place, {}, commands);
    await mkdir(place.backupRoot);
    const left = join(place.backupRoot, '.bitbucket-home.changes-bitbucket-20261101-000000-000-0');
    const kept = join(place.backupRoot, '.bitbucket-home.other');
    await writeFile(left, 'x');
    await writeFile(kept, 'x');
    await strategy.prepare(never);
    expect(lists(place)).toEqual(['.bitbucket-home.other']);
    await expect(strategy.capture(never)).rejects.toMatchObject({ code: 'HOME_FAILED' });
    expect(passes[2]?.listMode).toBe(0o600);
    expect(lists(place)).toEqual(['.bitbucket-home.other']);
    expect(scansOf(process.pid)).toEqual([]);
  });
});

describe('the whole of the home is looked at, and the log says why,', () => {
  it('on a file system that is not known to keep exact times', async () => {
    const homePath = join(await mountTmpfs(join(temporaryFolder(), 'mounted')), 'home');
    await using place = await openWorkplace();
    expect(await reasonsAt(place, homePath)).toEqual([
      `the file system of ${homePath} is not known to keep exact time stamps`,
    ]);
  });

  it('on a file system with time stamps of whole seconds', async () => {
    const making = ['-I', '128', '-O', '^metadata_csum,^project'];
    const homePath = join(
      await mountDisk(join(temporaryFolder(), 'mounted'), 64 * 1024 ** 2, making),
      'home',
    );
    await using place = await openWorkplace();
    // Two pushes within one second leave size and time as they were, and rsync sees no more than these.
    expect(await reasonsAt(place, homePath, 1_100)).toEqual([
      'its file system keeps time stamps of whole seconds',
    ]);
  });

  it('when another device was mounted between the passes', async () => {
    const homePath = join(temporaryFolder(), 'home');
    await using place = await openWorkplace();
    await makeHome(homePath, 1);
    const { strategy, lines } = rsyncRun(place, { 'home-path': homePath });
    await strategy.prepare(never);
    const attachments = await mountDisk(join(homePath, ATTACHMENTS));
    await writeFile(join(attachments, 'new'), 'on the other device');
    await strategy.capture(never);
    expect(reasons(lines)).toEqual([`${attachments} stands on another device than before`]);
    await expectCopied(place, homePath);
  });

  it('when its scan was killed between the passes', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 1);
    const { strategy, lines } = rsyncRun(place);
    await strategy.prepare(never);
    killScan();
    await push(repository, 'pushed');
    const captured = await strategy.capture(never);
    expect(reasons(lines)).toEqual([expect.stringMatching(/^the scan failed \(.*SIGKILL.*\)$/)]);
    await expectCopied(place);
    const backedUp = await captured.settle(never);
    expect(backedUp.details['secondPass']).toMatchObject({ delta: ['full'] });
    await expectCounted(backedUp, [join(place.backupRoot, 'bitbucket-home')]);
  });

  it('when rsync could not delete in the first pass nor in two rehearsals', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 1);
    const { commands, passes } = recorder((_pass, number, command) =>
      number <= 3 ? changedUnderneath(command) : command,
    );
    const { strategy, lines } = rsyncRun(place, {}, commands);
    await strategy.prepare(never);
    expect(passes).toHaveLength(3);
    expect(lines.filter((line) => line.includes('Copying all of the home once more'))).toHaveLength(2);
    await push(repository, 'pushed');
    await strategy.capture(never);
    expect(reasons(lines)).toEqual(['rsync could not delete in the copy what is gone']);
    await expectCopied(place);
  });

  it('when a file got another name that is not among what changed', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 1);
    await delay(SETTLED_MS);
    const { strategy, lines } = rsyncRun(place);
    await strategy.prepare(never);
    const object = await someObject(repository);
    await link(object, join(place.homePath, ATTACHMENTS, 'linked'));
    await strategy.capture(never);
    expect(reasons(lines)).toEqual([
      `${ATTACHMENTS}/linked has changed, and not all of its 2 names were found`,
    ]);
    await expectCopied(place);
  });
});

describe('a second first pass', () => {
  it('is made when rsync could not delete, and then only what differs is copied', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 1);
    await delay(SETTLED_MS);
    const { commands, passes } = recorder((_pass, number, command) =>
      number === 1 ? changedUnderneath(command) : command,
    );
    const { strategy, lines } = rsyncRun(place, {}, commands);
    await strategy.prepare(never);
    await push(repository, 'pushed');
    await strategy.capture(never);
    expect(passes.map(({ listed }) => listed === undefined)).toEqual([true, true, false]);
    expect(reasons(lines)).toEqual([]);
    await expectCopied(place);
  });
});

describe('a scan that was killed', () => {
  it('after the copy costs nothing: what is copied is counted all the same', async () => {
    await using place = await openWorkplace();
    await makeHome(place.homePath, 1);
    const { strategy } = rsyncRun(place);
    await strategy.prepare(never);
    const captured = await strategy.capture(never);
    killScan();
    await delay(100);
    expect(scansOf(process.pid)).toEqual([]);
    const backedUp = await captured.settle(never);
    await expectCounted(backedUp, [join(place.backupRoot, 'bitbucket-home')]);
  });
});

describe('hard links', () => {
  it('are as in the home, whichever of their names changed, came or went', async () => {
    await using place = await openWorkplace();
    await makeHome(place.homePath, 1);
    const at = (name: string): string => join(place.homePath, ATTACHMENTS, name);
    await mkdir(at('a'));
    await mkdir(at('b'));
    for (const name of ['changed', 'third', 'broken', 'same']) {
      await writeFile(at(`a/${name}`), name);
      await utimes(at(`a/${name}`), 1_700_000_000, 1_700_000_000);
      await link(at(`a/${name}`), at(`b/${name}`));
    }
    await delay(SETTLED_MS);
    const { strategy, lines } = rsyncRun(place);
    await strategy.prepare(never);
    await appendFile(at('b/changed'), ' through one of its names');
    await link(at('a/third'), at('third'));
    await unlink(at('a/broken'));
    await writeFile(at('a/broken'), 'broken');
    await utimes(at('a/broken'), 1_700_000_000, 1_700_000_000);
    await strategy.capture(never);
    expect(reasons(lines)).toEqual([]);
    await expectCopied(place);
  });
});

describe('git at work', () => {
  it('is copied as it is in the end, whatever it does meanwhile', async () => {
    await using place = await openWorkplace();
    const home = await makeBitbucketHome({
      root: place.homePath,
      repositories: 3,
      commitsPerRepository: 4,
      oddFiles: false,
    });
    const [first, fork, last] = home.repositories;
    if (first === undefined || last === undefined || fork === undefined) {
      throw new TypeError('There are three.');
    }
    // Not the one that is kept house in: git's own push fails now and then when it meets a `git gc`.
    const gate = new Gate();
    const pusher = startPusher({
      home,
      repositories: [first, fork],
      admit: async (work) => await gate.admit(work),
      intervalMs: 1,
    });
    for (let round = 1; round <= 3; round += 1) {
      const { strategy, lines } = rsyncRun(place);
      const stopping = new AbortController();
      gate.open();
      const prepare = async (): Promise<void> => {
        await pusher.reached(pusher.accepted.length + 1);
        await strategy.prepare(never);
        await pusher.reached(pusher.accepted.length + 3);
      };
      await Promise.all([
        prepare().finally(() => stopping.abort()),
        keepHouse(place.homePath, last.path, stopping.signal),
      ]);
      await gate.drain();
      await strategy.capture(never);
      expect(reasons(lines)).toEqual([]);
      await expectCopied(place);
      await strategy.close?.();
    }
    await pusher.stop();
    const copies = join(place.backupRoot, 'bitbucket-home/shared/data/repositories');
    for (const id of await readdir(copies)) {
      await gitFsck(join(copies, id));
    }
  });

  it('brings a new time of an object that it had already with the next run (documented)', async () => {
    await using place = await openWorkplace();
    const [repository = ''] = await makeHome(place.homePath, 1);
    const write = async (): Promise<string> =>
      await git(repository, ['hash-object', '-w', '--stdin'], 'an object of its own\n');
    const id = await write();
    const inRepository = `objects/${id.slice(0, 2)}/${id.slice(2)}`;
    const object = join(repository, inRepository);
    await utimes(object, 1_700_000_000, 1_700_000_000);
    await delay(SETTLED_MS);
    const { strategy, lines } = rsyncRun(place);
    await strategy.prepare(never);
    await write();
    const fresh = (await lstat(object)).mtimeMs;
    expect(fresh).toBeGreaterThan(1_700_000_000_000);
    await strategy.capture(never);
    expect(reasons(lines)).toEqual([]);
    const copy = join(place.backupRoot, 'bitbucket-home/shared/data/repositories/1', inRepository);
    expect((await lstat(copy)).mtimeMs).toBe(1_700_000_000_000);
    await backUp(rsyncRun(place));
    expect((await lstat(copy)).mtimeMs).toBe(fresh);
    await expectCopied(place);
  });
});

/** Bitbucket's own, for pushes: closed while it is locked. */
class Gate {
  #isOpen = false;
  #inside = 0;

  open(): void {
    this.#isOpen = true;
  }

  /** Waits for the pushes that are under way. */
  async drain(): Promise<void> {
    this.#isOpen = false;
    while (this.#inside > 0) {
      await delay(5);
    }
  }

  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#isOpen) {
      throw new Error('Bitbucket is locked.');
    }
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
    }
  }
}

/** As rsync ends when a file got shorter while it was read: it deletes nothing then. */
function changedUnderneath(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const complaint = 'rsync: [sender] read errors mapping "x": No data available (61)';
  return ['sh', '-c', `"$@"; echo '${complaint}' >&2; exit 23`, 'sh', ...command];
}

async function someObject(repository: string): Promise<string> {
  const folders = await readdir(join(repository, 'objects'));
  const fanOut = folders.find((name) => /^[0-9a-f]{2}$/.test(name)) ?? '';
  const [name = ''] = await readdir(join(repository, 'objects', fanOut));
  return join(repository, 'objects', fanOut, name);
}

/** Pushes, collects garbage, repacks, makes repositories and deletes them, one after the other. */
async function keepHouse(homePath: string, repository: string, stop: AbortSignal): Promise<void> {
  const fresh = join(homePath, 'shared/data/repositories/99');
  for (let number = 0; !stop.aborted; number += 1) {
    await push(repository, `work/${number}`);
    switch (number % 4) {
      case 0:
        await git(repository, ['gc', '--quiet']);
        break;
      case 1:
        await rm(fresh, { recursive: true, force: true });
        await git(homePath, ['clone', '--quiet', '--bare', '--no-local', repository, fresh]);
        break;
      case 2:
        await git(repository, ['repack', '-a', '-d', '--quiet']);
        break;
      default:
        await rm(fresh, { recursive: true, force: true });
    }
  }
}
