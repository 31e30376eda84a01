/** The search index out of the snapshot that the backup's manifest names. An index that exists is never written into. */
import { ActionError, asError } from '../errors.ts';
import type { RecordedSearch, RestoreRecord } from '../host/restore-record.ts';
import type { Finding } from '../strategies/contract.ts';
import type { ArchivedPart, RestoreContext, RestoredPart, RestoreStrategy } from '../strategies/restore.ts';
import { type RecordedSnapshot, recordedSnapshot } from './recorded-snapshot.ts';
import { restoreFindings } from './restore-findings.ts';
import { countDocuments, deleteRestored } from './restored-indices.ts';
import { SHARD_LIMITS, type ShardLimits, waitForShards } from './restored-shards.ts';
import { createSearchHttp, type SearchHttp } from './search-http.ts';
import type { SearchSettings } from './search-settings.ts';
import { endsRestoreByDeleting, readServerVersion } from './server-version.ts';
import { findRepository, unregisterRepository } from './snapshot-repository.ts';
import { readIndices } from './indices.ts';
import { pathOf } from './snapshots.ts';
import { registerForReading, temporaryRepository } from './temporary-repository.ts';

/** The server answers when it has begun. */
const BEGIN_TIMEOUT_MS = 60_000;
/** A run that was cancelled has seconds only; what it leaves the next one takes back. */
const LONGEST_END_MS = 10 * 60_000;

export class SnapshotRestore implements RestoreStrategy {
  readonly name: string;
  readonly members: readonly string[] = [];
  readonly #settings: SearchSettings;
  readonly #context: RestoreContext;
  readonly #http: SearchHttp;
  readonly #limits: ShardLimits;
  /** What this run has begun to change. */
  #begun: RecordedSearch | undefined;
  #recorded: RecordedSnapshot | undefined;
  #shards = 0;

  constructor(settings: SearchSettings, context: RestoreContext, limits: Partial<ShardLimits> = {}) {
    this.name = settings.strategy;
    this.#settings = settings;
    this.#context = context;
    this.#http = createSearchHttp(settings.connection);
    this.#limits = { ...SHARD_LIMITS, ...limits };
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    return await restoreFindings(this.#http, this.#settings, part, this.#context.runId);
  }

  /** It is written where the search server writes. */
  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  async restore({ recorded }: ArchivedPart, _unpacked: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (recorded === undefined) {
      throw new TypeError('Preflight refuses an archive that does not name its snapshot.');
    }
    const known = recordedSnapshot(recorded);
    const indices = [...known.indices.keys()];
    this.#recorded = known;
    const { repository } = this.#settings;
    const isRegistered = (await findRepository(this.#http, repository.name, signal)) !== undefined;
    const name = isRegistered ? repository.name : temporaryRepository(repository.name, this.#context.runId);
    this.#begun = {
      server: this.#http.url,
      repository: name,
      registered: !isRegistered,
      snapshot: known.snapshot,
      indices,
    };
    this.#context.record({ search: this.#begun });
    if (!isRegistered) {
      await registerForReading(this.#http, repository, name, signal);
    }
    await this.#begin(this.#begun, signal);
    this.#shards = await waitForShards(this.#http, indices, { signal, limits: this.#limits });
    await this.#assertComplete(known, signal);
  }

  async complete(): Promise<RestoredPart> {
    const known = this.#recorded;
    if (known === undefined || this.#begun === undefined) {
      throw new TypeError('A restore is completed after it was restored.');
    }
    const indices = [...known.indices.keys()];
    // The connection stays: whatever fails from here on, `discard` takes the index back. An idle one keeps no process alive.
    const documents = await this.#tidyAndCount(this.#begun, indices);
    return {
      place: `${indices.join(', ')} at ${this.#http.url}`,
      counts: [
        { what: 'indices', recorded: known.indices.size, restored: indices.length },
        { what: 'shards', recorded: known.shards, restored: this.#shards },
        ...(documents === undefined ? [] : [{ what: 'documents', recorded: undefined, restored: documents }]),
      ],
      todo: [],
    };
  }

  /** What is restored is whole by now, and must not be taken back for this. @returns undefined when it could not be told */
  async #tidyAndCount(
    { registered, repository }: RecordedSearch,
    indices: readonly string[],
  ): Promise<number | undefined> {
    try {
      if (registered) {
        await unregisterRepository(this.#http, repository);
      }
      return await countDocuments(this.#http, indices);
    } catch (error) {
      this.#context.log.warning(
        `The search index is restored, and its server could not be asked afterwards: ${asError(error).message}${
          registered ? ` Remove the snapshot repository '${repository}' there by hand if it is left.` : ''
        }`,
      );
      return undefined;
    }
  }

  async discard(): Promise<void> {
    if (this.#begun !== undefined) {
      await this.#takeBack(this.#begun);
      this.#begun = undefined;
    }
    await this.#http.close();
  }

  async recover({ search }: RestoreRecord): Promise<readonly string[]> {
    if (search === undefined) {
      return [];
    }
    if (search.server !== this.#http.url) {
      return [leftBehind(search)];
    }
    const deleted = await this.#takeBack(search);
    return deleted.length === 0
      ? []
      : [`Deleted the half-restored search index ${deleted.join(', ')} of a restore that died.`];
  }

  async #begin({ repository, snapshot, indices }: RecordedSearch, signal: AbortSignal): Promise<void> {
    await this.#http.send({
      method: 'POST',
      path: `${pathOf({ repository, snapshot })}/_restore`,
      query: { wait_for_completion: 'false' },
      body: {
        indices: indices.join(','),
        ignore_unavailable: false,
        include_global_state: false,
        include_aliases: true,
        partial: false,
      },
      timeoutMs: BEGIN_TIMEOUT_MS,
      signal,
    });
    this.#context.log.info(`The search server restores ${indices.join(', ')}`);
  }

  /** However it ends. */
  async #untilOver(indices: readonly string[]): Promise<void> {
    this.#context.log.info('Waiting for the search server to end its restore, because it cannot be stopped');
    const signal = AbortSignal.timeout(LONGEST_END_MS);
    await waitForShards(this.#http, indices, { signal, limits: this.#limits }).catch(() => undefined);
  }

  /** @throws ActionError RESTORE_VERIFY */
  async #assertComplete({ indices, shards }: RecordedSnapshot, signal: AbortSignal): Promise<void> {
    const restored = await readIndices(this.#http, [...indices.keys()], signal);
    const missing = [...indices].flatMap(([index, aliases]) =>
      aliases
        .filter((alias) => restored.get(index)?.includes(alias) !== true)
        .map((alias) => `${alias} of ${index}`),
    );
    const wrong = missing.length > 0 ? `lacks the alias ${missing.join(' and ')}` : undefined;
    const counted =
      this.#shards === shards ? undefined : `has ${this.#shards} shards, and the manifest says ${shards}`;
    const complaint = wrong ?? counted;
    if (complaint !== undefined) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `The restored search index at ${this.#http.url} ${complaint}.`,
        {
          advice:
            'Choose another backup, or set elasticsearch-strategy: none and let Bitbucket build its index anew.',
        },
      );
    }
  }

  async #takeBack({ repository, registered, snapshot, indices }: RecordedSearch): Promise<readonly string[]> {
    if (!endsRestoreByDeleting(await readServerVersion(this.#http))) {
      await this.#untilOver(indices);
    }
    const deleted = await deleteRestored(this.#http, indices, { repository, snapshot });
    if (registered) {
      await unregisterRepository(this.#http, repository);
    }
    return deleted;
  }
}

/** For whoever restores to another search server, or to none. */
export function leftBehind({ server, indices }: RecordedSearch): string {
  return `A restore that died may have left the search index ${indices.join(', ')} at ${server} half-restored; delete it by hand.`;
}
