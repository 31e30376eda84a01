import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchForInterruption } from '../../../src/host/interruption.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('../../support/interrupted-program.ts'));

interface Started {
  readonly process: ChildProcess;
  /** Of the child's child; settles when it runs. */
  readonly childPid: Promise<number>;
  /** All that was said, once it has ended. */
  readonly ended: Promise<{ said: string[]; exitCode: unknown }>;
}

function start(mode: string, childScript = 'exec sleep 60'): Started {
  const child = spawn(process.execPath, [PROGRAM, mode, childScript], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const told = Promise.withResolvers<number>();
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const pid = /^child (\d+)$/m.exec(text)?.[1];
    if (pid !== undefined) {
      told.resolve(Number(pid));
    }
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    const pid = /^child (\d+)$/m.exec(text)?.[1];
    try {
      process.kill(-Number(pid), 'SIGKILL');
    } catch {
      // Gone, as it should be.
    }
  });
  return {
    process: child,
    childPid: told.promise,
    ended: once(child, 'close').then(([exitCode]: unknown[]) => ({
      said: text.split('\n').filter((line) => line !== '' && !line.startsWith('child ')),
      exitCode,
    })),
  };
}

/** Zombies count as gone: they only wait for whoever inherited them. */
function groupIsGone(pgid: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .every((pid) => {
      const [state, , group] = statOf(pid);
      return Number(group) !== pgid || state === 'Z';
    });
}

/** The fields after the name: state, parent, group ... */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s: callbacks run before the children end, and then they do',
  async (signal) => {
    const started = start('wait');
    const pid = await started.childPid;
    started.process.kill(signal);
    const { said, exitCode } = await started.ended;
    expect(said).toEqual([
      'callback, child alive: true',
      `reason: Cancelled by ${signal}: the run stops, cancels the backup and unlocks Bitbucket.`,
      'end',
    ]);
    expect(exitCode).toBe(0);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  },
);

test.each(['throw', 'reject'])('a bug of ours (%s) ends the run as a signal does', async (mode) => {
  const started = start(mode);
  await started.childPid;
  const { said } = await started.ended;
  expect(said).toEqual(['callback, child alive: true', 'reason: Unexpected error: a bug of ours.', 'end']);
});

test('children that shrug off SIGTERM, and theirs, are dead within a second', async () => {
  const started = start(
    'wait',
    'trap "" TERM; (trap "" TERM; exec >/dev/null 2>&1; while :; do sleep 0.05; done) & while :; do sleep 0.05; done',
  );
  const pid = await started.childPid;
  const begun = performance.now();
  started.process.kill('SIGINT');
  await vi.waitFor(() => expect(groupIsGone(pid)).toBe(true), { timeout: 5_000, interval: 20 });
  expect(performance.now() - begun).toBeLessThan(1_000);
  await started.ended;
});

test('a second signal changes nothing', async () => {
  const started = start('wait');
  await started.childPid;
  started.process.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 100));
  started.process.kill('SIGTERM');
  started.process.kill('SIGINT');
  const { said, exitCode } = await started.ended;
  expect(said.filter((line) => line.startsWith('callback'))).toHaveLength(1);
  expect(said).toContain(
    'reason: Cancelled by SIGINT: the run stops, cancels the backup and unlocks Bitbucket.',
  );
  expect(exitCode).toBe(0);
});

test('a callback that fails keeps neither the others nor the end of the children', async () => {
  const started = start('bad-callback');
  const pid = await started.childPid;
  started.process.kill('SIGINT');
  const { said, exitCode } = await started.ended;
  expect(said).toContain('callback, child alive: true');
  expect(said.at(-1)).toBe('end');
  expect(exitCode).toBe(0);
  expect(groupIsGone(pid)).toBe(true);
});

test('the handlers are taken off again', () => {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection'];
  const counts = (): number[] => names.map((name) => process.listenerCount(name));
  const before = counts();
  const interruption = watchForInterruption(createMemoryLog().log);
  expect(counts()).toEqual(before.map((count) => count + 1));
  interruption.dispose();
  expect(counts()).toEqual(before);
});
