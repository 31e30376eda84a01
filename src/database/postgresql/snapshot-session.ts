/**
 * The session whose transaction fixes the point in time and exports it, so that another one can read the same moment
 * ("Snapshot Synchronization Functions" in PostgreSQL's manual). It is a psql that is kept running: one way to connect,
 * that of libpq.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError, asError } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { type Dialogue, startDialogue } from '../../host/dialogue.ts';
import { printable } from '../../host/log.ts';
import { type Connection, clientRunner } from './connection.ts';
import { serverName } from './libpq.ts';
import { psqlArguments } from './psql-script.ts';
import type { RowCounts } from '../main-tables.ts';
import { COUNT_MS, type CountedTables, countQuestion, countsIn, lockStatement } from './row-counts.ts';
import { parseRows, type Row } from './rows.ts';

/** A look into the catalog takes milliseconds; after this long the server or the way to it is gone. */
const ANSWER_MS = 60_000;

export interface SessionOptions {
  readonly connection: Connection;
  readonly psql: string;
  /** As in `server_version_num`. */
  readonly serverVersion: number;
  /** For the error text. */
  readonly database: string;
  /** `:'name'` in a question is the value, quoted by psql. They show in `ps`: no secrets. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Repeatable read, so that every question is answered from the moment that was exported. */
const BEGIN = `SET search_path = pg_catalog; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;`;
const EXPORT = `SELECT row_to_json(exported) FROM (SELECT pg_export_snapshot() AS snapshot) exported;`;
const ALIVE = `SELECT row_to_json(answer) FROM (SELECT true AS alive) answer;`;

export class SnapshotSession {
  readonly #options: SessionOptions;
  readonly #signal: AbortSignal;
  readonly #psql: Dialogue;
  #exported = false;
  #closing = false;
  /** Never resolves. Rejects with DB_FAILED when the session ends before it is closed. */
  readonly lost: Promise<never>;

  /** It is ended by the signal, or by `close`. */
  constructor(options: SessionOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    const { connection, psql, serverVersion, variables } = options;
    const runner = clientRunner(connection, { serverVersion, clientEncoding: 'UTF8' });
    this.#psql = startDialogue(runner, psql, psqlArguments(variables), { signal });
    const lost = Promise.withResolvers<never>();
    const lose = (error: unknown): void => {
      if (!this.#closing) {
        lost.reject(this.#told(error));
      }
    };
    this.#psql.ended.then(() => lose(new Error('psql ended by itself')), lose);
    this.lost = lost.promise;
    // Whoever waits for something else hears of it from there.
    this.lost.catch(() => undefined);
  }

  /** Fixes the point in time. @returns the name by which `pg_dump --snapshot` takes it @throws as `ask` */
  async exportSnapshot(): Promise<string> {
    this.#psql.send(BEGIN);
    const name = (await this.ask(EXPORT)).text('snapshot');
    this.#exported = true;
    return name;
  }

  /**
   * @param question with one row of JSON on one line for an answer
   * @throws ActionError DB_FAILED when the session has ended or does not answer; what the signal was aborted with
   */
  async ask(question: string, limitMs = ANSWER_MS): Promise<Row> {
    this.#psql.send(question);
    const answered = new AbortController();
    const late = async (): Promise<never> => {
      await sleep(limitMs, undefined, { signal: answered.signal, ref: false });
      throw new Error(`no answer came within ${limitMs / 1_000} s`);
    };
    try {
      const [row] = parseRows(await Promise.race([this.#psql.next(), late()]));
      if (row === undefined) {
        throw new TypeError('psql printed an empty line');
      }
      return row;
    } catch (error) {
      throw this.#told(error);
    } finally {
      answered.abort();
    }
  }

  /**
   * Locks tables against those who would change or drop one, as long as the session lasts.
   * @param seconds that one locked by somebody else is waited for
   * @throws as `ask`
   */
  async hold(tables: CountedTables, seconds: number): Promise<void> {
    if (tables.names.length > 0) {
      this.#psql.send(`SET LOCAL lock_timeout = '${seconds}s'; ${lockStatement(tables)}`);
      await this.ask(ALIVE, seconds * 1_000 + ANSWER_MS);
    }
  }

  /** Counts the rows that the snapshot has. @throws as `ask` */
  async count(tables: CountedTables): Promise<RowCounts> {
    return tables.names.length === 0 ? {} : countsIn(await this.ask(countQuestion(tables), COUNT_MS), tables);
  }

  /** @throws as `ask`, unless the session is there and answers */
  async assertAlive(): Promise<void> {
    await this.ask(ALIVE);
  }

  /** Ends the transaction and the session, and waits for the end. @throws as `ask` */
  async close(): Promise<void> {
    this.#closing = true;
    try {
      await this.#psql.finish();
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Waits until psql is gone, however it ended. */
  async gone(): Promise<void> {
    await Promise.allSettled([this.#psql.ended]);
  }

  /** Why it was stopped stays what it is; everything else becomes a sentence. */
  #told(error: unknown): unknown {
    if (this.#signal.aborted) {
      return this.#signal.reason;
    }
    const { connection, database } = this.#options;
    const which = `database '${database}' at ${serverName(connection.inputs)}`;
    const what = this.#exported
      ? `The session that holds the snapshot of ${which} ended before the dump did`
      : `The snapshot of ${which} could not be taken`;
    return new ActionError('DB_FAILED', `${what}: ${wordsOf(error)}.`, {
      advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
      cause: error,
    });
  }
}

/** Of all that psql says in the end, the lines that tell why. */
function wordsOf(error: unknown): string {
  const said = error instanceof CommandError ? error.stderr : [];
  const reasons = said
    .filter((line) => /FATAL|ERROR|PANIC|error:|could not|closed the connection/.test(line))
    .map((line) =>
      printable(line)
        .replace(/^psql: (error: )?/, '')
        .trim(),
    );
  const words = reasons.length > 0 ? reasons.slice(-3).join(' | ') : asError(error).message;
  return words.replace(/\.$/, '');
}
