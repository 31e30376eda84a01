/**
 * The search index by a snapshot that the server takes itself. It begins inside the lock and ends after the unlock; what
 * keeps it in step with the rest is that every shard has fixed what it is going to write by the time `capture` returns.
 */
import { asError } from '../errors.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  SpaceNeed,
  StrategyContext,
} from '../strategies/contract.ts';
import { backupFindings } from './backup-findings.ts';
import { BEGIN_LIMITS, type BeginLimits, untilShardsBegan } from './begun-shards.ts';
import { OTHERS_LIMITS, type OthersLimits, waitForOtherSnapshots } from './other-snapshots.ts';
import { SearchError } from './search-error.ts';
import { createSearchHttp, type SearchHttp } from './search-http.ts';
import type { SearchSettings } from './search-settings.ts';
import { describeVersion, readServerVersion } from './server-version.ts';
import { snapshotName } from './snapshot-names.ts';
import { findRepository, registerRepository } from './snapshot-repository.ts';
import { pruneSnapshots } from './snapshot-retention.ts';
import { assertHolds, shown, WAIT_LIMITS, type WaitLimits, waitForSnapshot } from './snapshot-verdict.ts';
import { readIndices } from './indices.ts';
import { beginSnapshot, deleteSnapshot, type SnapshotName } from './snapshots.ts';

type Limits = WaitLimits & BeginLimits & OthersLimits;

export class SnapshotBackup implements BackupStrategy {
  readonly name: string;
  /** The index follows the repositories; Bitbucket brings it up to date by itself. */
  readonly atomic = true;
  readonly #settings: SearchSettings;
  readonly #context: StrategyContext;
  readonly #http: SearchHttp;
  readonly #snapshot: SnapshotName;
  readonly #limits: Limits;
  /** The indices that the expression stood for shortly before the lock. */
  #indices: readonly string[] = [];
  /** A snapshot may have begun that nobody is going to settle or discard. */
  #owesDeletion = false;

  constructor(settings: SearchSettings, context: StrategyContext, limits: Partial<Limits> = {}) {
    this.name = settings.strategy;
    this.#settings = settings;
    this.#context = context;
    this.#http = createSearchHttp(settings.connection);
    this.#snapshot = {
      repository: settings.repository.name,
      snapshot: snapshotName(context.backupId),
    };
    this.#limits = { ...WAIT_LIMITS, ...BEGIN_LIMITS, ...OTHERS_LIMITS, ...limits };
  }

  async preflight(): Promise<readonly Finding[]> {
    await this.#http.resolveHost();
    return await backupFindings(this.#http, this.#settings);
  }

  /** It is written where the search server writes. */
  async spaceNeeds(): Promise<readonly SpaceNeed[]> {
    return await Promise.resolve([]);
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const { repository } = this.#settings;
    const { log } = this.#context;
    if ((await findRepository(this.#http, repository.name, signal)) === undefined) {
      await registerRepository(this.#http, repository, { signal });
      log.info(`Registered the snapshot repository '${repository.name}'`);
    }
    await waitForOtherSnapshots(this.#http, { log, signal, limits: this.#limits });
    this.#indices = [...(await readIndices(this.#http, this.#settings.indices, signal)).keys()];
  }

  /** What a failed one has begun `close` takes back: nobody should stay locked out for that. */
  async capture(signal: AbortSignal): Promise<Captured> {
    const { log } = this.#context;
    await this.#begin(signal);
    const waiting = await untilShardsBegan(this.#http, this.#snapshot, { signal, limits: this.#limits });
    log.info(`Search snapshot ${shown(this.#snapshot)} has begun`);
    if (waiting > 0) {
      log.warning(
        `${waiting} shards of the search index had not begun their snapshot after ${this.#limits.beginMs / 1_000} s, and users are not kept waiting for them; what changes in the meantime Bitbucket indexes again.`,
      );
    }
    this.#owesDeletion = false;
    return {
      settle: async (settling) => await this.#settle(settling),
      discard: async () => await this.#discard(),
    };
  }

  /** @param kept ids of the backups that stay: their snapshots do, too */
  async prune(keep: number, kept: readonly string[]): Promise<readonly string[]> {
    const { log, backupId } = this.#context;
    return await pruneSnapshots(this.#http, this.#settings.repository.name, { keep, kept, backupId, log });
  }

  async close(): Promise<void> {
    if (this.#owesDeletion) {
      this.#owesDeletion = false;
      await this.#takeBack();
    }
    await this.#http.close();
  }

  async #begin(signal: AbortSignal): Promise<void> {
    try {
      this.#owesDeletion = true;
      await beginSnapshot(this.#http, this.#snapshot, this.#settings.indices, signal);
    } catch (error) {
      // It may have begun though its answer was lost.
      this.#owesDeletion = !(error instanceof SearchError) || error.maybeSent;
      throw error;
    }
  }

  async #settle(signal: AbortSignal): Promise<BackedUp> {
    const { log } = this.#context;
    const { repository } = this.#settings;
    let settled: BackedUp;
    try {
      const info = await waitForSnapshot(this.#http, this.#snapshot, { log, signal, limits: this.#limits });
      assertHolds(this.#snapshot, info, this.#indices);
      const aliases = await readIndices(this.#http, info.indices, signal);
      const version = await readServerVersion(this.#http, signal);
      const registered = await findRepository(this.#http, repository.name, signal);
      settled = {
        strategy: this.name,
        included: true,
        members: [],
        tools: { 'search-server': describeVersion(version) },
        details: {
          repository: repository.name,
          location: placeOf(registered?.settings ?? {}),
          snapshot: this.#snapshot.snapshot,
          shards: info.shards.total,
          indices: Object.fromEntries(info.indices.map((index) => [index, aliases.get(index) ?? []])),
        },
      };
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
    log.info(`Search snapshot ${shown(this.#snapshot)} is complete`);
    return settled;
  }

  async #discard(): Promise<void> {
    if (await deleteSnapshot(this.#http, this.#snapshot)) {
      this.#context.log.info(`Deleted the search snapshot ${shown(this.#snapshot)}`);
    }
  }

  /** The first error is the one to be told. */
  async #takeBack(): Promise<void> {
    await this.#discard().catch((failure: unknown) => {
      this.#context.log.warning(
        `The search snapshot ${shown(this.#snapshot)} could not be deleted, and is to be deleted by hand: ${asError(failure).message}`,
      );
    });
  }
}

/** Where the repository is, for whoever has to register it again. */
function placeOf(settings: Readonly<Record<string, string>>): { readonly [setting: string]: string } {
  const told = ['location', 'bucket', 'base_path', 'region', 'endpoint'];
  return Object.fromEntries(
    told.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  );
}
