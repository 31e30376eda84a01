/** What every archive strategy offers to a restore: backups to choose from, and one that is checked and unpacked. */
import type { CommandRunner } from '../host/command.ts';
import type { Log } from '../host/log.ts';
import type { InputReader } from '../inputs/reader.ts';
import type { Finding } from '../strategies/contract.ts';
import type { ArchivedTree, Contents } from './member-check.ts';

/** A backup as it shows from outside. */
export interface AvailableBackup {
  /** As `archive` takes it. */
  readonly name: string;
  readonly path: string;
  /** When the backup was made, as its name says; without such a name when the file was written. ms since the epoch. */
  readonly timeMs: number;
  readonly bytes: number;
  readonly instanceName: string | undefined;
  /** Is there a checksum to verify it by? */
  readonly checksum: boolean;
}

export interface VerifiedContents extends Contents {
  /** SHA-256 of the archive, in hex, when there was one to compare it with; it matches. */
  readonly sha256: string | undefined;
}

/** One backup, held open. */
export interface RestoreSource {
  readonly path: string;
  readonly bytes: number;
  readonly backup: AvailableBackup;
  /** The text of its manifest, if it can be had without reading on and on; undefined otherwise. */
  peekManifest(signal: AbortSignal): Promise<string | undefined>;
  /**
   * Reads all of it: checksum, form, every member. Writes nothing.
   * @throws ActionError ARCHIVE_CORRUPT, ARCHIVE_UNSAFE; the signal's reason when it was aborted
   */
  verify(trees: readonly ArchivedTree[], signal: AbortSignal): Promise<VerifiedContents>;
  /** The text of its manifest; undefined when it has none. After `verify`. */
  readManifest(contents: Contents, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Unpacks whole top-level members into a folder that holds none of them yet, with owners where the user may give files away, modes, times, links.
   * @throws ActionError as `verify`, DISK_FULL
   */
  unpack(members: readonly string[], folder: string, options: UnpackOptions): Promise<void>;
  close(): Promise<void>;
}

export interface UnpackOptions {
  /** What `verify` found. */
  readonly contents: Contents;
  readonly signal: AbortSignal;
}

export interface RestoreArchive {
  readonly name: string;
  /** Tools. Changes nothing. */
  preflight(): Promise<readonly Finding[]>;
  /** Newest first. */
  available(): Promise<readonly AvailableBackup[]>;
  /**
   * @param wanted the input `archive`, not empty
   * @throws ActionError ARCHIVE_NOT_FOUND, ARCHIVE_CORRUPT
   */
  open(wanted: string): Promise<RestoreSource>;
}

export interface RestoreArchiveContext {
  readonly log: Log;
  readonly commands: CommandRunner;
  readonly instanceName: string;
}

export interface RestoreArchiveFactory {
  create(context: RestoreArchiveContext): RestoreArchive;
}

export interface RestoreArchiveDefinition {
  read(inputs: InputReader): RestoreArchiveFactory;
}
