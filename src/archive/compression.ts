/** Which program compresses, and how. */
import { availableParallelism } from 'node:os';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import type { Transform } from 'node:stream';
import { findProgram } from '../host/tools.ts';
import type { Compression } from './names.ts';

export type Compressor =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'program';
      readonly name: string;
      readonly path: string;
      readonly args: readonly string[];
    }
  /** Node's own, on one core. */
  | { readonly kind: 'node'; readonly create: () => Transform };

/** Programs that use all cores come first; Node's own streams are always there. */
export function findCompressor(compression: Compression): Compressor {
  switch (compression) {
    case 'none':
      return { kind: 'none' };
    case 'zstd':
      // The number of cores, not `-T0`: that counts physical ones, of which a virtual machine often shows half.
      return (
        program('zstd', ['--quiet', '--stdout', `-T${availableParallelism()}`]) ?? {
          kind: 'node',
          create: () => createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
        }
      );
    case 'gzip':
      return (
        program('pigz', ['--stdout']) ??
        program('gzip', ['--stdout']) ?? { kind: 'node', create: () => createGzip() }
      );
  }
}

function program(name: string, args: readonly string[]): Compressor | undefined {
  const path = findProgram(name);
  return path === undefined ? undefined : { kind: 'program', name, path, args };
}
