/**
 * A dump that has its moment and goes on after Bitbucket is unlocked: pg_dump, and beside it the session that exported the
 * snapshot. They live and end together.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { abortWith } from '../../host/abort-with.ts';
import type { RowCounts } from '../main-tables.ts';
import type { CountedTables } from './row-counts.ts';
import type { SnapshotSession } from './snapshot-session.ts';

/** psql waits for its input and does not see that its session was ended, so it is asked this often. */
const WATCH_MS = 1_000;

export interface RunningParts {
  readonly session: SnapshotSession;
  /** Settles with pg_dump. */
  readonly dumped: Promise<void>;
  /** Ends both programs. */
  readonly stop: AbortController;
  /** Whose rows are counted. The session holds them. */
  readonly tables: CountedTables;
}

export class RunningDump {
  readonly #parts: RunningParts;
  readonly #over = new AbortController();
  readonly #watching: Promise<void>;

  constructor(parts: RunningParts) {
    this.#parts = parts;
    this.#watching = this.#watch();
  }

  /**
   * Waits until the dump is done, and counts the rows in its snapshot. Either program's failure since the capture is kept for this.
   *
   * @returns rows by table
   * @throws ActionError as `dumpDatabase`, or DB_FAILED when the session that holds the snapshot has ended before; what
   *   the signal was aborted with. Neither program is left then.
   */
  async finish(signal: AbortSignal): Promise<RowCounts> {
    const { session, dumped, stop, tables } = this.#parts;
    const unlink = abortWith(signal, stop);
    try {
      signal.throwIfAborted();
      await dumped;
      this.#over.abort();
      await this.#watching;
      await session.assertAlive();
      const rows = await session.count(tables);
      await session.close();
      return rows;
    } catch (error) {
      await this.stop(error);
      throw error;
    } finally {
      unlink();
    }
  }

  /** Ends what still runs, and waits for its end. Idempotent. */
  async stop(reason: unknown = new Error('The dump was discarded.')): Promise<void> {
    const { session, dumped, stop } = this.#parts;
    this.#over.abort();
    stop.abort(reason);
    await Promise.allSettled([dumped, session.gone(), this.#watching]);
  }

  /** Stops the dump when the session is lost; `dumped` then rejects with the reason. Never rejects. */
  async #watch(): Promise<void> {
    const { session, stop } = this.#parts;
    try {
      await Promise.race([session.lost, this.#askAgainAndAgain()]);
    } catch (error) {
      if (!this.#over.signal.aborted) {
        stop.abort(error);
      }
    }
  }

  async #askAgainAndAgain(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      await sleep(WATCH_MS, undefined, { signal, ref: false });
      await this.#parts.session.assertAlive();
    }
  }
}
