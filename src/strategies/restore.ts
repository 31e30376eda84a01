/**
 * What every home and database strategy promises for the way back. Nothing that exists is ever overwritten: `preflight`
 * refuses a target that is not empty, and `discard` removes what this run has made, and nothing else.
 */
import type { CommandRunner } from '../host/command.ts';
import type { RestoreRecord } from '../host/restore-record.ts';
import type { Log } from '../host/log.ts';
import type { InputReader } from '../inputs/reader.ts';
import type { BackedUp, Finding, SpaceNeed } from './contract.ts';

/** A part as the archive holds it. */
export interface ArchivedPart {
  /** What the manifest records; undefined for an archive without one. */
  readonly recorded: BackedUp | undefined;
  /** Was it captured while Bitbucket was locked and drained? An archive without a manifest does not say so. */
  readonly drained: boolean;
}

/** What came out of it, for the summary. */
export interface RestoredPart {
  /** Where it is now, to be read behind the name of the part: `at /var/...`, `'bitbucket' at db.example.com:5432`. */
  readonly place: string;
  /** What was counted after the restore beside what the manifest says. */
  readonly counts: readonly RestoredCount[];
  /** What an administrator has to do before Bitbucket is started. */
  readonly todo: readonly string[];
}

export interface RestoredCount {
  readonly what: string;
  /** As the manifest says; undefined when there is none. */
  readonly recorded: number | undefined;
  readonly restored: number;
}

/** Where a restored database is, as `bitbucket.properties` has to name it. */
export interface DatabaseLocation {
  readonly kind: 'postgresql' | 'mysql' | 'mssql';
  /** Undefined for a socket on this machine. */
  readonly host: string | undefined;
  readonly port: number;
  readonly name: string;
  /** The role that Bitbucket has to log in as. */
  readonly owner: string;
}

export interface RestoreStrategy {
  readonly name: string;
  /** Top-level names in the archive that it takes. */
  readonly members: readonly string[];
  /** Tools, versions, rights, and that the target is empty. Changes nothing. @param part undefined while it is not known */
  preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]>;
  /** What it is going to write besides what is unpacked. @param bytes of its members */
  spaceNeeds(bytes: number): Promise<readonly SpaceNeed[]>;
  /**
   * Everything slow; nothing has its final name yet, or something inside says that it is not complete.
   * @param unpacked folder that holds the members
   */
  restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void>;
  /** The last step: gives it its final name. Quick. */
  complete(): Promise<RestoredPart>;
  /** Removes what this run has made. Idempotent; safe at any moment. */
  discard(): Promise<void>;
  /** Folders of the archive that are going to stand somewhere: links in them may not lead out. `target` is empty for what only passes through. */
  readonly trees?: readonly { readonly member: string; readonly target: string }[];
  /** Of what stands on disk: where, and the folder on that file system in which the archive is best unpacked. */
  readonly target?: { readonly path: string; anchor(): Promise<string> };
  /** Of a database, after a preflight without findings */
  location?(): DatabaseLocation;
  /** Removes what a run that died has made, as its journal tells. @param runId of that run. @returns sentences for the log */
  recover(record: RestoreRecord, runId: string): Promise<readonly string[]>;
}

/** What the pipeline gives every strategy. */
export interface RestoreContext {
  readonly log: Log;
  readonly commands: CommandRunner;
  readonly runId: string;
  /** The name of the archive, once it is open. */
  readonly archiveName: () => string;
  /** Written down before it happens, so that a later run can take it back. */
  readonly record: (change: Partial<RestoreRecord>) => void;
  /** Told every temporary file or folder before it is made. */
  readonly partial: (path: string) => void;
}

export interface RestoreFactory {
  create(context: RestoreContext): RestoreStrategy;
}

export interface RestoreDefinition {
  read(inputs: InputReader): RestoreFactory;
}
