/**
 * Brings an archive and its checksum into being so that at no moment, whatever ends this process, an archive stands
 * there that is not whole.
 */
import { type FileHandle, statfs, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError, asError, isErrno } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { formatBytes } from '../report/format.ts';
import { createPartial, type PartialFile, publish, syncFolder, throwIfExists } from './archive-file.ts';
import { checksumLine } from './checksum-file.ts';
import type { HashedFile } from './hashed-file.ts';
import { CHECKSUM_EXTENSION } from './names.ts';
import type { Archive } from './strategy.ts';

/** Removing files from a disk that has gone away must not keep a cancelled run. */
const CLEAN_UP_MS = 5_000;

export interface Destination {
  /** Final path of the archive. */
  readonly path: string;
  readonly onPartial: (path: string) => void;
  readonly log: Log;
}

/**
 * @param write fills the file and flushes it
 * @throws ActionError ARCHIVE_EXISTS, DISK_FULL or ARCHIVE_FAILED; whatever `write` throws. Nothing of it is left then.
 */
export async function writeWhole(
  destination: Destination,
  write: (handle: FileHandle) => Promise<HashedFile>,
): Promise<Archive> {
  const { path, onPartial, log } = destination;
  const checksumPath = path + CHECKSUM_EXTENSION;
  /** What is to be removed when something fails, in this order. */
  const made: string[] = [];
  const create = async (finalPath: string): Promise<PartialFile> => {
    const partial = await createPartial(finalPath, onPartial);
    made.push(partial.path);
    return partial;
  };
  try {
    await throwIfExists(path);
    await throwIfExists(checksumPath);
    const archive = await create(path);
    const { bytes, sha256 } = await closing(archive.handle, async () => await write(archive.handle));
    const checksum = await create(checksumPath);
    await closing(checksum.handle, async () => {
      await checksum.handle.writeFile(checksumLine(sha256, basename(path)));
      await checksum.handle.sync();
    });
    // The checksum first, and safe on the disk before the archive gets its name: an archive with its final name then
    // always has its checksum beside it, and a checksum alone is taken for nothing.
    await publish(checksum.path, checksumPath);
    made.unshift(checksumPath);
    await syncFolder(dirname(path));
    await publish(archive.path, path);
    made.unshift(path);
    await syncFolder(dirname(path));
    return { path, bytes, sha256, discard: async () => await removeAll([path, checksumPath], log) };
  } catch (error) {
    await removeAll(made, log);
    throw await described(error, path);
  }
}

async function closing<T>(handle: FileHandle, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // Not awaited: close waits for a write that may hang for ever, and the first error is the one that counts.
    handle.close().catch(() => undefined);
    throw error;
  }
  await handle.close();
  return result;
}

async function removeAll(paths: readonly string[], log: Log): Promise<void> {
  const removal = async (): Promise<void> => {
    for (const path of paths) {
      await unlink(path).catch(ignoreMissing);
    }
  };
  const timeout = new AbortController();
  try {
    await Promise.race([
      removal(),
      delay(CLEAN_UP_MS, undefined, { signal: timeout.signal, ref: false }).then(() => {
        throw new Error(`the disk did not answer within ${CLEAN_UP_MS / 1_000} s`);
      }),
    ]);
  } catch (error) {
    log.warning(`${paths.join(', ')} could not be removed: ${asError(error).message}; remove it by hand.`);
  } finally {
    timeout.abort();
  }
}

function ignoreMissing(error: unknown): void {
  if (!isErrno(error, 'ENOENT')) {
    throw error;
  }
}

/** Says in words what the system says in a number. */
async function described(error: unknown, path: string): Promise<unknown> {
  if (isErrno(error, 'ENOSPC', 'EDQUOT')) {
    return new ActionError('DISK_FULL', `${dirname(path)} was full before the archive was written.`, {
      advice: `Free space (${await freeSpace(dirname(path))} are free now) or keep fewer backups, and run again.`,
      cause: error,
    });
  }
  if (error instanceof ActionError || !(error instanceof Error) || !('syscall' in error)) {
    return error;
  }
  return new ActionError('ARCHIVE_FAILED', `The archive ${path} could not be written: ${error.message}.`, {
    advice: 'Look at the disk and the rights of archive-root, and run again.',
    cause: error,
  });
}

async function freeSpace(folder: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return formatBytes(bavail * bsize);
  } catch {
    return 'unknown bytes';
  }
}
