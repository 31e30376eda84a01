/** What is in the database, asked inside of it. */
import { MAIN_TABLES, type RowCounts } from '../main-tables.ts';
import { type Connection, serverName } from './connection.ts';
import type { ResultRow } from './result-row.ts';
import { QUERY_LIMITS } from './server-facts.ts';
import { told } from './sql-failure.ts';
import { runSql } from './sqlcmd.ts';
import { quoteName } from './t-sql.ts';

export interface Table {
  readonly schema: string;
  readonly name: string;
}

export interface DatabaseFacts {
  readonly mayBackUp: boolean;
  /** All tables, those included that an app makes tomorrow; otherwise the login does not even see them. */
  readonly mayRead: boolean;
  /** In use in the data files: as much as a full backup is about to have. */
  readonly bytes: number;
  readonly tables: readonly Table[];
  /** Of the members of db_owner that stand for a login: Bitbucket's is one of them. */
  readonly owners: readonly string[];
}

const TABLES = `SELECT s.name AS [schema], t.name AS name
  FROM sys.tables AS t INNER JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE t.is_ms_shipped = 0;`;

const query = (database: string): string => `USE ${quoteName(database)};
SELECT HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'BACKUP DATABASE') AS may_back_up,
  HAS_PERMS_BY_NAME(DB_NAME(), N'DATABASE', N'SELECT') AS may_read,
  SUM(CAST(FILEPROPERTY(f.name, N'SpaceUsed') AS bigint)) * 8192 AS bytes
  FROM sys.database_files AS f WHERE f.type_desc = N'ROWS';
${TABLES}
SELECT m.name AS name, N'' AS nothing FROM sys.database_role_members AS r
  INNER JOIN sys.database_principals AS o ON o.principal_id = r.role_principal_id
  INNER JOIN sys.database_principals AS m ON m.principal_id = r.member_principal_id
  WHERE o.name = N'db_owner' AND m.name <> N'dbo' AND m.type_desc <> N'DATABASE_ROLE' ORDER BY m.name;`;

/** @throws SqlError, CommandError as `runSql` does */
export async function readDatabaseFacts(connection: Connection, database: string): Promise<DatabaseFacts> {
  const [[row] = [], tables = [], owners = []] = await runSql(connection, query(database), QUERY_LIMITS);
  if (row === undefined) {
    throw new TypeError('sqlcmd ended without an answer.');
  }
  return {
    mayBackUp: row.flag('may_back_up'),
    mayRead: row.flag('may_read'),
    bytes: row.number('bytes'),
    tables: tables.map(tableOf),
    owners: owners.map((owner) => owner.text('name')),
  };
}

async function readTables(
  connection: Connection,
  database: string,
  signal: AbortSignal,
): Promise<readonly Table[]> {
  const script = `USE ${quoteName(database)};\n${TABLES}`;
  const [tables = []] = await runSql(connection, script, { ...QUERY_LIMITS, signal });
  return tables.map(tableOf);
}

/** Every Bitbucket from 4.0 to 10 has these; other Atlassian products have some of them, none has all. */
export const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];

/** The schema that Bitbucket's tables are in; `dbo` unless somebody chose another default schema for its login. */
export function bitbucketSchema(tables: readonly Table[]): string | undefined {
  const schemas = Map.groupBy(tables, ({ schema }) => schema);
  return [...schemas].find(([, own]) =>
    BITBUCKET_TABLES.every((wanted) => own.some(({ name }) => name.toLowerCase() === wanted)),
  )?.[0];
}

/** Those of Bitbucket's main tables that are there. */
function mainTables(tables: readonly Table[]): readonly Table[] {
  const schema = bitbucketSchema(tables);
  return tables.filter(
    (table) => table.schema === schema && MAIN_TABLES.some((name) => name === table.name.toLowerCase()),
  );
}

/**
 * Counted, not taken from the catalog, whose numbers are estimates ("sys.partitions", column `rows`). The smallest index
 * serves, so that this takes seconds where there are millions.
 * @throws SqlError, CommandError as `runSql` does; what the signal was aborted with
 */
async function countRows(
  connection: Connection,
  database: string,
  tables: readonly Table[],
  signal: AbortSignal,
): Promise<RowCounts> {
  if (tables.length === 0) {
    return {};
  }
  const counts = tables.map(
    ({ schema, name }) =>
      `SELECT N'${name.toLowerCase()}' AS name, COUNT_BIG(*) AS [rows] FROM ${quoteName(schema)}.${quoteName(name)};`,
  );
  const script = `USE ${quoteName(database)};\n${counts.join('\n')}`;
  const results = await runSql(connection, script, { signal });
  return Object.fromEntries(results.flat().map((row) => [row.text('name'), row.number('rows')]));
}

export interface CountedTables {
  readonly tables: number;
  readonly rows: RowCounts;
}

/** @throws ActionError as `sqlFailure`; CommandError as `runSql` does; what the signal was aborted with */
export async function countTables(
  connection: Connection,
  database: string,
  signal: AbortSignal,
): Promise<CountedTables> {
  const where = `database '${database}' at ${serverName(connection.inputs)}`;
  return await told(`Counting what is in ${where}`, async () => {
    const tables = await readTables(connection, database, signal);
    return { tables: tables.length, rows: await countRows(connection, database, mainTables(tables), signal) };
  });
}

function tableOf(row: ResultRow): Table {
  return { schema: row.text('schema'), name: row.text('name') };
}
