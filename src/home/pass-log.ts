/** What a pass tells the administrator while it runs. */
import type { Log } from '../host/log.ts';
import { formatBytes, formatCount } from '../report/format.ts';
import type { RsyncProgress } from './rsync-stats.ts';

const INTERVAL_MS = 10_000;

/** More sockets and FIFOs than this are only counted. */
const SKIPPED_NAMED = 5;

/** A line every 10 s at most, with the bytes so far and the rate since the last line. */
export function progressLogger(log: Log, what: string): (progress: RsyncProgress) => void {
  let lastAt = performance.now();
  let lastBytes = 0;
  return (progress) => {
    const now = performance.now();
    if (now - lastAt < INTERVAL_MS) {
      return;
    }
    const rate = ((progress.bytes - lastBytes) / (now - lastAt)) * 1_000;
    const listed = `${formatCount(progress.listed)} entries${progress.listComplete ? '' : ' listed so far'}`;
    log.info(
      `Copying ${what}: ${formatBytes(progress.bytes)} (${formatBytes(rate)}/s), ${formatCount(progress.checked)} of ${listed} checked`,
    );
    lastAt = now;
    lastBytes = progress.bytes;
  };
}

export class SkippedFiles {
  readonly #log: Log;
  readonly #what: string;
  #count = 0;

  constructor(log: Log, what: string) {
    this.#log = log;
    this.#what = what;
  }

  add(path: string): void {
    this.#count += 1;
    if (this.#count <= SKIPPED_NAMED) {
      this.#log.info(`Left out of ${this.#what}: ${path} is a socket, FIFO or device`);
    }
  }

  finish(): void {
    if (this.#count > SKIPPED_NAMED) {
      this.#log.info(
        `Left out of ${this.#what}: ${this.#count - SKIPPED_NAMED} more sockets, FIFOs or devices`,
      );
    }
  }
}
