/** The tables of a dump, by what the dump program says of them while it runs. */
import type { DumpedTables } from '../dump-progress.ts';
import type { DatabaseFacts } from './mysql-facts.ts';

/** The name in the verbose line for a table or view that the dump comes to; undefined in any other line. */
export function tableBegun(line: string): string | undefined {
  return /^-- Retrieving table structure for table (.+)\.\.\.$/.exec(line)?.[1];
}

export function dumpedTables({ database, tables, bytes }: DatabaseFacts): DumpedTables {
  const sizes = new Map(tables.map((table) => [table.name, table.bytes]));
  return { database, sizes, total: bytes, tableBegun };
}
