/** pg_dump, with its failures turned into sentences. */
import { ActionError, type ErrorCode } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { type Connection, runClient } from './connection.ts';
import { compressArgument, type DumpCompression } from './dump-compression.ts';
import { serverName } from './libpq.ts';
import type { PostgresClients } from './postgresql-clients.ts';
import type { DatabaseFacts } from './postgresql-facts.ts';

/** What preflight decided. */
export interface DumpPlan {
  readonly facts: DatabaseFacts;
  readonly clients: PostgresClients;
  /** pg_dump's own. */
  readonly compression: DumpCompression;
  /** Seconds that a table locked by somebody else is waited for. */
  readonly lockWaitSeconds: number;
}

export interface DumpTarget {
  /** Exists and is empty. */
  readonly folder: string;
  /** The exported snapshot that is dumped. */
  readonly snapshot: string;
  readonly signal: AbortSignal;
  /** Takes what pg_dump says, line by line. */
  readonly onLine: (line: string) => void;
}

/**
 * Dumps one moment. pg_dump flushes what it wrote (--no-sync is never given).
 *
 * One job: the session that locks the tables is the one that reads them. The workers of `--jobs` lock each table anew when
 * they come to it, with NOWAIT, so the whole dump fails as soon as somebody waits to change or drop a table that is still
 * to be read ("could not obtain lock on relation"; pg_dump's manual, `--jobs`). Bitbucket is unlocked while this runs, and
 * an app that is updated then does just that; with one job its DDL waits, and nobody is locked out for the longer dump.
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
export async function dumpDatabase(
  connection: Connection,
  plan: DumpPlan,
  target: DumpTarget,
): Promise<void> {
  try {
    await runClient(connection, {
      program: plan.clients.pgDump,
      args: [
        '--format=directory',
        `--snapshot=${target.snapshot}`,
        '--verbose',
        `--lock-wait-timeout=${plan.lockWaitSeconds}s`,
        // The encoding of the database, whatever a service file says about the client's.
        `--encoding=${plan.facts.encoding}`,
        compressArgument(plan.compression),
        `--file=${target.folder}`,
      ],
      serverVersion: plan.facts.serverVersionNumber,
      options: { signal: target.signal, onErrorLine: target.onLine },
    });
  } catch (error) {
    throw error instanceof CommandError ? dumpFailure(error, connection, plan) : error;
  }
}

interface Cause {
  readonly words: RegExp;
  /** Continues "The dump of database 'bitbucket' at db:5432 ...". */
  readonly what: (plan: DumpPlan) => string;
  readonly advice: string;
}

const LOCKED: Cause = {
  words: /LOCK TABLE/,
  what: ({ lockWaitSeconds }) => `waited ${lockWaitSeconds} s for a table that another session has locked`,
  advice:
    'Find that session with "SELECT * FROM pg_locks WHERE mode = \'AccessExclusiveLock\'", let it end and run again.',
};

const CAUSES: readonly Cause[] = [
  LOCKED,
  {
    words: /invalid snapshot identifier|SET TRANSACTION SNAPSHOT/,
    what: () => 'found its snapshot gone',
    advice:
      'Look into the log of the PostgreSQL server for who ended the session that held it, and run again.',
  },
  {
    words: /permission denied/,
    what: () => 'lacks a right',
    advice:
      'Grant the user SELECT on what is named, or give the user that Bitbucket uses as database-username.',
  },
  {
    words: /conflict with recovery/,
    what: () => 'was cancelled by the replay of a standby',
    advice: 'Give the primary as database-host, or raise max_standby_streaming_delay.',
  },
  {
    words: /due to (statement|transaction|lock|idle)[\w -]* timeout|idle-(in-transaction|session)/,
    what: () => "was ended by a timeout of the server, although the dump's session turns timeouts off",
    advice: 'Look for a pooler or a job that ends long sessions between the runner and the server.',
  },
  {
    words:
      /terminating connection|closed the connection|connection .*(lost|reset)|no connection to the server|could not receive data/,
    what: () => 'lost its connection',
    advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
  },
];

const UNKNOWN: Omit<Cause, 'words'> = {
  what: () => 'failed',
  advice: 'Correct what pg_dump names and run again.',
};

/** As pg_dump's own wait for a lock is told. @param query that waited */
export function lockedTable(
  connection: Connection,
  plan: DumpPlan,
  query: string,
  cause: unknown,
): ActionError {
  const message = `${subjectOf(connection, plan)} ${LOCKED.what(plan)}: ${query.replace(/;$/, '')}.`;
  return new ActionError('DB_FAILED', message, { advice: LOCKED.advice, cause });
}

function subjectOf(connection: Connection, plan: DumpPlan): string {
  return `The dump of database '${plan.facts.database}' at ${serverName(connection.inputs)}`;
}

function dumpFailure(error: CommandError, connection: Connection, plan: DumpPlan): ActionError {
  const words = errorWords(error);
  const cause = CAUSES.find((candidate) => candidate.words.test(words)) ?? UNKNOWN;
  const { code, advice } = codeAndAdvice(error, cause.advice);
  const subject = subjectOf(connection, plan);
  const detail = words === '' ? error.message.replace(/\.$/, '') : words;
  return new ActionError(code, `${subject} ${cause.what(plan)}: ${detail}.`, { advice, cause: error });
}

function codeAndAdvice(error: CommandError, advice: string): { code: ErrorCode; advice: string } {
  if (error.code === 'DISK_FULL') {
    return {
      code: 'DISK_FULL',
      advice: 'Make room in backup-root, or on the server if it is the one that is full.',
    };
  }
  if (error.code === 'CHILD_KILLED') {
    return {
      code: 'CHILD_KILLED',
      advice: 'Look for the out-of-memory killer in the log of the runner and run again.',
    };
  }
  return { code: 'DB_FAILED', advice };
}

/** The lines that tell of the failure: with --verbose they stand between hundreds that do not. */
function errorWords(error: CommandError): string {
  return error.stderr
    .filter(
      (line) =>
        /error:|fatal|panic|detail|ERROR|could not|failed/.test(line) && !/dumping contents/.test(line),
    )
    .slice(-6)
    .map((line) => line.replace(/^pg_dump: (error: |\[[\w ()]+\] )?/, '').trim())
    .join(' | ')
    .replace(/\.$/, '');
}
