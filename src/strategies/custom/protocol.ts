/**
 * The protocol of a custom command: one executable of the administrator, called once for each phase. All of it is written
 * down for him in docs/custom-commands.md.
 */

/** Given to the command as BITBUCKET_BACKUP_PROTOCOL; raised when an older command would do the wrong thing. */
export const PROTOCOL_VERSION = 1;

/** The only argument of the command. */
export const PHASES = [
  'check',
  'prepare',
  'capture',
  'settle',
  'discard',
  'restore-check',
  'restore',
  'restore-complete',
  'restore-discard',
] as const;

export type Phase = (typeof PHASES)[number];

/** The command has nothing to do in this phase. Not a small number: psql, for one, ends with 3 when a statement failed. */
export const NOTHING_TO_DO = 100;

/** The command was called with settings that it cannot work with; `EX_USAGE` of sysexits.h. */
export const WRONG_SETTINGS = 64;

/**
 * Phases that may say that there is nothing to do. In the others that would be a backup without a point in time, a
 * restore over existing data, or one that cannot be taken back.
 */
const OPTIONAL: ReadonlySet<Phase> = new Set(['check', 'prepare', 'settle', 'discard', 'restore-complete']);

export function mayDoNothing(phase: Phase): boolean {
  return OPTIONAL.has(phase);
}

/** A slot that a custom command serves. */
export type CustomSlot = 'home' | 'database';

/** What every phase of one run is told. */
export interface CommandSettings {
  readonly slot: CustomSlot;
  /** Absolute. */
  readonly command: string;
  /** Milliseconds that one phase may take. */
  readonly limitMs: number;
  readonly instanceName: string;
  /** Further variables, such as `BITBUCKET_BACKUP_DATABASE_HOST`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of the variables those that must not be seen anywhere. */
  readonly secrets: readonly string[];
}

/** What one phase is told besides. */
export interface PhaseCall {
  /** Of the backup, or of the run of a restore. */
  readonly id: string;
  /** What the archive takes in, or what was taken out of it. */
  readonly folder?: string;
  /** Kept between the phases of a run. */
  readonly state?: string;
  /** File that holds what the manifest records, as JSON. */
  readonly recordedFile?: string;
  readonly archiveName?: string;
}

/** Nothing is set that is not known: a command can ask with `-v`. */
export function environmentOf(
  phase: Phase,
  settings: CommandSettings,
  call: PhaseCall,
): Record<string, string> {
  const optional = {
    BITBUCKET_BACKUP_FOLDER: call.folder,
    BITBUCKET_BACKUP_STATE: call.state,
    BITBUCKET_BACKUP_RECORDED: call.recordedFile,
    BITBUCKET_BACKUP_ARCHIVE: call.archiveName,
  };
  return {
    BITBUCKET_BACKUP_PROTOCOL: String(PROTOCOL_VERSION),
    BITBUCKET_BACKUP_PHASE: phase,
    BITBUCKET_BACKUP_PART: settings.slot,
    BITBUCKET_BACKUP_ID: call.id,
    BITBUCKET_BACKUP_INSTANCE: settings.instanceName,
    ...settings.variables,
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}
