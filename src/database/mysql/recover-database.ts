/** Takes back what a restore that died has made of a database. Only what its mark, or its emptiness, shows to be its own. */
import { ActionError } from '../../errors.ts';
import type { RecordedDatabase } from '../../host/restore-record.ts';
import { CommandError } from '../../host/command-error.ts';
import { failureFinding, targetOf } from './mysql-preflight.ts';
import { serverName } from './options-file.ts';
import { endSessionsOf } from './own-sessions.ts';
import { type DatabaseWork, dropDatabase, emptyDatabase, mark } from './restore-database.ts';
import { readServerFacts, type ServerFacts, type TargetFacts } from './restore-facts.ts';

/** @returns sentences for the log. @throws ActionError DB_FAILED when it cannot be asked or taken back */
export async function recoverDatabase(
  work: DatabaseWork,
  database: RecordedDatabase,
): Promise<readonly string[]> {
  const { name, runId, connection } = work;
  const existing = (await endAndAsk(work)).existing;
  if (existing === undefined) {
    return [];
  }
  const where = `database '${name}' at ${serverName(connection.inputs)}`;
  if (!isOurs(existing, database, runId)) {
    return [`The ${where} is not marked as that of the restore that died; it was left as it is.`];
  }
  if (database.created) {
    await dropDatabase(work);
    return [`Dropped ${where}, which a restore that died had begun to fill.`];
  }
  if (existing.unfinishedRun === undefined) {
    await mark(work, '');
  }
  await emptyDatabase(work);
  return [`Emptied ${where} again, which a restore that died had begun to fill.`];
}

async function endAndAsk({ connection, client, name, runId }: DatabaseWork): Promise<ServerFacts> {
  try {
    await endSessionsOf(connection, client, runId);
    return await readServerFacts(connection, client, name);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    const { message } = failureFinding(error, targetOf(connection.inputs, name), 'a restore');
    throw new ActionError('DB_FAILED', message, {
      advice: 'A restore that died has left a database there; make it reachable and run again.',
      cause: error,
    });
  }
}

/**
 * A run that died between creating the database and marking it has left it empty. One that died after it took the mark away
 * and before it could write down that all is in place has left it whole; its home is taken back, and so is the database,
 * unless somebody works with it by now.
 */
function isOurs(existing: TargetFacts, database: RecordedDatabase, runId: string): boolean {
  const { unfinishedRun, objects, sessions, identity } = existing;
  if (unfinishedRun !== undefined) {
    return unfinishedRun === runId;
  }
  if (sessions > 0) {
    return false;
  }
  const { created, marked = false } = database;
  const isComplete = identity !== undefined && identity === database.oid;
  return isComplete || (created && !marked && objects === 0);
}
