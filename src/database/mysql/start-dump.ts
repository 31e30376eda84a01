/** Brings a dump to the point from which nobody's writing can touch it. This is all that the locked window waits for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import { type Dump, definitionsOf } from './dump.ts';
import type { DumpFile } from './dump-file.ts';
import { startDumpProgress } from '../dump-progress.ts';
import { dumpedTables, tableBegun } from './dumped-tables.ts';
import { GuardSession } from './guard-session.ts';
import { dumpDatabase } from './mysql-dump.ts';
import { serverName } from './options-file.ts';
import { abortWith } from '../../host/abort-with.ts';
import { RunningDump } from './running-dump.ts';

/** The dump comes to its first table in a fraction of a second; this it gets on a server that is far away or busy. */
const FIRST_TABLE_SECONDS = 60;

/**
 * Returns once the dump has come to its first table. By then its snapshot has begun, and it has its list of tables: `main` in
 * client/mysqldump.cc, of MySQL and of MariaDB, executes START TRANSACTION WITH CONSISTENT SNAPSHOT (`start_transaction`) and
 * gives up when that fails, before it calls `dump_databases`, which asks for the list; "Retrieving table structure" is
 * said by `get_table_structure`, called for each table of that list. What it says is flushed line by line (`verbose_msg`).
 *
 * @param signal is listened to until this returns, and no longer
 * @throws ActionError when it cannot be had; what the signal was aborted with. By then no program is left.
 */
export async function startDump(dump: Dump, file: DumpFile, signal: AbortSignal): Promise<RunningDump> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const unlink = abortWith(signal, stop);
  const { connection, plan, context } = dump;
  const { facts, client, blockDdl } = plan;
  const { database } = facts;
  const guard = new GuardSession(
    { connection, client: client.path, database, family: facts.version.family, blockDdl },
    stop.signal,
  );
  const ends = [guard.gone()];
  try {
    await guard.open();
    const { dumped, reading } = beginDump(dump, file, stop.signal);
    ends.push(dumped);
    // Side by side, because all of Bitbucket waits for it; nobody alters anything inside the lock.
    const reached = untilReading(dump, { dumped, reading, lost: guard.lost });
    const [definitions] = await Promise.all([definitionsOf(dump, stop.signal), reached]);
    signal.throwIfAborted();
    context.log.info(`The dump of database '${database}' holds its snapshot`);
    return new RunningDump({ dump, guard, dumped, stop, definitions });
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(ends);
    throw error;
  } finally {
    unlink();
  }
}

function beginDump(
  { connection, plan, context }: Dump,
  file: DumpFile,
  signal: AbortSignal,
): { readonly dumped: Promise<void>; readonly reading: Promise<void> } {
  const reading = Promise.withResolvers<void>();
  const progress = startDumpProgress(dumpedTables(plan.facts), context.log);
  const onLine = (line: string): void => {
    context.log.debug(line);
    progress.line(line);
    if (tableBegun(line) !== undefined) {
      reading.resolve();
    }
  };
  const dumped = dumpDatabase(connection, plan, { file, signal, onLine }).finally(() => progress.stop());
  // A failure is kept until somebody asks how the dump ended, which may be long after it.
  dumped.catch(() => undefined);
  return { dumped, reading: reading.promise };
}

async function untilReading(
  { connection, plan }: Dump,
  {
    dumped,
    reading,
    lost,
  }: { readonly dumped: Promise<void>; readonly reading: Promise<void>; readonly lost: Promise<never> },
): Promise<void> {
  const subject = `The dump of database '${plan.facts.database}' at ${serverName(connection.inputs)}`;
  const reached = new AbortController();
  const ended = async (): Promise<void> => {
    await dumped;
    // What it said last may still be on its way.
    await Promise.race([reading, sleep(1_000, undefined, { signal: reached.signal, ref: false })]);
    throw new ActionError(
      'DB_FAILED',
      `${subject} is not whole: the dump program ended without reading a table.`,
      {
        advice: 'Check the installed client of MySQL or MariaDB and run again.',
      },
    );
  };
  const late = async (): Promise<never> => {
    await sleep(FIRST_TABLE_SECONDS * 1_000, undefined, { signal: reached.signal, ref: false });
    throw new ActionError(
      'DB_FAILED',
      `${subject} has not begun to read tables within ${FIRST_TABLE_SECONDS} s.`,
      {
        advice: 'Look into SHOW PROCESSLIST of the server for what it waits for and run again.',
      },
    );
  };
  try {
    await Promise.race([reading, ended(), lost, late()]);
  } finally {
    reached.abort();
  }
}
