/** Everything that the summary and the last log line tell of a restore. */
import { type FailureReport, redactFailure } from './run-report.ts';
import type { Timeline } from './timeline.ts';

export interface RestoredPartReport {
  readonly slot: 'home' | 'database' | 'search';
  readonly strategy: string;
  /** False for `none`: it is told as "not restored". */
  readonly included: boolean;
  /** Where it is now; undefined before it is there. */
  readonly place: string | undefined;
  readonly counts: readonly CountReport[];
}

export interface CountReport {
  readonly what: string;
  /** As the manifest says; undefined when it does not. */
  readonly recorded: number | undefined;
  readonly restored: number;
}

export interface AvailableReport {
  readonly name: string;
  readonly path: string;
  /** ISO 8601. */
  readonly time: string;
  readonly bytes: number;
  /** Null where neither name nor manifest tells. */
  readonly instanceName: string | null;
  readonly bitbucketVersion: string | null;
  /** Null without a manifest. */
  readonly parts: readonly string[] | null;
  readonly checksum: boolean;
}

export interface RestoreReport {
  readonly kind: 'restore' | 'restore-post';
  readonly outcome: 'success' | 'failure' | 'canceled' | 'dry-run';
  readonly instanceName: string;
  readonly timeline: Timeline;
  /** The archive, if one was found. */
  readonly archive?:
    | { readonly path: string; readonly bytes: number; readonly sha256: string | undefined }
    | undefined;
  /** From its manifest. */
  readonly backup?:
    | {
        readonly backupId: string;
        readonly bitbucketUrl: string;
        readonly bitbucketVersion: string;
        /** ISO 8601: the moment whose state it holds. */
        readonly drainedAt: string;
      }
    | undefined;
  readonly parts: readonly RestoredPartReport[];
  /** In order, for a person to do. */
  readonly nextSteps: readonly string[];
  /** What was changed in, or has to be changed in, bitbucket.properties. */
  readonly properties?:
    | { readonly file: string; readonly lines: readonly string[]; readonly changed: boolean }
    | undefined;
  readonly plan?: readonly string[] | undefined;
  /** What there is to restore, newest first; when the archive was not found. */
  readonly available?: readonly AvailableReport[] | undefined;
  readonly warnings: readonly string[];
  readonly failure?: FailureReport | undefined;
}

/** What is left behind after a failure: the one question that an administrator has. */
export function remainsSentence({ failure }: RestoreReport): string {
  const left = failure?.undoFailures ?? [];
  if (left.length > 0) {
    return 'NOT EVERYTHING THAT THIS RUN MADE COULD BE REMOVED; the next restore tries again.';
  }
  return (failure?.undone ?? []).length > 0
    ? 'What this run had made was removed; the targets are as they were.'
    : 'Nothing was changed.';
}

/** Takes secrets out of everything that came from tools, servers and files, before it is rendered. */
export function redactRestoreReport(report: RestoreReport, redact: (text: string) => string): RestoreReport {
  const all = (texts: readonly string[]): string[] => texts.map(redact);
  const { failure, properties } = report;
  return {
    ...report,
    nextSteps: all(report.nextSteps),
    warnings: all(report.warnings),
    properties: properties === undefined ? undefined : { ...properties, lines: all(properties.lines) },
    failure: failure === undefined ? undefined : redactFailure(failure, redact),
  };
}
