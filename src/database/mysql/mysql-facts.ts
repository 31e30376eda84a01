/** What preflight wants to know of the server and the database. */
import type { Connection } from './connection.ts';
import { hasRight, hasRightIn, hasRoles } from './rights.ts';
import { parseRows, type Row } from './rows.ts';
import { runScript } from './sql-script.ts';
import { quoteName } from './sql-text.ts';
import { type ServerVersion, serverVersion } from './versions.ts';
import { clientErrors } from './client-errors.ts';

export interface DatabaseFacts {
  readonly version: ServerVersion;
  readonly database: string;
  /** Such as `bitbucket@10.0.0.%`. */
  readonly user: string;
  readonly characterSet: string;
  readonly collation: string;
  /** Of all rows, without their indexes. */
  readonly bytes: number;
  readonly freeConnections: number;
  readonly tables: readonly Table[];
  /** As the server's lists of rights show it; what comes by a role may not stand there. */
  readonly mayReadTriggers: boolean;
  readonly mayReadEvents: boolean;
  /** May hold off whoever creates, alters or drops tables; undefined when the server knows no way to. */
  readonly mayBlockDdl: boolean | undefined;
  /** Procedures and functions whose text this user may not read. */
  readonly hiddenRoutines: readonly string[];
  /** Tables with columns that the server computes. */
  readonly computing: readonly string[];
}

export interface Table {
  readonly name: string;
  /** `BASE TABLE`, `VIEW`, `SEQUENCE`, `SYSTEM VERSIONED` ... */
  readonly type: string;
  readonly engine: string | undefined;
  readonly bytes: number;
  /** Why it cannot be read, in the server's words. */
  readonly refusal: string | undefined;
}

/** Works from MySQL 5.6 and MariaDB 10.0 on. Kinds of rows are told by their first column. */
const QUERY = `
SELECT 'server', VERSION(), DATABASE(), CURRENT_USER(), s.DEFAULT_CHARACTER_SET_NAME, s.DEFAULT_COLLATION_NAME,
  @@GLOBAL.max_connections, ${hasRightIn('TRIGGER', 'DATABASE()')}, ${hasRightIn('EVENT', 'DATABASE()')},
  ${hasRight('RELOAD')}, ${hasRight('BACKUP_ADMIN')}
  FROM information_schema.SCHEMATA s WHERE s.SCHEMA_NAME = DATABASE();
SHOW GLOBAL STATUS LIKE 'Threads_connected';
SHOW GRANTS;
SELECT 'table', TABLE_NAME, TABLE_TYPE, ENGINE, IFNULL(DATA_LENGTH, 0) FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'hidden', ROUTINE_NAME FROM information_schema.ROUTINES
  WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_DEFINITION IS NULL AND ROUTINE_BODY = 'SQL' ORDER BY ROUTINE_NAME;
SELECT DISTINCT 'computing', TABLE_NAME FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = DATABASE() AND EXTRA REGEXP '(STORED|VIRTUAL|PERSISTENT)( GENERATED)?' ORDER BY TABLE_NAME;
`;

/** `BACKUP STAGE` came with MariaDB 10.4.1, `LOCK INSTANCE FOR BACKUP` with MySQL 8.0 (their manuals). */
const BACKUP_STAGE_SINCE = 100_401;
const INSTANCE_LOCK_SINCE = 80_000;

/** @throws CommandError when the server cannot be reached or refuses, or when a statement fails */
export async function readFacts(
  connection: Connection,
  client: string,
  database: string,
): Promise<DatabaseFacts> {
  const rows = parseRows((await runScript(connection, client, QUERY, { database })).stdout);
  const of = (kind: string): Row[] => rows.filter((row) => row.text(0) === kind);
  const [server] = of('server');
  const version = server === undefined ? undefined : serverVersion(server.text(1));
  if (server === undefined || version === undefined) {
    throw new TypeError('The server did not tell its version.');
  }
  const [connected] = of('Threads_connected');
  const roles = hasRoles(rows);
  const tables = of('table').map((row) => ({
    name: row.text(1),
    type: row.text(2),
    engine: row.optionalText(3),
    bytes: row.number(4),
  }));
  const refusals = await readRefusals(connection, client, database, tables);
  return {
    version,
    database: server.text(2),
    user: server.text(3),
    characterSet: server.text(4),
    collation: server.text(5),
    bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
    // Ours is given back.
    freeConnections: server.number(6) - (connected?.number(1) ?? 0) + 1,
    tables: tables.map((table) => ({ ...table, refusal: refusals.get(table.name) })),
    mayReadTriggers: server.boolean(7),
    mayReadEvents: server.boolean(8),
    mayBlockDdl: mayBlockDdl(version, server.boolean(9) || roles, server.boolean(10) || roles),
    hiddenRoutines: of('hidden').map((row) => row.text(1)),
    computing: of('computing').map((row) => row.text(1)),
  };
}

function mayBlockDdl(version: ServerVersion, reload: boolean, backupAdmin: boolean): boolean | undefined {
  switch (version.family) {
    case 'MariaDB':
      return version.number >= BACKUP_STAGE_SINCE ? reload : undefined;
    case 'MySQL':
      return version.number >= INSTANCE_LOCK_SINCE ? backupAdmin : undefined;
  }
}

/**
 * Asks every table for no row at all, and every view for its text: that tells what lists of rights do not, roles and views
 * over tables that are gone included. One statement a line, so that an error's line says whose it is.
 */
async function readRefusals(
  connection: Connection,
  client: string,
  database: string,
  tables: readonly { readonly name: string; readonly type: string }[],
): Promise<ReadonlyMap<string, string>> {
  const questions = tables
    .filter(({ type }) => type !== 'SEQUENCE')
    .flatMap(({ name, type }) => [
      { name, sql: `SELECT 1 FROM ${quoteName(name)} LIMIT 0;` },
      ...(type === 'VIEW' ? [{ name, sql: `SHOW CREATE VIEW ${quoteName(name)};` }] : []),
    ])
    // A line break in a name would shift the lines.
    .filter(({ sql }) => !sql.includes('\n'));
  const script = questions.map(({ sql }) => `${sql}\n`).join('');
  const { stderr } = await runScript(connection, client, script, { database, goOn: true });
  const errors = clientErrors(stderr);
  return new Map(
    errors.flatMap(({ line, words }) => {
      // Two lines of settings come first.
      const question = line === undefined ? undefined : questions[line - 3];
      return question === undefined ? [] : [[question.name, words] as const];
    }),
  );
}
