/** The server said that all went well; the database is asked all the same. */
import { ActionError } from '../../errors.ts';
import type { BackedUp } from '../../strategies/contract.ts';
import type { RestoredCount } from '../../strategies/restore.ts';
import type { Connection } from './connection.ts';
import { countTables } from './database-facts.ts';

export type Counted = readonly RestoredCount[];

/** @throws ActionError RESTORE_VERIFY when something differs from what the manifest says; what the signal was aborted with */
export async function countRestored(
  connection: Connection,
  name: string,
  recorded: BackedUp | undefined,
  signal: AbortSignal,
): Promise<Counted> {
  const { tables, rows } = await countTables(connection, name, signal);
  const recordedRows = recordedCounts(recorded);
  const names = [...new Set([...Object.keys(recordedRows), ...Object.keys(rows)])];
  const counts = [
    { what: 'tables', recorded: numberOr(recorded?.details['tables']), restored: tables },
    ...names.map((table) => ({
      what: `rows of ${table}`,
      recorded: recordedRows[table],
      restored: rows[table] ?? 0,
    })),
  ];
  const wrong = counts.find((count) => count.recorded !== undefined && count.recorded !== count.restored);
  if (wrong !== undefined) {
    throw new ActionError(
      'RESTORE_VERIFY',
      `Database '${name}' has ${wrong.restored} ${wrong.what} after the restore, and the manifest says ${wrong.recorded ?? 0}.`,
      { advice: "Look into SQL Server's log and run again, or choose another archive." },
    );
  }
  return counts;
}

function recordedCounts(recorded: BackedUp | undefined): Readonly<Record<string, number>> {
  const rows = recorded?.details['rows'];
  return typeof rows === 'object' && rows !== null
    ? Object.fromEntries(
        Object.entries(rows).flatMap(([table, count]) => (typeof count === 'number' ? [[table, count]] : [])),
      )
    : {};
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
