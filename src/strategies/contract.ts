/**
 * What every home, database and search strategy promises. The three phases are the product: whatever can leave the
 * locked window leaves it (DESIGN.md, sections 1 and 3).
 */
import type { CommandRunner } from '../host/command.ts';
import type { Log } from '../host/log.ts';
import type { InputReader } from '../inputs/reader.ts';

/** What a preflight check found. An error stops the run before the lock; a warning is told and the run goes on. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** The input or tool it is about, such as `home-path`. */
  readonly subject: string;
  /** One sentence with the cure. */
  readonly message: string;
}

/** Bytes (and files) that a strategy or an archive is going to add to a folder. */
export interface SpaceNeed {
  readonly path: string;
  /** What is going to be added. */
  readonly bytes: number;
  readonly files?: number;
  /** Size of the whole once it is there, where part of it is there already; the archive will be made of that. */
  readonly totalBytes?: number;
  /** For the error text, such as `database dump`. */
  readonly what: string;
}

/** JSON, as it is kept in the manifest. */
export type Recorded =
  | string
  | number
  | boolean
  | null
  | readonly Recorded[]
  | { readonly [key: string]: Recorded };

/** What the manifest records of a part, and what a restore needs to know of it. */
export interface BackedUp {
  readonly strategy: string;
  /** False for `none`: manifest and summary then say that it is left out. */
  readonly included: boolean;
  /** Top-level names below `backup-root` that the archive takes in. */
  readonly members: readonly string[];
  readonly files?: number;
  readonly bytes?: number;
  /** What this strategy's restore needs, such as versions, names and counts. */
  readonly details: { readonly [key: string]: Recorded };
  /** Version lines of the tools that were used. */
  readonly tools?: { readonly [name: string]: string };
  /** What was left out on purpose. */
  readonly excluded?: { readonly patterns: readonly string[]; readonly repositories: readonly number[] };
}

/** A point in time that is fixed: reading from it needs no lock. */
export interface Captured {
  /** Everything slow that reads from the fixed point. Users are working again. */
  settle(signal: AbortSignal): Promise<BackedUp>;
  /** Removes what the capture made. Idempotent; safe after a capture that failed half-way. */
  discard(): Promise<void>;
}

export interface BackupStrategy {
  readonly name: string;
  /** May it be captured without the lock (zero downtime)? */
  readonly atomic: boolean;
  /** Has no copy of its own: it lies in the home's snapshot, so only a home that takes one will do. */
  readonly goesWithHome?: boolean;
  /** Folders that it copies: nothing may be written in there. */
  readonly sources?: readonly string[];
  /** Tools, versions, credentials. Changes nothing. */
  preflight(): Promise<readonly Finding[]>;
  /** What it is going to write. Called after a preflight without errors; asked again when `prepare` is done. */
  spaceNeeds(): Promise<readonly SpaceNeed[]>;
  /** Everything slow that may be inconsistent. Users are working. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Only what fixes the point in time. Bitbucket is locked and drained. On failure it has removed what it began. */
  capture(signal: AbortSignal): Promise<Captured>;
  /**
   * Removes the oldest of what this strategy keeps outside of the archives, of this instance only.
   * @param keep how many stay, from 1
   * @param kept ids of the backups whose archives stay
   * @returns the names that were removed
   */
  prune?(keep: number, kept: readonly string[]): Promise<readonly string[]>;
  /**
   * Ends what `prepare` or `capture` left running for later. Called once, when a run that was to prepare is over, however
   * it went: nothing may be left running by `preflight` and `spaceNeeds`.
   */
  close?(): Promise<void>;
}

/** What the pipeline gives every strategy. */
export interface StrategyContext {
  readonly log: Log;
  readonly commands: CommandRunner;
  readonly backupId: string;
  readonly backupRoot: string;
  /** What the last whole backup in `backupRoot` recorded of this part; for estimates only. */
  readonly previous?: BackedUp;
  /** Bitbucket's database is a file in its home, and goes with the home. */
  readonly internalDatabase?: boolean;
  /** Work done inside the lock, 0 to 1; feeds Bitbucket's own progress bar. */
  readonly progress: (fraction: number) => void;
}

/** A strategy whose options are read and in order, waiting for the run it is to take part in. */
export interface StrategyFactory {
  create(context: StrategyContext): BackupStrategy;
}

/** What a strategy's file exports. Reading comes first and alone, so that all wrong inputs are found in one go. */
export interface StrategyDefinition {
  read(inputs: InputReader): StrategyFactory;
}
