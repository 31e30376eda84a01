/** What a command counted after the restore, beside what it had counted in the backup. */
import { ActionError } from '../../errors.ts';
import type { ArchivedPart, RestoredCount } from '../../strategies/restore.ts';

/** @throws ActionError RESTORE_VERIFY when one of them differs, or was not counted again */
export function comparedCounts(
  { recorded }: ArchivedPart,
  restored: { readonly [what: string]: number },
  command: string,
): readonly RestoredCount[] {
  const before = numbersIn(recorded?.details['counts']);
  for (const [what, count] of before) {
    const now = restored[what];
    if (now !== count) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `${command} counted ${now ?? 'no'} ${what} after the restore, and the manifest says ${count}.`,
        { advice: 'Look into its lines in the log and run again.' },
      );
    }
  }
  return Object.entries(restored).map(([what, count]) => ({
    what,
    recorded: before.get(what),
    restored: count,
  }));
}

function numbersIn(value: unknown): Map<string, number> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(
    entries.flatMap(([what, count]: [string, unknown]) => (typeof count === 'number' ? [[what, count]] : [])),
  );
}
