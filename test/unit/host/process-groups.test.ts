import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import {
  endAllGroups,
  endGroup,
  forgetGroup,
  liveGroups,
  registerGroup,
  signalGroup,
} from '../../../src/host/process-groups.ts';

interface Group {
  readonly pgid: number;
  readonly ended: Promise<unknown[]>;
}

/** A group of its own that says when it is ready. */
async function startGroup(script: string): Promise<Group> {
  const child: ChildProcess = spawn('sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  if (child.pid === undefined || child.stdout === null) {
    throw new Error('sh did not start.');
  }
  const { pid } = child;
  registerGroup(pid);
  onTestFinished(() => {
    signalGroup(pid, 'SIGKILL');
    forgetGroup(pid);
  });
  await once(child.stdout, 'data');
  return { pgid: pid, ended };
}

const OBEDIENT = 'echo ready; sleep 30';
const STUBBORN = 'trap "" TERM; echo ready; while :; do sleep 0.05; done';

test('groups are known while they are registered', () => {
  registerGroup(123_456_789);
  expect(liveGroups()).toContain(123_456_789);
  forgetGroup(123_456_789);
  expect(liveGroups()).not.toContain(123_456_789);
});

test('a group is asked to end first', async () => {
  const { pgid, ended } = await startGroup(OBEDIENT);
  endGroup(pgid, 5_000);
  expect(await ended).toEqual([null, 'SIGTERM']);
});

test('a group that does not obey is made to end when the grace is over', async () => {
  const { pgid, ended } = await startGroup(STUBBORN);
  const begun = performance.now();
  endGroup(pgid, 300);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(290);
});

test('a group that was forgotten meanwhile is not killed: its number may be another’s by then', async () => {
  const { pgid, ended } = await startGroup(STUBBORN);
  endGroup(pgid, 100);
  forgetGroup(pgid);
  await new Promise((resolve) => setTimeout(resolve, 300));
  signalGroup(pgid, 'SIGUSR1');
  expect(await ended).toEqual([null, 'SIGUSR1']);
});

test('all groups end at once', async () => {
  const groups = [await startGroup(OBEDIENT), await startGroup(STUBBORN)];
  endAllGroups(200);
  const [first, second] = await Promise.all(groups.map(({ ended }) => ended));
  expect([first, second]).toEqual([
    [null, 'SIGTERM'],
    [null, 'SIGKILL'],
  ]);
});

test('a group that is gone is no error', async () => {
  const { pgid, ended } = await startGroup('echo ready');
  await ended;
  expect(() => {
    signalGroup(pgid, 'SIGTERM');
    endGroup(pgid, 1);
  }).not.toThrow();
});
