/** Waits for a snapshot to end, and judges it: only one that holds every shard is a backup. */
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { formatBytes } from '../report/format.ts';
import { isMissing, SearchError } from './search-error.ts';
import { pause, type SearchHttp } from './search-http.ts';
import { findSnapshot, type ShardFailure, type SnapshotInfo, type SnapshotName } from './snapshots.ts';
import { type SnapshotProgress, snapshotProgress } from './snapshot-progress.ts';

export interface WaitLimits {
  /** Between two questions, in ms; grows to the longest. */
  readonly firstPollMs: number;
  readonly longestPollMs: number;
  /** How long nobody may answer. */
  readonly graceMs: number;
  /** How long nothing may get on. */
  readonly stallMs: number;
  /** Between two lines of the log. */
  readonly tellMs: number;
}

export const WAIT_LIMITS: WaitLimits = {
  firstPollMs: 200,
  longestPollMs: 5_000,
  graceMs: 120_000,
  stallMs: 30 * 60_000,
  tellMs: 30_000,
};

const MOST_SHARDS_NAMED = 5;
/** So often in a row neither question may know the snapshot before it is called gone. */
const MOST_UNSEEN = 3;

interface Waiting {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly limits: WaitLimits;
}

/** @throws ActionError SEARCH_FAILED when it is no whole snapshot, SEARCH_UNREACHABLE when nobody answers any more */
export async function waitForSnapshot(
  http: SearchHttp,
  name: SnapshotName,
  options: Waiting,
): Promise<SnapshotInfo> {
  const { signal, limits } = options;
  const watch = createWatch(name, options);
  let pollMs = limits.firstPollMs;
  let unseen = 0;
  for (;;) {
    const progress = await tolerating(options, async () => await progressOf(http, name, signal));
    watch(progress);
    if (progress?.isRunning === true) {
      unseen = 0;
    } else {
      // Between its last shard and its entry in the list, one of the two questions may not know it, or call it running.
      const info = await tolerating(options, async () => await findSnapshot(http, name, { signal }));
      unseen = progress === undefined && info === undefined ? unseen + 1 : 0;
      if (info !== undefined && info.state !== 'IN_PROGRESS') {
        assertWhole(name, info);
        return info;
      }
      if (unseen >= MOST_UNSEEN) {
        throw gone(name);
      }
    }
    await pause(pollMs, signal);
    signal.throwIfAborted();
    pollMs = Math.min(pollMs * 1.5, limits.longestPollMs);
  }
}

/** Tells how far it is from time to time. @throws ActionError when nothing gets on */
function createWatch(
  name: SnapshotName,
  { log, limits }: Waiting,
): (progress: SnapshotProgress | undefined) => void {
  let seen = '';
  let movedAt = Date.now();
  let toldAt = Date.now();
  return (progress) => {
    const now = Date.now();
    const state = JSON.stringify(progress);
    if (state !== seen) {
      seen = state;
      movedAt = now;
    }
    if (now - movedAt > limits.stallMs) {
      throw stalled(name, progress, limits.stallMs);
    }
    if (progress !== undefined && now - toldAt > limits.tellMs) {
      toldAt = now;
      log.info(`Search snapshot: ${describeProgress(progress)}`);
    }
  };
}

/** @returns undefined for one that is gone: one that fails altogether is not listed any more */
async function progressOf(
  http: SearchHttp,
  name: SnapshotName,
  signal: AbortSignal,
): Promise<SnapshotProgress | undefined> {
  try {
    return await snapshotProgress(http, name, { signal });
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** A server that restarts or a proxy that hiccups is no failure; silence that lasts is. */
async function tolerating<T>({ signal, limits }: Waiting, ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + limits.graceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SearchError) || !error.retryable) {
        throw error;
      }
      if (Date.now() + limits.longestPollMs > deadline) {
        throw new ActionError(
          'SEARCH_UNREACHABLE',
          `The search server has not answered for ${Math.round(limits.graceMs / 1_000)} s while its snapshot was being taken: ${error.message}`,
          {
            advice: 'See that it runs, on all nodes, and run again.',
            cause: error,
          },
        );
      }
      await pause(limits.longestPollMs, signal);
    }
    signal.throwIfAborted();
  }
}

/** @throws ActionError that names the shards that are missing */
export function assertWhole(name: SnapshotName, info: SnapshotInfo): void {
  if (info.state === 'SUCCESS' && info.failures.length === 0 && info.shards.failed === 0) {
    return;
  }
  const missing = info.failures.length > 0 ? ` ${shardList(info.failures)}` : '';
  const reason = info.reason === undefined ? '' : ` (${info.reason.replaceAll(/\s+/g, ' ')})`;
  throw new ActionError(
    'SEARCH_FAILED',
    `Snapshot ${shown(name)} ended as ${info.state}${reason}: ${info.shards.failed} of ${info.shards.total} shards are missing.${missing}`,
    { advice: 'See that all nodes of the search server run and its indices are green, and run again.' },
  );
}

/** Older servers take a snapshot of nothing, and call it a success, where an index is not there. @throws ActionError */
export function assertHolds(name: SnapshotName, info: SnapshotInfo, wanted: readonly string[]): void {
  const missing = wanted.filter((index) => !info.indices.includes(index));
  if (missing.length > 0 || info.indices.length === 0) {
    throw new ActionError(
      'SEARCH_FAILED',
      `Snapshot ${shown(name)} does not hold ${missing.length > 0 ? missing.join(', ') : 'any index'}.`,
      { advice: 'See that nobody deletes the index while the backup runs, and run again.' },
    );
  }
}

function shardList(failures: readonly ShardFailure[]): string {
  const named = failures
    .slice(0, MOST_SHARDS_NAMED)
    .map(
      ({ index, shard, reason }) =>
        `[${index}]${shard === undefined ? '' : `[${shard}]`}: ${reason.replaceAll(/\s+/g, ' ').slice(0, 200)}`,
    );
  const rest = failures.length - named.length;
  return `${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

export function shown({ repository, snapshot }: SnapshotName): string {
  return `'${snapshot}' in repository '${repository}'`;
}

function gone(name: SnapshotName): ActionError {
  return new ActionError(
    'SEARCH_FAILED',
    `Snapshot ${shown(name)} is gone: the server has given it up, or somebody has deleted it.`,
    { advice: "Look into the search server's log and at the repository's storage, and run again." },
  );
}

function stalled(name: SnapshotName, progress: SnapshotProgress | undefined, stallMs: number): ActionError {
  const far = progress === undefined ? '' : ` (${describeProgress(progress)})`;
  return new ActionError(
    'SEARCH_FAILED',
    `Snapshot ${shown(name)} has not got on for ${stallMs / 60_000} minutes${far}.`,
    { advice: "Look into the search server's log and at its storage, and run again." },
  );
}

function describeProgress({ shards, bytes }: SnapshotProgress): string {
  const written =
    bytes.total > 0 ? `, ${formatBytes(bytes.done)} of ${formatBytes(bytes.total)} written` : '';
  return `${shards.done} of ${shards.total} shards done${written}`;
}
