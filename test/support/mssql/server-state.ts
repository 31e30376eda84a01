/** The stand-in's server: a folder with its state, its sessions and what tests order of it. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno } from '../../../src/errors.ts';

export interface Login {
  readonly name: string;
  /** Undefined: a trusted one. */
  readonly password?: string;
  readonly sid: string;
  readonly roles: readonly ('sysadmin' | 'dbcreator')[];
}

export interface DatabaseUser {
  readonly name: string;
  readonly sid: string;
  readonly type: 'SQL_USER' | 'WINDOWS_USER';
  readonly roles: readonly string[];
}

/** Rows by `schema.table`. */
export type Tables = Readonly<Record<string, readonly string[]>>;

export interface Database {
  readonly id: number;
  readonly name: string;
  readonly createdAt: string;
  readonly ownerSid: string;
  readonly state: 'ONLINE' | 'RESTORING' | 'OFFLINE';
  readonly access: 'MULTI_USER' | 'RESTRICTED_USER' | 'SINGLE_USER';
  readonly recoveryModel: 'SIMPLE' | 'FULL';
  readonly collation: string;
  readonly familyGuid: string;
  /** Counts up with every change. */
  readonly lsn: number;
  /** The last full backup that is not copy-only. */
  readonly base: { readonly guid: string; readonly lsn: number; readonly tables: Tables } | undefined;
  readonly files: readonly { readonly logical: string; readonly path: string; readonly type: 'D' | 'L' }[];
  readonly users: readonly DatabaseUser[];
  readonly tables: Tables;
  /** While it is being restored: the full backup that was. */
  readonly restoredGuid?: string;
}

export interface ServerState {
  readonly version: string;
  readonly edition: string;
  readonly engineEdition: number;
  readonly backupFolder: string | null;
  readonly dataFolder: string;
  readonly logins: readonly Login[];
  readonly databases: readonly Database[];
  readonly nextId: number;
  /** A certificate that it has signed itself. */
  readonly selfSigned: boolean;
  readonly flavour: 'odbc' | 'go';
  /** Folders of the server by their paths on this machine, longest first; others are the same. */
  readonly mounts: readonly { readonly onServer: string; readonly here: string }[];
}

export interface Session {
  readonly id: number;
  readonly pid: number;
  readonly host: string;
  readonly login: string;
  readonly database: string;
}

/** Where a statement can be told to stop, or to fail. */
export type Step =
  | 'full'
  | 'differential'
  | 'verifyonly'
  | 'restore full'
  | 'restore differential'
  | 'select';

export interface Orders {
  /** The next one that comes there. */
  readonly hold?: Step | undefined;
  /** The session that is held, until it is let go. */
  readonly holding?: number;
  readonly fullDisk?: Step;
  readonly down?: boolean;
}

export class Server {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  read(): ServerState {
    return parsed(join(this.folder, 'state.json')).state;
  }

  orders(): Orders {
    return parsed(join(this.folder, 'orders.json')).orders;
  }

  order(orders: Orders): void {
    writeWhole(join(this.folder, 'orders.json'), { orders });
  }

  create(state: ServerState): void {
    mkdirSync(join(this.folder, 'sessions'), { recursive: true });
    this.order({});
    writeWhole(join(this.folder, 'state.json'), { state });
  }

  /** One at a time. */
  async change<T>(
    change: (state: ServerState) => { readonly state: ServerState; readonly result: T },
  ): Promise<T> {
    const lock = join(this.folder, 'lock');
    await takeLock(lock);
    try {
      const { state, result } = change(this.read());
      writeWhole(join(this.folder, 'state.json'), { state });
      return result;
    } finally {
      rmdirSync(lock);
    }
  }

  async changeDatabase(name: string, change: (database: Database) => Database): Promise<void> {
    await this.change((state) => ({
      state: {
        ...state,
        databases: state.databases.map((one) => (sameName(one.name, name) ? change(one) : one)),
      },
      result: undefined,
    }));
  }

  /** Of programs that are still there. */
  sessions(): Session[] {
    return readdirSync(join(this.folder, 'sessions'))
      .flatMap((name) => {
        try {
          return [parsed(join(this.folder, 'sessions', name)).session];
        } catch {
          // It has just ended.
          return [];
        }
      })
      .filter(({ pid }) => isAlive(pid));
  }

  openSession(session: Omit<Session, 'id'>): Session {
    for (let id = 51; ; id += 1) {
      try {
        const opened = { ...session, id };
        writeFileSync(this.#sessionFile(id), JSON.stringify({ session: opened }), { flag: 'wx' });
        return opened;
      } catch (error) {
        if (!isErrno(error, 'EEXIST') || id > 10_000) {
          throw error;
        }
      }
    }
  }

  updateSession(session: Session): void {
    writeFileSync(this.#sessionFile(session.id), JSON.stringify({ session }));
  }

  /** A session that is ended so notices it at its next step. */
  endSession(id: number): void {
    rmSync(this.#sessionFile(id), { force: true });
  }

  isOpen(id: number): boolean {
    return readdirSync(join(this.folder, 'sessions')).includes(String(id));
  }

  #sessionFile(id: number): string {
    return join(this.folder, 'sessions', String(id));
  }
}

/** As the usual collations compare. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function findDatabase(state: ServerState, name: string): Database | undefined {
  return state.databases.find((database) => sameName(database.name, name));
}

async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) {
        throw error;
      }
      await sleep(5);
    }
  }
}

function writeWhole(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify(value));
  renameSync(draft, path);
}

interface Kept {
  readonly state: ServerState;
  readonly orders: Orders;
  readonly session: Session;
}

function parsed(path: string): Kept {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isKept(value)) {
    throw new TypeError(`${path} is not the stand-in's.`);
  }
  return value;
}

/** Only the stand-in writes these. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
