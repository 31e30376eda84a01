/** Which program decompresses. */
import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { findProgram } from '../host/tools.ts';
import type { Compression } from './names.ts';

export type Decompressor =
  | { readonly kind: 'none' }
  | { readonly kind: 'program'; readonly path: string; readonly args: readonly string[] }
  /** Node's own: slower, but always there. */
  | { readonly kind: 'node'; readonly create: () => Transform };

export function findDecompressor(compression: Compression): Decompressor {
  switch (compression) {
    case 'none':
      return { kind: 'none' };
    case 'zstd':
      return program(['zstd'], ['--decompress', '--quiet', '--stdout']) ?? nodeOwn(createZstdDecompress);
    case 'gzip':
      // pigz reads, writes and checks in threads of its own.
      return program(['pigz', 'gzip'], ['--decompress', '--stdout']) ?? nodeOwn(createGunzip);
  }
}

function program(names: readonly string[], args: readonly string[]): Decompressor | undefined {
  const path = names.map((name) => findProgram(name)).find((found) => found !== undefined);
  return path === undefined ? undefined : { kind: 'program', path, args };
}

function nodeOwn(create: () => Transform): Decompressor {
  return { kind: 'node', create };
}
