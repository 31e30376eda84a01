/** What every home strategy that copies files has to pass. */
import { appendFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { liveGroups } from '../../src/host/process-groups.ts';
import type { BackedUp } from '../../src/strategies/contract.ts';
import {
  allRefs,
  EXCLUDED,
  fingerprintTree,
  gitFsck,
  LOOKALIKES,
  makeBitbucketHome,
  startPusher,
} from '../support/bitbucket-home.ts';
import { programText } from '../support/program.ts';
import { never, openWorkplace, processesAt, type TestRun, type Workplace } from './home-context.ts';

export type StartRun = (place: Workplace, inputs?: Readonly<Record<string, string>>) => TestRun;

/** Where the copy of the home stands, below `backup-root`. */
const COPY = 'bitbucket-home';

export function describeHomeContract(name: string, start: StartRun): void {
  describe(`home strategy ${name}`, () => {
    it('copies everything but what is left out: names, content, links, modes, owners, times', async () => {
      await using place = await openWorkplace();
      await makeBitbucketHome({ root: place.homePath, repositories: 2 });
      const backedUp = await backUp(start(place));
      const copy = await fingerprintTree(join(place.backupRoot, COPY));
      expect(copy).toEqual(await expectedCopy(place.homePath));
      for (const path of LOOKALIKES) {
        expect([...copy.keys()]).toContain(path);
      }
      const files = [...copy.values()].filter((description) => description.startsWith('file ')).length;
      expect(backedUp).toMatchObject({ strategy: name, included: true, members: [COPY], files });
      expect(backedUp.bytes).toBeGreaterThan(16 * 1024 * 1024);
    });

    it('keeps holes, access control lists and extended attributes', async () => {
      await using place = await openWorkplace();
      const { hasAcl } = await makeBitbucketHome({ root: place.homePath, repositories: 1 });
      await backUp(start(place));
      const odd = 'shared/data/attachments/odd';
      const { size, blocks } = await stat(join(place.backupRoot, COPY, odd, 'sparse.bin'));
      expect(blocks * 512).toBeLessThan(size / 4);
      // The file system of the tests has them; where it has not, this says so instead of passing.
      expect(hasAcl).toBe(true);
      for (const show of [
        ['getfacl', '--omit-header', '--numeric', 'acl'],
        ['getfattr', '--dump', 'acl'],
      ] as const) {
        const [program, ...args] = show;
        const inCopy = await programText(program, args, { cwd: join(place.backupRoot, COPY, odd) });
        expect(inCopy).toBe(await programText(program, args, { cwd: join(place.homePath, odd) }));
        expect(inCopy).toMatch(/12345|user\.bitbucket/);
      }
    });

    it('carries over in the window what changed after the first pass', async () => {
      await using place = await openWorkplace();
      await makeBitbucketHome({ root: place.homePath, repositories: 2, oddFiles: false });
      const { strategy } = start(place);
      await strategy.prepare(never);
      const attachments = join(place.homePath, 'shared/data/attachments');
      await appendFile(join(attachments, 'repository/1/0a/attachment.txt'), 'more');
      await writeFile(join(attachments, 'new'), 'new');
      await rm(join(attachments, 'log'), { recursive: true });
      await rm(join(attachments, 'caches'), { recursive: true });
      await writeFile(join(attachments, 'caches'), 'a file where a folder was');
      await strategy.capture(never);
      expect(await fingerprintTree(join(place.backupRoot, COPY))).toEqual(await expectedCopy(place.homePath));
    });

    it('holds the repositories as they are in the window, pushed to during the first pass', async () => {
      await using place = await openWorkplace();
      const home = await makeBitbucketHome({ root: place.homePath, repositories: 2, oddFiles: false });
      const pusher = startPusher({ home, admit: async (push) => await push(), intervalMs: 1 });
      const { strategy } = start(place);
      await pusher.reached(3);
      await strategy.prepare(never);
      await pusher.reached(pusher.accepted.length + 2);
      await pusher.stop();
      await strategy.capture(never);
      const root = join(place.backupRoot, COPY);
      expect(await allRefs({ root, dataStores: [] })).toEqual(await allRefs(home));
      for (const { id } of home.repositories) {
        await gitFsck(join(root, 'shared/data/repositories', String(id)));
      }
    });

    it('discards twice, and the next run is right again', async () => {
      await using place = await openWorkplace();
      await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
      const { strategy } = start(place);
      await strategy.prepare(never);
      const captured = await strategy.capture(never);
      await captured.discard();
      await captured.discard();
      await writeFile(join(place.homePath, 'shared/data/attachments/later'), 'x');
      await backUp(start(place));
      expect(await fingerprintTree(join(place.backupRoot, COPY))).toEqual(await expectedCopy(place.homePath));
    });

    it('fails a capture whose source has gone, and leaves the copy for the next run', async () => {
      await using place = await openWorkplace();
      await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
      const { strategy } = start(place);
      await strategy.prepare(never);
      const before = await fingerprintTree(join(place.backupRoot, COPY));
      await rename(place.homePath, `${place.homePath}-unmounted`);
      await expect(strategy.capture(never)).rejects.toMatchObject({ code: 'HOME_FAILED' });
      expect(await fingerprintTree(join(place.backupRoot, COPY))).toEqual(before);
      await rename(`${place.homePath}-unmounted`, place.homePath);
      await backUp(start(place));
      expect(await fingerprintTree(join(place.backupRoot, COPY))).toEqual(await expectedCopy(place.homePath));
    });

    it('ends within a second of a cancel in each phase, with all its processes', async () => {
      await using place = await openWorkplace();
      await makeBitbucketHome({ root: place.homePath, repositories: 1, oddFiles: false });
      const huge = join(place.homePath, 'shared/data/attachments/huge');
      const { strategy } = start(place);
      await makeHuge(huge);
      await expectQuickEnd(place, async (signal) => await strategy.prepare(signal));
      await rm(huge);
      await strategy.prepare(never);
      await makeHuge(huge);
      await expectQuickEnd(place, async (signal) => await strategy.capture(signal));
      await rm(huge);
      const captured = await strategy.capture(never);
      await expect(captured.settle(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
      await captured.discard();
    });
  });
}

export async function backUp({ strategy }: TestRun): Promise<BackedUp> {
  const problems = (await strategy.preflight()).filter(({ severity }) => severity === 'error');
  expect(problems).toEqual([]);
  await strategy.prepare(never);
  const captured = await strategy.capture(never);
  return await captured.settle(never);
}

/** The home without what is left out, and without sockets and FIFOs. */
export async function expectedCopy(homePath: string): Promise<Map<string, string>> {
  const roots = EXCLUDED.map(excludedRoot);
  const all = await fingerprintTree(homePath, { exclude: (path) => roots.includes(path) });
  return new Map([...all].filter(([, description]) => !description.startsWith('special ')));
}

/** The folder that is left out with the file in it, written down here a second time on purpose. */
function excludedRoot(path: string): string {
  const folders = [
    'caches',
    'log',
    'tmp',
    'export',
    'shared/export',
    'search/data',
    'shared/search/data',
    'plugins/.osgi-plugins',
    'shared/plugins/.bundled-plugins',
  ];
  return folders.find((folder) => path.startsWith(`${folder}/`)) ?? path;
}

/** One hole: it costs no disk, and reading it takes a copy many seconds. */
async function makeHuge(path: string): Promise<void> {
  await writeFile(path, '');
  await truncate(path, 64 * 1024 ** 3);
}

async function expectQuickEnd(
  place: Workplace,
  phase: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const canceling = new AbortController();
  const ended = phase(canceling.signal).then(
    () => 'ended well',
    (error: unknown) => error,
  );
  while ((await processesAt(place.backupRoot)).length === 0) {
    await sleep(20);
  }
  await sleep(200);
  const started = performance.now();
  canceling.abort(new Error('cancelled'));
  expect(await ended).toMatchObject({ message: 'cancelled' });
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(await processesAt(place.backupRoot)).toEqual([]);
  expect(liveGroups()).toEqual([]);
}
