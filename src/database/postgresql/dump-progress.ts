/** How far a dump is, from what pg_dump says while it runs; told now and then, because a dump can take an hour. */
import type { Log } from '../../host/log.ts';
import type { DatabaseFacts, Relation } from './postgresql-facts.ts';

const INTERVAL_MS = 10_000;

export interface DumpProgress {
  /** Takes a line of pg_dump's standard error. */
  line(text: string): void;
  /** No more is told. */
  stop(): void;
}

/**
 * The name in pg_dump's verbose line for a table that it begins to read, such as `public.project`; undefined in any
 * other line. It says when a table begins, never when it ends.
 */
export function tableBegun(line: string): string | undefined {
  return /dumping contents of table "(.+)"$/.exec(line)?.[1];
}

/** Tells once in 10 s, and nothing of a dump that is over before. */
export function startDumpProgress(facts: DatabaseFacts, log: Log): DumpProgress {
  const tables = facts.relations.filter((relation) => relation.kind === 'table');
  const pages = new Map(tables.map((table) => [fullName(table), table.pages]));
  const total = tables.reduce((sum, table) => sum + table.pages, 0);
  let begun = 0;
  let done = 0;
  let current: string | undefined;
  const timer = setInterval(() => {
    if (current !== undefined) {
      const percent = Math.floor((100 * done) / Math.max(total, 1));
      log.info(
        `Dumping database '${facts.database}': ${percent} % read, table ${begun} of ${Math.max(begun, tables.length)}, ${current}`,
      );
    }
  }, INTERVAL_MS);
  timer.unref();
  return {
    line: (text) => {
      const name = tableBegun(text);
      if (name !== undefined) {
        // One table after the other: the one before is done when the next begins.
        done += current === undefined ? 0 : (pages.get(current) ?? 0);
        begun += 1;
        current = name;
      }
    },
    stop: () => clearInterval(timer),
  };
}

function fullName({ schema, name }: Relation): string {
  return `${schema}.${name}`;
}
