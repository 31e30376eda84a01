/** Reads what rsync prints: `--info=progress2,stats2,name0 --no-human-readable`, in English (LC_ALL). */

export interface RsyncStats {
  /** Files, folders, links, everything that is in the list. */
  readonly entries: number;
  readonly regularFiles: number;
  readonly createdFiles: number;
  readonly transferredFiles: number;
  /** Bytes of all files, copied now or before. */
  readonly totalBytes: number;
  /** Bytes of the files that were copied (or would be, in a dry run). */
  readonly transferredBytes: number;
}

const STAT_LINE = /^(?<key>[A-Z][a-z ]+): (?<value>\d+)(?: bytes)?(?: \((?<kinds>[a-z0-9:, ]+)\))?$/;

/** Collects the block of statistics that ends rsync's output, a line at a time. */
export class StatsCollector {
  readonly #values = new Map<string, number>();

  line(line: string): void {
    const { key, value, kinds } = STAT_LINE.exec(line)?.groups ?? {};
    if (key === undefined) {
      return;
    }
    this.#values.set(key, Number(value));
    for (const [, kind, count] of (kinds ?? '').matchAll(/([a-z]+): (\d+)/g)) {
      this.#values.set(`${key}/${kind}`, Number(count));
    }
  }

  /** Undefined when rsync ended without them. */
  stats(): RsyncStats | undefined {
    const entries = this.#values.get('Number of files');
    const totalBytes = this.#values.get('Total file size');
    const transferredFiles = this.#values.get('Number of regular files transferred');
    const transferredBytes = this.#values.get('Total transferred file size');
    if (
      entries === undefined ||
      totalBytes === undefined ||
      transferredFiles === undefined ||
      transferredBytes === undefined
    ) {
      return undefined;
    }
    return {
      entries,
      totalBytes,
      transferredFiles,
      transferredBytes,
      // A kind of which there is none is not printed.
      regularFiles: this.#values.get('Number of files/reg') ?? 0,
      createdFiles: this.#values.get('Number of created files') ?? 0,
    };
  }
}

export interface RsyncProgress {
  /** Bytes of files that were copied or found equal so far. */
  readonly bytes: number;
  readonly filesTransferred: number;
  /** Entries of the list that are done, and how long the list is as far as rsync has read the folders. */
  readonly checked: number;
  readonly listed: number;
  /** rsync lists folders while it copies (`ir-chk`); from `to-chk` on, `listed` is final. */
  readonly listComplete: boolean;
}

const PROGRESS_LINE =
  /^\s*(?<bytes>\d+)\s+\d+%.*\(xfr#(?<files>\d+), (?<kind>ir|to)-chk=(?<left>\d+)\/(?<listed>\d+)\)\s*$/;

/** A line of `--info=progress2`; undefined for any other, and for those that count bytes only. */
export function parseProgress(line: string): RsyncProgress | undefined {
  const { bytes, files, kind, left, listed } = PROGRESS_LINE.exec(line)?.groups ?? {};
  if (listed === undefined) {
    return undefined;
  }
  return {
    bytes: Number(bytes),
    filesTransferred: Number(files),
    checked: Number(listed) - Number(left),
    listed: Number(listed),
    listComplete: kind === 'to',
  };
}
