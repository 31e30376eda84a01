/** Brings a dump to the point from which nobody's changes can touch it. This is all that the locked window waits for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../errors.ts';
import type { StrategyContext } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { DUMP_VARIABLE, untilTablesHeld } from './dump-locks.ts';
import { startDumpProgress } from '../dump-progress.ts';
import { dumpedTables, tableBegun } from './dumped-tables.ts';
import { serverName } from './libpq.ts';
import { type DumpPlan, dumpDatabase, lockedTable } from './postgresql-dump.ts';
import { type CountedTables, countedTables, lockStatement } from './row-counts.ts';
import { abortWith } from '../../host/abort-with.ts';
import { RunningDump } from './running-dump.ts';
import { SnapshotSession } from './snapshot-session.ts';

export interface Dump {
  readonly connection: Connection;
  readonly plan: DumpPlan;
  readonly context: StrategyContext;
}

/**
 * pg_dump reads the definitions of some hundred tables in a fraction of a second. This it gets on a server that is far
 * away or busy, besides the wait for a locked table.
 */
const DEFINITIONS_SECONDS = 60;

/** The server cuts application names at 63 bytes; the end of a backup's id, where its time is, must survive that. */
const ID_LENGTH = 40;

/**
 * Returns once pg_dump has begun to read rows and holds every table. By then
 * - it has taken the snapshot over, so that it does not see what is written from now on;
 * - it has read all definitions, and the positions of sequences, which no snapshot holds still: pg_dump makes all entries
 *   of the archive (`dumpDumpableObject`) before it writes the rows of the first (`WriteDataChunks`), in 9.5 as in 18;
 * - it has locked every table, so that whoever wants to change or drop one waits. pg_dump locks before it reads
 *   definitions, so that this is asked when rows are read, and seldom more than once.
 *
 * @param folder exists and is empty
 * @param signal is listened to until this returns, and no longer
 * @throws ActionError when it cannot be had; what the signal was aborted with. By then neither program is left.
 */
export async function startDump(dump: Dump, folder: string, signal: AbortSignal): Promise<RunningDump> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const unlink = abortWith(signal, stop);
  const session = openSession(dump, stop.signal);
  const ends = [session.gone()];
  try {
    const snapshot = await session.exportSnapshot();
    const counted = countedTables(dump.plan.facts.relations);
    await hold(dump, session, counted);
    const { dumped, reading } = beginDump(dump, { folder, snapshot, signal: stop.signal });
    ends.push(dumped);
    await untilReading(dump, { dumped, reading, lost: session.lost });
    const { log } = dump.context;
    const { database } = dump.plan.facts;
    const tables = await untilTablesHeld(session, dumped, database);
    signal.throwIfAborted();
    log.info(`The dump of database '${database}' holds its snapshot and the locks of ${tables} tables`);
    return new RunningDump({ session, dumped, stop, tables: counted });
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(ends);
    throw error;
  } finally {
    unlink();
  }
}

/** Before pg_dump does, so that nobody stands in the queue between the two. @throws as pg_dump does when it cannot */
async function hold(
  { connection, plan }: Dump,
  session: SnapshotSession,
  tables: CountedTables,
): Promise<void> {
  try {
    await session.hold(tables, plan.lockWaitSeconds);
  } catch (error) {
    // lock_not_available ("PostgreSQL Error Codes"), which psql tells in every language.
    const isLocked = error instanceof ActionError && error.message.includes('55P03');
    throw isLocked ? lockedTable(connection, plan, lockStatement(tables), error) : error;
  }
}

function openSession({ connection, plan, context }: Dump, signal: AbortSignal): SnapshotSession {
  const { facts, clients } = plan;
  return new SnapshotSession(
    {
      connection,
      psql: clients.psql,
      serverVersion: facts.serverVersionNumber,
      database: facts.database,
      variables: { [DUMP_VARIABLE]: dumpName(context) },
    },
    signal,
  );
}

/** By this name the dump's session is told from the one that holds the snapshot. */
function dumpName({ backupId }: StrategyContext): string {
  return `bitbucket-backup dump ${backupId.slice(-ID_LENGTH)}`;
}

function beginDump(
  { connection, plan, context }: Dump,
  target: { readonly folder: string; readonly snapshot: string; readonly signal: AbortSignal },
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
  const named = { ...connection, applicationName: dumpName(context) };
  const dumped = dumpDatabase(named, plan, { ...target, onLine }).finally(() => progress.stop());
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
  const limit = plan.lockWaitSeconds + DEFINITIONS_SECONDS;
  const reached = new AbortController();
  const ended = async (): Promise<never> => {
    await dumped;
    throw new ActionError('DB_FAILED', `${subject} is not whole: pg_dump ended without reading a table.`, {
      advice: 'Check the installed PostgreSQL client and run again.',
    });
  };
  const late = async (): Promise<never> => {
    await sleep(limit * 1_000, undefined, { signal: reached.signal, ref: false });
    throw new ActionError('DB_FAILED', `${subject} has not begun to read tables within ${limit} s.`, {
      advice: 'Look into pg_stat_activity and pg_locks of the server for what it waits for and run again.',
    });
  };
  try {
    await Promise.race([reading, ended(), lost, late()]);
  } finally {
    reached.abort();
  }
}
