/** Everything that the summary and the last log line tell of a cancel. */
import { redactFailure, type FailureReport } from './run-report.ts';
import type { Timeline } from './timeline.ts';

/**
 * `canceled`: with its cancel token; `completed`: ended with the unlock token, because no cancel token fitted; `none`: no
 * backup task was running; `running`: it goes on, as no token fitted; `unknown`: not asked, or no answer.
 */
export type TaskOutcome = 'canceled' | 'completed' | 'none' | 'running' | 'unknown';

/**
 * `unlocked`: by this run; `given-back`: while this run cancelled, usually by the backup itself; `was-unlocked`: before
 * this run began; `held`: Bitbucket is locked still; `unknown`: not asked, or no answer.
 */
export type LockOutcome = 'unlocked' | 'given-back' | 'was-unlocked' | 'held' | 'unknown';

/** What Bitbucket said of its lock when the run began. */
export type LockFound =
  | { readonly locked: false }
  | { readonly locked: true; readonly owner: string | undefined };

export interface CancelReport {
  readonly outcome: 'success' | 'failure' | 'canceled';
  readonly bitbucketUrl: string;
  /** Of the journal; undefined when it took no part. */
  readonly backupId?: string | undefined;
  readonly journalPath?: string | undefined;
  readonly timeline: Timeline;
  readonly task: TaskOutcome;
  readonly lock: LockOutcome;
  /** Undefined when Bitbucket could not be asked. */
  readonly found?: LockFound | undefined;
  /** The one that was used, unless Bitbucket refused it. */
  readonly unlockToken?: string | undefined;
  readonly cancelToken?: string | undefined;
  /** Sentences on what else is to be known. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly failure?: FailureReport | undefined;
}

/** As `redactReport` does for a backup. The tokens stay: they are shown on purpose. */
export function redactCancelReport(report: CancelReport, redact: (text: string) => string): CancelReport {
  const { failure, found } = report;
  return {
    ...report,
    found:
      found?.locked === true && found.owner !== undefined ? { ...found, owner: redact(found.owner) } : found,
    notes: report.notes.map(redact),
    warnings: report.warnings.map(redact),
    failure: failure === undefined ? undefined : redactFailure(failure, redact),
  };
}
