/** Catalog views, with the rights that it takes to see them ("System catalog views", "Metadata visibility configuration"). */
import { allowed, mayReadTables } from './rights.ts';
import type { Database, Login, Server, ServerState, Session } from './server-state.ts';

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

export const VIEWS: Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: View }>> = {
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

export function usedPages({ tables }: Database): number {
  const bytes = Object.values(tables)
    .flat()
    .reduce((sum, row) => sum + row.length, 0);
  return BASE_PAGES + Math.ceil(bytes / PAGE_BYTES);
}

function splitTable(table: string): { readonly schema: string; readonly name: string } {
  const dot = table.indexOf('.');
  return { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}

function schemasOf(database: Database | undefined): string[] {
  return [...new Set(Object.keys(database?.tables ?? {}).map((table) => splitTable(table).schema))];
}
