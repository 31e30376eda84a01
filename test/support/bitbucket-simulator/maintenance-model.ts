/** The words of Bitbucket's maintenance: lock, task, latches, and the ways to be refused. */

export type Latch = 'AVAILABLE' | 'LATCHED' | 'DRAINED';
export type Side = 'db' | 'scm';
export type Sides = Side | 'both';
export type TaskState = 'RUNNING' | 'CANCELED' | 'FAILED';

/** Told synchronously at the transition, before any answer leaves: the disk can be photographed at that moment. */
export type MaintenanceEvent = 'locked' | 'started' | 'drained' | 'ended' | 'unlocked';

/** How the drain goes wrong; `normal` is how it goes right. */
export type DrainFault =
  | { readonly kind: 'normal' }
  | { readonly kind: 'never'; readonly sides: Sides }
  | { readonly kind: 'unknown'; readonly sides: Sides; readonly word: string }
  | { readonly kind: 'fail' }
  | { readonly kind: 'cancel' };

export interface Owner {
  readonly name: string;
  readonly displayName: string;
}

export interface Lock {
  readonly unlockToken: string;
  readonly owner: Owner;
}

export interface Task {
  readonly id: string;
  readonly cancelToken: string;
  readonly state: TaskState;
  readonly progress: { readonly message: string; readonly percentage: number };
}

/** The instance does not do what it was asked to, and says why. */
export class MaintenanceRefusal extends Error {
  override readonly name = 'MaintenanceRefusal';
  readonly reason: 'conflict' | 'absent' | 'invalid';

  constructor(reason: 'conflict' | 'absent' | 'invalid', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A user's push or page that was not admitted because the instance is locked or not up. */
export class MaintenanceError extends Error {
  override readonly name = 'MaintenanceError';
}
