/** pg_dump, with what it says turned into progress and its failures into sentences. */
import { ActionError, type ErrorCode } from '../errors.ts';
import { CommandError } from '../host/command-error.ts';
import type { Log } from '../host/log.ts';
import { type Connection, runClient } from './connection.ts';
import { serverName } from './libpq.ts';
import type { PostgresClients } from './postgresql-clients.ts';
import type { DatabaseFacts, Relation } from './postgresql-facts.ts';

/** What preflight decided. */
export interface DumpPlan {
  readonly facts: DatabaseFacts;
  readonly clients: PostgresClients;
  readonly jobs: number;
  /** pg_dump's own compression; off where the archive compresses. */
  readonly compress: boolean;
  /** Seconds that a table locked by somebody else is waited for. */
  readonly lockWaitSeconds: number;
}

export interface DumpListeners {
  readonly log: Log;
  readonly progress: (fraction: number) => void;
}

/**
 * Dumps into an existing empty folder. pg_dump flushes what it wrote (--no-sync is never given).
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
export async function dumpDatabase(
  connection: Connection,
  plan: DumpPlan,
  target: { readonly folder: string; readonly signal: AbortSignal },
  listeners: DumpListeners,
): Promise<void> {
  const onProgress = dumpProgress(plan, listeners.progress);
  try {
    await runClient(connection, {
      program: plan.clients.pgDump,
      args: [
        '--format=directory',
        `--jobs=${plan.jobs}`,
        '--verbose',
        `--lock-wait-timeout=${plan.lockWaitSeconds}s`,
        // The encoding of the database, whatever a service file says about the client's.
        `--encoding=${plan.facts.encoding}`,
        ...(plan.compress ? [] : ['--compress=0']),
        `--file=${target.folder}`,
      ],
      serverVersion: plan.facts.serverVersionNumber,
      options: {
        signal: target.signal,
        onErrorLine: (line) => {
          listeners.log.debug(line);
          onProgress(line);
        },
      },
    });
  } catch (error) {
    throw error instanceof CommandError ? dumpFailure(error, connection, plan) : error;
  }
  listeners.progress(1);
}

/**
 * Reads progress from pg_dump's verbose lines. It says when a table begins, not when it ends; with n jobs all tables that
 * began before the last n are taken as done.
 */
export function dumpProgress(
  plan: Pick<DumpPlan, 'facts' | 'jobs'>,
  report: (fraction: number) => void,
): (line: string) => void {
  const tables = plan.facts.relations.filter((relation) => relation.kind === 'table');
  const weights = new Map(tables.map((table) => [fullName(table), table.pages]));
  const total = tables.reduce((sum, table) => sum + table.pages, 0);
  const running: number[] = [];
  let done = 0;
  return (line) => {
    const name = /dumping contents of table "(.+)"$/.exec(line)?.[1];
    if (name === undefined) {
      return;
    }
    running.push(weights.get(name) ?? 0);
    if (running.length > plan.jobs) {
      done += running.shift() ?? 0;
      report(Math.min(done / total, 1));
    }
  };
}

interface Cause {
  readonly words: RegExp;
  /** Continues "The dump of database 'bitbucket' at db:5432 ...". */
  readonly what: (plan: DumpPlan) => string;
  readonly advice: string;
}

const CAUSES: readonly Cause[] = [
  {
    words: /LOCK TABLE|could not obtain lock/,
    what: ({ lockWaitSeconds }) => `waited ${lockWaitSeconds} s for a table that another session has locked`,
    advice:
      'Find that session with "SELECT * FROM pg_locks WHERE mode = \'AccessExclusiveLock\'", let it end and run again.',
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

function dumpFailure(error: CommandError, connection: Connection, plan: DumpPlan): ActionError {
  const words = errorWords(error);
  const cause = CAUSES.find((candidate) => candidate.words.test(words)) ?? UNKNOWN;
  const { code, advice } = codeAndAdvice(error, cause.advice);
  const subject = `The dump of database '${plan.facts.database}' at ${serverName(connection.inputs)}`;
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

function fullName({ schema, name }: Relation): string {
  return `${schema}.${name}`;
}
