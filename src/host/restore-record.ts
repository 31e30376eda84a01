/**
 * What a restore has made so far, in its journal: when it dies, the next one removes exactly that.
 */

export interface RestoreRecord {
  /** Folders that got something under its final name. */
  readonly placed: readonly PlacedFolder[];
  readonly database?: RecordedDatabase;
  /** The strategy that made it, so that the same one removes it; older records lack it. */
  readonly databaseStrategy?: string;
  readonly search?: RecordedSearch;
}

export interface RecordedSearch {
  /** Base URL of the search server. */
  readonly server: string;
  /** The snapshot repository, and whether this run registers it, for reading only. */
  readonly repository: string;
  readonly registered: boolean;
  readonly snapshot: string;
  /** That this run makes; none of them was there before. */
  readonly indices: readonly string[];
}

export interface PlacedFolder {
  /** The folder itself, absolute. */
  readonly path: string;
  /** It was there, and empty, before. */
  readonly existed: boolean;
  /** Names that were put into it; all that it holds when it did not exist. */
  readonly entries: readonly string[];
  /** Inode numbers, which a rename keeps: of the folder when it did not exist, otherwise of each entry. */
  readonly inodes?: readonly number[];
  /** Of one that existed: its rights and owners as they were. */
  readonly before?: { readonly mode: number; readonly uid: number; readonly gid: number };
}

export interface RecordedDatabase {
  /** Such as `db.example.com:5432`. */
  readonly server: string;
  readonly name: string;
  /** This run creates it; otherwise it was there, and empty, before. */
  readonly created: boolean;
  /** From then on it carries a mark, and one without is another one. */
  readonly marked?: boolean;
  /** Known from the mark on. It stays when the mark goes, and no other database is ever going to have it. */
  readonly oid?: number;
  /** Folder in which the command of a custom strategy keeps what it has to know. */
  readonly state?: string;
}

/** @returns undefined for what is no such record: a journal can be damaged or forged */
export function restoreRecordOf(value: unknown): RestoreRecord | undefined {
  const placed = listOf(field(value, 'placed'), placedOf);
  const database = databaseOf(field(value, 'database'));
  const search = searchOf(field(value, 'search'));
  if (placed === undefined || database === 'wrong' || search === 'wrong') {
    return undefined;
  }
  const strategy = field(value, 'databaseStrategy');
  return {
    placed,
    ...(database === undefined ? {} : { database }),
    ...(typeof strategy === 'string' ? { databaseStrategy: strategy } : {}),
    ...(search === undefined ? {} : { search }),
  };
}

function placedOf(value: unknown): PlacedFolder | undefined {
  const path = field(value, 'path');
  const existed = field(value, 'existed');
  const entries = listOf(field(value, 'entries'), (name) => (isPlainName(name) ? name : undefined));
  const inodes = field(value, 'inodes');
  const numbers = listOf(inodes ?? [], (inode) => (typeof inode === 'number' ? inode : undefined));
  const before = beforeOf(field(value, 'before'));
  if (
    !isAbsolutePath(path) ||
    typeof existed !== 'boolean' ||
    entries === undefined ||
    numbers === undefined ||
    before === 'wrong'
  ) {
    return undefined;
  }
  return {
    path,
    existed,
    entries,
    ...(inodes === undefined ? {} : { inodes: numbers }),
    ...(before === undefined ? {} : { before }),
  };
}

const LARGEST_MODE = 0o7777;
/** The largest number means `leave it as it is` to chown(2). */
const LARGEST_ID = 2 ** 32 - 2;

function beforeOf(value: unknown): PlacedFolder['before'] | 'wrong' {
  if (value === undefined) {
    return undefined;
  }
  const [mode, uid, gid] = ['mode', 'uid', 'gid'].map((name) => field(value, name));
  return isUpTo(LARGEST_MODE, mode) && isUpTo(LARGEST_ID, uid) && isUpTo(LARGEST_ID, gid)
    ? { mode, uid, gid }
    : 'wrong';
}

function isUpTo(largest: number, value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest;
}

/** PostgreSQL's are 32 bits wide. */
const LARGEST_OID = 2 ** 32 - 1;

function databaseOf(value: unknown): RecordedDatabase | 'wrong' | undefined {
  if (value === undefined) {
    return undefined;
  }
  const server = field(value, 'server');
  const name = field(value, 'name');
  const created = field(value, 'created');
  const marked = field(value, 'marked') === true ? { marked: true } : {};
  const number = field(value, 'oid');
  const oid = isUpTo(LARGEST_OID, number) ? { oid: number } : {};
  const folder = field(value, 'state');
  const state = isAbsolutePath(folder) ? { state: folder } : {};
  return typeof server === 'string' && typeof name === 'string' && name !== '' && typeof created === 'boolean'
    ? { server, name, created, ...marked, ...oid, ...state }
    : 'wrong';
}

function searchOf(value: unknown): RecordedSearch | 'wrong' | undefined {
  if (value === undefined) {
    return undefined;
  }
  const server = field(value, 'server');
  const repository = field(value, 'repository');
  const snapshot = field(value, 'snapshot');
  const indices = listOf(field(value, 'indices'), (name) => (isIndexName(name) ? name : undefined));
  return typeof server === 'string' &&
    isPlainName(repository) &&
    isPlainName(snapshot) &&
    indices !== undefined
    ? { server, repository, registered: field(value, 'registered') === true, snapshot, indices }
    : 'wrong';
}

/** A wildcard would take in the indices of everybody, and so would `_all`; the server computes what stands in `<...>`. */
function isIndexName(value: unknown): value is string {
  return isPlainName(value) && !/[*,?<>\s]|^[-+_]/.test(value);
}

/** All of it, or nothing. */
function listOf<T>(value: unknown, item: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const items = Array.from(value, (entry: unknown) => item(entry)).filter((entry) => entry !== undefined);
  return items.length === value.length ? items : undefined;
}

/** The root is no folder that a restore fills. */
function isAbsolutePath(value: unknown): value is string {
  const parts = typeof value === 'string' && value.startsWith('/') ? value.split('/') : [];
  return parts.some((part) => part !== '' && part !== '.') && parts.every(isSafe);
}

function isPlainName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== '.' && !value.includes('/') && isSafe(value);
}

function isSafe(name: string): boolean {
  return name !== '..' && !name.includes('\0');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
