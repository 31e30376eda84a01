/** What backup and restore want to know of the server and of the database, asked in `master`. */
import type { Connection } from './connection.ts';
import type { ResultRow } from './result-row.ts';
import { runSql } from './sqlcmd.ts';
import { quoteText } from './t-sql.ts';

/** The catalog answers in milliseconds; longer than this and somebody holds a lock on it. */
export const QUERY_LIMITS = { deadlineMs: 60_000 };

export interface ServerFacts {
  /** Such as `16.0.4085.2`. */
  readonly version: string;
  readonly edition: string;
  /** SERVERPROPERTY('EngineEdition'): 5 and 8 are Azure's, whose databases cannot be backed up to a disk. */
  readonly engineEdition: number;
  /** Its own folders; empty where the version does not say (backups: before 2019). */
  readonly backupFolder: string;
  readonly dataFolder: string;
  readonly logFolder: string;
  readonly login: string;
  /** Reading a backup takes it, as creating a database does (RESTORE HEADERONLY, "Permissions"). */
  readonly mayCreate: boolean;
  /** Undefined when there is no such database. */
  readonly database: DatabaseState | undefined;
}

export interface DatabaseState {
  readonly name: string;
  readonly id: number;
  /** ONLINE, RESTORING, OFFLINE ... */
  readonly state: string;
  /** MULTI_USER, RESTRICTED_USER or SINGLE_USER. */
  readonly access: string;
  readonly recoveryModel: string;
  readonly collation: string;
  readonly compatibilityLevel: number;
  /** May the login enter it? */
  readonly mayEnter: boolean;
  /** Of its files, as the server sees them; known before the database is online. */
  readonly files: readonly string[];
}

const PROPERTIES = `SELECT
  CAST(SERVERPROPERTY(N'ProductVersion') AS nvarchar(128)) AS version,
  CAST(SERVERPROPERTY(N'Edition') AS nvarchar(128)) AS edition,
  CAST(SERVERPROPERTY(N'EngineEdition') AS int) AS engine_edition,
  CAST(SERVERPROPERTY(N'InstanceDefaultBackupPath') AS nvarchar(260)) AS backup_folder,
  CAST(SERVERPROPERTY(N'InstanceDefaultDataPath') AS nvarchar(260)) AS data_folder,
  CAST(SERVERPROPERTY(N'InstanceDefaultLogPath') AS nvarchar(260)) AS log_folder,
  SUSER_SNAME() AS login,
  HAS_PERMS_BY_NAME(NULL, NULL, N'CREATE ANY DATABASE') AS may_create;`;

const databaseQuery = (name: string): string => `SELECT
  d.name AS name, d.database_id AS id, d.state_desc AS state, d.user_access_desc AS access,
  d.recovery_model_desc AS recovery_model, d.collation_name AS collation,
  d.compatibility_level AS compatibility_level, HAS_DBACCESS(d.name) AS may_enter
  FROM sys.databases AS d WHERE d.name = ${quoteText(name)};
SELECT f.database_id AS id, f.physical_name AS path
  FROM sys.master_files AS f WHERE f.database_id = DB_ID(${quoteText(name)});`;

/** @throws SqlError, CommandError as `runSql` does */
export async function readServerFacts(connection: Connection, name: string): Promise<ServerFacts> {
  const [[row] = [], [database] = [], files = []] = await runSql(
    connection,
    `${PROPERTIES}\n${databaseQuery(name)}`,
    QUERY_LIMITS,
  );
  if (row === undefined) {
    throw new TypeError('sqlcmd ended without an answer.');
  }
  return {
    version: row.text('version'),
    edition: row.text('edition'),
    engineEdition: row.number('engine_edition'),
    backupFolder: row.text('backup_folder'),
    dataFolder: row.text('data_folder'),
    logFolder: row.text('log_folder'),
    login: row.text('login'),
    mayCreate: row.flag('may_create'),
    database: database === undefined ? undefined : databaseOf(database, files),
  };
}

/** @throws SqlError, CommandError as `runSql` does */
export async function readDatabaseState(
  connection: Connection,
  name: string,
): Promise<DatabaseState | undefined> {
  const [[database] = [], files = []] = await runSql(connection, databaseQuery(name), QUERY_LIMITS);
  return database === undefined ? undefined : databaseOf(database, files);
}

function databaseOf(row: ResultRow, files: readonly ResultRow[]): DatabaseState {
  return {
    name: row.text('name'),
    id: row.number('id'),
    state: row.text('state'),
    access: row.text('access'),
    recoveryModel: row.text('recovery_model'),
    collation: row.text('collation'),
    compatibilityLevel: row.number('compatibility_level'),
    mayEnter: row.flag('may_enter'),
    files: files.map((file) => file.text('path')),
  };
}
