/** Is the dump whole? An exit code of 0 is not taken for an answer (FAULTS P6). */
import { ActionError } from '../../errors.ts';
import type { DumpFile } from './dump-file.ts';
import { scanDump } from './dump-scan.ts';

export interface Expected {
  readonly database: string;
  /** All that the database had inside the lock. */
  readonly tables: readonly string[];
}

/**
 * Reads the dump from beginning to end, as a restore does: it must end with its completion line and have every table.
 *
 * @throws ActionError DB_FAILED
 */
export async function verifyDump(file: DumpFile, expected: Expected, signal: AbortSignal): Promise<void> {
  const scan = await scanDump(file, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw incomplete(expected, 'it cannot be read again', error);
  });
  if (!scan.complete) {
    throw incomplete(expected, 'its completion line is missing');
  }
  const lacking = expected.tables.filter((name) => !scan.tables.has(name));
  if (lacking.length > 0) {
    throw incomplete(expected, `it lacks ${lacking.length} tables (${lacking.slice(0, 5).join(', ')})`);
  }
}

function incomplete({ database }: Expected, why: string, cause?: unknown): ActionError {
  return new ActionError('DB_FAILED', `The dump of database '${database}' is not whole: ${why}.`, {
    advice: 'Check the disk of backup-root and the installed client of MySQL or MariaDB, and run again.',
    cause,
  });
}
