/** Waits, inside the lock, until every shard has fixed what it is going to copy. */
import { isMissing, SearchError } from './search-error.ts';
import { pause, type SearchHttp } from './search-http.ts';
import { type SnapshotName } from './snapshots.ts';
import { snapshotProgress } from './snapshot-progress.ts';

export interface BeginLimits {
  /** How long users may wait for shards that have not begun; then the snapshot goes on without them waiting. */
  readonly beginMs: number;
  readonly pollMs: number;
}

export const BEGIN_LIMITS: BeginLimits = { beginMs: 5_000, pollMs: 50 };

/** A shard fixes the commit that it is going to copy, and then says that it has begun. @returns how many have not */
export async function untilShardsBegan(
  http: SearchHttp,
  name: SnapshotName,
  { signal, limits }: { readonly signal: AbortSignal; readonly limits: BeginLimits },
): Promise<number> {
  const deadline = Date.now() + limits.beginMs;
  for (;;) {
    const waiting = await waitingShards(http, name, signal);
    if (waiting === 0 || Date.now() > deadline) {
      return waiting;
    }
    await pause(limits.pollMs, signal);
    signal.throwIfAborted();
  }
}

/** Not known at all counts as one. */
async function waitingShards(http: SearchHttp, name: SnapshotName, signal: AbortSignal): Promise<number> {
  try {
    const { shards, isRunning } = await snapshotProgress(http, name, { signal });
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
