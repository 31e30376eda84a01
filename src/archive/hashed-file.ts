/** Writes a stream into a file and through SHA-256 in one go. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Bytes that are joined into one write; a pipe hands over 64 KiB at most. */
const WRITE_SIZE = 1024 * 1024;

export interface HashedFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Returns when the file is flushed to the disk; the handle is left open.
 * @param onBytes told the bytes taken so far
 * @throws the system's error, such as ENOSPC; the signal's reason at once when it is aborted, even if the disk hangs
 */
export async function writeHashed(
  stream: Readable,
  handle: FileHandle,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const tap = (chunk: Buffer): void => {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  };
  const work = async (): Promise<void> => {
    await writeChunks(stream, handle, tap);
    await handle.sync();
  };
  await unlessAborted(work(), signal);
  return { bytes, sha256: hash.digest('hex') };
}

/**
 * One write is on its way while the next bytes are read and hashed, never more: of the four threads in which Node makes
 * file system calls, a disk that hangs then takes one.
 */
async function writeChunks(
  stream: Readable,
  handle: FileHandle,
  tap: (chunk: Buffer) => void,
): Promise<void> {
  const chunks: AsyncIterable<Buffer> = stream;
  let writing = Promise.resolve();
  let batch: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await writing;
    writing = writeAll(handle, batch);
    batch = [];
    size = 0;
    // Its failure is met by the next flush; until then it is no unhandled one.
    writing.catch(() => undefined);
  };
  for await (const chunk of chunks) {
    tap(chunk);
    batch.push(chunk);
    size += chunk.length;
    if (size >= WRITE_SIZE) {
      await flush();
    }
  }
  await flush();
  await writing;
}

/** Without joining the chunks first: that copy would cost a fifth of this thread's time. */
async function writeAll(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten < size) {
    // The system may take a part, for example what still fits on the disk; `writeFile` goes on from there until all is
    // written or an error says why not.
    await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
  }
}

/** A call that hangs on a dead file system cannot be taken back, only left behind. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  work.catch(() => undefined);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
