import { describe, expect, test } from 'vitest';
import { recoverLock } from '../../../src/bitbucket/recover.ts';
import type { ReleaseOptions } from '../../../src/bitbucket/release.ts';
import type { JournaledLock, LockPhase } from '../../../src/host/journal-entry.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { connect } from '../../support/bitbucket-client.ts';
import { failureOf } from '../../support/failure.ts';
import { journalEntry } from '../../support/journal-fixture.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

interface DeadRun {
  readonly simulator: BitbucketSimulator;
  readonly options: ReleaseOptions;
  readonly endpoints: () => readonly string[];
}

async function deadRun(): Promise<DeadRun> {
  const { simulator, client } = await connect();
  return {
    simulator,
    options: { client, log: createMemoryLog().log, limits: SHORT_LIMITS },
    endpoints: () => simulator.requests.map(({ endpoint }) => endpoint),
  };
}

function died(lock: JournaledLock): ReturnType<typeof journalEntry> {
  return journalEntry({ lock });
}

describe('a run that held no lock', () => {
  test.each<LockPhase>(['none', 'unlocked'])('in phase %s is not asked about', async (phase) => {
    const { options, endpoints } = await deadRun();
    const unlockToken = 'a'.repeat(40);
    expect(await recoverLock(options, died({ phase, unlockToken }))).toBe('not-locked');
    expect(endpoints()).toEqual([]);
  });

  test('and died while asking for it, is told by Bitbucket', async () => {
    const { options, endpoints } = await deadRun();
    expect(await recoverLock(options, died({ phase: 'locking' }))).toBe('not-locked');
    expect(endpoints()).toEqual(['lockState']);
  });
});

describe('a run that held the lock', () => {
  test('is unlocked with its token', async () => {
    const { options, simulator, endpoints } = await deadRun();
    const unlockToken = (await options.client.lock()) ?? '';
    expect(await recoverLock(options, died({ phase: 'locked', unlockToken }))).toBe('unlocked');
    expect(simulator.snapshot().locked).toBe(false);
    expect(endpoints()).toEqual(['lock', 'poll', 'unlock']);
  });

  test('has its backup task cancelled before that', async () => {
    const { options, simulator, endpoints } = await deadRun();
    const unlockToken = (await options.client.lock()) ?? '';
    const cancelToken = (await options.client.startBackup(unlockToken)) ?? '';
    expect(await recoverLock(options, died({ phase: 'locked', unlockToken, cancelToken }))).toBe('unlocked');
    expect(simulator.snapshot()).toMatchObject({ locked: false });
    expect(endpoints().slice(2)).toEqual(['cancel', 'unlock']);
  });

  test('is unlocked although the task cannot be cancelled', async () => {
    const { options, simulator } = await deadRun();
    const unlockToken = (await options.client.lock()) ?? '';
    simulator.order({ on: 'cancel', times: Infinity, do: { kind: 'httpStatus', status: 409 } });
    const lock = { phase: 'locked', unlockToken, cancelToken: 'b'.repeat(40) } as const;
    expect(await recoverLock(options, died(lock))).toBe('unlocked');
  });

  test('and was unlocked by somebody since, is told as that', async () => {
    const { options } = await deadRun();
    const unlockToken = 'a'.repeat(40);
    expect(await recoverLock(options, died({ phase: 'locked', unlockToken }))).toBe('was-unlocked');
  });

  test('leaves the lock of somebody else alone', async () => {
    const { options, simulator } = await deadRun();
    simulator.adminLock();
    const unlockToken = 'a'.repeat(40);
    expect(await recoverLock(options, died({ phase: 'locked', unlockToken }))).toBe('foreign');
    expect(simulator.snapshot().locked).toBe(true);
  });
});

describe('a run that may hold the lock', () => {
  test('with a token that was never learned leaves it, and says how it came', async () => {
    const { options, simulator } = await deadRun();
    simulator.adminLock();
    const lock = { phase: 'locking', since: '2026-11-22T02:14:00.000Z' } as const;
    const error = await failureOf(recoverLock(options, died(lock)));
    expect(error.code).toBe('LOCK_RESPONSE_LOST');
    expect(error.message).toContain('died at 2026-11-22T02:14:00.000Z');
    expect(error.advice).toContain('atlassian-bitbucket.log');
    expect(simulator.snapshot().locked).toBe(true);
  });

  test('and an instance that cannot be asked, fails', async () => {
    const { options, simulator } = await deadRun();
    await simulator.close();
    const error = await failureOf(recoverLock(options, died({ phase: 'locking' })));
    expect(error.code).toBe('BITBUCKET_UNREACHABLE');
  });
});
