import { describe, expect, test } from 'vitest';
import {
  assertServing,
  endTask,
  howToUnlock,
  type ReleaseOptions,
  unlock,
} from '../../../src/bitbucket/release.ts';
import { messageChain } from '../../../src/errors.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { connect } from '../../support/bitbucket-client.ts';
import { failureOf } from '../../support/failure.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

interface Release {
  readonly simulator: BitbucketSimulator;
  readonly options: ReleaseOptions;
  readonly lines: readonly string[];
  /** Locks as a run of ours would. */
  readonly lock: () => Promise<string>;
}

async function release(unlockBudgetMs: number = SHORT_LIMITS.unlockBudgetMs): Promise<Release> {
  const { simulator, client } = await connect();
  const { log, lines } = createMemoryLog();
  const limits = { ...SHORT_LIMITS, unlockBudgetMs };
  return {
    simulator,
    lines,
    options: { client, log, limits },
    lock: async () => (await client.lock()) ?? '',
  };
}

describe('unlock', () => {
  test('gives our lock back', async () => {
    const { options, lock, lines, simulator } = await release();
    expect(await unlock(options, await lock())).toBe('unlocked');
    expect(simulator.snapshot().locked).toBe(false);
    expect(lines).toEqual(['info: Bitbucket instance unlocked']);
  });

  test('says so when somebody else has lifted it (404)', async () => {
    const { options, lock, simulator, lines } = await release();
    const token = await lock();
    simulator.adminUnlock();
    expect(await unlock(options, token)).toBe('was-unlocked');
    expect(lines).toEqual(['info: Bitbucket instance was already unlocked']);
  });

  test('leaves a lock that is not ours alone, and says whose it is (409)', async () => {
    const { options, lock, simulator, lines } = await release();
    const token = await lock();
    simulator.adminUnlock();
    const theirs = simulator.adminLock();
    expect(await unlock(options, token)).toBe('foreign');
    expect(simulator.snapshot()).toMatchObject({ locked: true, unlockToken: theirs });
    expect(lines.join()).toContain("locked by 'Administrator'");
  });

  test('takes a 409 of an instance that is not locked for what it is', async () => {
    const { options, lock, simulator } = await release();
    const token = await lock();
    simulator.adminUnlock();
    simulator.order({ on: 'unlock', do: { kind: 'httpStatus', status: 409 } });
    expect(await unlock(options, token)).toBe('was-unlocked');
  });

  test('after a 409 and silence it is refused, with the way out by hand', async () => {
    const { options, lock, simulator } = await release();
    const token = await lock();
    simulator.order({ on: 'unlock', do: { kind: 'httpStatus', status: 409 } });
    simulator.order({ on: 'lockState', times: Infinity, do: { kind: 'refuse' } });
    const error = await failureOf(unlock(options, token));
    expect(error.code).toBe('UNLOCK_REFUSED');
    expect(error.advice).toBe(howToUnlock(simulator.url, token));
  });

  test('is tried again while the server fails, and each failure is logged', async () => {
    const { options, lock, simulator, lines } = await release();
    const token = await lock();
    simulator.order({ on: 'unlock', do: { kind: 'httpStatus', status: 503 } });
    expect(await unlock(options, token)).toBe('unlocked');
    expect(lines[0]).toMatch(/^warning: Unlock attempt 1 failed, trying again: .* answered 503/);
  });

  test('an answer that was lost is asked for again, and the lock is found lifted', async () => {
    const { options, lock, simulator } = await release();
    const token = await lock();
    simulator.order({ on: 'unlock', do: { kind: 'lostAnswer' } });
    expect(await unlock(options, token)).toBe('was-unlocked');
    expect(simulator.snapshot().locked).toBe(false);
  });

  test('fails when the budget is used up, with the last failure and the way out by hand', async () => {
    const { options, lock, simulator } = await release(1_500);
    const token = await lock();
    simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    const begun = performance.now();
    const error = await failureOf(unlock(options, token));
    // Without the budget the attempts alone would take 3 s and more.
    expect(performance.now() - begun).toBeLessThan(2_900);
    expect(error.code).toBe('UNLOCK_FAILED');
    expect(error.advice).toBe(howToUnlock(simulator.url, token));
    expect(messageChain(error).join(' ')).toContain('answered 503');
  });

  test('does not insist where waiting cures nothing', async () => {
    const { options, lock, simulator } = await release();
    const token = await lock();
    simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 401 } });
    const error = await failureOf(unlock(options, token));
    expect(error.code).toBe('UNLOCK_FAILED');
    expect(simulator.requests.filter(({ endpoint }) => endpoint === 'unlock')).toHaveLength(1);
  });

  test('a success that comes when the budget is over is a success', async () => {
    const { options, lock, simulator } = await release(300);
    const token = await lock();
    simulator.order({ on: 'unlock', do: { kind: 'lateAnswer', ms: 700 } });
    expect(await unlock(options, token)).toBe('unlocked');
  });
});

describe('endTask', () => {
  test('cancels the task with its token, and says so', async () => {
    const { options, lock, simulator, lines } = await release();
    const unlockToken = await lock();
    const cancelToken = await options.client.startBackup(unlockToken);
    await endTask(options, { unlockToken, cancelToken });
    expect(simulator.snapshot()).toMatchObject({ taskState: 'CANCELED', locked: true });
    expect(lines).toEqual(['info: Backup task cancelled in Bitbucket']);
  });

  test('says so when there is no task', async () => {
    const { options, lock, lines } = await release();
    await endTask(options, { unlockToken: await lock(), cancelToken: 'a'.repeat(40) });
    expect(lines).toEqual(['info: Bitbucket has no backup task to cancel']);
  });

  test('ends a task whose cancel token was never learned, so that it stays latched no longer', async () => {
    const { options, lock, simulator, lines } = await release();
    const unlockToken = await lock();
    simulator.order({ on: 'start', do: { kind: 'lostAnswer' } });
    await options.client.startBackup(unlockToken).catch(() => undefined);
    expect(simulator.snapshot().taskState).toBe('RUNNING');
    await endTask(options, { unlockToken });
    expect(simulator.snapshot()).toMatchObject({ taskState: undefined, dbState: 'AVAILABLE', locked: true });
    expect(lines).toEqual(['info: Backup task ended in Bitbucket']);
  });

  test('without a cancel token and without a task, sends no progress', async () => {
    const { options, lock, simulator, lines } = await release();
    await endTask(options, { unlockToken: await lock() });
    expect(simulator.requests.map(({ endpoint }) => endpoint)).toEqual(['lock', 'poll']);
    expect(lines).toEqual([]);
  });

  test.each(['a'.repeat(40), undefined])(
    'never throws (cancel token %s): the unlock comes next',
    async (cancelToken) => {
      const { options, simulator, lines } = await release();
      simulator.order({ on: () => true, times: Infinity, do: { kind: 'httpStatus', status: 401 } });
      await endTask(options, { unlockToken: 'b'.repeat(40), cancelToken });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^warning: .*401/);
    },
  );
});

describe('assertServing', () => {
  test('waits until Bitbucket serves users', async () => {
    const { options, simulator } = await release();
    simulator.reportStatus('MAINTENANCE');
    setTimeout(() => simulator.reportStatus(undefined), 200);
    await assertServing(options);
    expect(simulator.snapshot().status).toBe('RUNNING');
  });

  test.each([
    ['it stays locked', (simulator: BitbucketSimulator) => void simulator.adminLock(), 'MAINTENANCE, locked'],
    ['it does not run', (simulator: BitbucketSimulator) => simulator.reportStatus('FIRST_RUN'), 'FIRST_RUN'],
  ])('fails when %s', async (_what, spoil, seen) => {
    const { options, simulator } = await release();
    spoil(simulator);
    const error = await failureOf(assertServing(options));
    expect(error.code).toBe('UNLOCK_NOT_EFFECTIVE');
    expect(error.message).toContain(`(${seen})`);
  });
});

test('the way out by hand is a command with URL and token, and no password', () => {
  const command = howToUnlock('https://bitbucket.example.com/code', 'a1b2');
  expect(command).toContain('-X DELETE');
  expect(command).toContain('-H "Content-Type: application/json"');
  expect(command).toContain('"https://bitbucket.example.com/code/mvc/maintenance/lock?token=a1b2"');
  expect(command).toContain('-u <administrator>');
});
