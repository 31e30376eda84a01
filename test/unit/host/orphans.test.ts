import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { killOrphans, orphanMarker } from '../../../src/host/orphans.ts';
import { failureOf } from '../../support/failure.ts';

async function startMarked(marker: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn('sh', ['-c', 'echo ready; read -r _'], {
    env: { PATH: process.env['PATH'] ?? '', ...marker },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

async function signalOf(child: ChildProcess): Promise<unknown> {
  const exit: readonly unknown[] = await once(child, 'exit');
  return exit[1];
}

test('the children of the dead run are killed, those of others are not', async () => {
  const dead = randomUUID();
  const ours = [await startMarked(orphanMarker(dead)), await startMarked(orphanMarker(dead))];
  const other = await startMarked(orphanMarker(randomUUID()));
  const longer = await startMarked(orphanMarker(`${dead}-and-more`));
  const ended = Promise.all(ours.map(async (child) => await signalOf(child)));
  const pids = ours.map(({ pid }) => pid);
  expect(new Set(killOrphans(dead))).toEqual(new Set(pids));
  expect(await ended).toEqual(['SIGKILL', 'SIGKILL']);
  expect([other.exitCode, other.signalCode, longer.signalCode]).toEqual([null, null, null]);
});

test('where nothing is left, nothing is killed', () => {
  expect(killOrphans(randomUUID())).toEqual([]);
});

test('what the command runner starts carries the marker, grandchildren too', async () => {
  const runId = randomUUID();
  const commands = createCommandRunner({ marker: orphanMarker(runId) });
  const told = Promise.withResolvers<void>();
  const ended = failureOf(
    commands.run('sh', ['-c', 'sleep 30 & echo ready; wait'], { onLine: () => told.resolve() }),
  );
  await told.promise;
  expect(killOrphans(runId)).toHaveLength(2);
  expect((await ended).code).toBe('CHILD_KILLED');
});
