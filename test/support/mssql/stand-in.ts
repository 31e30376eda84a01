/** A SQL Server stand-in for a test: its folder, its `sqlcmd`, and what administrators and users do to it. */
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newDatabase, withDatabase } from './database-statements.ts';
import {
  type Database,
  findDatabase,
  type Orders,
  Server,
  type ServerState,
  type Session,
  type Step,
  type Tables,
} from './server-state.ts';

export const PASSWORD = `p'a"s$s;w%o#r\\d ü -`;

export interface MssqlStandIn {
  /** With `sqlcmd` in it. */
  readonly binFolder: string;
  /** That the server writes its backups into. */
  readonly backupFolder: string;
  readonly server: Server;
  /** Holds the next statement of that kind until it is released. */
  hold(step: Step): void;
  /** Resolves when it is held. */
  held(): Promise<void>;
  release(): void;
  order(orders: Orders): void;
  /** Ends every session, as KILL does. */
  breakSessions(): void;
  createDatabase(name: string, changes?: Partial<Database>): Promise<void>;
  changeTables(name: string, change: (tables: Tables) => Tables): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  database(name: string): Database | undefined;
  /** Somebody who is in a database; the returned function says goodbye. */
  connect(database: string): () => void;
  remove(): void;
}

/** Who may do everything, who makes backups and restores, who only makes backups, and Bitbucket itself. */
export const LOGINS: ServerState['logins'] = [
  { name: 'sa', password: PASSWORD, sid: '0x01', roles: ['sysadmin'] },
  { name: 'backup', password: PASSWORD, sid: '0x0B', roles: ['dbcreator'] },
  { name: 'operator', password: PASSWORD, sid: '0x0C', roles: [] },
  { name: 'bitbucket', password: 'bitbucket', sid: '0x0D', roles: [] },
  { name: 'stranger', password: PASSWORD, sid: '0x0E', roles: ['dbcreator'] },
];

export const USERS: Database['users'] = [
  { name: 'bitbucket', sid: '0x0D', type: 'SQL_USER', roles: ['db_owner'] },
  { name: 'backup', sid: '0x0B', type: 'SQL_USER', roles: ['db_backupoperator', 'db_datareader'] },
  { name: 'operator', sid: '0x0C', type: 'SQL_USER', roles: ['db_backupoperator', 'db_datareader'] },
];

export function startMssqlStandIn(changes: Partial<ServerState> = {}): MssqlStandIn {
  const folder = mkdtempSync(join(tmpdir(), 'mssql-stand-in-'));
  const binFolder = join(folder, 'bin');
  const backupFolder = join(folder, 'backup');
  const server = new Server(join(folder, 'server'));
  mkdirSync(binFolder);
  mkdirSync(backupFolder);
  server.create({
    version: '16.0.4085.2',
    edition: 'Standard Edition (64-bit)',
    engineEdition: 2,
    backupFolder,
    dataFolder: '/var/opt/mssql/data/',
    logins: LOGINS,
    databases: [],
    nextId: 5,
    selfSigned: false,
    flavour: 'odbc',
    mounts: [],
    ...changes,
  });
  writeSqlcmd(binFolder, server.folder);
  const change = async (name: string, how: (database: Database) => Database): Promise<void> => {
    await server.changeDatabase(name, (database) => ({ ...how(database), lsn: database.lsn + 1 }));
  };
  return {
    binFolder,
    backupFolder,
    server,
    hold: (step) => {
      rmSync(join(server.folder, 'held'), { force: true });
      server.order({ ...server.orders(), hold: step });
    },
    held: async () => await untilHeld(server),
    release: () => {
      server.order({});
      rmSync(join(server.folder, 'held'), { force: true });
    },
    order: (orders) => server.order(orders),
    breakSessions: () => {
      for (const { id } of server.sessions()) {
        server.endSession(id);
      }
    },
    createDatabase: async (name, more = {}) => {
      await server.change((state) => ({
        state: withDatabase(state, { ...newDatabase(state, name, '0x01'), ...more }),
        result: undefined,
      }));
    },
    changeTables: async (name, how) =>
      await change(name, (database) => ({ ...database, tables: how(database.tables) })),
    dropDatabase: async (name) => {
      await server.change((state) => ({
        state: { ...state, databases: state.databases.filter((one) => one.name !== name) },
        result: undefined,
      }));
    },
    database: (name) => findDatabase(server.read(), name),
    connect: (database) => {
      const session: Session = server.openSession({
        pid: process.pid,
        host: 'somebody',
        login: 'sa',
        database,
      });
      return () => server.endSession(session.id);
    },
    remove: () => {
      server.order({});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Bitbucket's tables, and a few MB of rows. */
export function bitbucketTables(rows = 3, megabytes = 0): Tables {
  const some = (what: string): string[] =>
    Array.from({ length: rows }, (_, index) => `${what} ${index} ${randomUUID()}`);
  return {
    'dbo.app_property': some('property'),
    'dbo.project': some('project'),
    'dbo.repository': [...some('repository'), ...some('fork')],
    'dbo.sta_pull_request': some('pull request'),
    'dbo.bb_attachment': Array.from({ length: megabytes }, () => 'x'.repeat(1024 * 1024)),
  };
}

function writeSqlcmd(binFolder: string, serverFolder: string): void {
  const program = join(binFolder, 'sqlcmd');
  const script = join(import.meta.dirname, 'sqlcmd.ts');
  writeFileSync(
    program,
    // Started hundreds of times: compiled once.
    `#!/bin/sh\nexport NODE_COMPILE_CACHE='${binFolder}/cache'\nexec '${process.execPath}' --no-warnings '${script}' '${serverFolder}' "$@"\n`,
  );
  chmodSync(program, 0o755);
}

async function untilHeld(server: Server): Promise<void> {
  for (const deadline = Date.now() + 10_000; !existsSync(join(server.folder, 'held')); await sleep(10)) {
    if (Date.now() > deadline) {
      throw new Error('Nothing was held.');
    }
  }
}
