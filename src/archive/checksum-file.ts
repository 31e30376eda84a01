/** `<archive>.sha256`, as `sha256sum --check` reads it. */
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ActionError, asError, isErrno } from '../errors.ts';
import { CHECKSUM_EXTENSION } from './names.ts';

/** @param sha256 hexadecimal @param name of the archive, without its folder: both files can be moved together. */
export function checksumLine(sha256: string, name: string): string {
  return `${sha256}  ${name}\n`;
}

/** Enough for the longest name; whatever is longer is none. */
const LONGEST_FILE = 4096;

/**
 * @returns the SHA-256 that the file beside the archive names, in hex; undefined when there is no such file
 * @throws ActionError ARCHIVE_CORRUPT for a file of another form, ARCHIVE_RENAMED when it is about another archive
 */
export async function readChecksum(archivePath: string): Promise<string | undefined> {
  const path = archivePath + CHECKSUM_EXTENSION;
  const text = await readText(path);
  if (text === undefined) {
    return undefined;
  }
  const [, sha256, name] = /^([0-9a-fA-F]{64}) [ *](.+)\n?$/.exec(text) ?? [];
  if (sha256 === undefined || name === undefined) {
    throw unreadable(`${path} is not the checksum of an archive.`);
  }
  if (name !== basename(archivePath)) {
    throw new ActionError(
      'ARCHIVE_RENAMED',
      `${path} is the checksum of ${name}, not of ${basename(archivePath)}.`,
      { advice: `Give the archive its name ${name} back; nothing was changed.` },
    );
  }
  return sha256.toLowerCase();
}

/** @returns undefined when there is no such file; '' for what is no file, or none of this kind */
async function readText(path: string): Promise<string | undefined> {
  let handle: FileHandle | undefined;
  try {
    // O_NONBLOCK: a pipe under that name must not keep us waiting for its writer.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= LONGEST_FILE ? await handle.readFile('utf8') : '';
  } catch (cause) {
    if (isErrno(cause, 'ENOENT', 'ENOTDIR')) {
      return undefined;
    }
    throw unreadable(`${path} cannot be read: ${asError(cause).message}.`, cause);
  } finally {
    await handle?.close();
  }
}

function unreadable(message: string, cause?: unknown): ActionError {
  return new ActionError('ARCHIVE_CORRUPT', message, {
    advice: 'Fetch it again from where the archive was copied; nothing was changed.',
    cause,
  });
}

/** Large pieces: each costs a way through the event loop. */
const READ_BYTES = 1024 * 1024;

/** @returns SHA-256 of the whole file, in hex. @throws the signal's reason when it was aborted */
export async function hashFile(handle: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  // By way of the open file: a stream on the handle itself would close it when it is left early.
  const stream = createReadStream(`/proc/self/fd/${handle.fd}`, { highWaterMark: READ_BYTES });
  const chunks: AsyncIterable<Buffer> = stream;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex');
}
