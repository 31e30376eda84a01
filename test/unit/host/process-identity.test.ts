import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseJournal } from '../../../src/host/journal-entry.ts';
import { livenessOf, ownIdentity, type ProcessIdentity } from '../../../src/host/process-identity.ts';
import { journalEntry } from '../../support/journal-fixture.ts';
import { runProgram } from '../../support/program.ts';

async function firstOutput(stream: Readable): Promise<string> {
  const data: readonly unknown[] = await once(stream, 'data');
  return String(data[0]);
}

/** A process that tells its identity and lives until it is killed. */
async function startOther(): Promise<{ identity: ProcessIdentity; kill: () => Promise<void> }> {
  const module = import.meta.resolve('../../../src/host/process-identity.ts');
  const script = `import { ownIdentity } from ${JSON.stringify(module)};
    console.log(JSON.stringify({ ...${JSON.stringify(journalEntry())}, process: ownIdentity() })); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const line = await firstOutput(child.stdout);
  const { process: identity } = parseJournal(line, 'the other process');
  return {
    identity,
    kill: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('this process lives', () => {
  expect(ownIdentity().pid).toBe(process.pid);
  expect(ownIdentity().startTicks).toMatch(/^\d+$/);
  expect(livenessOf(ownIdentity())).toBe('alive');
});

test('another process lives until it is killed', async () => {
  const { identity, kill } = await startOther();
  expect(identity.pid).not.toBe(process.pid);
  expect(livenessOf(identity)).toBe('alive');
  await kill();
  expect(livenessOf(identity)).toBe('dead');
});

test('a zombie is dead: it only waits for its parent to look', async () => {
  // sh starts a child and becomes a program that never asks after it.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 30'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const pid = Number(await firstOutput(parent.stdout));
  const stat = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8');
  const startTicks = stat().split(' ')[21] ?? '';
  await vi.waitFor(() => expect(stat()).toContain(') Z '), 20_000);
  expect(livenessOf({ ...ownIdentity(), pid, startTicks })).toBe('dead');
});

test('a process id that was used again is another process', () => {
  expect(livenessOf({ ...ownIdentity(), startTicks: '12345' })).toBe('dead');
});

test('after another start of the machine everything is dead', () => {
  expect(livenessOf({ ...ownIdentity(), bootId: '00000000-0000-4000-8000-000000000000' })).toBe('dead');
});

test.each([
  { hostname: 'elsewhere' },
  { hostname: 'elsewhere', bootId: 'other' },
  { pidNamespace: 'pid:[1]' },
])('what ran elsewhere (%j) cannot be seen from here', (change) => {
  expect(livenessOf({ ...ownIdentity(), ...change })).toBe('unknown');
});

test('a forged process id is dead', () => {
  for (const pid of [-1, 0, 1.5, Number.MAX_SAFE_INTEGER, Number.NaN]) {
    expect(livenessOf({ ...ownIdentity(), pid })).toBe('dead');
  }
});

test('a program name with blanks and brackets does not hide when it started', async () => {
  const script = `process.title = 'a) Z (b'; const { ownIdentity, livenessOf } = await import(${JSON.stringify(
    import.meta.resolve('../../../src/host/process-identity.ts'),
  )}); console.log(ownIdentity().startTicks, livenessOf(ownIdentity()));`;
  const { stdout } = await runProgram(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout.toString().trim()).toMatch(/^\d+ alive$/);
});
