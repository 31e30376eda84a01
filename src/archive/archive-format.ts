/** What an archive really is, by its first bytes: a name says nothing after somebody has renamed the file. */
import type { FileHandle } from 'node:fs/promises';
import type { Compression } from './names.ts';

/** Stands here in every tar that is not older than POSIX.1-1988. */
const TAR_MAGIC = 'ustar';
const TAR_MAGIC_OFFSET = 257;

const MAGIC: readonly (readonly [Compression, offset: number, bytes: Buffer])[] = [
  // RFC 8878, section 3.1.1; RFC 1952, section 2.3.1.
  ['zstd', 0, Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['gzip', 0, Buffer.from([0x1f, 0x8b])],
  ['none', TAR_MAGIC_OFFSET, Buffer.from(TAR_MAGIC)],
];

/** @returns undefined for what is no archive that can be read here */
export async function detectCompression(handle: FileHandle): Promise<Compression | undefined> {
  const head = Buffer.alloc(512);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  const found = MAGIC.find(
    ([, offset, bytes]) =>
      bytesRead >= offset + bytes.length && head.subarray(offset, offset + bytes.length).equals(bytes),
  );
  return found?.[0];
}
