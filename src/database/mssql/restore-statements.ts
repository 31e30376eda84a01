/** The statements of a restore ("RESTORE (Transact-SQL)", "RESTORE arguments"), and of taking it back. */
import type { BackupSet } from './backup-sets.ts';
import { type Move, moveOptions } from './restore-moves.ts';
import { quoteName, quoteText } from './t-sql.ts';

/**
 * RESTRICTED_USER comes with the recovery, so that there is no moment at which everybody may enter; who is a member of
 * db_owner in the database, dbcreator or sysadmin still may. To leave it unrecovered until the end would keep out everybody,
 * but nothing can be counted then; STANDBY can, but is refused when the backup comes from an older version (3180).
 */
const RECOVERY = ['RECOVERY', 'RESTRICTED_USER'];

/**
 * Without REPLACE the server refuses most databases that exist, but not one that comes from the same original and has the simple
 * recovery model, so that it is asked in the same breath.
 */
export function restoreFull(name: string, set: BackupSet, moves: readonly Move[], isLast: boolean): string {
  const options = [...setOptions(set), ...moveOptions(moves), ...(isLast ? RECOVERY : ['NORECOVERY'])];
  return `IF DB_ID(${quoteText(name)}) IS NULL
${restore(name, set, options)}
ELSE
  RAISERROR (N'There is a database of that name by now; nothing is overwritten.', 16, 1);`;
}

export function restoreDifferential(name: string, set: BackupSet): string {
  return `${restore(name, set, [...setOptions(set), ...RECOVERY])};`;
}

function restore(name: string, { file }: BackupSet, options: readonly string[]): string {
  return `  RESTORE DATABASE ${quoteName(name)} FROM DISK = ${quoteText(file)} WITH ${[...options, 'STATS = 5'].join(', ')}`;
}

/** CHECKSUM is refused for a backup that has none (3187), as those of Atlassian's scripts. */
function setOptions({ position, hasChecksums }: BackupSet): string[] {
  return [`FILE = ${position}`, ...(hasChecksums ? ['CHECKSUM'] : [])];
}

export function openToAll(name: string): string {
  return `ALTER DATABASE ${quoteName(name)} SET MULTI_USER;`;
}

/**
 * @param state one that is being restored has no users, and its options cannot be changed
 * @param others what becomes of them: NO_WAIT refuses while somebody is in it
 */
export function dropStatements(
  name: string,
  state: string,
  others: 'ROLLBACK IMMEDIATE' | 'NO_WAIT',
): string {
  const alone =
    state === 'ONLINE' ? `ALTER DATABASE ${quoteName(name)} SET SINGLE_USER WITH ${others};\n` : '';
  return `${alone}DROP DATABASE ${quoteName(name)};`;
}
