/**
 * A dump that has its moment and goes on after Bitbucket is unlocked: the dump program, and beside it the session that was
 * opened with it. They live and end together.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import { abortWith } from '../../host/abort-with.ts';
import { MAIN_TABLES, type RowCounts } from '../main-tables.ts';
import { changedDefinitions, type Definitions, tablesIn } from './definitions.ts';
import type { GuardSession } from './guard-session.ts';
import { type Dump, definitionsOf } from './dump.ts';

/** The client waits for its input and does not see that its session was ended, so it is asked this often. */
const WATCH_MS = 1_000;
const NAMES_SHOWN = 5;

export interface RunningParts {
  readonly dump: Dump;
  readonly guard: GuardSession;
  /** Settles with the dump program. */
  readonly dumped: Promise<void>;
  /** Ends all programs. */
  readonly stop: AbortController;
  /** As they were inside the lock. */
  readonly definitions: Definitions;
}

export interface FinishedDump {
  /** That the database had inside the lock. */
  readonly tables: readonly string[];
  readonly rows: RowCounts;
}

export class RunningDump {
  readonly #parts: RunningParts;
  readonly #over = new AbortController();
  readonly #rows: Promise<RowCounts>;
  readonly #watching: Promise<void>;

  constructor(parts: RunningParts) {
    this.#parts = parts;
    const present = new Set(tablesIn(parts.definitions));
    this.#rows = parts.guard.countRows(MAIN_TABLES.filter((name) => present.has(name)));
    this.#rows.catch(() => undefined);
    this.#watching = this.#watch();
  }

  /**
   * Waits until the dump is done. A failure since the capture is kept for this.
   *
   * @throws ActionError as `dumpDatabase`, or DB_FAILED when the session beside it has ended before, or when something was
   *   altered that the dump may have as it was later; what the signal was aborted with. No program is left then.
   */
  async finish(signal: AbortSignal): Promise<FinishedDump> {
    const { guard, dumped, stop, definitions } = this.#parts;
    const unlink = abortWith(signal, stop);
    try {
      signal.throwIfAborted();
      await this.#unlessAltered(dumped);
      const rows = await this.#unlessAltered(this.#rows);
      this.#over.abort();
      await this.#watching;
      await guard.assertAlive();
      await this.#assertUnaltered();
      await guard.close();
      return { tables: tablesIn(definitions), rows };
    } catch (error) {
      await this.stop(error);
      throw error;
    } finally {
      unlink();
    }
  }

  /** Ends what still runs, and waits for its end. Idempotent. */
  async stop(reason: unknown = new Error('The dump was discarded.')): Promise<void> {
    const { guard, dumped, stop } = this.#parts;
    this.#over.abort();
    stop.abort(reason);
    await Promise.allSettled([dumped, guard.gone(), this.#watching, this.#rows]);
  }

  /** What was altered explains a failure better than what stumbled over it. */
  async #unlessAltered<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!this.#parts.stop.signal.aborted && error instanceof ActionError && error.code === 'DB_FAILED') {
        await this.#assertUnaltered(error);
      }
      throw error;
    }
  }

  /** @throws ActionError DB_FAILED when something was altered. A server that cannot be asked any more has another story to tell. */
  async #assertUnaltered(cause?: ActionError): Promise<void> {
    const { dump, definitions, stop } = this.#parts;
    let now: Definitions;
    try {
      now = await definitionsOf(dump, stop.signal);
    } catch (error) {
      throw cause ?? error;
    }
    const altered = changedDefinitions(definitions, now);
    if (altered.length === 0) {
      return;
    }
    const names = altered.slice(0, NAMES_SHOWN).join(', ');
    const more = altered.length > NAMES_SHOWN ? ` and ${altered.length - NAMES_SHOWN} more` : '';
    throw new ActionError(
      'DB_FAILED',
      `The dump of database '${dump.plan.facts.database}' is not of one moment: while it ran, somebody altered, created or dropped ${names}${more}.`,
      {
        advice: 'Run again when no app is being updated; database-block-ddl makes such changes wait.',
        cause,
      },
    );
  }

  /** Stops the dump when the session is lost; `dumped` then rejects with the reason. Never rejects. */
  async #watch(): Promise<void> {
    const { guard, stop } = this.#parts;
    try {
      await Promise.race([guard.lost, this.#askAgainAndAgain()]);
    } catch (error) {
      if (!this.#over.signal.aborted) {
        stop.abort(error);
      }
    }
  }

  async #askAgainAndAgain(): Promise<void> {
    const { signal } = this.#over;
    // One question at a time; a count that failed is told by whoever waits for it.
    await Promise.allSettled([this.#rows]);
    while (!signal.aborted) {
      await sleep(WATCH_MS, undefined, { signal, ref: false });
      await this.#parts.guard.assertAlive();
    }
  }
}
