/** A backup in progress: what the steps share, and what the report tells afterwards, however far the run came. */
import type { Archive, ArchiveStrategy } from '../archive/strategy.ts';
import type { BitbucketClient } from '../bitbucket/client.ts';
import type { MaintenanceWindow } from '../bitbucket/maintenance.ts';
import type { ActionError } from '../errors.ts';
import type { CommandRunner } from '../host/command.ts';
import type { Interruption } from '../host/interruption.ts';
import type { Journal } from '../host/journal.ts';
import type { Log } from '../host/log.ts';
import type { Redactor } from '../host/redactor.ts';
import type { Timeline } from '../report/timeline.ts';
import type { BackedUp, BackupStrategy } from '../strategies/contract.ts';
import type { BackupOptions } from './backup-options.ts';
import type { ProgressShares } from './progress-shares.ts';

/** What every run gets from outside. */
export interface RunEnvironment {
  readonly log: Log;
  readonly interruption: Interruption;
  readonly timeline: Timeline;
  readonly redactor: Redactor;
}

export type Slot = 'home' | 'database' | 'search';

export interface BackupRun extends RunEnvironment {
  readonly options: BackupOptions;
  readonly runId: string;
  readonly backupId: string;
  readonly client: BitbucketClient;
  readonly commands: CommandRunner;
  readonly strategies: Readonly<Record<Slot, BackupStrategy>>;
  readonly archive: ArchiveStrategy;
  readonly progress: ProgressShares;
  /** Filled in as the run goes on. */
  readonly found: Findings;
}

export interface Findings {
  bitbucketVersion?: string;
  journal?: Journal;
  window?: MaintenanceWindow;
  parts?: Readonly<Record<Slot, BackedUp>>;
  manifestPath?: string;
  archive?: Archive;
  archiveSourceBytes?: number;
  pruned?: readonly string[];
  plan?: readonly string[];
  /** Bitbucket could not be unlocked when the window ended; the run fails for it, after the archive is made. */
  unlockFailure?: ActionError;
  undone?: readonly string[];
  undoFailures?: readonly string[];
}

/** Half-written files go into the journal before they exist, so that a later run can remove them. */
export function notePartial(run: Pick<BackupRun, 'found'>, path: string): void {
  const { journal } = run.found;
  journal?.update({ partials: [...journal.entry.partials, path] });
}

/** Nothing happens for it, so nothing is told of its steps; manifest and summary say that it is left out. */
export function isNone(strategy: BackupStrategy): boolean {
  return strategy.name === 'none';
}
