/** How much room an archive is going to take, told before the lock. */
import type { Compression } from './names.ts';

/** Per file: a header, an extended header with the times to the nanosecond, its data, and padding to a full block. */
const TAR_BYTES_PER_FILE = 2_048;

/** Backups grow from day to day, and what is new may compress worse. */
const GROWTH = 1.2;

export interface EstimateBasis {
  readonly sourceBytes: number;
  readonly sourceFiles: number;
  readonly compression: Compression;
  /** Size of the newest complete archive of this instance, if there is one. */
  readonly newestBytes: number | undefined;
}

/**
 * Bytes, rather too many than too few. Git packs are compressed already, so without an earlier archive nothing is
 * assumed to be gained. The newest one tells better how this instance compresses, as long as it says less.
 */
export function estimateArchive(basis: EstimateBasis): number {
  const { sourceBytes, sourceFiles, compression, newestBytes } = basis;
  const worst = sourceBytes + sourceFiles * TAR_BYTES_PER_FILE;
  if (compression === 'none' || newestBytes === undefined) {
    return worst;
  }
  return Math.min(worst, Math.ceil(newestBytes * GROWTH));
}
