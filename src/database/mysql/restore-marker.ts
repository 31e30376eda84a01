/**
 * A table that says "not complete" while a database is being restored. It goes last, so that a database which a dead run
 * has left half-filled is known for that, and nobody else's is ever emptied.
 */
import { quoteName, quoteText } from './sql-text.ts';

export const MARKER_TABLE = 'bitbucket_restore_incomplete';

export function createMarker(
  database: string,
  values: { readonly runId: string; readonly archive: string },
): string {
  const table = `${quoteName(database)}.${MARKER_TABLE}`;
  return `CREATE TABLE ${table} (run_id varchar(64) NOT NULL, archive text NOT NULL, started_at datetime NOT NULL)
  ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO ${table} VALUES (${quoteText(values.runId)}, ${quoteText(values.archive)}, UTC_TIMESTAMP());
`;
}

export function dropMarker(database: string): string {
  return `DROP TABLE ${quoteName(database)}.${MARKER_TABLE};\n`;
}

/**
 * Sessions of a restore hold a lock of this name (`GET_LOCK`), by which they are found when their programs are gone; a session has
 * no name of its own.
 */
export function takeSessionLock(runId: string): string {
  return `DO GET_LOCK(${quoteText(sessionLock(runId))}, 10);\n`;
}

/** At most 64 characters. */
export function sessionLock(runId: string): string {
  return `bitbucket_restore_${runId.slice(0, 40)}`;
}
