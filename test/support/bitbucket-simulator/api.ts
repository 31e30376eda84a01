/** What tests order from the simulator and see of it. */
import type { Fault, FaultHandle } from './faults.ts';
import type { Sides, TaskState } from './maintenance-model.ts';
import type { RecordedRequest } from './requests.ts';
import type { InstanceState } from './routes.ts';

export interface SimulatorOptions {
  /** Such as `/bitbucket`; none unless told. */
  readonly contextPath?: string;
  readonly username?: string;
  readonly password?: string;
  /** Without it, no bearer token is known. */
  readonly bearerToken?: string;
  /** False unless told, as HTTP access tokens usually are. */
  readonly bearerIsSysadmin?: boolean;
  /** Tokens count below `/rest` only, elsewhere they lead to the login page: 9.3.2 and newer do so. */
  readonly bearerRestOnly?: boolean;
  readonly version?: string;
  /** Milliseconds from the start of a backup until it is drained, at the least; 100 unless told. */
  readonly drainMs?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly port?: number;
  /** An old server: `rest/api/latest` is unknown. */
  readonly legacyApiOnly?: boolean;
}

export interface Snapshot {
  readonly locked: boolean;
  readonly unlockToken: string | undefined;
  readonly lockOwner: string | undefined;
  readonly cancelToken: string | undefined;
  /** Undefined before a backup starts and after 100 percent. */
  readonly taskState: TaskState | undefined;
  readonly dbState: string;
  readonly scmState: string;
  readonly status: InstanceState;
  readonly progress: number;
  readonly inFlight: number;
  readonly lockCount: number;
  readonly unlockCount: number;
  /** Milliseconds of the lock that is held, or of the last one. */
  readonly lockedForMs: number;
}

export interface RestartOptions {
  /** The whole cluster: the lock is forgotten too. */
  readonly full?: boolean;
  /** Milliseconds in STARTING; 50 unless told. */
  readonly startingMs?: number;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface BitbucketSimulator {
  /** Base URL, context path included, without a slash at its end. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** In the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  snapshot(): Snapshot;

  order(fault: Fault): FaultHandle;
  neverDrain(sides: Sides): void;
  /** The task ends FAILED before it is drained. */
  failDrain(): void;
  /** A state that nobody knows instead of DRAINED; both sides unless told. */
  unknownState(word: string, sides?: Sides): void;
  cancelTaskDuringDrain(): void;
  /** Takes back what was ordered of the drain; one that is stuck completes. */
  drainNormally(): void;
  /** What `/status` says from now on, whatever the lock is; undefined for the truth. */
  reportStatus(state: InstanceState | undefined): void;

  /**
   * A user's push or page: runs `fn` and counts it as in flight.
   * @throws MaintenanceError when it is not admitted, and then `fn` does not run.
   */
  userRequest<T>(fn: () => Promise<T>): Promise<T>;
  /** Another administrator locks. @returns the unlock token, which only he knows. */
  adminLock(): string;
  /** Lifts whatever lock there is. A running task goes on. */
  adminUnlock(): void;
  adminCancelBackup(): void;
  clearCaptcha(): void;
  /**
   * Refuses connections for `downMs` milliseconds, then is STARTING, then runs; the task and the latches are forgotten.
   * Settles when it runs again, or when the simulator is closed.
   */
  restart(downMs: number, options?: RestartOptions): Promise<void>;

  /** Told synchronously, before the answer leaves. An error thrown in one comes out of `close`. */
  onLocked(listener: () => void): Unsubscribe;
  onBackupStarted(listener: () => void): Unsubscribe;
  onDrained(listener: () => void): Unsubscribe;
  /** The task is over: completed, cancelled or failed. */
  onTaskEnded(listener: () => void): Unsubscribe;
  onUnlocked(listener: () => void): Unsubscribe;
  /** Told of each request when it arrives, before anything is done. */
  onRequest(listener: (request: RecordedRequest) => void): Unsubscribe;
  /** Settles at once when it is drained, otherwise at the next time that it is. */
  whenDrained(): Promise<void>;

  /** Cuts all connections. Idempotent. @throws AggregateError of what went wrong in listeners or in the simulator. */
  close(): Promise<void>;
}
