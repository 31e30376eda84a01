/** Older servers take one snapshot at a time; users should not be locked out to find that out. */
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { pause, type SearchHttp } from './search-http.ts';
import { shown } from './snapshot-verdict.ts';
import { runningSnapshots } from './snapshots.ts';

export interface OthersLimits {
  /** How long other snapshots of the cluster may keep ours from beginning. */
  readonly othersMs: number;
  /** Between two questions, in ms; grows to the longest. */
  readonly firstPollMs: number;
  readonly longestPollMs: number;
}

export const OTHERS_LIMITS: OthersLimits = { othersMs: 60 * 60_000, firstPollMs: 200, longestPollMs: 5_000 };

/** @throws ActionError SEARCH_FAILED when one does not end */
export async function waitForOtherSnapshots(
  http: SearchHttp,
  { log, signal, limits }: { readonly log: Log; readonly signal: AbortSignal; readonly limits: OthersLimits },
): Promise<void> {
  const deadline = Date.now() + limits.othersMs;
  let pollMs = limits.firstPollMs;
  let told = false;
  for (;;) {
    const running = await runningSnapshots(http, signal);
    const [first] = running;
    if (first === undefined) {
      return;
    }
    if (!told) {
      told = true;
      log.info(`Waiting for the search snapshot ${running.map(shown).join(' and ')}, which is being taken`);
    }
    if (Date.now() > deadline) {
      throw new ActionError(
        'SEARCH_FAILED',
        `Snapshot ${shown(first)} is still being taken after ${limits.othersMs / 60_000} minutes.`,
        { advice: 'Wait until it ends, or delete it, and run again.' },
      );
    }
    await pause(pollMs, signal);
    signal.throwIfAborted();
    pollMs = Math.min(pollMs * 1.5, limits.longestPollMs);
  }
}
