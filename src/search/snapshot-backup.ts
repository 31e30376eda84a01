/**
 * The search index by a snapshot that the server takes itself. It begins inside the lock and ends after the unlock; what
 * keeps it in step with the rest is that every shard has fixed what it is going to write by the time `capture` returns.
 */
import { ActionError, asError } from '../errors.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  SpaceNeed,
  StrategyContext,
} from '../strategies/contract.ts';
import { backupFindings } from './backup-findings.ts';
import { isMissing, SearchError } from './search-error.ts';
import { createSearchHttp, pause, type SearchHttp } from './search-http.ts';
import type { SearchSettings } from './search-settings.ts';
import { describeVersion, readServerVersion } from './server-version.ts';
import { snapshotName } from './snapshot-names.ts';
import { findRepository, registerRepository } from './snapshot-repository.ts';
import { pruneSnapshots } from './snapshot-retention.ts';
import { assertHolds, shown, WAIT_LIMITS, type WaitLimits, waitForSnapshot } from './snapshot-verdict.ts';
import {
  beginSnapshot,
  deleteSnapshot,
  readIndices,
  runningSnapshots,
  type SnapshotName,
  snapshotProgress,
} from './snapshots.ts';

export interface CaptureLimits {
  /** How long users may wait for shards that have not begun; then the snapshot goes on without them waiting. */
  readonly beginMs: number;
  readonly pollMs: number;
  /** How long another snapshot of the same repository may keep ours from beginning, before the lock. */
  readonly othersMs: number;
}

export const CAPTURE_LIMITS: CaptureLimits = { beginMs: 5_000, pollMs: 50, othersMs: 60 * 60_000 };

export class SnapshotBackup implements BackupStrategy {
  readonly name: string;
  /** The index follows the repositories; Bitbucket brings it up to date by itself. */
  readonly atomic = true;
  readonly #settings: SearchSettings;
  readonly #context: StrategyContext;
  readonly #http: SearchHttp;
  readonly #snapshot: SnapshotName;
  readonly #limits: WaitLimits & CaptureLimits;
  /** The indices that the expression stood for shortly before the lock. */
  #indices: readonly string[] = [];
  /** A snapshot may have begun that nobody is going to settle or discard. */
  #owesDeletion = false;

  constructor(
    settings: SearchSettings,
    context: StrategyContext,
    limits: Partial<WaitLimits & CaptureLimits> = {},
  ) {
    this.name = settings.strategy;
    this.#settings = settings;
    this.#context = context;
    this.#http = createSearchHttp(settings.connection);
    this.#snapshot = {
      repository: settings.repository.name,
      snapshot: snapshotName(context.backupId),
    };
    this.#limits = { ...WAIT_LIMITS, ...CAPTURE_LIMITS, ...limits };
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
    if ((await findRepository(this.#http, repository.name, signal)) === undefined) {
      await registerRepository(this.#http, repository, { signal });
      this.#context.log.info(`Registered the snapshot repository '${repository.name}'`);
    }
    await this.#waitForOthers(signal);
    this.#indices = [...(await readIndices(this.#http, this.#settings.indices, signal)).keys()];
  }

  /** What a failed one has begun `close` takes back: nobody should stay locked out for that. */
  async capture(signal: AbortSignal): Promise<Captured> {
    const { log } = this.#context;
    await this.#begin(signal);
    const waiting = await this.#untilShardsBegan(signal);
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

  /** Older servers take one snapshot at a time; users should not be locked out to find that out. */
  async #waitForOthers(signal: AbortSignal): Promise<void> {
    const { repository } = this.#settings;
    const { othersMs, firstPollMs, longestPollMs } = this.#limits;
    const deadline = Date.now() + othersMs;
    let pollMs = firstPollMs;
    let told = false;
    for (;;) {
      const running = await runningSnapshots(this.#http, repository.name, signal);
      if (running.length === 0) {
        return;
      }
      if (!told) {
        told = true;
        this.#context.log.info(
          `Waiting for the search snapshot '${running.join("', '")}', which is being taken`,
        );
      }
      if (Date.now() > deadline) {
        throw new ActionError(
          'SEARCH_FAILED',
          `Snapshot '${running[0]}' in repository '${repository.name}' is still being taken after ${othersMs / 60_000} minutes.`,
          { advice: 'Wait until it ends, or delete it, and run again.' },
        );
      }
      await pause(pollMs, signal);
      signal.throwIfAborted();
      pollMs = Math.min(pollMs * 1.5, longestPollMs);
    }
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

  /** A shard fixes the commit that it is going to copy, and then says that it has begun. @returns how many have not */
  async #untilShardsBegan(signal: AbortSignal): Promise<number> {
    const { beginMs, pollMs } = this.#limits;
    const deadline = Date.now() + beginMs;
    for (;;) {
      const waiting = await this.#waitingShards(signal);
      if (waiting === 0 || Date.now() > deadline) {
        return waiting;
      }
      await pause(pollMs, signal);
      signal.throwIfAborted();
    }
  }

  /** Not known at all counts as one. */
  async #waitingShards(signal: AbortSignal): Promise<number> {
    try {
      const { shards, isRunning } = await snapshotProgress(this.#http, this.#snapshot, { signal });
      if (!isRunning) {
        return 0;
      }
      return shards.total === 0 ? 1 : shards.total - shards.begun;
    } catch (error) {
      // It does not stand in the list yet, or the server is busy: `settle` asks again, with more patience.
      if (isMissing(error) || (error instanceof SearchError && error.retryable)) {
        return 1;
      }
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
