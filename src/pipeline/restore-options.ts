/** Reads everything a restore is told, in one go: all wrong inputs are named together, before anything happens. */
import { archiveRestores } from '../archive/registry.ts';
import type { RestoreArchiveFactory } from '../archive/restore-source.ts';
import type { Connection } from '../bitbucket/connection.ts';
import { type DatabaseStrategyName, databaseRestores } from '../database/registry.ts';
import { homeRestores } from '../home/registry.ts';
import { refuseForeignInputs } from '../inputs/foreign-inputs.ts';
import type { InputReader } from '../inputs/reader.ts';
import { searchRestores } from '../search/registry.ts';
import type { RestoreFactory } from '../strategies/restore.ts';
import { AUTO } from './auto/choose-database.ts';
import { AutoRestore } from './auto/auto-restore.ts';
import { keysOf, readInstanceName } from './common-options.ts';
import { readAuthorities } from '../inputs/authorities.ts';

export interface RestoreOptions {
  readonly instanceName: string;
  readonly archive: string;
  readonly restoreRoot: string | undefined;
  readonly updateProperties: boolean;
  /** What becomes of links in the archive that lead out of the home. */
  readonly outsideLinks: 'refuse' | 'keep';
  readonly dryRun: boolean;
  /** The Bitbucket that is going to run on it, if one is named. */
  readonly bitbucket: Connection | undefined;
  readonly source: RestoreArchiveFactory;
  readonly home: RestoreFactory;
  readonly database: RestoreFactory;
  readonly search: RestoreFactory;
}

/** @throws ConfigurationError with every problem */
export async function readRestoreOptions(inputs: InputReader): Promise<RestoreOptions> {
  const chosen = {
    home: inputs.choice('home-strategy', keysOf(homeRestores)),
    database: inputs.choice('database-strategy', [AUTO, ...keysOf(databaseRestores)]),
    search: inputs.choice('elasticsearch-strategy', keysOf(searchRestores)),
    archive: inputs.choice('archive-strategy', keysOf(archiveRestores)),
  };
  // What belongs to the strategy that the archive names is judged when that is known.
  refuseForeignInputs(inputs, 'restore', {
    ...chosen,
    database: chosen.database === AUTO ? undefined : chosen.database,
  });
  const instanceName = readInstanceName(inputs);
  assertConfirmed(inputs, instanceName);
  const restoreRoot = inputs.optionalPath('restore-root');
  if (inputs.boolean('allow-insecure-http') && chosen.search === 'none') {
    inputs.problem(
      'allow-insecure-http',
      "is for the password of a search server, and elasticsearch-strategy is 'none'; remove it.",
    );
  }
  if (chosen.home === 'none') {
    if (chosen.database === 'none') {
      inputs.problem(
        'home-strategy',
        chosen.search === 'none'
          ? "is 'none', and so is database-strategy: nothing would be restored."
          : "is 'none', and so is database-strategy: a search index alone is of no use, and Bitbucket makes one by itself.",
      );
    } else if (restoreRoot === undefined) {
      inputs.problem('restore-root', 'is empty, and without a home there is no place to unpack; set it.');
    }
  }
  const options: RestoreOptions = {
    instanceName,
    archive: inputs.requiredText('archive'),
    restoreRoot,
    outsideLinks: inputs.choice('outside-links', ['refuse', 'keep']),
    updateProperties: inputs.boolean('update-properties'),
    dryRun: inputs.boolean('dry-run'),
    bitbucket: readBitbucket(inputs),
    source: (await archiveRestores[chosen.archive]()).read(inputs),
    home: (await homeRestores[chosen.home]()).read(inputs),
    database: await readDatabase(inputs, chosen.database),
    search: (await searchRestores[chosen.search]()).read(inputs),
  };
  inputs.finish();
  return options;
}

/** While the archive is not read yet, the inputs of every network database are: they may be wrong. */
async function readDatabase(
  inputs: InputReader,
  chosen: typeof AUTO | DatabaseStrategyName,
): Promise<RestoreFactory> {
  const read = (await databaseRestores[chosen === AUTO ? 'postgresql' : chosen]()).read(inputs);
  return chosen === AUTO ? { create: (context) => new AutoRestore(inputs, context) } : read;
}

/** Whoever starts a restore has to know which instance it is for. */
function assertConfirmed(inputs: InputReader, instanceName: string): void {
  const confirmed = inputs.text('confirm');
  if (confirmed !== '' && confirmed !== instanceName) {
    inputs.problem(
      'confirm',
      `is '${confirmed}', and the instance is '${instanceName}'; type its name to confirm the restore.`,
    );
  }
}

/** Only its status is asked for, which takes no credentials, and sends none over http. */
function readBitbucket(inputs: InputReader): Connection | undefined {
  const ca = readAuthorities(inputs);
  if (inputs.text('bitbucket-url') === '') {
    return undefined;
  }
  return {
    url: inputs.url('bitbucket-url').href.replace(/\/$/, ''),
    credentials: { kind: 'none' },
    ...(ca === undefined ? {} : { ca }),
  };
}
