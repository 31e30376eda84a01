/**
 * SIGKILL at 20 points of a backup, from its first request to its last file. After each of them the post step (odd
 * points) or the next run (even points) has Bitbucket unlocked, and no archive stands that is not whole.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { parseJournal } from '../../src/host/journal-entry.ts';
import { type ActionRun, runAction, startAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import type { EndpointName } from '../support/bitbucket-simulator/simulator.ts';
import { runProgram } from '../support/program.ts';

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({
    repositories: 2,
    packBytesPerRepository: 12_000_000,
    databaseBytes: 20_000_000,
    simulator: { drainMs: 400 },
  });
});

afterAll(async () => {
  await stand.close();
});

/** Every point starts from nothing, as on the first night. */
afterEach(async () => {
  await Promise.all(
    [stand.backupRoot, stand.archiveRoot].map(async (folder) => {
      await rm(folder, { recursive: true, force: true });
    }),
  );
});

type Arm = (run: ActionRun) => void;

/** When a line of the log appears. */
const line =
  (pattern: RegExp): Arm =>
  (run) =>
    run.onLine((text) => {
      if (pattern.test(text)) {
        run.kill();
      }
    });

/** When the n-th request of a kind arrives; it is carried out all the same. */
const request =
  (endpoint: EndpointName, nth = 1): Arm =>
  (run) => {
    let seen = 0;
    const stop = stand.simulator.onRequest((asked) => {
      seen += asked.endpoint === endpoint ? 1 : 0;
      if (asked.endpoint === endpoint && seen === nth) {
        run.kill();
      }
    });
    void run.mainEnded.then(stop);
  };

/** As soon as something is true on disk. */
const once =
  (isSo: () => boolean): Arm =>
  (run) => {
    const timer = setInterval(() => {
      if (isSo()) {
        clearInterval(timer);
        run.kill();
      }
    }, 1);
    void run.mainEnded.then(() => clearInterval(timer));
  };

const phaseIs = (phase: string) => (): boolean => {
  try {
    return readFileSync(join(stand.backupRoot, '.journal.json'), 'utf8').includes(`"phase":"${phase}"`);
  } catch {
    return false;
  }
};

const points: readonly (readonly [string, () => Arm])[] = [
  ['at its first request', () => request('lockState')],
  ['while it checks the version', () => request('properties')],
  ['when it has claimed the journal', () => once(phaseIs('none'))],
  [
    'while it copies for the first time',
    () => once(() => existsSync(join(stand.backupRoot, 'bitbucket-home'))),
  ],
  ['when the first copy is done', () => line(/Prepared backup of home/)],
  ['when it has the lock', () => line(/locked with '/)],
  ['while it starts the backup', () => request('start')],
  ['when the backup has started', () => line(/backup started with '/)],
  ['at the first poll of the drain', () => request('poll')],
  ['at the third poll of the drain', () => request('poll', 3)],
  ['when Bitbucket is drained', () => line(/scm state 'DRAINED'/)],
  ['while the dump runs', () => line(/dumping contents of table/)],
  ['when the home is copied', () => line(/Performed backup of home/)],
  ['when the dump holds its moment', () => line(/Performed backup of database/)],
  ['while it sends progress 100', () => request('progress')],
  ['when progress 100 was taken', () => line(/Backup progress updated to 100/)],
  ['while it unlocks', () => request('unlock')],
  ['when Bitbucket is unlocked', () => line(/Bitbucket instance unlocked/)],
  ['while it writes the archive', () => once(() => partialBytes() > 5_000_000)],
  ['when the archive has its name', () => once(() => archiveStands())],
];

function partialBytes(): number {
  const text = existsSync(join(stand.backupRoot, '.journal.json'))
    ? readFileSync(join(stand.backupRoot, '.journal.json'), 'utf8')
    : '';
  const partials = text === '' ? [] : parseJournal(text, 'the journal').partials;
  return Math.max(0, ...partials.map((path) => (existsSync(path) ? statSync(path).size : 0)));
}

let known: readonly string[] = [];
function archiveStands(): boolean {
  void stand.archives().then((names) => {
    known = names;
  });
  return known.some((name) => name.endsWith('.tar.zst') && !name.startsWith('.'));
}

test.each(points.map(([name, arm], index) => ({ name, arm, index: index + 1 })))(
  'killed $name ($index)',
  async ({ arm, index }) => {
    known = [];
    const run = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs, withoutInputsInPost: true });
    arm()(run);
    const byPost = index % 2 === 1;
    const killed = await run.finish({ skipPost: !byPost });
    expect(killed.signal).toBe('SIGKILL');
    // Without post the lock may stand until the next run; with it, it must not.
    const { locked, taskState } = stand.simulator.snapshot();
    expect(byPost && locked).toBe(false);
    expect(byPost && taskState === 'RUNNING').toBe(false);
    expect(killed.postExitCode).toBe(byPost ? 0 : undefined);
    await expectNoFalseArchive();
    const next = await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
    expect(next.log.join('\n')).not.toContain('##[error]');
    expect(next.exitCode).toBe(0);
    expect(stand.simulator.snapshot()).toMatchObject({ locked: false, taskState: undefined });
    await expectNoFalseArchive();
    expect((await stand.archives()).filter((name) => name.includes('partial'))).toEqual([]);
    expect(existsSync(next.outputs['archive'] ?? '')).toBe(true);
  },
  120_000,
);

/** Whatever has the name of an archive is one: its checksum is there and fits, and it unpacks. */
async function expectNoFalseArchive(): Promise<void> {
  for (const name of await stand.archives()) {
    if (/^bitbucket-.*\.tar\.zst$/.test(name)) {
      await runProgram('sha256sum', ['--check', '--strict', `${name}.sha256`], { cwd: stand.archiveRoot });
      await runProgram('zstd', ['--test', '--quiet', name], { cwd: stand.archiveRoot });
    }
  }
}
