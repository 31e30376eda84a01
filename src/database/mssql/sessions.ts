/**
 * What is left of our own statements on the server. It ends them when it sees that sqlcmd is gone, which it may not while it
 * writes, and a file or a database could then appear after we have looked.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { QUERY_LIMITS } from './server-facts.ts';
import { runSql } from './sqlcmd.ts';
import { quoteText } from './t-sql.ts';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Ends our sessions and waits for their end: a statement that is killed is rolled back first. A login without VIEW SERVER
 * STATE sees none but the one that asks, and one without ALTER ANY CONNECTION may end none; then we can only wait.
 * @returns false when there are still some
 */
export async function endOwnSessions(connection: Connection): Promise<boolean> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    const ids = await ownSessions(connection);
    if (ids.length === 0) {
      return true;
    }
    if (Date.now() > deadline) {
      return false;
    }
    for (const id of ids) {
      // It may have ended by itself, or we may not end it.
      await runSql(connection, `KILL ${id};`, QUERY_LIMITS).catch(() => undefined);
    }
  }
}

async function ownSessions(connection: Connection): Promise<readonly number[]> {
  const [rows = []] = await runSql(
    connection,
    `SELECT s.session_id AS id, s.host_name AS host FROM sys.dm_exec_sessions AS s
  WHERE s.host_name = ${quoteText(connection.workstation)} AND s.session_id <> @@SPID;`,
    QUERY_LIMITS,
  );
  return rows.map((row) => row.number('id'));
}
