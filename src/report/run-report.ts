/** Everything that the summary and the last log line tell of a run. */
import type { ErrorCode, Problem } from '../errors.ts';
import type { Timeline } from './timeline.ts';

export type PartSlot = 'home' | 'database' | 'search';

export interface PartReport {
  readonly slot: PartSlot;
  readonly strategy: string;
  /** False for `none`: it is told as "not backed up", and of search that Bitbucket makes it anew. */
  readonly included: boolean;
  readonly files?: number | undefined;
  readonly bytes?: number | undefined;
  /** Where it lies, for a part that is not in the archive: an administrator should not look for it there. */
  readonly place?: string | undefined;
}

export interface ArchiveReport {
  readonly path: string;
  /** Size of the archive file. */
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** What went into the archive, before compression. */
  readonly sourceBytes: number;
}

/**
 * `unlocked`: this run's lock is gone; `still-locked`: it is held and users cannot work; `locked-by-other`: somebody else
 * holds a lock that is none of ours; `unknown`: Bitbucket could not be asked.
 */
export type LockState = 'never-locked' | 'unlocked' | 'still-locked' | 'locked-by-other' | 'unknown';

export interface MaintenanceTokens {
  readonly unlockToken: string;
  readonly cancelToken?: string | undefined;
}

export interface FailureReport {
  readonly code: ErrorCode;
  /** Outermost first. */
  readonly messages: readonly string[];
  readonly advice?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
  readonly failedStep?: string | undefined;
  readonly undone: readonly string[];
  readonly undoFailures: readonly string[];
}

export interface RunReport {
  /** `post`: the clean-up step after the backup step. */
  readonly kind: 'backup' | 'post';
  readonly outcome: 'success' | 'failure' | 'canceled' | 'dry-run';
  readonly instanceName: string;
  readonly bitbucketUrl: string;
  readonly bitbucketVersion?: string | undefined;
  readonly backupId: string;
  readonly timeline: Timeline;
  readonly lockState: LockState;
  /** Milliseconds since the epoch, from the journal, when another process took the lock (`post`, a dead run). */
  readonly lockTakenAtMs?: number | undefined;
  readonly tokens?: MaintenanceTokens | undefined;
  readonly journalPath?: string | undefined;
  readonly parts: readonly PartReport[];
  /** Only of an archive that is complete under its final name. */
  readonly archive?: ArchiveReport | undefined;
  readonly manifestPath?: string | undefined;
  /** What `keep-backups` removed: archives, and what strategies keep outside of them. */
  readonly pruned: readonly string[];
  readonly warnings: readonly string[];
  /** What a dry run would have done. */
  readonly plan?: readonly string[] | undefined;
  readonly failure?: FailureReport | undefined;
}

/** How long users were locked out, in milliseconds; undefined when this run never held the lock. */
export function lockedMs(report: RunReport): number | undefined {
  const { timeline, lockTakenAtMs } = report;
  const measured = timeline.lockedMs();
  if (measured !== undefined || lockTakenAtMs === undefined) {
    return measured;
  }
  return Math.max(0, (timeline.marks.unlocked ?? timeline.nowMs()) - lockTakenAtMs);
}

/**
 * Takes secrets out of everything that came from tools, servers and files. Before rendering, because escaping changes a
 * secret so that it is no longer recognized. The tokens stay: they are shown on purpose.
 */
export function redactReport(report: RunReport, redact: (text: string) => string): RunReport {
  const all = (texts: readonly string[]): string[] => texts.map(redact);
  const { failure } = report;
  return {
    ...report,
    pruned: all(report.pruned),
    warnings: all(report.warnings),
    plan: report.plan === undefined ? undefined : all(report.plan),
    failure: failure === undefined ? undefined : redactFailure(failure, redact),
  };
}

export function redactFailure(failure: FailureReport, redact: (text: string) => string): FailureReport {
  return {
    ...failure,
    messages: failure.messages.map(redact),
    advice: failure.advice === undefined ? undefined : redact(failure.advice),
    problems: failure.problems?.map(({ subject, message }) => ({ subject, message: redact(message) })),
    undone: failure.undone.map(redact),
    undoFailures: failure.undoFailures.map(redact),
  };
}
