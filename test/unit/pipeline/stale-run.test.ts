import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { writeConnectionFile } from '../../../src/bitbucket/connection-file.ts';
import { Journal, journalPath, readJournal } from '../../../src/host/journal.ts';
import type { JournalEntry } from '../../../src/host/journal-entry.ts';
import { orphanMarker } from '../../../src/host/orphans.ts';
import {
  findStaleRun,
  recoverStaleRun,
  type StaleRunOptions,
  tidy,
} from '../../../src/pipeline/stale-run.ts';
import { clientFor, connectionTo, startSimulator } from '../../support/bitbucket-client.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { failureIn, failureOf } from '../../support/failure.ts';
import { deadProcess, journalEntry } from '../../support/journal-fixture.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { draftOf } from '../../../src/host/private-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let backupRoot: string;

beforeEach(() => {
  backupRoot = temporaryFolder();
});

interface Aftermath {
  readonly simulator: BitbucketSimulator;
  readonly options: StaleRunOptions;
  readonly lines: readonly string[];
}

async function aftermath(): Promise<Aftermath> {
  const simulator = await startSimulator();
  const { log, lines } = createMemoryLog();
  const client = clientFor(connectionTo(simulator));
  return { simulator, lines, options: { backupRoot, client, limits: SHORT_LIMITS, log } };
}

/** Leaves the journal that a run would have left which was killed. */
function leave(simulator: BitbucketSimulator, change: Partial<JournalEntry> = {}): JournalEntry {
  const entry = journalEntry({ url: simulator.url, runId: randomUUID(), process: deadProcess(), ...change });
  Journal.claim(backupRoot, entry).abandon();
  return entry;
}

describe('findStaleRun', () => {
  test('finds nothing where nothing is, and the journal of a dead run', async () => {
    expect(findStaleRun(backupRoot)).toBeUndefined();
    const { simulator } = await aftermath();
    const entry = leave(simulator);
    expect(findStaleRun(backupRoot)).toEqual(entry);
  });

  test('a run that still lives stops the second one, and keeps its journal', () => {
    const journal = Journal.claim(backupRoot, journalEntry());
    onTestFinished(() => journal.abandon());
    expect(failureIn(() => findStaleRun(backupRoot)).code).toBe('ALREADY_RUNNING');
    expect(readJournal(backupRoot)).toEqual(journal.entry);
  });

  test('a journal that is damaged stops it too', () => {
    writeFileSync(journalPath(backupRoot), '{', { mode: 0o600 });
    expect(failureIn(() => findStaleRun(backupRoot)).code).toBe('UNSAFE_STATE');
  });
});

describe('recoverStaleRun', () => {
  test('unlocks, says so, and takes away what the run has left', async () => {
    const { simulator, options, lines } = await aftermath();
    const unlockToken = await options.client.lock();
    const partial = join(backupRoot, '.archive.partial-1');
    writeFileSync(partial, 'half');
    const connectionFile = writeConnectionFile(connectionTo(simulator));
    const since = '2026-11-22T02:14:00.000Z';
    const entry = leave(simulator, {
      lock: { phase: 'locked', unlockToken: unlockToken ?? '', since },
      partials: [partial],
      connectionFile,
    });
    await recoverStaleRun(options, entry);
    expect(simulator.snapshot().locked).toBe(false);
    expect(lines.at(-1)).toBe(
      `notice: Recovered the lock of backup ${entry.backupId}, which died after locking Bitbucket at ${since}: Bitbucket is unlocked.`,
    );
    expect(existsSync(dirname(connectionFile))).toBe(false);
    expect(readdirSync(backupRoot)).toEqual([]);
  });

  test.each([
    [{ phase: 'none' }, 'died without holding the lock'],
    [{ phase: 'unlocked', unlockToken: 'a'.repeat(40) }, 'died without holding the lock'],
    [{ phase: 'locking' }, 'died without holding the lock'],
    [{ phase: 'locked', unlockToken: 'a'.repeat(40) }, 'somebody has unlocked Bitbucket since'],
  ] as const)('a run that died with %j is tidied up after', async (lock, said) => {
    const { simulator, options, lines } = await aftermath();
    await recoverStaleRun(options, leave(simulator, { lock }));
    expect(lines.at(-1)).toContain(said);
    expect(readdirSync(backupRoot)).toEqual([]);
  });

  test('the lock of somebody else is left alone, and that is said', async () => {
    const { simulator, options, lines } = await aftermath();
    simulator.adminLock();
    const entry = leave(simulator, { lock: { phase: 'locked', unlockToken: 'a'.repeat(40) } });
    await recoverStaleRun(options, entry);
    expect(simulator.snapshot().locked).toBe(true);
    expect(lines.at(-1)).toContain('locked by somebody else now, and that lock is left alone');
  });

  test('when the lock cannot be lifted everything stays for the next run', async () => {
    const { simulator, options } = await aftermath();
    const unlockToken = (await options.client.lock()) ?? '';
    const partial = join(backupRoot, '.archive.partial-1');
    writeFileSync(partial, 'half');
    const entry = leave(simulator, { lock: { phase: 'locked', unlockToken }, partials: [partial] });
    simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 401 } });
    expect((await failureOf(recoverStaleRun(options, entry))).code).toBe('UNLOCK_FAILED');
    expect(readJournal(backupRoot)).toEqual(entry);
    expect(existsSync(partial)).toBe(true);
  });

  test('the journal of another Bitbucket is not acted on', async () => {
    const { simulator, options } = await aftermath();
    const entry = leave(simulator, {
      url: 'https://other.example.com',
      lock: { phase: 'locked', unlockToken: 'a'.repeat(40) },
    });
    const error = await failureOf(recoverStaleRun(options, entry));
    expect(error.code).toBe('UNSAFE_STATE');
    expect(error.message).toContain('https://other.example.com');
    expect(simulator.requests).toEqual([]);
    expect(readJournal(backupRoot)).toEqual(entry);
  });

  test('children that the run has left running are ended before anything is removed', async () => {
    const { simulator, options, lines } = await aftermath();
    const entry = leave(simulator);
    // Not by `exec`: in the middle of it a process has no environment to be known by.
    const child = spawn('sh', ['-c', 'echo ready; read -r _'], {
      env: { PATH: process.env['PATH'] ?? '', ...orphanMarker(entry.runId) },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    await recoverStaleRun(options, entry);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(lines.join()).toContain('left running');
  });
});

test('tidying up takes nothing but what a run may leave', async () => {
  const { simulator } = await aftermath();
  const precious = join(backupRoot, 'bitbucket-20261121.tar.zst');
  writeFileSync(precious, 'a backup');
  const entry = leave(simulator, { partials: [precious, '/etc/passwd'], connectionFile: precious });
  writeFileSync(draftOf(join(backupRoot, 'manifest.json'), entry.runId), '{"half":');
  tidy(backupRoot, entry);
  expect(readdirSync(backupRoot)).toEqual(['bitbucket-20261121.tar.zst']);
});
