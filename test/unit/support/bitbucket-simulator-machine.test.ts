/** The rules of lock, task, drain and progress, on a clock that the test moves. */
import { beforeEach, describe, expect, test } from 'vitest';
import { MaintenanceMachine } from '../../support/bitbucket-simulator/maintenance-machine.ts';
import { MaintenanceError, MaintenanceRefusal } from '../../support/bitbucket-simulator/maintenance-model.ts';

const OWNER = { name: 'backup', displayName: 'Backup' };

let time: number;
let events: string[];
let machine: MaintenanceMachine;

beforeEach(() => {
  time = 1_000;
  events = [];
  let tokens = 0;
  machine = new MaintenanceMachine({
    now: () => time,
    newToken: () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    drainMs: 100,
    emit: (event) => events.push(event),
  });
});

function lockAndStart(): { unlockToken: string; cancelToken: string } {
  const { unlockToken } = machine.takeLock(OWNER);
  return { unlockToken, cancelToken: machine.startBackup(unlockToken).cancelToken };
}

function states(): readonly string[] {
  return [machine.state('db'), machine.state('scm')];
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof MaintenanceRefusal) {
      return error.reason;
    }
    throw error;
  }
  return 'accepted';
}

describe('drain', () => {
  test('a lock alone drains nothing, however long it lasts', () => {
    machine.takeLock(OWNER);
    time += 1_000_000;
    expect(states()).toEqual(['AVAILABLE', 'AVAILABLE']);
    expect(machine.task).toBeUndefined();
    expect(machine.nextChangeAt()).toBeUndefined();
  });

  test('goes AVAILABLE, LATCHED, DRAINED, not before its time', () => {
    lockAndStart();
    expect(states()).toEqual(['AVAILABLE', 'AVAILABLE']);
    time += 25;
    expect(states()).toEqual(['LATCHED', 'AVAILABLE']);
    time += 74;
    expect(states()).toEqual(['LATCHED', 'LATCHED']);
    expect(events).toEqual(['locked', 'started']);
    time += 1;
    expect(states()).toEqual(['DRAINED', 'DRAINED']);
    expect(events).toEqual(['locked', 'started', 'drained']);
  });

  test('waits for requests in flight, and completes at the moment when the last one leaves', () => {
    machine.enter();
    machine.enter();
    lockAndStart();
    time += 5_000;
    machine.leave();
    expect(states()).toEqual(['LATCHED', 'LATCHED']);
    expect(events).not.toContain('drained');
    machine.leave();
    expect(events).toEqual(['locked', 'started', 'drained']);
  });

  test('names each moment at which time alone changes something', () => {
    lockAndStart();
    const moments: number[] = [];
    for (let next = machine.nextChangeAt(); next !== undefined; next = machine.nextChangeAt()) {
      moments.push(next);
      time = next;
      machine.advance();
    }
    expect(moments).toEqual([1_025, 1_050, 1_075, 1_100]);
    expect(machine.drained).toBe(true);
  });

  test.each(['db', 'scm', 'both'] as const)('never drains %s, and completes when healed', (sides) => {
    machine.setDrainFault({ kind: 'never', sides });
    lockAndStart();
    time += 10_000;
    const drained = (side: string): string => (sides === side || sides === 'both' ? 'LATCHED' : 'DRAINED');
    expect(states()).toEqual([drained('db'), drained('scm')]);
    expect(events).not.toContain('drained');
    machine.setDrainFault({ kind: 'normal' });
    expect(states()).toEqual(['DRAINED', 'DRAINED']);
    expect(events.filter((event) => event === 'drained')).toHaveLength(1);
  });

  test('reports a word that nobody knows', () => {
    machine.setDrainFault({ kind: 'unknown', sides: 'scm', word: 'FOO' });
    lockAndStart();
    time += 100;
    expect(states()).toEqual(['DRAINED', 'FOO']);
    expect(machine.drained).toBe(false);
  });

  test.each([
    ['fail', 'FAILED'],
    ['cancel', 'CANCELED'],
  ] as const)('can %s before it is drained', (kind, state) => {
    machine.setDrainFault({ kind });
    lockAndStart();
    time += 75;
    expect(machine.task?.state).toBe(state);
    expect(states()).toEqual(['AVAILABLE', 'AVAILABLE']);
    expect(machine.lock).toBeDefined();
    time += 1_000;
    expect(events).toEqual(['locked', 'started', 'ended']);
  });
});

describe('lock', () => {
  test('refuses a second one, and counts', () => {
    machine.takeLock(OWNER);
    expect(refusal(() => machine.takeLock(OWNER))).toBe('conflict');
    expect(machine.lockCount).toBe(1);
  });

  test('is lifted by its own token only', () => {
    expect(refusal(() => machine.unlock('token-1'))).toBe('absent');
    const { unlockToken } = machine.takeLock(OWNER);
    expect(refusal(() => machine.unlock('other'))).toBe('conflict');
    expect(refusal(() => machine.unlock(undefined))).toBe('conflict');
    time += 40;
    machine.unlock(unlockToken);
    time += 40;
    expect(machine.lock).toBeUndefined();
    expect(machine.lockedForMs).toBe(40);
    expect(machine.unlockCount).toBe(1);
  });

  test('lifted while a task runs: the task goes on and keeps its states, users come in', () => {
    const { unlockToken } = lockAndStart();
    time += 100;
    machine.unlock(unlockToken);
    expect(machine.task?.state).toBe('RUNNING');
    expect(states()).toEqual(['DRAINED', 'DRAINED']);
    machine.enter();
    expect(machine.inFlight).toBe(1);
    expect(refusal(() => machine.reportProgress(unlockToken, 50))).toBe('conflict');
    expect(refusal(() => machine.startBackup(machine.takeLock(OWNER).unlockToken))).toBe('conflict');
  });

  test('keeps users out', () => {
    machine.takeLock(OWNER);
    expect(() => machine.enter()).toThrow(MaintenanceError);
    expect(machine.inFlight).toBe(0);
  });
});

describe('task', () => {
  test('needs the lock and its token', () => {
    expect(refusal(() => machine.startBackup(undefined))).toBe('conflict');
    machine.takeLock(OWNER);
    expect(refusal(() => machine.startBackup('other'))).toBe('conflict');
    expect(machine.task).toBeUndefined();
  });

  test('takes progress that never decreases, and is over at 100', () => {
    const { unlockToken } = lockAndStart();
    time += 100;
    machine.reportProgress(unlockToken, 50);
    machine.reportProgress(unlockToken, 50);
    expect(refusal(() => machine.reportProgress(unlockToken, 49))).toBe('invalid');
    for (const wrong of [-1, 101, 50.5, Number.NaN]) {
      expect(refusal(() => machine.reportProgress(unlockToken, wrong))).toBe('invalid');
    }
    expect(machine.task?.progress.percentage).toBe(50);
    expect(refusal(() => machine.reportProgress('other', 60))).toBe('conflict');
    machine.reportProgress(unlockToken, 100);
    expect(machine.task).toBeUndefined();
    expect(states()).toEqual(['AVAILABLE', 'AVAILABLE']);
    expect(machine.lock).toBeDefined();
    expect(refusal(() => machine.reportProgress(unlockToken, 100))).toBe('absent');
  });

  test('cancelled: unlatches, keeps the lock, stays to be seen until the unlock', () => {
    const { unlockToken, cancelToken } = lockAndStart();
    time += 100;
    expect(refusal(() => machine.cancel(unlockToken))).toBe('conflict');
    machine.cancel(cancelToken);
    expect(machine.task?.state).toBe('CANCELED');
    expect(states()).toEqual(['AVAILABLE', 'AVAILABLE']);
    expect(machine.lock?.unlockToken).toBe(unlockToken);
    expect(refusal(() => machine.cancel(cancelToken))).toBe('absent');
    machine.unlock(unlockToken);
    expect(machine.task).toBeUndefined();
  });

  test('a restart forgets it but not the lock; a full one forgets both', () => {
    lockAndStart();
    time += 100;
    machine.restart(false);
    expect([machine.task, ...states()]).toEqual([undefined, 'AVAILABLE', 'AVAILABLE']);
    expect(machine.lock).toBeDefined();
    machine.restart(true);
    expect(machine.lock).toBeUndefined();
    expect(events).toEqual(['locked', 'started', 'drained', 'ended', 'unlocked']);
  });
});
