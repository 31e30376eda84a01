import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WindowLimits } from '../../../src/bitbucket/limits.ts';
import type { LockedWork } from '../../../src/bitbucket/maintenance.ts';
import { ActionError } from '../../../src/errors.ts';
import {
  type BitbucketSimulator,
  startBitbucketSimulator,
} from '../../support/bitbucket-simulator/simulator.ts';
import { createFixture, type Fixture } from '../../support/maintenance-fixture.ts';

let simulator: BitbucketSimulator;
let fixture: Fixture;

beforeEach(async () => {
  simulator = await startBitbucketSimulator({ drainMs: 60 });
  fixture = createFixture(simulator);
});

afterEach(async () => {
  await fixture.close();
  await simulator.close();
});

function withLimits(limits: Partial<WindowLimits>): void {
  fixture = createFixture(simulator, limits);
}

const nothing = async (): Promise<void> => {
  await Promise.resolve();
};

function work<T>(whileDrained: LockedWork<T>['whileDrained']): LockedWork<T> {
  return { whileDraining: nothing, whileDrained };
}

const untilAborted = async (signal: AbortSignal): Promise<void> => {
  await delay(5_000, undefined, { signal });
};

async function failure(run: Promise<unknown>): Promise<ActionError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof ActionError) {
      return error;
    }
    throw error;
  }
  throw new Error('It did not fail.');
}

function expectFree(): void {
  const { locked, taskState } = simulator.snapshot();
  expect({ locked, running: taskState === 'RUNNING' }).toEqual({ locked: false, running: false });
}

describe('the sequence', () => {
  test('locks, drains, works, proves the window, completes and unlocks', async () => {
    const seen: string[] = [];
    const result = await fixture.window.run({
      whileDraining: async () => {
        seen.push(`draining ${simulator.snapshot().dbState !== 'DRAINED'}`);
        await Promise.resolve();
      },
      whileDrained: async (_signal, progress) => {
        const { dbState, scmState, locked } = simulator.snapshot();
        seen.push(`${dbState} ${scmState} ${locked}`);
        progress(0.5);
        await expect.poll(() => simulator.snapshot().progress, { timeout: 10_000 }).toBe(50);
        seen.push('progress 50');
        return 42;
      },
    });
    expect(result).toEqual({ value: 42, unlockFailure: undefined });
    expect(seen).toEqual(['draining true', 'DRAINED DRAINED true', 'progress 50']);
    expect(fixture.marks).toEqual(['lock-requested', 'locked', 'drained', 'unlocked']);
    expect(fixture.steps).toEqual([
      'lock',
      'start backup',
      'drain',
      'prove window',
      'complete backup',
      'unlock',
    ]);
    expectFree();
  });

  test('writes every token down before anything else happens with it', async () => {
    const lockedWhenNoted: boolean[] = [];
    fixture = createFixture(simulator, {}, (event) => {
      if (event === 'locking') {
        lockedWhenNoted.push(simulator.snapshot().locked);
      }
    });
    const tokens: (string | undefined)[] = [];
    await fixture.window.run(
      work(async () => {
        tokens.push(simulator.snapshot().unlockToken, simulator.snapshot().cancelToken);
        await Promise.resolve();
      }),
    );
    expect(lockedWhenNoted).toEqual([false]);
    expect(fixture.recorded).toEqual(['locking', `locked ${tokens[0]}`, `started ${tokens[1]}`, 'released']);
  });

  test('logs the lines that administrators know, tokens included', async () => {
    await fixture.window.run(work(nothing));
    const text = fixture.lines.join('\n');
    for (const line of [
      /info: locked with '[0-9a-f]{40}'/,
      /info: backup started with '[0-9a-f]{40}'/,
      /info: Waiting for DRAINED state\.+ done/,
      /info: db state 'DRAINED'/,
      /info: scm state 'DRAINED'/,
      /info: Backup progress updated to 100/,
      /info: Bitbucket instance unlocked/,
    ]) {
      expect(text).toMatch(line);
    }
  });

  test('never reports progress backwards or more often than once a second', async () => {
    await fixture.window.run(
      work(async (_signal, progress) => {
        for (const fraction of [0.1, 0.6, 0.3, 0.2]) {
          progress(fraction);
        }
        await delay(2_300);
      }),
    );
    const reported = simulator.requests
      .filter(({ endpoint }) => endpoint === 'progress')
      .map(({ query }) => query['percentage']);
    expect(reported).toEqual(['60', '100']);
  });
});

describe('when the work or the protocol fails', () => {
  test('an error of the work cancels, unlocks and is thrown', async () => {
    const error = new Error('the disk is full');
    await expect(fixture.window.run(work(() => Promise.reject(error)))).rejects.toBe(error);
    expectFree();
    expect(simulator.requests.map(({ endpoint }) => endpoint)).toEqual(
      expect.arrayContaining(['cancel', 'unlock']),
    );
    expect(fixture.recorded.at(-1)).toBe('released');
  });

  test('an instance that is locked by somebody else is left alone', async () => {
    const token = simulator.adminLock();
    const error = await failure(fixture.window.run(work(nothing)));
    expect(error).toMatchObject({ code: 'ALREADY_LOCKED' });
    expect(error.message).toContain('Administrator');
    expect(simulator.snapshot().unlockToken).toBe(token);
    expect(simulator.requests.some(({ endpoint }) => endpoint === 'unlock')).toBe(false);
  });

  test('a lost lock answer is not asked for twice and is told plainly', async () => {
    simulator.order({ on: 'lock', do: { kind: 'lostAnswer' } });
    const error = await failure(fixture.window.run(work(nothing)));
    expect(error.code).toBe('LOCK_RESPONSE_LOST');
    expect(error.advice).toContain('atlassian-bitbucket.log');
    expect(simulator.requests.filter(({ endpoint }) => endpoint === 'lock')).toHaveLength(1);
    expect(fixture.window.lease.state).toBe('unknown');
  });

  test('a lock request that the server never saw is a plain failure', async () => {
    simulator.order({ on: 'lock', do: { kind: 'refuse' } });
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'LOCK_FAILED' });
    expect(fixture.window.lease.state).toBe('none');
    expect(fixture.recorded).toEqual(['locking', 'released']);
  });

  test('a lock answer without a token counts as lost', async () => {
    simulator.order({ on: 'lock', do: { kind: 'emptyObject' } });
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'LOCK_RESPONSE_LOST' });
  });

  test('a backup that does not start unlocks at once', async () => {
    simulator.order({ on: 'start', do: { kind: 'httpStatus', status: 500 } });
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'BACKUP_START_FAILED' });
    expect(simulator.requests.filter(({ endpoint }) => endpoint === 'start')).toHaveLength(1);
    expectFree();
  });

  test('without a cancel token the backup goes on', async () => {
    simulator.order({ on: 'start', do: { kind: 'noCancelToken' } });
    await expect(fixture.window.run(work(() => Promise.resolve('done')))).resolves.toMatchObject({
      value: 'done',
    });
    expect(fixture.lines.join('\n')).toContain('named no cancel token');
  });

  test.each(['db', 'scm', 'both'] as const)(
    'a drain of %s that never ends times out, names the side, unlocks',
    async (side) => {
      simulator.neverDrain(side);
      const error = await failure(fixture.window.run(work(nothing)));
      expect(error.code).toBe('DRAIN_TIMEOUT');
      expect(error.message).toContain(side === 'scm' ? "db state 'DRAINED'" : "db state 'LATCHED'");
      expectFree();
    },
  );

  test('a drain that Bitbucket gives up is a failure with its message', async () => {
    simulator.failDrain();
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'DRAIN_FAILED' });
    expectFree();
  });

  test.each<readonly [string, () => void, string, RegExp]>([
    [
      'a task that is cancelled',
      () => simulator.adminCancelBackup(),
      'BACKUP_CANCELED_BY_SERVER',
      /^The backup was cancelled in http\S+ while it was draining \(by the cancel action or an administrator\); its copy is discarded\.$/,
    ],
    [
      'a lock that is lifted while the task goes on',
      () => simulator.adminUnlock(),
      'LOCK_LOST',
      /^The lock on http\S+ was lifted while it was draining \(by the cancel action, an administrator or a restart\); the backup is cancelled and its copy discarded\.$/,
    ],
    [
      'a lock that somebody else holds now',
      () => {
        simulator.adminUnlock();
        simulator.adminLock();
      },
      'LOCK_LOST',
      /was lifted while it was draining/,
    ],
    [
      'both, as the cancel action leaves it',
      () => {
        simulator.adminCancelBackup();
        simulator.adminUnlock();
      },
      'LOCK_LOST',
      /was lifted while it was draining/,
    ],
    [
      'a node that restarts',
      () => void simulator.restart(50),
      'BACKUP_CANCELED_BY_SERVER',
      /^The backup was ended in http\S+ while it was draining: its task is gone \(the cancel action, an administrator or a restart\); its copy is discarded\.$/,
    ],
  ])('%s ends the drain within a poll or two, and says so', async (_what, cancel, code, message) => {
    withLimits({ drainTimeoutMs: 20_000 });
    simulator.neverDrain('both');
    let canceledAt = Number.NaN;
    simulator.onBackupStarted(() => {
      setTimeout(() => {
        canceledAt = performance.now();
        cancel();
      }, 200);
    });
    const error = await failure(fixture.window.run(work(nothing)));
    expect(performance.now() - canceledAt).toBeLessThan(1_000);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(simulator.snapshot().taskState).not.toBe('RUNNING');
    expect(['lifted', 'released', 'foreign']).toContain(fixture.window.lease.state);
  });

  test('a lock that cannot be asked for is no lost one', async () => {
    withLimits({ drainTimeoutMs: 20_000 });
    const fault = simulator.order({ on: 'lockState', times: 1, do: { kind: 'httpStatus', status: 503 } });
    await expect(fixture.window.run(work(() => Promise.resolve(1)))).resolves.toMatchObject({ value: 1 });
    expect(fault.fired).toBe(1);
    expect(fixture.lines.join('\n')).toContain('answered 503');
  });

  test('a lock that is lifted before the backup starts is told as that', async () => {
    simulator.onRequest(({ endpoint }) => {
      if (endpoint === 'start') {
        simulator.adminUnlock();
      }
    });
    const error = await failure(fixture.window.run(work(nothing)));
    expect(error.code).toBe('LOCK_LOST');
    expect(error.message).toMatch(
      /was lifted before the backup had started \(by the cancel action, an administrator/,
    );
    expect(fixture.window.lease.state).toBe('lifted');
    expectFree();
  });

  test('a backup that another lock keeps from starting is not told as a lifted lock', async () => {
    simulator.order({ on: 'start', do: { kind: 'httpStatus', status: 409 } });
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'BACKUP_START_FAILED' });
    expectFree();
  });

  test('an unknown state word is not taken for drained and is shown', async () => {
    simulator.unknownState('FOO', 'scm');
    const error = await failure(fixture.window.run(work(nothing)));
    expect(error.code).toBe('DRAIN_TIMEOUT');
    expect(error.message).toContain("scm state 'FOO'");
  });

  test('a few failed polls are no failure', async () => {
    const fault = simulator.order({ on: 'poll', times: 5, do: { kind: 'httpStatus', status: 503 } });
    await expect(fixture.window.run(work(() => Promise.resolve(1)))).resolves.toMatchObject({ value: 1 });
    expect(fault.fired).toBe(5);
  });

  test('polls that keep failing lose contact, and Bitbucket is unlocked', async () => {
    withLimits({ drainTimeoutMs: 20_000 });
    simulator.order({ on: 'poll', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'BITBUCKET_LOST' });
    expectFree();
  });

  test('a user request that does not end delays the drain, and the work only starts after it', async () => {
    const userDone = simulator.userRequest(async () => await delay(600));
    let startedAt = 0;
    const begun = performance.now();
    await fixture.window.run(
      work(async () => {
        startedAt = performance.now();
        await Promise.resolve();
      }),
    );
    await userDone;
    expect(startedAt - begun).toBeGreaterThan(500);
  });
});

describe('while data are copied', () => {
  test('an administrator who lifts the lock stops the copy, and the lock is not touched again', async () => {
    const run = fixture.window.run(
      work(async (signal) => {
        simulator.adminUnlock();
        await untilAborted(signal);
      }),
    );
    const error = await failure(run);
    expect(error.code).toBe('LOCK_LOST');
    expect(error.message).toMatch(
      /^The lock on http\S+ was lifted while data were being copied \(by the cancel action, /,
    );
    expect(fixture.window.lease.state).toBe('lifted');
  });

  test('another lock that was taken meanwhile is left alone', async () => {
    let token = '';
    const run = fixture.window.run(
      work(async (signal) => {
        simulator.adminUnlock();
        token = simulator.adminLock();
        await untilAborted(signal);
      }),
    );
    await failure(run);
    expect(simulator.snapshot().unlockToken).toBe(token);
    expect(fixture.window.lease.state).toBe('foreign');
  });

  test('a task that is cancelled in Bitbucket stops the copy', async () => {
    const run = fixture.window.run(
      work(async (signal) => {
        simulator.adminCancelBackup();
        await untilAborted(signal);
      }),
    );
    const error = await failure(run);
    expect(error.code).toBe('BACKUP_CANCELED_BY_SERVER');
    expect(error.message).toMatch(
      /^The backup was cancelled in http\S+ while data were being copied \(by the cancel action or an administrator\); its copy is discarded\.$/,
    );
    expectFree();
  });

  test('a window lost in the last moment is found by the proof: no 100 is sent', async () => {
    withLimits({ watchIntervalMs: 60_000 });
    const run = fixture.window.run(
      work(() => {
        simulator.adminUnlock();
        return Promise.resolve();
      }),
    );
    expect(await failure(run)).toMatchObject({ code: 'LOCK_LOST' });
    expect(simulator.requests.some(({ query }) => query['percentage'] === '100')).toBe(false);
  });

  test('a node that restarts loses the window', async () => {
    let restarted: Promise<void> = Promise.resolve();
    const run = fixture.window.run(
      work(async (signal) => {
        restarted = simulator.restart(100);
        await untilAborted(signal);
      }),
    );
    expect(await failure(run)).toMatchObject({ code: 'BACKUP_CANCELED_BY_SERVER' });
    await restarted;
    expect(simulator.snapshot().locked).toBe(false);
  });

  test('max-locked-minutes stops the copy and unlocks', async () => {
    withLimits({ maxLockedMs: 300 });
    expect(await failure(fixture.window.run(work(untilAborted)))).toMatchObject({
      code: 'MAX_LOCKED_EXCEEDED',
    });
    expectFree();
  });

  test('progress that fails is one warning, and the backup goes on', async () => {
    simulator.order({
      on: (request) => request.endpoint === 'progress' && request.query['percentage'] !== '100',
      times: Infinity,
      do: { kind: 'httpStatus', status: 404 },
    });
    const run = fixture.window.run(
      work(async (_signal, progress) => {
        progress(0.3);
        await delay(1_100);
        progress(0.6);
        await delay(1_100);
        return 'whole';
      }),
    );
    await expect(run).resolves.toMatchObject({ value: 'whole', unlockFailure: undefined });
    expect(fixture.lines.filter((line) => line.includes('Progress is no longer reported'))).toHaveLength(1);
  });

  test('progress 100 that fails cancels the task and unlocks; the data stay good', async () => {
    simulator.order({
      on: (request) => request.query['percentage'] === '100',
      times: Infinity,
      do: { kind: 'httpStatus', status: 404 },
    });
    await expect(fixture.window.run(work(() => Promise.resolve('whole')))).resolves.toMatchObject({
      value: 'whole',
    });
    expectFree();
  });
});

describe('the unlock', () => {
  test('is repeated until it works', async () => {
    const fault = simulator.order({ on: 'unlock', times: 2, do: { kind: 'httpStatus', status: 502 } });
    await expect(fixture.window.run(work(nothing))).resolves.toMatchObject({ unlockFailure: undefined });
    expect(fault.fired).toBe(2);
    expectFree();
  });

  test('that never works is reported with the way out by hand, and the value is kept', async () => {
    simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    const { value, unlockFailure } = await fixture.window.run(work(() => Promise.resolve('whole')));
    expect(value).toBe('whole');
    expect(unlockFailure?.code).toBe('UNLOCK_FAILED');
    expect(unlockFailure?.advice).toContain(`token=${simulator.snapshot().unlockToken}`);
    expect(fixture.window.lease.state).toBe('held');
    expect(fixture.recorded).not.toContain('released');
  });

  test('whose answer is lost is asked again and found done', async () => {
    simulator.order({ on: 'unlock', do: { kind: 'lostAnswer' } });
    await expect(fixture.window.run(work(nothing))).resolves.toMatchObject({ unlockFailure: undefined });
    expectFree();
  });

  test('that is accepted but changes nothing is an error', async () => {
    const run = fixture.window.run(
      work(async () => {
        simulator.reportStatus('ERROR');
        await Promise.resolve();
      }),
    );
    expect((await run).unlockFailure?.code).toBe('UNLOCK_NOT_EFFECTIVE');
    simulator.reportStatus(undefined);
  });
});

describe('a signal', () => {
  test.each(['while draining', 'while copying'] as const)(
    '%s unlocks within 2 s and ends the run',
    async (when) => {
      const aborted: boolean[] = [];
      let interrupted = Number.NaN;
      const interruptSoon = (): void => {
        setTimeout(() => {
          interrupted = performance.now();
          fixture.interrupt();
        }, 50);
      };
      if (when === 'while draining') {
        simulator.neverDrain('both');
        simulator.onBackupStarted(interruptSoon);
      }
      const run = fixture.window.run(
        work(async (signal) => {
          interruptSoon();
          await delay(5_000, undefined, { signal }).catch((error: unknown) => {
            aborted.push(signal.aborted);
            throw error;
          });
        }),
      );
      await expect(run).rejects.toMatchObject({ code: 'CANCELED' });
      expect(performance.now() - interrupted).toBeLessThan(2_000);
      expect(aborted).toEqual(when === 'while copying' ? [true] : []);
      expectFree();
    },
  );

  test('while the lock is being asked for waits for the token and unlocks', async () => {
    simulator.order({ on: 'lock', do: { kind: 'lateAnswer', ms: 400 } });
    setTimeout(() => fixture.interrupt(), 150);
    await expect(fixture.window.run(work(nothing))).rejects.toMatchObject({ code: 'CANCELED' });
    expect(simulator.snapshot().lockCount).toBe(1);
    expectFree();
  });

  test('while the backup is being started unlocks and cancels the task that started', async () => {
    simulator.order({ on: 'start', do: { kind: 'lateAnswer', ms: 400 } });
    simulator.onBackupStarted(() => setTimeout(() => fixture.interrupt(), 50));
    await expect(fixture.window.run(work(nothing))).rejects.toMatchObject({ code: 'CANCELED' });
    expectFree();
    expect(simulator.snapshot().dbState).toBe('AVAILABLE');
  });

  test('during the unlock changes nothing: it goes on', async () => {
    simulator.order({ on: 'unlock', do: { kind: 'lateAnswer', ms: 300 } });
    simulator.onUnlocked(() => fixture.interrupt());
    await fixture.window.run(work(() => Promise.resolve('whole')));
    expect(simulator.snapshot().unlockCount).toBe(1);
    expectFree();
  });
});

test('a start whose answer is lost, and with it the cancel token, ends the task all the same', async () => {
  simulator.order({ on: 'start', do: { kind: 'lostAnswer' } });
  expect(await failure(fixture.window.run(work(nothing)))).toMatchObject({ code: 'BACKUP_START_FAILED' });
  expectFree();
  expect(simulator.snapshot()).toMatchObject({ dbState: 'AVAILABLE', scmState: 'AVAILABLE' });
});

describe('a disk that is full when something is to be written down', () => {
  test.each(['locked', 'started', 'released'] as const)(
    'about %s does not keep Bitbucket locked',
    async (failing) => {
      const full = new Error('ENOSPC: no space left on device');
      fixture = createFixture(simulator, {}, (event) => {
        if (event.startsWith(failing)) {
          throw full;
        }
      });
      const ended = await fixture.window
        .run(work(() => Promise.resolve('whole')))
        .catch((error: unknown) => error);
      expectFree();
      expect(simulator.snapshot()).toMatchObject({ lockCount: 1, dbState: 'AVAILABLE' });
      // What is noted after the unlock costs nothing any more; before it, the run must not go on without its journal.
      expect(ended).toEqual(failing === 'released' ? { value: 'whole', unlockFailure: undefined } : full);
    },
  );

  test('about the lock that is to be asked for keeps it from being asked for', async () => {
    fixture = createFixture(simulator, {}, () => {
      throw new Error('ENOSPC: no space left on device');
    });
    await expect(fixture.window.run(work(nothing))).rejects.toThrow('ENOSPC');
    expect(simulator.snapshot().lockCount).toBe(0);
  });
});

test('a lease that was to be given back before it was taken is never taken', async () => {
  await fixture.window.lease.release(true);
  await expect(fixture.window.lease.acquire()).rejects.toMatchObject({ code: 'CANCELED' });
  expect(simulator.snapshot().lockCount).toBe(0);
});
