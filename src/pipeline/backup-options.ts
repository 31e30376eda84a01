/** Reads everything a backup is told, in one go: all wrong inputs are named together, before anything happens. */
import { archiveStrategies } from '../archive/registry.ts';
import type { ArchiveFactory } from '../archive/strategy.ts';
import type { Connection } from '../bitbucket/connection.ts';
import { DEFAULT_LIMITS, type WindowLimits } from '../bitbucket/limits.ts';
import { databaseStrategies } from '../database/registry.ts';
import { homeStrategies } from '../home/registry.ts';
import { refuseForeignInputs } from '../inputs/foreign-inputs.ts';
import type { InputReader } from '../inputs/reader.ts';
import { searchStrategies } from '../search/registry.ts';
import type { StrategyFactory } from '../strategies/contract.ts';
import { keysOf, readInstanceName } from './common-options.ts';
import {
  AUTO,
  type ChosenDatabase,
  chooseDatabase,
  databaseChoices,
  type UsedDatabaseReport,
} from './auto/choose-database.ts';
import { chooseSearch } from './auto/choose-search.ts';
import { unknownPart } from './auto/unknown-part.ts';
import { readConnection } from './connection-options.ts';

export interface BackupOptions {
  readonly connection: Connection;
  readonly instanceName: string;
  readonly limits: WindowLimits;
  readonly dryRun: boolean;
  readonly backupRoot: string;
  readonly keepBackups: number;
  readonly home: StrategyFactory;
  readonly database: StrategyFactory;
  readonly search: StrategyFactory;
  readonly archive: ArchiveFactory;
  readonly uploadArtifact: 'manifest' | 'none';
  /** What `bitbucket.properties` says of the database. */
  readonly usedDatabase?: UsedDatabaseReport;
  /** What it says of the search server. */
  readonly usedSearch?: UsedDatabaseReport;
  /** The chosen strategy of each slot, for the plan; `auto` while it is not known. */
  readonly chosen: Readonly<Record<'home' | 'database' | 'search' | 'archive', string>>;
}

const MINUTE_MS = 60_000;

/** @throws ConfigurationError with every problem */
export async function readBackupOptions(inputs: InputReader): Promise<BackupOptions> {
  const home = inputs.choice('home-strategy', keysOf(homeStrategies));
  const wanted = inputs.choice('database-strategy', databaseChoices());
  const database = await chooseDatabase(inputs, wanted, home);
  const chosen = {
    home,
    database: database.name ?? AUTO,
    search: inputs.choice('elasticsearch-strategy', keysOf(searchStrategies)),
    archive: inputs.choice('archive-strategy', keysOf(archiveStrategies)),
  };
  // What belongs to the strategy that is found is judged where it is found.
  refuseForeignInputs(inputs, 'backup', { ...chosen, database: wanted === AUTO ? undefined : wanted });
  const search = await chooseSearch(inputs, chosen.search, home);
  const options: BackupOptions = {
    connection: readConnection(inputs),
    instanceName: readInstanceName(inputs),
    limits: readLimits(inputs),
    dryRun: inputs.boolean('dry-run'),
    backupRoot: inputs.requiredPath('backup-root'),
    keepBackups: inputs.integer('keep-backups', { min: 0, max: 10_000 }),
    home: (await homeStrategies[chosen.home]()).read(inputs),
    database: await readDatabase(database),
    usedDatabase: database.used,
    search: search.factory,
    usedSearch: search,
    archive: (await archiveStrategies[chosen.archive]()).read(inputs),
    uploadArtifact: inputs.choice('upload-artifact', ['manifest', 'none']),
    chosen,
  };
  inputs.finish();
  return options;
}

/** While it is not known which, the inputs of every network database are read all the same: they may be wrong. */
async function readDatabase({ name, inputs }: ChosenDatabase): Promise<StrategyFactory> {
  const read = (await databaseStrategies[name ?? 'postgresql']()).read(inputs);
  return name === undefined ? unknownPart(AUTO) : read;
}

function readLimits(inputs: InputReader): WindowLimits {
  const maxLocked = inputs.integer('max-locked-minutes', { min: 1, max: 1_440 });
  const drain = inputs.integer('drain-timeout-minutes', { min: 1, max: 1_440 });
  return { ...DEFAULT_LIMITS, maxLockedMs: maxLocked * MINUTE_MS, drainTimeoutMs: drain * MINUTE_MS };
}
