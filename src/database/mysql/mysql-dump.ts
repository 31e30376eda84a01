/** mysqldump and mariadb-dump, with their failures turned into sentences. */
import { ActionError, type ErrorCode } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { errorNumber, wordsOf } from './client-errors.ts';
import { type Connection, runClient } from './connection.ts';
import { compressInto, type DumpFile } from './dump-file.ts';
import type { Client } from './mysql-clients.ts';
import type { Ready } from './mysql-preflight.ts';
import { serverName } from './options-file.ts';

/** What preflight decided. */
export interface DumpPlan extends Ready {
  readonly compression: 'none' | 'zstd';
  readonly blockDdl: boolean;
}

export interface DumpTarget {
  /** In a folder that exists; is not there yet. */
  readonly file: DumpFile;
  readonly signal: AbortSignal;
  /** Takes what the program says, line by line. */
  readonly onLine: (line: string) => void;
}

/** The histograms came with 8.0; it asks every server for them, and MySQL 5.7 and MariaDB have none. */
const ASKS_FOR_HISTOGRAMS = 80_000;

export function dumpArguments({ dump, facts }: Pick<DumpPlan, 'dump' | 'facts'>): string[] {
  return [
    '--single-transaction',
    '--quick',
    '--routines',
    '--triggers',
    // Without the right the program fails over the question whether there are any.
    ...(facts.mayReadEvents ? ['--events'] : []),
    // Needs PROCESS on MySQL, and Bitbucket has none.
    '--no-tablespaces',
    '--hex-blob',
    '--default-character-set=utf8mb4',
    // The restore goes into an empty database: nothing is dropped, and no right to lock tables is needed.
    '--skip-add-drop-table',
    '--skip-add-locks',
    // By these the dump is checked for its end and its tables.
    '--comments',
    '--verbose',
    ...familyArguments(dump),
  ];
}

function familyArguments({ version }: Client): string[] {
  switch (version.family) {
    case 'MariaDB':
      return [];
    case 'MySQL':
      // The restored database is none of the replicas of the old one.
      return [
        '--set-gtid-purged=OFF',
        ...(version.number >= ASKS_FOR_HISTOGRAMS ? ['--column-statistics=0'] : []),
      ];
  }
}

/**
 * Dumps the one database, without CREATE DATABASE and USE.
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
export async function dumpDatabase(
  connection: Connection,
  plan: DumpPlan,
  { file, signal, onLine }: DumpTarget,
): Promise<void> {
  const { commands } = connection;
  const plain = file.compression === 'none';
  const args = [
    ...dumpArguments(plan),
    ...(plain ? [`--result-file=${file.path}`] : []),
    '--',
    plan.facts.database,
  ];
  try {
    await runClient(connection, plan.dump.path, args, {
      signal,
      onErrorLine: onLine,
      ...(plain ? {} : { onStdout: async (stdout) => await compressInto(file, stdout, commands, signal) }),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CommandError ? dumpFailure(error, connection, plan) : error;
  }
}

interface Cause {
  readonly numbers: readonly number[];
  /** Continues "The dump of database 'bitbucket' at db:3306 ...". */
  readonly what: string;
  readonly advice: string;
}

const CAUSES: readonly Cause[] = [
  {
    numbers: [1044, 1045, 1142, 1143, 1227, 1370],
    what: 'lacks a right',
    advice: 'Grant the user what is named, or give the user that Bitbucket uses as database-username.',
  },
  {
    numbers: [1146, 1412, 1356],
    what: 'found a table or view that was altered or dropped after its moment',
    advice: 'Run again; database-block-ddl makes such changes wait.',
  },
  {
    numbers: [1205, 1969, 3024],
    what: 'was ended by a timeout of the server',
    advice: 'Look for a session that holds a lock on a table, let it end and run again.',
  },
  {
    numbers: [2002, 2003, 2006, 2013, 1053, 1317, 1927, 4031],
    what: 'lost its connection',
    advice: 'Look into the log of the database server for the reason and run again.',
  },
];

const UNKNOWN: Omit<Cause, 'numbers'> = {
  what: 'failed',
  advice: 'Correct what the dump program names and run again.',
};

function dumpFailure(error: CommandError, connection: Connection, plan: DumpPlan): ActionError {
  const number = errorNumber(error);
  const cause = CAUSES.find(({ numbers }) => number !== undefined && numbers.includes(number)) ?? UNKNOWN;
  const { code, advice } = codeAndAdvice(error, cause.advice);
  const subject = `The dump of database '${plan.facts.database}' at ${serverName(connection.inputs)}`;
  return new ActionError(code, `${subject} ${cause.what}: ${wordsOf(error)}.`, { advice, cause: error });
}

/** What a full disk is called: the programs give the number, zstd the words. */
const DISK_IS_FULL = /[Ee]rrno:? 28\b|No space left|Disk full/;

function codeAndAdvice(error: CommandError, advice: string): { code: ErrorCode; advice: string } {
  if (error.code === 'DISK_FULL' || error.stderr.some((line) => DISK_IS_FULL.test(line))) {
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
