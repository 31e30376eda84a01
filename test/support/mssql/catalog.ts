/** Catalog views, functions and user tables, with the rights that it takes to see them ("System catalog views"). */
import { allowed, mayEnter, mayReadTables } from './rights.ts';
import { inRestore, SqlRefusal } from './messages.ts';
import {
  type Database,
  findDatabase,
  type Login,
  type Server,
  type ServerState,
  type Session,
} from './server-state.ts';

export type Value = string | number | null;
export type CatalogRow = Readonly<Record<string, Value>>;

export interface RowContext {
  readonly server: Server;
  readonly state: ServerState;
  readonly session: Session;
  readonly login: Login;
}

export interface SourceRows {
  readonly columns: readonly string[];
  readonly rows: readonly CatalogRow[];
}

type View = (context: RowContext, database: Database | undefined) => CatalogRow[];

const PAGE_BYTES = 8192;
/** Empty pages, indexes and the like; and what a row takes. */
const BASE_PAGES = 512;

const VIEWS: Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: View }>> = {
  databases: {
    columns: [
      'name',
      'database_id',
      'state_desc',
      'user_access_desc',
      'recovery_model_desc',
      'collation_name',
      'compatibility_level',
      'create_date',
    ],
    rows: ({ state }) =>
      state.databases.map((one) => ({
        name: one.name,
        database_id: one.id,
        state_desc: one.state,
        user_access_desc: one.access,
        recovery_model_desc: one.recoveryModel,
        collation_name: one.state === 'ONLINE' ? one.collation : null,
        compatibility_level: 160,
        create_date: one.createdAt,
      })),
  },
  master_files: {
    columns: ['database_id', 'name', 'physical_name', 'type_desc'],
    rows: ({ state, login }) =>
      allowed(login, 'CREATE ANY DATABASE')
        ? state.databases.flatMap((one) =>
            one.files.map((file) => ({
              database_id: one.id,
              name: file.logical,
              physical_name: file.path,
              type_desc: file.type === 'L' ? 'LOG' : 'ROWS',
            })),
          )
        : [],
  },
  database_files: {
    columns: ['name', 'physical_name', 'type_desc'],
    rows: (_context, database) =>
      (database?.files ?? []).map((file) => ({
        name: file.logical,
        physical_name: file.path,
        type_desc: file.type === 'L' ? 'LOG' : 'ROWS',
      })),
  },
  tables: {
    columns: ['name', 'schema_id', 'is_ms_shipped'],
    rows: ({ login }, database) =>
      database !== undefined && mayReadTables(login, database)
        ? Object.keys(database.tables).map((table) => ({
            name: splitTable(table).name,
            schema_id: schemasOf(database).indexOf(splitTable(table).schema) + 1,
            is_ms_shipped: 0,
          }))
        : [],
  },
  schemas: {
    columns: ['name', 'schema_id'],
    rows: (_context, database) => schemasOf(database).map((name, index) => ({ name, schema_id: index + 1 })),
  },
  database_principals: {
    columns: ['name', 'principal_id', 'sid', 'type_desc', 'authentication_type_desc'],
    rows: (_context, database) => principalsOf(database),
  },
  database_role_members: {
    columns: ['role_principal_id', 'member_principal_id'],
    rows: (_context, database) => {
      const principals = principalsOf(database);
      const idOf = (name: string): Value =>
        principals.find((one) => one['name'] === name)?.['principal_id'] ?? null;
      return (database?.users ?? []).flatMap((user) =>
        user.roles.map((role) => ({ role_principal_id: idOf(role), member_principal_id: idOf(user.name) })),
      );
    },
  },
  server_principals: {
    columns: ['name', 'sid'],
    rows: ({ state }) => state.logins.map(({ name, sid }) => ({ name, sid })),
  },
  dm_exec_sessions: {
    columns: ['session_id', 'host_name', 'login_name'],
    rows: ({ server, session, login }) =>
      server
        .sessions()
        .filter(({ id }) => id === session.id || login.roles.includes('sysadmin'))
        .map((one) => ({ session_id: one.id, host_name: one.host, login_name: one.login })),
  },
};

const ROLES = ['db_owner', 'db_backupoperator', 'db_datareader'];

function principalsOf(database: Database | undefined): CatalogRow[] {
  if (database === undefined) {
    return [];
  }
  const dbo = {
    name: 'dbo',
    principal_id: 1,
    sid: database.ownerSid,
    type_desc: 'SQL_USER',
    authentication_type_desc: 'INSTANCE',
  };
  const roles = ROLES.map((name, index) => ({
    name,
    principal_id: 16_384 + index,
    sid: `role ${name}`,
    type_desc: 'DATABASE_ROLE',
    authentication_type_desc: 'NONE',
  }));
  const users = database.users.map((user, index) => ({
    name: user.name,
    principal_id: 5 + index,
    sid: user.sid,
    type_desc: user.type,
    authentication_type_desc: user.type === 'SQL_USER' ? 'INSTANCE' : 'WINDOWS',
  }));
  return [dbo, ...roles, ...users];
}

export function sourceRows(schema: string, name: string, context: RowContext): SourceRows {
  const database = findDatabase(context.state, context.session.database);
  const view = schema.toLowerCase() === 'sys' ? VIEWS[name.toLowerCase()] : undefined;
  if (view !== undefined) {
    return { columns: view.columns, rows: view.rows(context, database) };
  }
  const rows = database?.tables[`${schema}.${name}`];
  if (database === undefined || rows === undefined) {
    throw new SqlRefusal(208, 16, `Invalid object name '${schema}.${name}'.`);
  }
  if (!mayReadTables(context.login, database)) {
    throw new SqlRefusal(
      229,
      14,
      `The SELECT permission was denied on the object '${name}', database '${database.name}', schema '${schema}'.`,
    );
  }
  return { columns: ['row'], rows: rows.map((row) => ({ row })) };
}

export function functionValue(name: string, args: readonly Value[], context: RowContext): Value {
  const { state, session, login } = context;
  const database = findDatabase(state, session.database);
  const text = (index: number): string => String(args[index] ?? '');
  switch (name) {
    case '@@SPID':
      return session.id;
    case 'SERVERPROPERTY':
      return serverProperty(text(0), state);
    case 'SUSER_SNAME':
      return login.name;
    case 'DB_NAME':
      return session.database;
    case 'DB_ID':
      return findDatabase(state, text(0))?.id ?? null;
    case 'HAS_DBACCESS': {
      const wanted = findDatabase(state, text(0));
      return wanted === undefined || wanted.state !== 'ONLINE' ? null : Number(mayEnter(login, wanted));
    }
    case 'HAS_PERMS_BY_NAME':
      return hasPermission(args, login, database);
    case 'FILEPROPERTY':
      return text(1) === 'SpaceUsed' && database !== undefined ? usedPages(database) : null;
    default:
      throw new SqlRefusal(195, 15, `'${name}' is not a recognized built-in function name.`);
  }
}

export function usedPages({ tables }: Database): number {
  const bytes = Object.values(tables)
    .flat()
    .reduce((sum, row) => sum + row.length, 0);
  return BASE_PAGES + Math.ceil(bytes / PAGE_BYTES);
}

function hasPermission(args: readonly Value[], login: Login, database: Database | undefined): Value {
  const [securable, kind, permission] = args;
  if (kind === 'DATABASE' && securable !== database?.name) {
    return null;
  }
  if (securable === null && kind === null && permission === 'CREATE ANY DATABASE') {
    return Number(allowed(login, 'CREATE ANY DATABASE'));
  }
  if (kind === 'DATABASE' && permission === 'BACKUP DATABASE' && database !== undefined) {
    return Number(allowed(login, 'BACKUP DATABASE', database));
  }
  if (kind === 'DATABASE' && permission === 'SELECT' && database !== undefined) {
    return Number(mayReadTables(login, database));
  }
  return null;
}

function serverProperty(name: string, state: ServerState): Value {
  switch (name) {
    case 'ProductVersion':
      return state.version;
    case 'Edition':
      return state.edition;
    case 'EngineEdition':
      return state.engineEdition;
    case 'InstanceDefaultBackupPath':
      return state.backupFolder;
    case 'InstanceDefaultDataPath':
    case 'InstanceDefaultLogPath':
      return state.dataFolder;
    default:
      return null;
  }
}

function splitTable(table: string): { readonly schema: string; readonly name: string } {
  const dot = table.indexOf('.');
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}

function schemasOf(database: Database | undefined): string[] {
  return [...new Set(Object.keys(database?.tables ?? {}).map((table) => splitTable(table).schema))];
}

/** @throws SqlRefusal as USE does */
export function enter(context: RowContext, name: string): Database {
  const database = findDatabase(context.state, name);
  if (database === undefined) {
    throw new SqlRefusal(
      911,
      16,
      `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
    );
  }
  if (database.state !== 'ONLINE') {
    throw inRestore(name);
  }
  const others = context.server
    .sessions()
    .filter((one) => one.id !== context.session.id && one.database === database.name);
  if (database.access === 'SINGLE_USER' && others.length > 0) {
    throw new SqlRefusal(924, 14, `Database '${name}' is already open and can only have one user at a time.`);
  }
  if (!mayEnter(context.login, database)) {
    throw new SqlRefusal(
      916,
      14,
      `The server principal "${context.login.name}" is not able to access the database "${name}" under the current security context.`,
    );
  }
  return database;
}
