/** A cancel in progress: what its steps share, and what the report tells afterwards, however far it came. */
import type { BitbucketClient } from '../bitbucket/client.ts';
import { DEFAULT_LIMITS, type WindowLimits } from '../bitbucket/limits.ts';
import { ActionError, type Problem } from '../errors.ts';
import type { LockFound, LockOutcome, TaskOutcome } from '../report/cancel-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import type { CancelOptions } from './cancel-options.ts';
import type { CancelTarget } from './cancel-target.ts';

/** In ms. */
export interface CancelLimits extends WindowLimits {
  /** A backup that is asking for the lock gets its answer within 75 s. */
  readonly tokenWaitMs: number;
  readonly tokenPollMs: number;
  /** A backup that sees its task cancelled unlocks by itself within this time. */
  readonly giveBackMs: number;
}

export const CANCEL_LIMITS: CancelLimits = {
  ...DEFAULT_LIMITS,
  tokenWaitMs: 90_000,
  tokenPollMs: 500,
  giveBackMs: 15_000,
};

export interface CancelJob extends RunEnvironment {
  readonly options: CancelOptions;
  readonly client: BitbucketClient;
  readonly limits: CancelLimits;
  /** Filled in as it goes on. */
  readonly found: CancelFindings;
}

export interface CancelFindings {
  lockAtStart?: LockFound;
  target?: CancelTarget;
  task: TaskOutcome;
  lock: LockOutcome;
  /** The first one is what the run ends with; one does not keep the others from being found. */
  readonly failures: Failure[];
  readonly notes: string[];
}

export interface Failure {
  /** `lock`, `task`, or the input that is wrong. */
  readonly about: string;
  readonly error: ActionError;
}

/** Several things went wrong, each with a cure of its own. */
export class CancelFailed extends ActionError {
  override readonly name = 'CancelFailed';
  readonly problems: readonly Problem[];

  constructor(failures: readonly [Failure, ...Failure[]]) {
    const sentences = failures.map(({ error }) => error.message);
    super(failures[0].error.code, sentences.join(' '), { cause: failures[0].error.cause });
    this.problems = failures.map(({ about, error }) => ({
      subject: about,
      message: error.advice === undefined ? error.message : `${error.message} ${error.advice}`,
    }));
  }
}

/** Passes on what can be told in a sentence. @throws anything else, which is a bug of ours */
export function expected(error: unknown): ActionError {
  if (error instanceof ActionError) {
    return error;
  }
  throw error;
}

/** @throws what went wrong, if anything did */
export function throwFailures(failures: readonly Failure[]): void {
  const [first, ...rest] = failures;
  if (first !== undefined) {
    throw rest.length === 0 ? first.error : new CancelFailed([first, ...rest]);
  }
}
