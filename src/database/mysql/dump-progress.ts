/** How far a dump is, from what the dump program says while it runs; told now and then, because a dump can take an hour. */
import type { Log } from '../../host/log.ts';
import type { DatabaseFacts } from './mysql-facts.ts';

const INTERVAL_MS = 10_000;

export interface DumpProgress {
  /** Takes a line of the dump program's standard error. */
  line(text: string): void;
  /** No more is told. */
  stop(): void;
}

/** The name in the verbose line for a table or view that the dump comes to; undefined in any other line. */
export function tableBegun(line: string): string | undefined {
  return /^-- Retrieving table structure for table (.+)\.\.\.$/.exec(line)?.[1];
}

/** Tells once in 10 s, and nothing of a dump that is over before. */
export function startDumpProgress(facts: DatabaseFacts, log: Log): DumpProgress {
  const bytes = new Map(facts.tables.map((table) => [table.name, table.bytes]));
  let begun = 0;
  let done = 0;
  let current: string | undefined;
  const timer = setInterval(() => {
    if (current !== undefined) {
      const percent = Math.floor((100 * done) / Math.max(facts.bytes, 1));
      log.info(
        `Dumping database '${facts.database}': ${percent} % read, table ${begun} of ${Math.max(begun, facts.tables.length)}, ${current}`,
      );
    }
  }, INTERVAL_MS);
  timer.unref();
  return {
    line: (text) => {
      const name = tableBegun(text);
      if (name !== undefined) {
        // One table after the other: the one before is done when the next begins.
        done += current === undefined ? 0 : (bytes.get(current) ?? 0);
        begun += 1;
        current = name;
      }
    },
    stop: () => clearInterval(timer),
  };
}
