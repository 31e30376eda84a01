/**
 * Snapshots in a snapshot repository, one function for each call of the snapshot API ("Snapshot and restore" of
 * elastic.co and opensearch.org; the calls have been the same since Elasticsearch 2).
 */
import { count, list, object, text } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { isMissing, SearchError } from './search-error.ts';
import type { SearchHttp } from './search-http.ts';

export interface SnapshotName {
  readonly repository: string;
  readonly snapshot: string;
}

export interface SnapshotInfo {
  readonly name: string;
  /** `IN_PROGRESS`, `SUCCESS`, `PARTIAL`, `FAILED`, `INCOMPATIBLE` ... */
  readonly state: string;
  readonly indices: readonly string[];
  readonly failures: readonly ShardFailure[];
  readonly shards: { readonly total: number; readonly failed: number };
  /** Why it failed as a whole, in the server's words. */
  readonly reason: string | undefined;
}

export interface ShardFailure {
  readonly index: string;
  readonly shard: number | undefined;
  readonly reason: string;
}

/** Waiting for a master that is busy is the server's business; a snapshot that begins later than this is none for us. */
const BEGIN_TIMEOUT_MS = 20_000;
/** To take one back the server ends it first, and then removes its files. */
const DELETE_TIMEOUT_MS = 120_000;

export function pathOf({ repository, snapshot }: SnapshotName): string {
  return `/_snapshot/${encodeURIComponent(repository)}/${encodeURIComponent(snapshot)}`;
}

/** Returns when the server has begun. Must not be repeated: the second one would be told that it exists. */
export async function beginSnapshot(
  http: SearchHttp,
  name: SnapshotName,
  indices: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await http.send({
    method: 'PUT',
    path: pathOf(name),
    query: { wait_for_completion: 'false' },
    body: {
      indices: indices.join(','),
      ignore_unavailable: false,
      include_global_state: false,
      partial: false,
    },
    timeoutMs: BEGIN_TIMEOUT_MS,
    signal,
  });
}

/** @returns undefined when there is no such snapshot */
export async function findSnapshot(
  http: SearchHttp,
  name: SnapshotName,
  options: { readonly retries?: number; readonly signal?: AbortSignal } = {},
): Promise<SnapshotInfo | undefined> {
  try {
    const [found] = await readSnapshots(http, pathOf(name), options);
    return found;
  } catch (error) {
    // A repository that is not there answers 404 as well, and is another matter.
    if (error instanceof SearchError && error.type === 'snapshot_missing_exception') {
      return undefined;
    }
    throw error;
  }
}

/** All that the repository holds, in no order. */
export async function listSnapshots(
  http: SearchHttp,
  repository: string,
  signal?: AbortSignal,
): Promise<readonly SnapshotInfo[]> {
  return await readSnapshots(http, pathOf({ repository, snapshot: '_all' }), {
    retries: 2,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function readSnapshots(
  http: SearchHttp,
  path: string,
  options: { readonly retries?: number; readonly signal?: AbortSignal },
): Promise<readonly SnapshotInfo[]> {
  const body = await http.send({ method: 'GET', path, ...options });
  return shaped(`GET ${path}`, body, (answer) =>
    list(object(answer, 'answer')['snapshots'], 'snapshots', infoOf),
  );
}

function infoOf(value: unknown, at: string): SnapshotInfo {
  const snapshot = object(value, at);
  const shards = object(snapshot['shards'] ?? {}, `${at}.shards`);
  const reason = snapshot['reason'];
  return {
    name: text(snapshot['snapshot'], `${at}.snapshot`),
    state: text(snapshot['state'], `${at}.state`),
    indices: list(snapshot['indices'] ?? [], `${at}.indices`, text),
    failures: list(snapshot['failures'] ?? [], `${at}.failures`, failureOf),
    shards: {
      total: count(shards['total'] ?? 0, `${at}.shards.total`),
      failed: count(shards['failed'] ?? 0, `${at}.shards.failed`),
    },
    reason: typeof reason === 'string' ? reason : undefined,
  };
}

function failureOf(value: unknown, at: string): ShardFailure {
  const failure = object(value, at);
  const shard = failure['shard_id'];
  const reason = failure['reason'];
  return {
    index: text(failure['index'], `${at}.index`),
    shard: typeof shard === 'number' ? shard : undefined,
    reason: typeof reason === 'string' ? reason : 'no reason given',
  };
}

/** Ends it when it still runs. Idempotent: one that is gone is as good as removed. */
export async function deleteSnapshot(http: SearchHttp, name: SnapshotName): Promise<boolean> {
  try {
    await http.send({ method: 'DELETE', path: pathOf(name), timeoutMs: DELETE_TIMEOUT_MS, retries: 4 });
    return true;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}

/** @returns the snapshots that are being taken now, into any repository: before Elasticsearch 7.9 a cluster takes one at a time */
export async function runningSnapshots(
  http: SearchHttp,
  signal?: AbortSignal,
): Promise<readonly SnapshotName[]> {
  const path = '/_snapshot/_status';
  const body = await http.send({ method: 'GET', path, retries: 2, signal });
  return shaped(`GET ${path}`, body, (answer) =>
    list(object(answer, 'answer')['snapshots'], 'snapshots', (entry, at) => {
      const snapshot = object(entry, at);
      return {
        repository: text(snapshot['repository'], `${at}.repository`),
        snapshot: text(snapshot['snapshot'], `${at}.snapshot`),
      };
    }),
  );
}
