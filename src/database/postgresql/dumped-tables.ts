/** The tables of a dump, by what pg_dump says of them while it runs. */
import type { DumpedTables } from '../dump-progress.ts';
import type { DatabaseFacts } from './postgresql-facts.ts';

/**
 * The name in pg_dump's verbose line for a table that it begins to read, such as `public.project`; undefined in any
 * other line. It says when a table begins, never when it ends.
 */
export function tableBegun(line: string): string | undefined {
  return /dumping contents of table "(.+)"$/.exec(line)?.[1];
}

export function dumpedTables({ database, relations }: DatabaseFacts): DumpedTables {
  const tables = relations.filter((relation) => relation.kind === 'table');
  const sizes = new Map(tables.map(({ schema, name, pages }) => [`${schema}.${name}`, pages]));
  return { database, sizes, total: tables.reduce((sum, { pages }) => sum + pages, 0), tableBegun };
}
