/** A file that comes into being under a name that nobody takes for an archive. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';

const CREATE_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface PartialFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * Beside the final name, so that the rename stays within one file system; with a name that cannot be foreseen, so that
 * nobody has put a link there. Mode 0600 from the first byte.
 */
export async function createPartial(
  finalPath: string,
  onPartial: (path: string) => void,
): Promise<PartialFile> {
  const name = finalPath.slice(dirname(finalPath).length + 1);
  const path = join(dirname(finalPath), `.${name}.partial-${randomBytes(8).toString('hex')}`);
  onPartial(path);
  return { path, handle: await open(path, CREATE_NEW, 0o600) };
}

/**
 * Gives the partial file its final name, never over an existing one: a link fails where a rename overwrites.
 * @throws ActionError ARCHIVE_EXISTS
 */
export async function publish(partialPath: string, finalPath: string): Promise<void> {
  try {
    await link(partialPath, finalPath);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) {
      throw alreadyExists(finalPath);
    }
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) {
      throw error;
    }
    // A file system without hard links (SMB, FAT). The name holds our milliseconds and the journal keeps a second run
    // away, so the moment between look and rename belongs to us.
    await throwIfExists(finalPath);
    await rename(partialPath, finalPath);
    return;
  }
  await unlink(partialPath);
}

/** @throws ActionError ARCHIVE_EXISTS */
export async function throwIfExists(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return;
    }
    throw error;
  }
  throw alreadyExists(path);
}

/** Makes new names in a folder survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems know no flush of folders (EINVAL, ENOTSUP); every other error is one.
    if (!isErrno(error, 'EINVAL', 'ENOTSUP')) {
      throw error;
    }
  } finally {
    await handle.close();
  }
}

function alreadyExists(path: string): ActionError {
  return new ActionError('ARCHIVE_EXISTS', `${path} exists already and was not touched.`, {
    advice: 'Look where it comes from, move it away and run again.',
  });
}
