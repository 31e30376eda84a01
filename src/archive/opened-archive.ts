/** An archive that is held open from the check to the end of the restore, so that both read the same file. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ActionError, asError } from '../errors.ts';
import { detectCompression } from './archive-format.ts';
import { type Decompressor, findDecompressor } from './decompression.ts';
import type { Compression } from './names.ts';

export interface OpenedArchive {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedMs: number;
  readonly compression: Compression;
  readonly decompressor: Decompressor;
  readonly handle: FileHandle;
  close(): Promise<void>;
}

/** @throws ActionError ARCHIVE_NOT_FOUND, ARCHIVE_CORRUPT for what is no archive at all */
export async function openArchive(path: string): Promise<OpenedArchive> {
  const handle = await openFile(path);
  try {
    const { size, mtimeMs } = await regularFile(handle, path);
    const compression = size === 0 ? undefined : await detectCompression(handle);
    if (compression === undefined) {
      throw new ActionError(
        'ARCHIVE_CORRUPT',
        size === 0
          ? `The archive ${path} is empty.`
          : `${path} is no archive: it is neither tar nor compressed with zstd or gzip.`,
        { advice: 'Choose another archive; nothing was changed.' },
      );
    }
    return {
      path,
      name: basename(path),
      bytes: size,
      modifiedMs: mtimeMs,
      compression,
      decompressor: findDecompressor(compression),
      handle,
      close: async () => await handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // O_NONBLOCK: a pipe under that name must not keep us waiting for its writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new ActionError(
      'ARCHIVE_NOT_FOUND',
      `The archive ${path} cannot be opened: ${asError(cause).message}.`,
      {
        advice: 'Correct archive or archive-root; nothing was changed.',
        cause,
      },
    );
  }
}

async function regularFile(handle: FileHandle, path: string): Promise<Stats> {
  const stats = await handle.stat();
  if (!stats.isFile()) {
    throw new ActionError('ARCHIVE_NOT_FOUND', `${path} is not a file.`, {
      advice: 'Name the archive itself; nothing was changed.',
    });
  }
  return stats;
}
