/**
 * Bitbucket's maintenance API as a real HTTP server on loopback, for tests and the demo. It counts what users do, drains
 * when they are done, refuses what the real one refuses, and goes wrong as ordered. Protocol: DESIGN.md, section 4.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessControl } from './access.ts';
import type { BitbucketSimulator, RestartOptions, SimulatorOptions, Snapshot, Unsubscribe } from './api.ts';
import type { Fault, FaultHandle } from './faults.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { MaintenanceMachine } from './maintenance-machine.ts';
import { MaintenanceError, type MaintenanceEvent, type Sides } from './maintenance-model.ts';
import type { RecordedRequest } from './requests.ts';
import type { InstanceState, Site } from './routes.ts';
import { type ListeningServer, listen } from './server.ts';
import { WebFront } from './web-front.ts';

export type {
  BitbucketSimulator,
  RestartOptions,
  SimulatorOptions,
  Snapshot,
  Unsubscribe,
} from './api.ts';
export type { Fault, FaultAction, FaultHandle } from './faults.ts';
export { MaintenanceError, type Sides, type TaskState } from './maintenance-model.ts';
export type { EndpointName, RecordedRequest } from './requests.ts';
export type { InstanceState } from './routes.ts';

/** Starts an instance on 127.0.0.1 that is RUNNING and unlocked. Close it when the test is over. */
export async function startBitbucketSimulator(options: SimulatorOptions = {}): Promise<BitbucketSimulator> {
  const simulator = new Simulator(options);
  await simulator.open();
  return simulator;
}

class Simulator implements BitbucketSimulator {
  readonly username: string;
  readonly password: string;
  readonly #options: SimulatorOptions;
  readonly #machine: MaintenanceMachine;
  readonly #access: AccessControl;
  readonly #site: Site;
  readonly #web: WebFront;
  readonly #failures: unknown[] = [];
  readonly #closing = new AbortController();
  readonly #events: Record<MaintenanceEvent, Listeners<[]>>;
  readonly #requestListeners: Listeners<[RecordedRequest]>;
  #server: ListeningServer | undefined;
  #timer: NodeJS.Timeout | undefined;
  #phase: 'up' | 'down' | 'starting' = 'up';
  #reported: InstanceState | undefined;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.username = options.username ?? 'backup';
    this.password = options.password ?? 'p4ss word$';
    const onFailure = (error: unknown): void => {
      this.#failures.push(error);
    };
    this.#events = {
      locked: createListeners(onFailure),
      started: createListeners(onFailure),
      drained: createListeners(onFailure),
      ended: createListeners(onFailure),
      unlocked: createListeners(onFailure),
    };
    this.#requestListeners = createListeners(onFailure);
    this.#machine = new MaintenanceMachine({
      now,
      newToken: () => randomBytes(20).toString('hex'),
      drainMs: options.drainMs ?? 100,
      emit: (event) => this.#events[event].tell(),
    });
    this.#events.started.add(() => this.#watchClock());
    this.#access = new AccessControl({
      username: this.username,
      password: this.password,
      bearerToken: options.bearerToken,
      bearerIsSysadmin: options.bearerIsSysadmin ?? false,
      bearerRestOnly: options.bearerRestOnly ?? false,
      loginUrl: () => `${this.url}/login`,
    });
    this.#site = {
      contextPath: options.contextPath ?? '',
      version: options.version ?? '9.4.1',
      legacyApiOnly: options.legacyApiOnly ?? false,
      machine: this.#machine,
      access: this.#access,
      state: () => this.#state(),
      up: () => this.#phase === 'up',
    };
    this.#web = new WebFront({
      site: this.#site,
      now,
      arrived: this.#requestListeners,
      closing: this.#closing.signal,
    });
  }

  async open(): Promise<void> {
    this.#server = await listen({
      port: this.#options.port ?? 0,
      tls: this.#options.tls,
      handle: async (message, response) => {
        await this.#web.handle(message, response);
      },
      onFailure: (error) => {
        this.#failures.push(error);
      },
    });
  }

  get url(): string {
    return `${this.#listening().origin}${this.#site.contextPath}`;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#web.requests;
  }

  snapshot(): Snapshot {
    const machine = this.#machine;
    const { lock, task } = machine;
    return {
      locked: lock !== undefined,
      unlockToken: lock?.unlockToken,
      lockOwner: lock?.owner.name,
      cancelToken: task?.cancelToken,
      taskState: task?.state,
      dbState: machine.state('db'),
      scmState: machine.state('scm'),
      status: this.#state(),
      progress: task?.progress.percentage ?? 0,
      inFlight: machine.inFlight,
      lockCount: machine.lockCount,
      unlockCount: machine.unlockCount,
      lockedForMs: machine.lockedForMs,
    };
  }

  order(fault: Fault): FaultHandle {
    return this.#web.faults.order(fault);
  }

  neverDrain(sides: Sides): void {
    this.#machine.setDrainFault({ kind: 'never', sides });
  }

  failDrain(): void {
    this.#machine.setDrainFault({ kind: 'fail' });
  }

  unknownState(word: string, sides: Sides = 'both'): void {
    this.#machine.setDrainFault({ kind: 'unknown', sides, word });
  }

  cancelTaskDuringDrain(): void {
    this.#machine.setDrainFault({ kind: 'cancel' });
  }

  drainNormally(): void {
    this.#machine.setDrainFault({ kind: 'normal' });
  }

  reportStatus(state: InstanceState | undefined): void {
    this.#reported = state;
  }

  async userRequest<T>(fn: () => Promise<T>): Promise<T> {
    if (this.#phase !== 'up') {
      throw new MaintenanceError(`Bitbucket is ${this.#phase}.`);
    }
    this.#machine.enter();
    try {
      return await fn();
    } finally {
      this.#machine.leave();
    }
  }

  adminLock(): string {
    return this.#machine.takeLock({ name: 'admin', displayName: 'Administrator' }).unlockToken;
  }

  adminUnlock(): void {
    this.#machine.forceUnlock();
  }

  adminCancelBackup(): void {
    this.#machine.forceCancel();
  }

  clearCaptcha(): void {
    this.#access.clearCaptcha();
  }

  async restart(downMs: number, { full = false, startingMs = 50 }: RestartOptions = {}): Promise<void> {
    this.#phase = 'down';
    await this.#listening().stop();
    this.#machine.restart(full);
    await this.#pause(downMs);
    if (this.#closing.signal.aborted) {
      return;
    }
    this.#phase = 'starting';
    await this.#listening().resume();
    await this.#pause(startingMs);
    this.#phase = 'up';
  }

  onLocked(listener: () => void): Unsubscribe {
    return this.#events.locked.add(listener);
  }

  onBackupStarted(listener: () => void): Unsubscribe {
    return this.#events.started.add(listener);
  }

  onDrained(listener: () => void): Unsubscribe {
    return this.#events.drained.add(listener);
  }

  onTaskEnded(listener: () => void): Unsubscribe {
    return this.#events.ended.add(listener);
  }

  onUnlocked(listener: () => void): Unsubscribe {
    return this.#events.unlocked.add(listener);
  }

  onRequest(listener: (request: RecordedRequest) => void): Unsubscribe {
    return this.#requestListeners.add(listener);
  }

  async whenDrained(): Promise<void> {
    if (this.#machine.drained) {
      return;
    }
    await new Promise<void>((resolve) => {
      const stop = this.onDrained(() => {
        stop();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#server?.stop();
    const failures = this.#failures.splice(0);
    if (failures.length > 0) {
      throw new AggregateError(failures, `The simulator or a listener of it failed: ${failures.join('; ')}`);
    }
  }

  #state(): InstanceState {
    if (this.#phase !== 'up') {
      return 'STARTING';
    }
    return this.#reported ?? (this.#machine.lock === undefined ? 'RUNNING' : 'MAINTENANCE');
  }

  #listening(): ListeningServer {
    if (this.#server === undefined) {
      throw new Error('The simulator has not been opened.');
    }
    return this.#server;
  }

  /** Settles early when the simulator closes. */
  async #pause(ms: number): Promise<void> {
    const { signal } = this.#closing;
    await sleep(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) {
        throw error;
      }
    });
  }

  /** Looks whenever time alone changes something: `drained` is told when it happens, not when somebody polls. */
  #watchClock(): void {
    clearTimeout(this.#timer);
    const next = this.#machine.nextChangeAt();
    if (next === undefined || this.#closing.signal.aborted) {
      return;
    }
    const look = (): void => {
      this.#machine.advance();
      this.#watchClock();
    };
    this.#timer = setTimeout(look, Math.max(1, Math.ceil(next - now())));
  }
}

/** Milliseconds since 1970, on a clock that never goes back. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
