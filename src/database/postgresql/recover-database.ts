/** Takes back what a restore that died has made of a database. Only what its mark, or its emptiness, shows to be its own. */
import { ActionError } from '../../errors.ts';
import type { RecordedDatabase } from '../../host/restore-record.ts';
import { serverName } from './libpq.ts';
import { endSessionsOf } from './own-sessions.ts';
import { type DatabaseWork, dropDatabase, emptyDatabase, mark } from './restore-database.ts';
import type { TargetFacts } from './restore-facts.ts';
import { askServer, findDatabase, type Question } from './restore-target.ts';

/** Whose traces are looked for. */
export interface FormerRun {
  readonly runId: string;
  /** Of the database, where this process has seen it itself: it needs no mark then. */
  readonly oid?: number | undefined;
}

/** @returns sentences for the log. @throws ActionError DB_FAILED when it cannot be asked or taken back */
export async function recoverDatabase(
  question: Question,
  database: RecordedDatabase,
  { runId, oid }: FormerRun,
): Promise<readonly string[]> {
  const { name, created } = database;
  if (created) {
    await endSessionsOf(question, runId);
  }
  const found = await findDatabase(question);
  if ('severity' in found) {
    throw new ActionError('DB_FAILED', found.message, {
      advice: 'A restore that died has left a database there; make it reachable and run again.',
    });
  }
  const { existing, connection, maintenance } = found;
  if (existing === undefined) {
    return [];
  }
  const facts = await askServer(found, question, existing.owner);
  const { serverVersionNumber } = facts;
  const { psql } = question;
  const work: DatabaseWork = {
    connection,
    maintenance,
    psql,
    name,
    owner: existing.owner,
    serverVersionNumber,
  };
  const where = `database '${name}' at ${serverName(question.inputs)}`;
  if (existing.oid !== oid && !isOurs(existing, database, runId)) {
    return [`The ${where} is not marked as that of the restore that died; it was left as it is.`];
  }
  if (created) {
    await dropDatabase(work);
    return [`Dropped ${where}, which a restore that died had begun to fill.`];
  }
  if (existing.unfinishedRun === undefined) {
    await mark(work, { run_id: runId, archive: '' });
  }
  await emptyDatabase(work, runId);
  return [`Emptied ${where} again, which a restore that died had begun to fill.`];
}

/**
 * A run that died between creating the database and marking it has left it empty. One that died after it took the mark away
 * and before it could write down that all is in place has left it whole; its home is taken back, and so is the database,
 * unless somebody works with it by now.
 */
function isOurs(
  { unfinishedRun, objects, sessions, oid }: TargetFacts,
  database: RecordedDatabase,
  runId: string,
): boolean {
  if (unfinishedRun !== undefined || sessions > 0) {
    return unfinishedRun === runId;
  }
  const { created, marked = false } = database;
  return oid === database.oid || (created && !marked && objects === 0);
}
