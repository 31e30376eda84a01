/**
 * `auto` on the way back: the strategy that made the dump, as the manifest says; without one what lies in `bitbucket-db`
 * tells. Nothing of the archived `bitbucket.properties` is used to log in anywhere: it names production.
 */
import { DUMP_MEMBER } from '../../database/dump-folder.ts';
import { databaseRestores, type DatabaseStrategyName } from '../../database/registry.ts';
import { ConfigurationError } from '../../errors.ts';
import type { RestoreRecord } from '../../host/restore-record.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Manifest } from '../../report/manifest-type.ts';
import type { BackedUp, Finding, SpaceNeed } from '../../strategies/contract.ts';
import type {
  ArchivedPart,
  DatabaseLocation,
  RestoreContext,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import { keysOf } from '../common-options.ts';
import type { RestoreRun } from '../restore-run.ts';
import { foreignFindings } from './foreign-findings.ts';

/** By a file in `bitbucket-db` of archives that have no manifest, as those of Atlassian's scripts. */
const BY_DUMP_FILE: readonly (readonly [RegExp, string])[] = [
  [/^toc\.dat$/, 'postgresql'],
  [/^dump\.sql(?:\.gz|\.zst)?$/, 'mysql'],
  [/^full\.bak$/, 'mssql'],
];

/** @param manifest undefined for an archive that has none */
export async function chooseDatabaseRestore(
  { strategies, found }: Pick<RestoreRun, 'strategies' | 'found'>,
  manifest: Manifest | undefined,
): Promise<void> {
  const { database } = strategies;
  if (database instanceof AutoRestore) {
    const recorded = manifest?.parts.find(({ slot }) => slot === 'database');
    await database.choose(recorded, found.contents?.dumpFiles ?? []);
  }
}

export class AutoRestore implements RestoreStrategy {
  /** There as soon as a strategy is chosen that has one. */
  location?: () => DatabaseLocation;
  readonly #inputs: InputReader;
  readonly #context: RestoreContext;
  #chosen: RestoreStrategy | undefined;
  #findings: readonly Finding[] = [];

  constructor(inputs: InputReader, context: RestoreContext) {
    this.#inputs = inputs;
    this.#context = context;
  }

  get name(): string {
    return this.#chosen?.name ?? 'auto';
  }

  get members(): readonly string[] {
    return this.#chosen?.members ?? [DUMP_MEMBER];
  }

  /** While it is not known, the dump is looked at as closely as any. */
  get trees(): NonNullable<RestoreStrategy['trees']> {
    return this.#chosen === undefined ? [{ member: DUMP_MEMBER, target: '' }] : (this.#chosen.trees ?? []);
  }

  /** Asked again when more is known of the archive. */
  async choose(recorded: BackedUp | undefined, dumpFiles: readonly string[]): Promise<void> {
    if (recorded?.included === false) {
      // The pipeline says so.
      return;
    }
    const wanted = recorded?.strategy ?? strategyOf(dumpFiles);
    const name = keysOf(databaseRestores).find((key) => key === wanted);
    if (name === undefined || name === 'none') {
      this.#findings = [unknownFinding(recorded)];
      return;
    }
    if (this.#chosen?.name !== name) {
      const { strategy, problems } = await this.#create(name);
      const found =
        recorded === undefined ? 'the dump in the archive is of that kind' : 'the archive names it';
      this.#chosen = strategy;
      this.#takeLocation(strategy);
      this.#findings = [...problems, ...foreignFindings(this.#inputs, name, found, 'restore')];
      this.#context.log.info(`The database in the archive was made by ${name}`);
    }
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    return this.#findings.length > 0 ? this.#findings : ((await this.#chosen?.preflight(part)) ?? []);
  }

  async spaceNeeds(bytes: number): Promise<readonly SpaceNeed[]> {
    return await this.#known().spaceNeeds(bytes);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    await this.#known().restore(part, unpacked, signal);
  }

  async complete(): Promise<RestoredPart> {
    return await this.#known().complete();
  }

  async discard(): Promise<void> {
    await this.#chosen?.discard();
  }

  /** Only the strategy that made it can tell it from somebody else's. */
  async recover(record: RestoreRecord, runId: string): Promise<readonly string[]> {
    if (record.database === undefined) {
      return [];
    }
    const made = record.databaseStrategy ?? 'postgresql';
    const name = keysOf(databaseRestores).find((key) => key === made);
    if (name === undefined) {
      return [
        `A restore that died has left database '${record.database.name}' at ${record.database.server} half-filled; drop it by hand.`,
      ];
    }
    const { strategy, problems } = await this.#create(name);
    if (problems.length > 0) {
      throw new ConfigurationError('INPUT_INVALID', problems);
    }
    return await strategy.recover(record, runId);
  }

  async #create(
    name: DatabaseStrategyName,
  ): Promise<{ readonly strategy: RestoreStrategy; readonly problems: readonly Finding[] }> {
    const inputs = this.#inputs.apart();
    const strategy = (await databaseRestores[name]()).read(inputs).create(this.#context);
    try {
      inputs.finish();
      return { strategy, problems: [] };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) {
        throw error;
      }
      return { strategy, problems: error.problems.map((problem) => ({ severity: 'error', ...problem })) };
    }
  }

  #takeLocation(strategy: RestoreStrategy): void {
    delete this.location;
    if (strategy.location !== undefined) {
      this.location = strategy.location.bind(strategy);
    }
  }

  #known(): RestoreStrategy {
    if (this.#chosen === undefined) {
      throw new TypeError('A restore follows a preflight without findings.');
    }
    return this.#chosen;
  }
}

function strategyOf(dumpFiles: readonly string[]): string | undefined {
  return BY_DUMP_FILE.find(([pattern]) => dumpFiles.some((file) => pattern.test(file)))?.[1];
}

function unknownFinding(recorded: BackedUp | undefined): Finding {
  return {
    severity: 'error',
    subject: 'database-strategy',
    message:
      recorded === undefined
        ? `The archive has no manifest, and nothing in its ${DUMP_MEMBER} tells by what it was dumped; name the strategy as input 'database-strategy', or none to restore the rest.`
        : `The database in the archive was made by '${recorded.strategy}', which this version cannot restore; take one that can, or database-strategy: none to restore the rest.`,
  };
}
