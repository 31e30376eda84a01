/** What a SELECT can ask: views, user tables and functions. */
import { allowed, mayEnter, mayReadTables } from './rights.ts';
import { inRestore, SqlRefusal } from './messages.ts';
import { type RowContext, type SourceRows, usedPages, type Value, VIEWS } from './catalog-views.ts';
import { type Database, findDatabase, type Login, type ServerState } from './server-state.ts';

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
