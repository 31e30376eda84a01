/** Statements by the `mysql` or `mariadb` client, one after the other, until the first that fails. */
import { type Connection, runClient } from './connection.ts';

export interface ScriptOptions {
  /** The default database. */
  readonly database?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
  /** Go on after a statement that fails. The exit code tells of it all the same. */
  readonly goOn?: boolean;
}

export interface ScriptResult {
  /** Rows as lines, to be read by `parseRows`. */
  readonly stdout: string;
  readonly stderr: readonly string[];
}

const DEADLINE_MS = 90_000;

/**
 * Statements on standard input, rows out. In binary mode the client has no commands of its own but `delimiter` and
 * `charset`, whatever it reads (its manual, `--binary-mode`).
 */
export function clientArguments(database: string | undefined): string[] {
  return [
    '--batch',
    '--skip-column-names',
    '--unbuffered',
    '--binary-mode',
    '--local-infile=0',
    '--default-character-set=utf8mb4',
    ...(database === undefined ? [] : [`--database=${database}`]),
  ];
}

/**
 * Of every session of ours: names and values are quoted for this mode, nobody's timeout ends it, and sizes of tables are
 * today's: MySQL 8 remembers them for a day (its manual, `information_schema_stats_expiry`). MariaDB, which has no such
 * setting, skips comments with the numbers of MySQL's versions from 5.7 on.
 */
export const SESSION_SETTINGS = `SET SESSION sql_mode = '';
/*!100100 SET SESSION max_statement_time = 0 */; /*!80000 SET SESSION information_schema_stats_expiry = 0 */;
`;

/** @throws CommandError with the client's words and exit code 1 when it could not connect or a statement failed */
export async function runScript(
  connection: Connection,
  client: string,
  script: string,
  options: ScriptOptions = {},
): Promise<ScriptResult> {
  const { database, signal, deadlineMs = DEADLINE_MS, goOn = false } = options;
  return await runClient(connection, client, [...clientArguments(database), ...(goOn ? ['--force'] : [])], {
    input: `${SESSION_SETTINGS}${script}`,
    deadlineMs,
    ...(signal === undefined ? {} : { signal }),
    // The caller reads which statements failed.
    ...(goOn ? { okCodes: [1] } : {}),
  });
}
