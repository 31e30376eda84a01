/** CREATE, ALTER and DROP DATABASE, and KILL. */
import { randomUUID } from 'node:crypto';
import { noPermission, SqlRefusal } from './messages.ts';
import { allowed, mayChange } from './rights.ts';
import type { RunContext } from './run-context.ts';
import { type Database, findDatabase, sameName, type ServerState } from './server-state.ts';
import type { Statement } from './statements.ts';

export async function createDatabase(name: string, context: RunContext): Promise<void> {
  const { login } = context;
  if (!allowed(login, 'CREATE ANY DATABASE')) {
    throw noPermission('CREATE DATABASE', 'master');
  }
  await context.server.change((state) => ({
    state: withDatabase(state, newDatabase(state, name, login.sid)),
    result: undefined,
  }));
}

/** @throws SqlRefusal 1801 when there is one of that name */
export function withDatabase(state: ServerState, database: Database): ServerState {
  if (findDatabase(state, database.name) !== undefined) {
    throw new SqlRefusal(
      1801,
      16,
      `Database '${database.name}' already exists. Choose a different database name.`,
    );
  }
  return { ...state, nextId: state.nextId + 1, databases: [...state.databases, database] };
}

export function newDatabase(state: ServerState, name: string, ownerSid: string): Database {
  return {
    id: state.nextId,
    name,
    createdAt: new Date().toISOString().slice(0, 23),
    ownerSid,
    state: 'ONLINE',
    access: 'MULTI_USER',
    recoveryModel: 'FULL',
    collation: 'SQL_Latin1_General_CP1_CS_AS',
    familyGuid: randomUUID().toUpperCase(),
    lsn: 1,
    base: undefined,
    files: [
      { logical: name, path: `${state.dataFolder}${name}.mdf`, type: 'D' },
      { logical: `${name}_log`, path: `${state.dataFolder}${name}_log.ldf`, type: 'L' },
    ],
    users: [],
    tables: {},
  };
}

const alterFailed = new SqlRefusal(5069, 16, 'ALTER DATABASE statement failed.');

export async function alterDatabase(
  { database: name, access, others }: Extract<Statement, { kind: 'alter database' }>,
  context: RunContext,
): Promise<void> {
  const database = findDatabase(context.state, name);
  if (database === undefined || !mayChange(context.login, database)) {
    throw new SqlRefusal(
      5011,
      14,
      `User does not have permission to alter database '${name}', the database does not exist, or the database is not in a state that allows access checks.`,
      [alterFailed],
    );
  }
  if (database.state === 'RESTORING') {
    throw new SqlRefusal(
      5052,
      16,
      'ALTER DATABASE is not permitted while a database is in the Restoring state.',
      [alterFailed],
    );
  }
  const users = usersOf(database, context);
  if (users.length > 0 && access !== 'MULTI_USER') {
    if (others !== 'ROLLBACK IMMEDIATE') {
      throw new SqlRefusal(
        5070,
        16,
        `Database state cannot be changed while other users are using the database '${name}'`,
        [alterFailed],
      );
    }
    for (const { id } of users) {
      context.server.endSession(id);
    }
  }
  await context.server.changeDatabase(name, (one) => ({ ...one, access }));
}

export async function dropDatabase(name: string, context: RunContext): Promise<void> {
  const database = findDatabase(context.state, name);
  if (database === undefined || !mayChange(context.login, database)) {
    throw new SqlRefusal(
      3701,
      11,
      `Cannot drop the database '${name}', because it does not exist or you do not have permission.`,
    );
  }
  if (usersOf(database, context).length > 0) {
    throw new SqlRefusal(3702, 16, `Cannot drop database "${name}" because it is currently in use.`);
  }
  await context.server.change((state) => ({
    state: { ...state, databases: state.databases.filter((one) => one.id !== database.id) },
    result: undefined,
  }));
}

export function kill(id: number, context: RunContext): void {
  if (!context.login.roles.includes('sysadmin')) {
    throw new SqlRefusal(6102, 14, 'User does not have permission to use the KILL statement.');
  }
  if (!context.server.sessions().some((session) => session.id === id)) {
    throw new SqlRefusal(6106, 16, `Process ID ${id} is not an active process ID.`);
  }
  context.server.endSession(id);
}

function usersOf(database: Database, { server, session }: RunContext): { readonly id: number }[] {
  return server.sessions().filter((one) => one.id !== session.id && sameName(one.database, database.name));
}
