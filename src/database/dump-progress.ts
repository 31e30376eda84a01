/** How far a dump is, from what the dump program says while it runs; told now and then, because a dump can take an hour. */
import type { Log } from '../host/log.ts';

const INTERVAL_MS = 10_000;

export interface DumpedTables {
  readonly database: string;
  /** By the name that the dump program gives them; in whatever unit, all in the same. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Of all together. */
  readonly total: number;
  /** The name in a line that says that a table begins; undefined for any other line. No line says when one ends. */
  readonly tableBegun: (line: string) => string | undefined;
}

export interface DumpProgress {
  /** Takes a line of the dump program's standard error. */
  line(text: string): void;
  /** No more is told. */
  stop(): void;
}

/** Tells once in 10 s, and nothing of a dump that is over before. */
export function startDumpProgress(
  { database, sizes, total, tableBegun }: DumpedTables,
  log: Log,
): DumpProgress {
  let begun = 0;
  let done = 0;
  let current: string | undefined;
  const timer = setInterval(() => {
    if (current !== undefined) {
      const percent = Math.floor((100 * done) / Math.max(total, 1));
      log.info(
        `Dumping database '${database}': ${percent} % read, table ${begun} of ${Math.max(begun, sizes.size)}, ${current}`,
      );
    }
  }, INTERVAL_MS);
  timer.unref();
  return {
    line: (text) => {
      const name = tableBegun(text);
      if (name !== undefined) {
        // One table after the other: the one before is done when the next begins.
        done += current === undefined ? 0 : (sizes.get(current) ?? 0);
        begun += 1;
        current = name;
      }
    },
    stop: () => clearInterval(timer),
  };
}
