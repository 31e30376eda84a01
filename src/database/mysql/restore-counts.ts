/** The rows of the main tables: as the manifest says, and as they are after the restore. */
import type { BackedUp } from '../../strategies/contract.ts';
import type { RestoredCount } from '../../strategies/restore.ts';
import { MAIN_TABLES, type RowCounts } from '../main-tables.ts';
import type { DatabaseWork } from './restore-database.ts';
import { countRows } from './restore-facts.ts';

/** A manifest is read, not trusted: only main tables are asked for. */
export function recordedRows(recorded: BackedUp | undefined): RowCounts {
  const rows = recorded?.details['rows'];
  if (typeof rows !== 'object' || rows === null) {
    return {};
  }
  const counts = new Map<string, unknown>(Object.entries(rows));
  return Object.fromEntries(
    MAIN_TABLES.flatMap((table) => {
      const count = counts.get(table);
      return typeof count === 'number' ? [[table, count] as const] : [];
    }),
  );
}

/** @throws CommandError when a table is not there */
export async function countLoaded(work: DatabaseWork, rows: RowCounts): Promise<RestoredCount[]> {
  const tables = Object.keys(rows);
  if (tables.length === 0) {
    return [];
  }
  const restored = await countRows(work.connection, work.client, work.name, tables);
  return tables.map((table, index) => ({
    what: `rows of ${table}`,
    recorded: rows[table],
    restored: restored[index] ?? 0,
  }));
}
