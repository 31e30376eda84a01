/**
 * A session of our own beside the dump's, opened inside the lock: its snapshot is what the main tables are counted in, and on
 * request it holds off everybody's DDL until the dump is done.
 *
 * Between lock and unlock Bitbucket is drained and writes nothing, so that this snapshot and the dump's, which begins a
 * moment later, see the same rows.
 *
 * It does not keep the tables' metadata locks, as one might: an ALTER that waits for one makes everybody wait who comes after
 * it (MySQL's manual, "Metadata Locking": pending write lock requests go before read lock requests), the dump as well,
 * which the ALTER then waits for through us. Tried with MariaDB 10.11: nobody of the three goes on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import { type Dialogue, startDialogue } from '../../host/dialogue.ts';
import type { RowCounts } from '../main-tables.ts';
import { wordsOf } from './client-errors.ts';
import { type Connection, clientRunner } from './connection.ts';
import { serverName } from './options-file.ts';
import { parseRow, type Row } from './rows.ts';
import { clientArguments, SESSION_SETTINGS } from './sql-script.ts';
import { quoteName } from './sql-text.ts';
import type { Family } from './versions.ts';

/** A sign of life takes milliseconds; after this long the server or the way to it is gone. */
const ANSWER_MS = 60_000;
/** How long another backup's lock is waited for inside Bitbucket's. */
const LOCK_WAIT_SECONDS = 10;

export interface GuardOptions {
  readonly connection: Connection;
  readonly client: string;
  readonly database: string;
  readonly family: Family;
  readonly blockDdl: boolean;
}

/** DDL waits before it asks for a table, so that reading and writing goes on ("BACKUP STAGE", "LOCK INSTANCE FOR BACKUP"). */
function blockingDdl(family: Family): string {
  const limit = `SET SESSION lock_wait_timeout = ${LOCK_WAIT_SECONDS};`;
  switch (family) {
    case 'MariaDB':
      return `${limit} BACKUP STAGE START; BACKUP STAGE BLOCK_DDL;`;
    case 'MySQL':
      return `${limit} LOCK INSTANCE FOR BACKUP;`;
  }
}

export class GuardSession {
  readonly #options: GuardOptions;
  readonly #signal: AbortSignal;
  readonly #client: Dialogue;
  #open = false;
  #closing = false;
  /** Never resolves. Rejects with DB_FAILED when the session ends before it is closed. */
  readonly lost: Promise<never>;

  /** It is ended by the signal, or by `close`. */
  constructor(options: GuardOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    const { connection, client, database } = options;
    this.#client = startDialogue(clientRunner(connection), client, clientArguments(database), { signal });
    const lost = Promise.withResolvers<never>();
    const lose = (error: unknown): void => {
      if (!this.#closing) {
        lost.reject(this.#told(error));
      }
    };
    this.#client.ended.then(() => lose(new Error('the client ended by itself')), lose);
    this.lost = lost.promise;
    // Whoever waits for something else hears of it from there.
    this.lost.catch(() => undefined);
  }

  /** Takes the snapshot, and the lock against DDL before it. @throws ActionError DB_FAILED; what the signal was aborted with */
  async open(): Promise<void> {
    const { family, blockDdl } = this.#options;
    this.#client.send(SESSION_SETTINGS);
    if (blockDdl) {
      this.#client.send(blockingDdl(family));
    }
    this.#client.send('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;');
    this.#client.send('START TRANSACTION WITH CONSISTENT SNAPSHOT;');
    await this.assertAlive();
    this.#open = true;
  }

  /**
   * Of these tables, as the snapshot has them. Takes as long as the server takes to read an index of each. Back at the
   * savepoint the metadata lock is gone and the snapshot stays, by which the dump programs do it, too.
   * @throws as `open`
   */
  async countRows(tables: readonly string[]): Promise<RowCounts> {
    const counts: Record<string, number> = {};
    this.#client.send('SAVEPOINT counted;');
    for (const table of tables) {
      const row = await this.#ask(`SELECT COUNT(*) FROM ${quoteName(table)};`);
      counts[table] = row.number(0);
      this.#client.send('ROLLBACK TO SAVEPOINT counted;');
    }
    return counts;
  }

  /** @throws as `open`, unless the session is there and answers */
  async assertAlive(): Promise<void> {
    await this.#ask('SELECT 1;', ANSWER_MS);
  }

  /** Ends the transaction and the session, and waits for the end. @throws as `open` */
  async close(): Promise<void> {
    this.#closing = true;
    try {
      await this.#client.finish();
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Waits until the client is gone, however it ended. */
  async gone(): Promise<void> {
    await Promise.allSettled([this.#client.ended]);
  }

  async #ask(question: string, limitMs?: number): Promise<Row> {
    this.#client.send(question);
    const answered = new AbortController();
    const late = async (): Promise<never> => {
      await sleep(limitMs, undefined, { signal: answered.signal, ref: false });
      throw new Error(`no answer came within ${(limitMs ?? 0) / 1_000} s`);
    };
    try {
      const answer = this.#client.next();
      return parseRow(await (limitMs === undefined ? answer : Promise.race([answer, late()])));
    } catch (error) {
      throw this.#told(error);
    } finally {
      answered.abort();
    }
  }

  /** Why it was stopped stays what it is; everything else becomes a sentence. */
  #told(error: unknown): unknown {
    if (this.#signal.aborted) {
      return this.#signal.reason;
    }
    if (error instanceof ActionError && error.code === 'DB_FAILED') {
      return error;
    }
    const { connection, database } = this.#options;
    const which = `database '${database}' at ${serverName(connection.inputs)}`;
    const what = this.#open
      ? `The session that watches over the dump of ${which} ended before the dump did`
      : `The snapshot of ${which} could not be taken`;
    return new ActionError('DB_FAILED', `${what}: ${wordsOf(error)}.`, {
      advice: 'Look into the log of the database server for the reason and run again.',
      cause: error,
    });
  }
}
