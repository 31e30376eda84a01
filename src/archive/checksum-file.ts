/** `<archive>.sha256`, as `sha256sum --check` reads it. */
import type { FileHandle } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import { CHECKSUM_EXTENSION } from './names.ts';

/** @param sha256 hexadecimal @param name of the archive, without its folder: both files can be moved together. */
export function checksumLine(sha256: string, name: string): string {
  return `${sha256}  ${name}\n`;
}

/**
 * @returns the SHA-256 that the file beside the archive names, in hex; undefined when there is no such file
 * @throws ActionError ARCHIVE_CORRUPT for a file of another form, ARCHIVE_RENAMED when it is about another archive
 */
export async function readChecksum(archivePath: string): Promise<string | undefined> {
  const path = archivePath + CHECKSUM_EXTENSION;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
  const [, sha256, name] = /^([0-9a-fA-F]{64}) [ *](.+)\n?$/.exec(text) ?? [];
  if (sha256 === undefined || name === undefined) {
    throw new ActionError('ARCHIVE_CORRUPT', `${path} is not the checksum of an archive.`, {
      advice: 'Fetch it again from where the archive was copied; nothing was changed.',
    });
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

/** Large pieces: each costs a way through the event loop. */
const READ_BYTES = 1024 * 1024;

/** @returns SHA-256 of the whole file, in hex. @throws the signal's reason when it was aborted */
export async function hashFile(handle: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const stream = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: READ_BYTES });
  const chunks: AsyncIterable<Buffer> = stream;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex');
}
