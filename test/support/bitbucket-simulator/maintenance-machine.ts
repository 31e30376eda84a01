/**
 * What a Bitbucket instance remembers of its maintenance: the lock, the backup task, the latches of database and files.
 * Pure: the clock, the tokens and the listener are given, nothing here waits. Time moves the state when somebody looks
 * (`advance`), so whoever owns a timer asks `nextChangeAt` when to look next. The rules are those of DESIGN.md section 4
 * and FAULTS.md section 3.3.
 */
import {
  type DrainFault,
  type Latch,
  type Lock,
  MaintenanceError,
  type MaintenanceEvent,
  MaintenanceRefusal,
  type Owner,
  type Side,
  type Sides,
  type Task,
} from './maintenance-model.ts';

export interface MachineOptions {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  readonly newToken: () => string;
  /** Milliseconds from the start of a backup until it is drained, at the least. */
  readonly drainMs: number;
  readonly emit: (event: MaintenanceEvent) => void;
}

export class MaintenanceMachine {
  readonly #options: MachineOptions;
  #lock: (Lock & { readonly since: number }) | undefined;
  #task: (Task & { readonly startedAt: number }) | undefined;
  readonly #latches: Record<Side, Latch> = { db: 'AVAILABLE', scm: 'AVAILABLE' };
  #drainFault: DrainFault = { kind: 'normal' };
  #inFlight = 0;
  #tasksBegun = 0;
  #lockCount = 0;
  #unlockCount = 0;
  #lastLockMs = 0;

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  get lock(): Lock | undefined {
    return this.#lock;
  }

  get task(): Task | undefined {
    this.advance();
    return this.#task;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get lockCount(): number {
    return this.#lockCount;
  }

  /** Locks that were lifted, by whomever. */
  get unlockCount(): number {
    return this.#unlockCount;
  }

  /** Milliseconds of the lock that is held, or of the last one. */
  get lockedForMs(): number {
    return this.#lock === undefined ? this.#lastLockMs : this.#options.now() - this.#lock.since;
  }

  get drained(): boolean {
    this.advance();
    return this.#latches.db === 'DRAINED' && this.#latches.scm === 'DRAINED';
  }

  /** The word that the instance reports for a side: a fault can make it one that nobody knows. */
  state(side: Side): string {
    this.advance();
    const fault = this.#drainFault;
    const latched = this.#latches[side] === 'LATCHED';
    return latched && fault.kind === 'unknown' && covers(fault.sides, side)
      ? fault.word
      : this.#latches[side];
  }

  /** @throws MaintenanceRefusal when it is locked already. */
  takeLock(owner: Owner): Lock {
    if (this.#lock !== undefined) {
      throw new MaintenanceRefusal('conflict', 'The instance is already locked for maintenance.');
    }
    this.#lock = { unlockToken: this.#options.newToken(), owner, since: this.#options.now() };
    this.#lockCount += 1;
    this.#options.emit('locked');
    return this.#lock;
  }

  /** @throws MaintenanceRefusal when it is not locked, or locked with another token. */
  unlock(token: string | undefined): void {
    this.advance();
    if (this.#lock === undefined) {
      throw new MaintenanceRefusal('absent', 'The instance is not locked.');
    }
    this.checkToken(token);
    this.#release(this.#lock.since);
  }

  /** An administrator lifts the lock, needing no token. */
  forceUnlock(): void {
    this.unlock(this.#lock?.unlockToken);
  }

  /** @throws MaintenanceRefusal unless the lock is held with this token. */
  checkToken(token: string | undefined): void {
    if (this.#lock === undefined || this.#lock.unlockToken !== token) {
      throw new MaintenanceRefusal('conflict', 'The maintenance token is not that of the current lock.');
    }
  }

  /** @throws MaintenanceRefusal unless the lock is held with this token and no task is running. */
  startBackup(token: string | undefined): Task {
    this.checkToken(token);
    this.advance();
    if (this.#task?.state === 'RUNNING') {
      throw new MaintenanceRefusal('conflict', 'Another maintenance task is running.');
    }
    this.#tasksBegun += 1;
    const task = {
      id: `backup-${this.#tasksBegun}`,
      cancelToken: this.#options.newToken(),
      state: 'RUNNING',
      progress: { message: 'Waiting for current requests to finish', percentage: 0 },
      startedAt: this.#options.now(),
    } as const;
    this.#task = task;
    this.#options.emit('started');
    this.advance();
    return task;
  }

  /**
   * Progress of the client, in percent; 100 completes the backup and unlatches.
   * @throws MaintenanceRefusal without a running backup, with a wrong token, or when it is out of range or decreases.
   */
  reportProgress(token: string | undefined, percentage: number): void {
    const task = this.#runningTask();
    this.checkToken(token);
    if (!Number.isInteger(percentage) || percentage < 0 || percentage > 100) {
      throw new MaintenanceRefusal('invalid', 'The percentage must be a whole number from 0 to 100.');
    }
    if (percentage < task.progress.percentage) {
      throw new MaintenanceRefusal('invalid', 'The percentage must not decrease.');
    }
    if (percentage === 100) {
      this.#endTask(undefined);
    } else {
      this.#task = { ...task, progress: { message: 'Backup in progress', percentage } };
    }
  }

  /** @throws MaintenanceRefusal without a running backup or with a token that is not its own. */
  cancel(cancelToken: string | undefined): void {
    const task = this.#runningTask();
    if (task.cancelToken !== cancelToken) {
      throw new MaintenanceRefusal('conflict', 'The cancel token is not that of the running task.');
    }
    this.#markCanceled(task);
  }

  /** An administrator cancels in the user interface. */
  forceCancel(): void {
    this.#markCanceled(this.#runningTask());
  }

  /** A user's request begins. @throws MaintenanceError while the instance is locked. */
  enter(): void {
    this.advance();
    if (this.#lock !== undefined) {
      throw new MaintenanceError('Bitbucket is locked for maintenance.');
    }
    this.#inFlight += 1;
  }

  /** A user's request ends; the last one may complete the drain. */
  leave(): void {
    this.#inFlight -= 1;
    this.advance();
  }

  /** How drains go from now on, that of the running backup included. */
  setDrainFault(fault: DrainFault): void {
    this.advance();
    this.#drainFault = fault;
    this.advance();
  }

  /** A restart forgets the task and the latches; the lock lives in the cluster's memory, which a full one forgets. */
  restart(full: boolean): void {
    this.advance();
    if (this.#task !== undefined) {
      this.#endTask(undefined);
    }
    if (full && this.#lock !== undefined) {
      this.#release(this.#lock.since);
    }
  }

  /** Does what time has made due. Harmless to repeat. */
  advance(): void {
    const task = this.#task;
    if (task?.state !== 'RUNNING' || (this.#latches.db === 'DRAINED' && this.#latches.scm === 'DRAINED')) {
      return;
    }
    const elapsed = this.#options.now() - task.startedAt;
    this.#latchFrom('db', elapsed);
    this.#latchFrom('scm', elapsed);
    if (elapsed >= this.#dueAfter('end') && this.#drainFault.kind === 'cancel') {
      this.#markCanceled(task);
    } else if (elapsed >= this.#dueAfter('end') && this.#drainFault.kind === 'fail') {
      const message = 'Bitbucket could not be drained: timed out waiting for requests to finish';
      this.#endTask({ ...task, state: 'FAILED', progress: { ...task.progress, message } });
    } else if (elapsed >= this.#options.drainMs && this.#inFlight === 0) {
      this.#drain();
    }
  }

  /** When time alone changes something next; undefined when only a request can. */
  nextChangeAt(): number | undefined {
    const task = this.#task;
    if (task?.state !== 'RUNNING') {
      return undefined;
    }
    const elapsed = this.#options.now() - task.startedAt;
    const { drainMs } = this.#options;
    const due = [this.#dueAfter('db'), this.#dueAfter('scm'), this.#dueAfter('end'), drainMs];
    const next = due.filter((after) => after > elapsed).sort((a, b) => a - b)[0];
    return next === undefined ? undefined : task.startedAt + next;
  }

  /** Milliseconds after the start at which a side is latched, or at which a drain that is to go wrong does. */
  #dueAfter(what: Side | 'end'): number {
    const share = { db: 0.25, scm: 0.5, end: 0.75 };
    return this.#options.drainMs * share[what];
  }

  #latchFrom(side: Side, elapsed: number): void {
    if (this.#latches[side] === 'AVAILABLE' && elapsed >= this.#dueAfter(side)) {
      this.#latches[side] = 'LATCHED';
    }
  }

  #drain(): void {
    const fault = this.#drainFault;
    const stuck = fault.kind === 'never' || fault.kind === 'unknown' ? fault.sides : undefined;
    for (const side of ['db', 'scm'] as const) {
      if (stuck === undefined || !covers(stuck, side)) {
        this.#latches[side] = 'DRAINED';
      }
    }
    if (stuck === undefined) {
      this.#options.emit('drained');
    }
  }

  #markCanceled(task: Task & { readonly startedAt: number }): void {
    this.#endTask({ ...task, state: 'CANCELED', progress: { ...task.progress, message: 'Canceled' } });
  }

  #runningTask(): Task & { readonly startedAt: number } {
    this.advance();
    if (this.#task?.state !== 'RUNNING') {
      throw new MaintenanceRefusal('absent', 'No backup is running.');
    }
    return this.#task;
  }

  /** The task is over and what it latched is free; a failed or cancelled one stays to be seen until the unlock. */
  #endTask(remains: (Task & { readonly startedAt: number }) | undefined): void {
    this.#task = remains;
    this.#latches.db = 'AVAILABLE';
    this.#latches.scm = 'AVAILABLE';
    this.#options.emit('ended');
  }

  /** Lets users in again. A running task is not cancelled by it: it keeps running, and reports what it reported. */
  #release(since: number): void {
    this.#lastLockMs = this.#options.now() - since;
    this.#lock = undefined;
    this.#unlockCount += 1;
    if (this.#task?.state !== 'RUNNING') {
      this.#task = undefined;
    }
    this.#options.emit('unlocked');
  }
}

function covers(sides: Sides, side: Side): boolean {
  return sides === 'both' || sides === side;
}
