/** The runner cancels, an administrator presses Ctrl-C, a machine shuts down: unlocked in 2 s, silent 1 s later. */
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type ActionRun,
  processesWithEnvironment,
  runAction,
  startAction,
} from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { fingerprintTree } from '../support/bitbucket-home.ts';

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({
    repositories: 2,
    packBytesPerRepository: 10_000_000,
    databaseBytes: 60_000_000,
    simulator: { drainMs: 600 },
  });
});

afterAll(async () => {
  await stand.close();
});

afterEach(() => {
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false });
  expect(stand.simulator.snapshot().taskState).not.toBe('RUNNING');
});

function start(): ActionRun {
  return startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
}

const moments: readonly (readonly [string, RegExp])[] = [
  ['while Bitbucket drains', /backup started with/],
  ['while the dump runs', /dumping contents of table/],
];

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test.each(moments)('%s unlocks within 2 s and stops all writing', async (_name, line) => {
    const before = await stand.archives();
    const run = start();
    await run.waitForLine(line);
    const unlocked = new Promise<number>((resolve) => {
      const stop = stand.simulator.onUnlocked(() => {
        stop();
        resolve(performance.now());
      });
    });
    const sent = performance.now();
    process.kill(run.pid, signal);
    expect((await unlocked) - sent).toBeLessThan(2_000);
    await delay(Math.max(0, 1_000 - (performance.now() - sent)));
    const alive = processesWithEnvironment(run.marker).filter((pid) => pid !== run.pid);
    expect(alive).toEqual([]);
    const written = await fingerprintTree(stand.backupRoot);
    const result = await run.finish();
    await delay(300);
    const later = await fingerprintTree(stand.backupRoot);
    written.delete('.journal.json');
    written.delete('.');
    later.delete('.');
    expect(later).toEqual(written);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ result: 'canceled', 'error-code': 'CANCELED', archive: '' });
    expect(result.log.join('\n')).toContain('Bitbucket is unlocked');
    expect(await stand.archives()).toEqual(before);
    expect(existsSync(`${stand.backupRoot}/.journal.json`)).toBe(false);
  });
});

test('the runner’s cancel needs no more than its SIGINT', async () => {
  const run = start();
  await run.waitForLine(/locked with/);
  expect(await run.cancel()).toEqual(['SIGINT']);
  const result = await run.finish();
  expect(result.outputs['result']).toBe('canceled');
  expect(result.postExitCode).toBe(0);
});

test('a cancel before the lock never locks', async () => {
  const before = stand.simulator.snapshot().lockCount;
  const run = start();
  await run.waitForLine(/Prepare/);
  process.kill(run.pid, 'SIGINT');
  const result = await run.finish();
  expect(result.exitCode).toBe(1);
  expect(stand.simulator.snapshot().lockCount).toBe(before);
  expect(result.log.join('\n')).toContain('Bitbucket was not locked');
});

test('a second signal changes nothing', async () => {
  const run = start();
  await run.waitForLine(/db state 'DRAINED'/);
  process.kill(run.pid, 'SIGINT');
  process.kill(run.pid, 'SIGTERM');
  process.kill(run.pid, 'SIGINT');
  const result = await run.finish();
  expect(result.exitCode).toBe(1);
});

test('a second run beside a live one is refused and leaves it alone', async () => {
  const first = start();
  await first.waitForLine(/locked with/);
  const second = await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  expect(second.exitCode).toBe(1);
  expect(second.outputs['error-code']).toBe('ALREADY_RUNNING');
  expect(second.log.join('\n')).toMatch(/Backup bitbucket-.* \(process \d+ on .*\) has been using/);
  const result = await first.finish();
  expect(result.outputs['result']).toBe('success');
});
