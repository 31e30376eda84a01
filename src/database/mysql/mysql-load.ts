/** The client that loads a dump: what it may do, how far it is, and how its failures are told. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ActionError } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import type { Log } from '../../host/log.ts';
import { formatBytes } from '../../report/format.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import { wordsOf } from './client-errors.ts';
import { runClient } from './connection.ts';
import { withoutParts } from './dump-cutter.ts';
import { type DumpFile, findDumpFile, readDumpFile } from './dump-file.ts';
import { type DumpScan, scanDump } from './dump-scan.ts';
import { serverName } from './options-file.ts';
import type { DatabaseWork } from './restore-database.ts';
import { takeSessionLock } from './restore-marker.ts';
import { clientArguments, SESSION_SETTINGS } from './sql-script.ts';

const PROGRESS_MS = 10_000;

export interface Dump {
  readonly file: DumpFile;
  readonly scan: DumpScan;
}

/**
 * Ours is a file in the folder `bitbucket-db`; Atlassian's scripts write `mysqldump --databases` into a file of that name.
 * @throws ActionError ARCHIVE_INCOMPLETE or ARCHIVE_UNSAFE; what the signal was aborted with
 */
export async function readDump(unpacked: string, signal: AbortSignal): Promise<Dump> {
  const member = join(unpacked, DUMP_MEMBER);
  const isFolder = (await stat(member)).isDirectory();
  const file = isFolder ? await findDumpFile(member) : { path: member, compression: 'none' as const };
  if (file === undefined) {
    throw unusable('ARCHIVE_INCOMPLETE', `${DUMP_MEMBER} does not hold exactly one .sql file`);
  }
  const scan = await scanDump(file, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unusable('ARCHIVE_INCOMPLETE', 'it cannot be read', error);
  });
  if (!scan.complete) {
    throw unusable('ARCHIVE_INCOMPLETE', 'it ends without its completion line');
  }
  if (scan.forbidden !== undefined) {
    throw unusable('ARCHIVE_UNSAFE', `it leads out of its database ("${scan.forbidden}")`);
  }
  return { file, scan };
}

function unusable(code: 'ARCHIVE_INCOMPLETE' | 'ARCHIVE_UNSAFE', why: string, cause?: unknown): ActionError {
  return new ActionError(
    code,
    `The dump in the archive is not one of a MySQL or MariaDB database that can be loaded: ${why}.`,
    {
      advice: 'Choose another archive.',
      cause,
    },
  );
}

/**
 * In binary mode the client executes no command that it reads (`system`, `source` ...), and no file of this machine may be
 * asked for (`--local-infile=0`): a dump is data. What its SQL may do on the server is what the user may.
 * @throws ActionError DB_FAILED, CHILD_KILLED; the signal's reason when it was aborted
 */
export async function loadDump(
  work: DatabaseWork,
  { file, scan }: Dump,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const source = readDumpFile(file);
  const text = withoutParts(scan.cuts, `${takeSessionLock(work.runId)}${SESSION_SETTINGS}`);
  // Either end of the pipe is the other's; why it broke is told by whoever reads it.
  source.on('error', (error) => text.destroy(error));
  text.on('close', () => source.destroy());
  source.pipe(text);
  const progress = loadProgress(log, source);
  try {
    await runClient(work.connection, work.client, clientArguments(work.name), { stdin: text, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CommandError ? loadFailure(error, work) : error;
  } finally {
    progress.stop();
    source.destroy();
  }
}

/** A line every 10 s. */
function loadProgress(log: Log, source: Readable): { stop: () => void } {
  let bytes = 0;
  source.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const timer = setInterval(
    () => log.info(`Loading: ${formatBytes(bytes)} of the dump are read`),
    PROGRESS_MS,
  );
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function loadFailure(error: CommandError, { name, connection }: DatabaseWork): ActionError {
  return new ActionError(
    error.code === 'COMMAND_FAILED' ? 'DB_FAILED' : error.code,
    `Loading the dump into database '${name}' at ${serverName(connection.inputs)} failed: ${wordsOf(error)}.`,
    { advice: 'Correct what the database server names and run again.', cause: error },
  );
}
