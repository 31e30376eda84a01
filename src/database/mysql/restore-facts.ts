/** What a restore wants to know of the server and of the database that it is to fill. */
import type { Connection } from './connection.ts';
import { MARKER_TABLE } from './restore-marker.ts';
import { hasRightIn, hasRoles } from './rights.ts';
import { parseRows } from './rows.ts';
import { runScript } from './sql-script.ts';
import { quoteName, quoteText } from './sql-text.ts';
import { type ServerVersion, serverVersion } from './versions.ts';

export interface ServerFacts {
  readonly version: ServerVersion;
  /** Such as `bitbucket@10.0.0.%`. */
  readonly user: string;
  /** Create a database of this name. */
  readonly mayCreate: boolean;
  /** Undefined when the database does not exist, or this user sees nothing of it. */
  readonly existing: TargetFacts | undefined;
}

/** Of a database that exists. */
export interface TargetFacts {
  readonly characterSet: string;
  readonly collation: string;
  /** Tables, views, routines and events that somebody has made, with the first few of them. */
  readonly objects: number;
  readonly examples: string;
  readonly tables: number;
  /** Other sessions in it, as far as this user sees them. */
  readonly sessions: number;
  /**
   * Of names and birth of its tables; undefined while it has none. A database has no number of its own here, and one that
   * somebody makes later has other tables.
   */
  readonly identity: number | undefined;
  /** A restore that has not ended marks its database; the id of that run. */
  readonly unfinishedRun: string | undefined;
}

export async function readServerFacts(
  connection: Connection,
  client: string,
  name: string,
): Promise<ServerFacts> {
  const is = `= ${quoteText(name)}`;
  const objects = `SELECT TABLE_NAME AS name FROM information_schema.TABLES
      WHERE TABLE_SCHEMA ${is} AND TABLE_NAME <> '${MARKER_TABLE}'
    UNION ALL SELECT CONCAT(ROUTINE_NAME, '()') FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ${is}
    UNION ALL SELECT CONCAT('event ', EVENT_NAME) FROM information_schema.EVENTS WHERE EVENT_SCHEMA ${is}`;
  const tables = `FROM information_schema.TABLES
    WHERE TABLE_SCHEMA ${is} AND TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME <> '${MARKER_TABLE}'`;
  const script = `SET SESSION group_concat_max_len = 1000000;
SELECT 'server', VERSION(), CURRENT_USER(), ${hasRightIn('CREATE', quoteText(name))};
SHOW GRANTS;
SELECT 'database', DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME,
  (SELECT COUNT(*) FROM (${objects}) AS objects),
  IFNULL((SELECT GROUP_CONCAT(name ORDER BY name SEPARATOR ', ') FROM (SELECT name FROM (${objects}) AS objects ORDER BY name LIMIT 5) AS few), ''),
  (SELECT COUNT(*) ${tables}),
  (SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB ${is} AND ID <> CONNECTION_ID()),
  (SELECT CRC32(GROUP_CONCAT(TABLE_NAME, CREATE_TIME ORDER BY TABLE_NAME)) ${tables})
  FROM information_schema.SCHEMATA WHERE SCHEMA_NAME ${is};
SELECT 'marked', TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA ${is} AND TABLE_NAME = '${MARKER_TABLE}';
`;
  const rows = parseRows((await runScript(connection, client, script)).stdout);
  const of = (kind: string) => rows.find((row) => row.text(0) === kind);
  const server = of('server');
  const version = server === undefined ? undefined : serverVersion(server.text(1));
  if (server === undefined || version === undefined) {
    throw new TypeError('The server did not tell its version.');
  }
  const row = of('database');
  const existing =
    row === undefined
      ? undefined
      : {
          characterSet: row.text(1),
          collation: row.text(2),
          objects: row.number(3),
          examples: row.text(4),
          tables: row.number(5),
          sessions: row.number(6),
          identity: row.optionalText(7) === undefined ? undefined : row.number(7),
          unfinishedRun: of('marked') === undefined ? undefined : await readMark(connection, client, name),
        };
  return { version, user: server.text(2), mayCreate: server.boolean(3) || hasRoles(rows), existing };
}

/** One that was made and not filled yet is nobody's. */
async function readMark(connection: Connection, client: string, name: string): Promise<string> {
  const question = `SELECT run_id FROM ${quoteName(name)}.${MARKER_TABLE} LIMIT 1;\n`;
  const [row] = parseRows((await runScript(connection, client, question)).stdout);
  return row?.text(0) ?? '';
}

/** @returns the counts, in the order of the tables */
export async function countRows(
  connection: Connection,
  client: string,
  database: string,
  tables: readonly string[],
): Promise<readonly number[]> {
  const script = tables.map((table) => `SELECT COUNT(*) FROM ${quoteName(table)};\n`).join('');
  const { stdout } = await runScript(connection, client, script, { database, deadlineMs: COUNT_MS });
  return parseRows(stdout).map((row) => row.number(0));
}

const COUNT_MS = 60 * 60_000;
