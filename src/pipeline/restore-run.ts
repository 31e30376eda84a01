/** A restore in progress: what the steps share, and what the report tells afterwards, however far the run came. */
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { VerifiedContents, RestoreArchive, RestoreSource } from '../archive/restore-source.ts';
import { type CommandRunner, createCommandRunner } from '../host/command.ts';
import type { Journal } from '../host/journal.ts';
import { orphanMarker } from '../host/orphans.ts';
import type { RestoreRecord } from '../host/restore-record.ts';
import type { Manifest } from '../report/manifest-type.ts';
import type { RestoredPart, RestoreStrategy } from '../strategies/restore.ts';
import type { RunEnvironment } from './backup-run.ts';
import type { Fitting } from './fit-properties.ts';
import type { RestoreOptions } from './restore-options.ts';

export type RestoreSlot = 'home' | 'database' | 'search';

export interface RestoreRun extends RunEnvironment {
  readonly options: RestoreOptions;
  readonly runId: string;
  readonly commands: CommandRunner;
  readonly archive: RestoreArchive;
  /** The database completes last: its mark says until then that the restore is not done. */
  readonly strategies: Readonly<Record<RestoreSlot, RestoreStrategy>>;
  /** Filled in as the run goes on. */
  readonly found: RestoreFindings;
}

export interface RestoreFindings {
  source?: RestoreSource;
  manifest?: Manifest;
  contents?: VerifiedContents;
  journal?: Journal;
  /** Folder that the archive is unpacked into. */
  unpacked?: string;
  parts?: Readonly<Record<RestoreSlot, RestoredPart>>;
  fitting?: Fitting;
  plan?: readonly string[];
  undone?: readonly string[];
  undoFailures?: readonly string[];
}

export function startRestore(environment: RunEnvironment, options: RestoreOptions): RestoreRun {
  const { log } = environment;
  const runId = randomUUID();
  const commands = createCommandRunner({
    marker: orphanMarker(runId),
    onStuck: (message) => log.warning(message),
  });
  const found: RestoreFindings = {};
  const context = {
    log,
    commands,
    runId,
    archiveName: () => found.source?.backup.name ?? '',
    record: (change: Partial<RestoreRecord>): void => {
      const { journal } = found;
      const made = change.database === undefined ? {} : { databaseStrategy: strategies.database.name };
      journal?.update({ restore: { placed: [], ...journal.entry.restore, ...change, ...made } });
    },
    partial: (path: string): void => {
      const { journal } = found;
      journal?.update({ partials: [...journal.entry.partials, path] });
    },
  };
  const strategies = {
    home: options.home.create(context),
    database: options.database.create(context),
    search: options.search.create(context),
  };
  return {
    ...environment,
    options,
    runId,
    commands,
    archive: options.source.create({ log, commands, instanceName: options.instanceName }),
    strategies,
    found,
  };
}

/** Where this run, or an earlier one for the same home, keeps its journal and what it unpacks. */
export async function workplaceOf({ options, strategies }: RestoreRun): Promise<string> {
  const { target } = strategies.home;
  const place = options.restoreRoot ?? (await target?.anchor());
  if (place === undefined) {
    throw new TypeError('Without a home there is a restore-root.');
  }
  return place;
}

/** One for each home, so that two homes in one folder can be restored at the same time. */
export function restoreJournalName({ strategies }: Pick<RestoreRun, 'strategies'>): string {
  const { target } = strategies.home;
  return `.bitbucket-restore.${target === undefined ? 'database' : basename(target.path)}.journal.json`;
}

/** Where an earlier run may have left its journal: the home need not have been there then, or is not any more. */
export function journalPlaces({ options, strategies }: Pick<RestoreRun, 'options' | 'strategies'>): string[] {
  const { target } = strategies.home;
  const places = [options.restoreRoot, ...(target === undefined ? [] : [target.path, dirname(target.path)])];
  return [...new Set(places.filter((place) => place !== undefined))];
}

export function unpackFolder(place: string, runId: string): string {
  return join(place, `.bitbucket-restore.partial-${runId}`);
}

export function isNone(strategy: RestoreStrategy): boolean {
  return strategy.name === 'none';
}
