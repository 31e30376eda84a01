/** What every archive strategy promises: one file that is a whole backup, or nothing that looks like one. */
import type { CommandRunner } from '../host/command.ts';
import type { Log } from '../host/log.ts';
import type { InputReader } from '../inputs/reader.ts';
import type { Finding, SpaceNeed } from '../strategies/contract.ts';

export interface ArchiveSource {
  /** The folder that holds the members: `backup-root`. */
  readonly root: string;
  /** Top-level names below it that are archived, `manifest.json` among them. */
  readonly members: readonly string[];
  /** Bytes of what is archived, for the progress line. */
  readonly bytes: number;
}

export interface Archive {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
  /** Removes the archive and its checksum, when the rest of the run fails. Idempotent. */
  discard(): Promise<void>;
}

export interface ArchiveStrategy {
  readonly name: string;
  /** Tools, folder, rights. Changes nothing. */
  preflight(): Promise<readonly Finding[]>;
  /** @param source bytes and files that are going to be archived, as far as they are known before the copy. */
  spaceNeeds(sourceBytes: number, sourceFiles?: number): Promise<readonly SpaceNeed[]>;
  /**
   * Users are working again. On failure and on abort nothing of it is left.
   * @throws ActionError ARCHIVE_EXISTS, ARCHIVE_FAILED, DISK_FULL, CHILD_KILLED or TOOL_MISSING; the signal's reason when it was aborted
   */
  create(source: ArchiveSource, signal: AbortSignal): Promise<Archive>;
  /**
   * Removes the oldest archives of this instance until `keep` are left; 0 keeps all. Never the one just made.
   * @returns the names that were removed
   */
  prune(keep: number): Promise<readonly string[]>;
  /** Ids of the backups of this instance whose archives are there and whole. */
  backupIds(): Promise<readonly string[]>;
  /** Versions of the programs that preflight found, for the manifest. */
  tools(): Readonly<Record<string, string>>;
}

/** What the pipeline gives every archive strategy. */
export interface ArchiveContext {
  readonly log: Log;
  readonly commands: CommandRunner;
  readonly backupId: string;
  readonly instanceName: string;
  readonly backupRoot: string;
  /** The folders that are backed up (home, data stores): an archive in one of them would go into the next archive. */
  readonly sources: readonly string[];
  /** Told the name of every temporary file before it is created, so that a later run can remove it. */
  readonly onPartial: (path: string) => void;
}

/** A strategy whose options are read and in order, waiting for the run it is to take part in. */
export interface ArchiveFactory {
  create(context: ArchiveContext): ArchiveStrategy;
}

/** What a strategy's file exports. Reading comes first and alone, so that all wrong inputs are found in one go. */
export interface ArchiveDefinition {
  read(inputs: InputReader): ArchiveFactory;
}
