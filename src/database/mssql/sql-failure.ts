/** A refused BACKUP or RESTORE as a sentence with a cure, by the server's message numbers ("Database Engine events and errors"). */
import { ActionError, type ErrorCode } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import { SqlError } from './sqlcmd.ts';

interface Cause {
  readonly numbers: readonly number[];
  /** Of what the server says, where the number alone does not tell. */
  readonly words?: RegExp;
  readonly code?: ErrorCode;
  readonly advice: string;
}

const FULL = /\b112\b|not enough space|No space left/i;

/** The first that fits. Numbers without words come after the same ones with words. */
const CAUSES: readonly Cause[] = [
  {
    numbers: [3202, 3257, 1105, 5149, 3201, 9002],
    words: FULL,
    code: 'DISK_FULL',
    advice: 'Make room on the disk of the server that is named, and run again.',
  },
  {
    numbers: [3257],
    code: 'DISK_FULL',
    advice: 'Make room on the disk of the database files, and run again.',
  },
  {
    numbers: [3201, 3203],
    words: /\b5\(|Access is denied|Permission denied|\b13\(/i,
    advice:
      "Give the account that SQL Server runs as the right to read and write in the folder of database-backup-path ('mssql' on Linux).",
  },
  {
    numbers: [3201],
    advice:
      'Set database-backup-path to a folder that exists as the server sees it, and that the account of SQL Server may write to.',
  },
  {
    numbers: [262, 916, 3110, 229, 300],
    advice:
      'Grant the login what is named: db_owner or db_backupoperator for a backup, and dbcreator for its verification and for a restore.',
  },
  {
    numbers: [3035],
    advice:
      'Look for who has restored or reverted the database since the full backup of this run, and run again.',
  },
  {
    numbers: [3189, 3183, 3186, 3203, 3241, 3242, 3182],
    advice: 'Check the disk that holds the backup files, and run again.',
  },
  { numbers: [3023], advice: 'Wait for the other backup of this database to end, and run again.' },
  {
    numbers: [3169],
    advice: 'Restore to a SQL Server of the version that wrote the backup, or a later one.',
  },
  {
    numbers: [1801, 3154, 3159, 3102, 3101, 1834, 3156],
    advice: 'Drop the database that is there, or choose another database-name.',
  },
];

const OTHERWISE = 'Correct what SQL Server names and run again.';

/**
 * @param subject begins the sentence: `The full backup of database 'bitbucket' at db:1433`
 * @returns the error to throw; one that is no matter of the server as it is, such as a program that was killed
 */
export function sqlFailure(subject: string, error: unknown): unknown {
  if (error instanceof CommandError && error.code === 'CHILD_KILLED') {
    return new ActionError('CHILD_KILLED', `${subject} was ended: ${error.message.replace(/\.$/, '')}.`, {
      advice: 'Look for the out-of-memory killer in the log of this machine and run again.',
      cause: error,
    });
  }
  if (!(error instanceof SqlError)) {
    return error;
  }
  const cause = CAUSES.find(
    ({ numbers, words }) => error.has(...numbers) && (words?.test(error.said) ?? true),
  );
  return new ActionError(cause?.code ?? 'DB_FAILED', `${subject} failed: ${error.said}.`, {
    advice: cause?.advice ?? OTHERWISE,
    cause: error,
  });
}

export async function told<T>(subject: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw sqlFailure(subject, error);
  }
}
