/** The dump's file in its folder: how it is named, compressed, read and flushed. */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { CommandRunner } from '../../host/command.ts';
import { flushFolder } from '../../host/folder-flush.ts';
import { findProgram } from '../../host/tools.ts';

export type DumpCompression = 'none' | 'zstd' | 'gzip';

export const PLAIN_NAME = 'dump.sql';

const NAMES: readonly (readonly [suffix: string, compression: DumpCompression])[] = [
  ['.sql', 'none'],
  ['.sql.zst', 'zstd'],
  ['.sql.gz', 'gzip'],
];

export interface DumpFile {
  readonly path: string;
  readonly compression: DumpCompression;
}

/** Ours; gzip is only ever read. */
export function dumpFileIn(folder: string, compression: 'none' | 'zstd'): DumpFile {
  return { path: join(folder, compression === 'zstd' ? `${PLAIN_NAME}.zst` : PLAIN_NAME), compression };
}

/** @returns undefined unless exactly one dump is in the folder */
export async function findDumpFile(folder: string): Promise<DumpFile | undefined> {
  const found = (await readdir(folder)).flatMap((name) => {
    const match = NAMES.find(([suffix]) => name.endsWith(suffix));
    return match === undefined ? [] : [{ path: join(folder, name), compression: match[1] }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Its text, whatever it was compressed with. Errors of the decompressor surface from the stream. */
export function readDumpFile({ path, compression }: DumpFile): Readable {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  switch (compression) {
    case 'none':
      return file;
    case 'zstd':
      return joined(file, createZstdDecompress());
    case 'gzip':
      return joined(file, createGunzip());
  }
}

function joined(file: Readable, decompressor: Readable & NodeJS.WritableStream): Readable {
  pipeline(file, decompressor).catch((error: unknown) => {
    decompressor.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return decompressor;
}

/**
 * Compresses what the dump program prints. zstd reads straight from it, nothing goes through us; where it is not installed
 * Node's own does it. It must be called before anything else is awaited, as `onStdout` wants it.
 */
export async function compressInto(
  { path }: DumpFile,
  stdout: Readable,
  commands: CommandRunner,
  signal: AbortSignal,
): Promise<void> {
  const zstd = findProgram('zstd');
  if (zstd === undefined) {
    await pipeline(stdout, createZstdCompress(), createWriteStream(path, { flags: 'wx', mode: 0o600 }), {
      signal,
    });
    return;
  }
  await commands.run(zstd, ['--quiet', '-o', path], { stdin: stdout, signal });
}

/** MySQL's program flushes what it writes, MariaDB's and zstd do not. */
export async function flushDump(folder: string, { path }: DumpFile): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
  await flushFolder(folder);
}
