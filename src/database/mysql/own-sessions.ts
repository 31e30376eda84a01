/** Ends what the server still does for a restore whose programs are gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { sessionLock } from './restore-marker.ts';
import { parseRows } from './rows.ts';
import { runScript } from './sql-script.ts';
import { quoteText } from './sql-text.ts';

const WAIT_MS = 20_000;
const INTERVAL_MS = 50;

/**
 * A server notices that a client is gone when the statement has ended. After this nothing appears any more that the run had
 * begun: a database, say, which was being created when its client was killed. Everybody may end sessions of his own user.
 * @throws CommandError when the server does not answer
 */
export async function endSessionsOf(connection: Connection, client: string, runId: string): Promise<void> {
  const question = `SELECT IS_USED_LOCK(${quoteText(sessionLock(runId))});\n`;
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const [row] = parseRows((await runScript(connection, client, question)).stdout);
    const holder = row?.optionalText(0);
    if (holder === undefined || performance.now() > deadline) {
      return;
    }
    // It may have ended by itself in between.
    await runScript(connection, client, `KILL ${Number(holder)};\n`, { goOn: true });
    await sleep(INTERVAL_MS);
  }
}
