/** Ends what the server still does for a restore whose programs are gone. */
import { runScript } from './psql-script.ts';
import { sessionName } from './restore-marker.ts';
import { findMaintenance, type Question } from './restore-target.ts';

/** A server notices that a client is gone when the statement has ended; CREATE DATABASE is one, and copies a while. */
const WAIT_SECONDS = 20;

/** psql fills in no variables between dollar quotes, hence the setting. */
const END_SESSIONS = `
SELECT set_config('bitbucket_restore.session', :'session', false);
DO $$
DECLARE
  deadline timestamptz := clock_timestamp() + interval '${WAIT_SECONDS} s';
BEGIN
  LOOP
    PERFORM pg_stat_clear_snapshot();
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = current_setting('bitbucket_restore.session')
        AND pid <> pg_backend_pid() AND usename = session_user;
    EXIT WHEN NOT FOUND OR clock_timestamp() > deadline;
    PERFORM pg_sleep(0.05);
  END LOOP;
END $$;
`;

/**
 * After it nothing appears any more that the run had begun: a database, say, which was being created when its psql was killed.
 * @throws CommandError when the server does not answer
 */
export async function endSessionsOf(question: Question, runId: string): Promise<void> {
  const maintenance = await findMaintenance(question);
  if ('severity' in maintenance) {
    // There is no other database to ask in; the one that is wanted is looked at next, and tells why.
    return;
  }
  await runScript(maintenance, question.psql, END_SESSIONS, { variables: { session: sessionName(runId) } });
}
