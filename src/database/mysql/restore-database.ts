/** Makes, marks, empties and drops the database of a restore. */
import { ActionError } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { wordsOf } from './client-errors.ts';
import type { Connection } from './connection.ts';
import { serverName } from './options-file.ts';
import { createMarker, dropMarker, MARKER_TABLE, takeSessionLock } from './restore-marker.ts';
import { parseRows } from './rows.ts';
import { runScript } from './sql-script.ts';
import { quoteName, quoteText } from './sql-text.ts';

/** Dropping many tables takes its time. */
const REMOVAL_MS = 10 * 60_000;
/** Somebody who reads in it is waited for this long. */
const LOCK_WAIT = 'SET SESSION lock_wait_timeout = 60;\n';

export interface DatabaseWork {
  readonly connection: Connection;
  /** `mysql` or `mariadb`. */
  readonly client: string;
  readonly name: string;
  readonly runId: string;
}

export interface CharacterSet {
  readonly characterSet: string;
  readonly collation: string;
}

/**
 * It takes no signal to be cut short by: the server would go on, and the database would be there after everybody has
 * looked. When the runner's signal ends the client all the same, `endSessionsOf` ends the server's part.
 * @throws ActionError DB_FAILED
 */
export async function createDatabase(
  work: DatabaseWork,
  { characterSet, collation }: CharacterSet,
): Promise<void> {
  const script = `${takeSessionLock(work.runId)}CREATE DATABASE ${quoteName(work.name)} CHARACTER SET ${characterSet} COLLATE ${collation};\n`;
  await told(work, 'could not be created', async () => {
    await runScript(work.connection, work.client, script);
  });
}

export async function mark(work: DatabaseWork, archive: string): Promise<void> {
  const { name, runId } = work;
  await told(work, 'could not be marked as incomplete', async () => {
    await runScript(work.connection, work.client, createMarker(name, { runId, archive }));
  });
}

export async function unmark(work: DatabaseWork): Promise<void> {
  await told(work, 'could not be freed of its mark', async () => {
    await runScript(work.connection, work.client, dropMarker(work.name));
  });
}

export async function dropDatabase(work: DatabaseWork): Promise<void> {
  await told(work, 'could not be dropped', async () => {
    await runScript(
      work.connection,
      work.client,
      `${LOCK_WAIT}DROP DATABASE IF EXISTS ${quoteName(work.name)};\n`,
      { deadlineMs: REMOVAL_MS },
    );
  });
}

/**
 * Empties a database again that was empty before: everything in it came from the restore that failed. Not by dropping it,
 * because its character set and the rights to it were there before.
 */
export async function emptyDatabase(work: DatabaseWork): Promise<void> {
  await told(work, 'could not be emptied again', async () => {
    const is = `= ${quoteText(work.name)}`;
    const question = `SELECT IF(TABLE_TYPE = 'VIEW', 'VIEW', 'TABLE'), TABLE_NAME FROM information_schema.TABLES
  WHERE TABLE_SCHEMA ${is} ORDER BY TABLE_NAME = '${MARKER_TABLE}';
SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA ${is};
SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA ${is};
`;
    const { stdout } = await runScript(work.connection, work.client, question);
    const drops = parseRows(stdout).map((row) => ({
      isMark: row.text(1) === MARKER_TABLE,
      sql: `DROP ${row.text(0)} IF EXISTS ${quoteName(work.name)}.${quoteName(row.text(1))};\n`,
    }));
    // The mark goes last, so that an end in between leaves a database that is known for what it is.
    const inOrder = [...drops.filter(({ isMark }) => !isMark), ...drops.filter(({ isMark }) => isMark)];
    const script = `${LOCK_WAIT}SET SESSION foreign_key_checks = 0;\n${inOrder.map(({ sql }) => sql).join('')}`;
    await runScript(work.connection, work.client, script, { deadlineMs: REMOVAL_MS });
  });
}

async function told<T>(work: DatabaseWork, what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof CommandError
      ? new ActionError(
          'DB_FAILED',
          `Database '${work.name}' at ${serverName(work.connection.inputs)} ${what}: ${wordsOf(error)}.`,
          { advice: 'Correct what the database server names and run again.', cause: error },
        )
      : error;
  }
}
