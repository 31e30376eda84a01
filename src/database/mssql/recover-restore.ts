/** Takes back what a restore has made of a database: by the names of its files, which are those of one run alone. */
import { type Connection, serverName } from './connection.ts';
import { isUnfinished } from './restore-checks.ts';
import { restoringRun } from './restore-moves.ts';
import { dropStatements } from './restore-statements.ts';
import { readDatabaseState } from './server-facts.ts';
import { endOwnSessions } from './sessions.ts';
import { runSql, SqlError } from './sqlcmd.ts';
import { told } from './sql-failure.ts';

/** "Database state cannot be changed while other users are using the database", or it could not be locked. */
const IN_USE = [5061, 5064, 5070];

export interface TakingBack {
  readonly connection: Connection;
  readonly name: string;
  readonly runId: string;
  /** Of this very run: what is in it is nobody's but ours. */
  readonly isOwn: boolean;
}

/** @returns sentences for the log @throws ActionError DB_FAILED when it cannot be taken back */
export async function takeBackDatabase({
  connection,
  name,
  runId,
  isOwn,
}: TakingBack): Promise<readonly string[]> {
  const where = `database '${name}' at ${serverName(connection.inputs)}`;
  return await told(`Taking back ${where}`, async () => {
    await endOwnSessions(connection);
    const state = await readDatabaseState(connection, name);
    if (state === undefined) {
      return [];
    }
    if (restoringRun(state.files) !== runId) {
      return [`The ${where} is not that of the restore that died; it was left as it is.`];
    }
    // A run can die after all was in place: somebody may work with it by now.
    const others = isOwn || isUnfinished(state) ? 'ROLLBACK IMMEDIATE' : 'NO_WAIT';
    try {
      await runSql(connection, dropStatements(name, state.state, others));
    } catch (error) {
      if (error instanceof SqlError && others === 'NO_WAIT' && error.has(...IN_USE)) {
        return [`The ${where}, which a restore that died had filled, is in use; it was left as it is.`];
      }
      throw error;
    }
    return [`Dropped ${where}, which a restore that died had begun to fill.`];
  });
}
