/** A disk that stops answering in the locked window must not keep Bitbucket locked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCommandRunner } from '../../src/host/command.ts';
import { scansOf } from '../contract/home-delta-context.ts';
import { startAction } from '../support/action-runner/run-action.ts';
import { PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { type FrozenDisk, makeDisk } from '../support/frozen-disk.ts';

let disk: FrozenDisk;

beforeEach(async () => {
  disk = await makeDisk(200 * 1024 * 1024);
});

afterEach(async () => {
  await disk.close();
});

test('a cancel unlocks within 2 s, though the second look at the home and the dump hang in the kernel', async () => {
  const stand = await startStand({ repositories: 1, databaseBytes: 20_000_000 });
  try {
    const { simulator } = stand;
    const frozen = new Promise<void>((resolve) => {
      simulator.onDrained(() => {
        // Bitbucket says that it is drained once this is done: then the list of changes cannot be written.
        disk.freezeNow();
        resolve();
      });
    });
    const run = startAction({
      actionFolder: PROJECT_ROOT,
      inputs: {
        ...stand.inputs,
        'backup-root': join(disk.path, 'backup'),
        // A name, so that the unlock would need the resolver if the address had not been kept.
        'bitbucket-url': simulator.url.replace('127.0.0.1', 'localhost'),
      },
    });
    await frozen;
    await hangs(() => scansOf(run.pid));
    expect(simulator.snapshot().locked).toBe(true);
    const unlocked = new Promise<number>((resolve) => {
      simulator.onUnlocked(() => resolve(performance.now()));
    });
    const sent = performance.now();
    process.kill(run.pid, 'SIGINT');
    expect((await unlocked) - sent).toBeLessThan(2_000);
    expect(simulator.snapshot()).toMatchObject({ locked: false });
    await disk.thaw();
    const result = await run.finish();
    expect(result.exitCode).not.toBe(0);
    expect(await stand.archives()).toEqual([]);
  } finally {
    await disk.thaw();
    await stand.close();
  }
});

/**
 * Waits until a thread of one of these processes hangs in the kernel, and stays so: the one that writes the list of changes, or,
 * before it comes to that, one that removes a copy which it does not believe.
 */
async function hangs(processes: () => readonly number[]): Promise<void> {
  for (let seen = 0; seen < 10; await delay(20)) {
    const isHanging = processes().some((pid) => threadStates(pid).includes('D'));
    seen = isHanging ? seen + 1 : 0;
  }
}

/** Such as `S` and `D`; none when the process is gone. */
function threadStates(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => {
      const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
      return /^State:\s+(\w)/m.exec(status)?.[1] ?? '';
    });
  } catch {
    // A thread or the process has ended in between: not hanging.
    return [];
  }
}

test('a program that cannot be ended is left behind and named', async () => {
  await disk.freeze();
  const stuck: string[] = [];
  const commands = createCommandRunner({ onStuck: (message) => stuck.push(message) });
  const reason = new Error('the run was aborted');
  const controller = new AbortController();
  const running = commands.run('dd', ['if=/dev/zero', `of=${join(disk.path, 'file')}`, 'bs=1M', 'count=4'], {
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(reason), 300);
  const begun = performance.now();
  await expect(running).rejects.toBe(reason);
  expect(performance.now() - begun).toBeLessThan(12_000);
  expect(stuck).toEqual([expect.stringMatching(/^dd \(process \d+\) hangs in the kernel/)]);
  await disk.thaw();
});
