/**
 * A data directory as it lies on disk ("Database File Layout" in PostgreSQL's manual): what belongs to it elsewhere, and
 * which server works with it.
 */
import { lstat, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../errors.ts';

/** A folder that belongs to the data, under the name by which an administrator knows it. */
export interface DataFolder {
  readonly what: string;
  /** Resolved. */
  readonly path: string;
}

/** Of the write-ahead log; `pg_xlog` until PostgreSQL 9.6. */
const LOG_FOLDERS = ['pg_wal', 'pg_xlog'];

/** The directory itself, then all that its links lead to. @throws ENOENT, EACCES */
export async function dataFolders(directory: string): Promise<readonly DataFolder[]> {
  const folders: DataFolder[] = [{ what: 'the data directory', path: await realpath(directory) }];
  for (const name of LOG_FOLDERS) {
    const path = join(directory, name);
    if (await isLink(path)) {
      folders.push({ what: `the write-ahead log (${name})`, path: await realpath(path) });
    }
  }
  const spaces = join(directory, 'pg_tblspc');
  for (const name of (await readdir(spaces)).sort()) {
    folders.push({ what: `tablespace ${name}`, path: await realpath(join(spaces, name)) });
  }
  return folders;
}

/** The first line of `PG_VERSION`, such as `15`. @returns undefined for what is no data directory */
export async function majorVersion(directory: string): Promise<string | undefined> {
  return (await linesOf(join(directory, 'PG_VERSION')))?.[0];
}

export interface RunningServer {
  readonly pid: number;
  /** Seconds since 1970. */
  readonly startedAt: number;
}

/** As `postmaster.pid` says. @returns undefined when there is none */
export async function serverOf(directory: string): Promise<RunningServer | undefined> {
  const lines = await linesOf(join(directory, 'postmaster.pid'));
  const [pid = '', , startedAt = ''] = lines ?? [];
  return lines === undefined ? undefined : { pid: Number(pid), startedAt: Number(startedAt) };
}

/**
 * The file may be of a server that is gone (after a crash, or from a snapshot), and its number another process's by now.
 * A server stays in its data directory, so there it is looked for.
 *
 * @returns undefined when no process works with the directory
 */
export async function liveServerOf(directory: string): Promise<RunningServer | undefined> {
  const server = await serverOf(directory);
  if (server === undefined) {
    return undefined;
  }
  try {
    const place = await readlink(`/proc/${server.pid}/cwd`);
    return place === (await realpath(directory)) ? server : undefined;
  } catch (error) {
    // One that is not ours to look at may be it.
    return isErrno(error, 'EACCES') ? server : undefined;
  }
}

async function linesOf(path: string): Promise<string[] | undefined> {
  try {
    return (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return false;
    }
    throw error;
  }
}
