/** `keep-backups`: removes the oldest archives of one instance, after a success only. */
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, isErrno } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { type ArchiveName, CHECKSUM_EXTENSION, parseArchiveName } from './names.ts';

export interface CompleteArchive extends ArchiveName {
  readonly bytes: number;
}

/** Archives of this instance that have their checksum beside them, newest first. Links and folders are none. */
export async function completeArchives(
  archiveRoot: string,
  instanceName: string,
): Promise<readonly CompleteArchive[]> {
  const found: CompleteArchive[] = [];
  for (const name of await namesIn(archiveRoot)) {
    const parsed = parseArchiveName(name, instanceName);
    if (parsed === undefined) {
      continue;
    }
    const bytes = await fileSize(join(archiveRoot, name));
    const checksum = await fileSize(join(archiveRoot, name + CHECKSUM_EXTENSION));
    if (bytes !== undefined && checksum !== undefined) {
      found.push({ ...parsed, bytes });
    }
  }
  return found.sort((a, b) => b.date.getTime() - a.date.getTime());
}

export interface Retention {
  readonly archiveRoot: string;
  readonly instanceName: string;
  /** How many stay; 0 keeps all. */
  readonly keep: number;
  /** Stays whatever its name says: a clock that jumped back must not cost the newest backup. */
  readonly justMade: string | undefined;
  readonly log: Log;
}

/** @returns the names that were removed. What cannot be removed is a warning: the backup itself has succeeded. */
export async function removeOldest(retention: Retention): Promise<readonly string[]> {
  const { archiveRoot, instanceName, keep, justMade, log } = retention;
  if (keep === 0) {
    return [];
  }
  const archives = await completeArchives(archiveRoot, instanceName);
  const removed: string[] = [];
  for (const { name } of archives.slice(keep).filter((archive) => archive.name !== justMade)) {
    try {
      // The archive goes first: without its checksum it would no longer count as complete, no later run would remove
      // it, and it would fill the disk for ever. A checksum that is left alone is small and looks like no backup.
      await unlink(join(archiveRoot, name));
      removed.push(name);
      await unlink(join(archiveRoot, name + CHECKSUM_EXTENSION));
    } catch (error) {
      log.warning(
        `The old archive ${join(archiveRoot, name)} could not be removed: ${asError(error).message}.`,
      );
    }
  }
  return removed;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}

async function fileSize(path: string): Promise<number | undefined> {
  try {
    const entry = await lstat(path);
    return entry.isFile() ? entry.size : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}
