/**
 * Does pg_dump hold what it is going to read? It locks every table (ACCESS SHARE) after it has taken the snapshot over and
 * before it reads a definition, and keeps the locks to its end. From then on rows may change, which the snapshot does not
 * see, and whoever wants to change or drop a table waits until the dump is done.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import { DUMPED } from './postgresql-facts.ts';
import type { SnapshotSession } from './snapshot-session.ts';

/** The session's variable that names the dump's own session, as in pg_stat_activity. */
export const DUMP_VARIABLE = 'dump';

/**
 * Tables as of the snapshot, locks as of now. Only `r`: a partitioned table has no rows of its own, its partitions have.
 * Within a transaction pg_stat_activity shows what it was at the first look, unless that is cleared before each ("The
 * Cumulative Statistics System"); \gset takes the answer of that away. Works from PostgreSQL 9.3 on.
 */
const QUESTION = `SELECT pg_stat_clear_snapshot() \\gset cleared_
SELECT row_to_json(answer) FROM (
  SELECT count(*) AS tables, count(*) - count(held.relation) AS open,
    coalesce(string_agg(CASE WHEN held.relation IS NULL THEN c.relname::text END, ', '), '') AS examples
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN (
    SELECT DISTINCT l.relation FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE a.application_name = :'${DUMP_VARIABLE}' AND a.datname = current_database()
      AND l.locktype = 'relation' AND l.mode = 'AccessShareLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) held ON held.relation = c.oid
  WHERE c.relkind = 'r' AND ${DUMPED}
) answer;`;

const INTERVAL_MS = 20;

/** How long a dump that reads rows may be without its locks: it has taken them before, or it is about to end. */
const GRACE_MS = 5_000;

const EXAMPLES_LENGTH = 100;

/**
 * When it is asked, the dump reads rows and holds everything already. Only a dump so small that it was done before the question
 * came has let its locks go: its own end is the answer then.
 *
 * @param dumped settles with pg_dump
 * @returns how many tables there are
 * @throws ActionError DB_FAILED when a table is not held, or when the session has ended; as `dumped`
 */
export async function untilTablesHeld(
  session: SnapshotSession,
  dumped: Promise<void>,
  database: string,
): Promise<number> {
  const deadline = performance.now() + GRACE_MS;
  for (;;) {
    const answer = await session.ask(QUESTION);
    const open = answer.number('open');
    if (open === 0 || (await Promise.race([dumped.then(() => true), sleep(INTERVAL_MS, false)]))) {
      return answer.number('tables');
    }
    if (performance.now() > deadline) {
      const examples = answer.text('examples').slice(0, EXAMPLES_LENGTH);
      throw new ActionError(
        'DB_FAILED',
        `The dump of database '${database}' reads tables, and ${open} of them are not locked by it (${examples}).`,
        {
          advice:
            'Look for a pooler between runner and server that changes the name of sessions (application_name), and give the server itself as database-host.',
        },
      );
    }
  }
}
