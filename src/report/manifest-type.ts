/** The manifest of a backup, as it stands in every archive: docs/manifest.schema.json is the same for other readers. */
import type { BackedUp } from '../strategies/contract.ts';
import type { PartSlot } from './run-report.ts';

/** Raised when a reader of the old form would read the new one wrongly. */
export const MANIFEST_FORMAT_VERSION = 1;

/**
 * How the parts were made to belong together. `without-lock`: captured while users were working; what was being written is
 * as after a power failure, lock files included.
 */
export const CONSISTENCIES = ['locked-and-drained', 'without-lock'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/** ISO 8601 in UTC with milliseconds, such as `2026-11-22T02:13:05.123Z`. */
export type Instant = string;

export interface ManifestPart extends BackedUp {
  readonly slot: PartSlot;
}

export interface NotBackedUp {
  /** A slot, or something that no slot covers, such as `mesh`. */
  readonly slot: string;
  readonly reason: string;
}

export interface Manifest {
  readonly formatVersion: typeof MANIFEST_FORMAT_VERSION;
  /** What wrote it. */
  readonly product: { readonly name: string; readonly version: string };
  readonly backupId: string;
  readonly instanceName: string;
  readonly bitbucket: { readonly url: string; readonly version: string };
  readonly times: {
    readonly startedAt: Instant;
    /** The lock was answered. */
    readonly lockedAt: Instant;
    /** The moment whose state the backup holds begins here and ends at `unlockedAt`. */
    readonly drainedAt: Instant;
    /** Absent when Bitbucket had not taken the unlock by then; the run that wrote this failed for it. */
    readonly unlockedAt?: Instant;
    /** All parts were complete and this manifest was written; the archive is made after it. */
    readonly finishedAt: Instant;
    /** From the lock request to the answer of the unlock, so a little more than `unlockedAt` - `lockedAt`. */
    readonly lockedSeconds: number;
  };
  readonly consistency: Consistency;
  readonly parts: readonly ManifestPart[];
  readonly notBackedUp: readonly NotBackedUp[];
  readonly exclusions: {
    /** rsync patterns, anchored at the root of the home. */
    readonly patterns: readonly string[];
    readonly repositories: readonly number[];
  };
  /** First line of what each tool says of its version. */
  readonly tools: { readonly [name: string]: string };
  readonly runner: { readonly hostname: string; readonly platform: string };
  /** Absent outside GitHub Actions. */
  readonly github?: { readonly repository: string; readonly runId: string };
}
