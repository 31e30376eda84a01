/** pg_restore: which entries of the dump, and how its failures are told. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import { CommandError } from '../../host/command-error.ts';
import type { Log } from '../../host/log.ts';
import { type Connection, runClient } from './connection.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import { serverName } from './libpq.ts';

/**
 * What every database has already. Dumps of PostgreSQL 10 and older name them, and nobody but a superuser could load them:
 * the restore of an old archive would fail for a comment.
 */
const ALWAYS_THERE =
  / (?:SCHEMA - public|EXTENSION - plpgsql|COMMENT - (?:SCHEMA public|EXTENSION plpgsql)) /;

const PROGRESS_MS = 10_000;

export interface Dump {
  /** The dump's folder. */
  readonly folder: string;
  /** File that lists what is loaded. */
  readonly list: string;
  /** Tables with data. */
  readonly tables: number;
}

/** @throws ActionError DB_FAILED when pg_restore cannot read it */
export async function readDump(
  commands: CommandRunner,
  pgRestore: string,
  unpacked: string,
  signal: AbortSignal,
): Promise<Dump> {
  const folder = join(unpacked, DUMP_MEMBER);
  const list = join(unpacked, 'restore.list');
  try {
    const { stdout } = await commands.run(pgRestore, ['--list', '--', folder], { signal });
    const entries = stdout.split('\n');
    await writeFile(list, entries.filter((line) => !ALWAYS_THERE.test(`${line} `)).join('\n'), {
      mode: 0o600,
    });
    return { folder, list, tables: entries.filter((line) => / TABLE DATA /.test(line)).length };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CommandError
      ? new ActionError('DB_FAILED', `The dump in the archive cannot be read by ${pgRestore}.`, {
          advice: 'Use pg_restore of the version that wrote the dump or a later one, or another archive.',
          cause: error,
        })
      : error;
  }
}

export interface Load {
  readonly connection: Connection;
  readonly pgRestore: string;
  readonly name: string;
  /** Everything is going to belong to this role. */
  readonly owner: string;
  readonly jobs: number;
  readonly serverVersionNumber: number;
  readonly log: Log;
}

/** @throws ActionError DB_FAILED, CHILD_KILLED; the signal's reason when it was aborted */
export async function loadDump(load: Load, dump: Dump, signal: AbortSignal): Promise<void> {
  const progress = loadProgress(load.log, dump.tables);
  try {
    await runClient(load.connection, {
      program: load.pgRestore,
      args: [
        '--exit-on-error',
        `--jobs=${load.jobs}`,
        // Roles of another server may not exist here; whatever the archive holds must not act with the rights of others.
        '--no-owner',
        '--no-privileges',
        `--role=${load.owner}`,
        `--use-list=${dump.list}`,
        '--verbose',
        '--',
        dump.folder,
      ],
      serverVersion: load.serverVersionNumber,
      options: { signal, onErrorLine: progress.line },
    });
  } catch (error) {
    throw error instanceof CommandError ? loadFailure(error, load) : error;
  } finally {
    progress.stop();
  }
}

/** A line every 10 s, from what pg_restore says of the tables that it begins. */
function loadProgress(log: Log, tables: number): { line: (line: string) => void; stop: () => void } {
  let begun = 0;
  let item = '';
  const timer = setInterval(() => {
    log.info(`Loading: table ${begun} of ${tables}, ${item}`);
  }, PROGRESS_MS);
  timer.unref();
  return {
    line: (line) => {
      log.debug(line);
      const words = line.replace(/^pg_restore: /, '');
      begun += words.startsWith('processing data for table') ? 1 : 0;
      item = words.slice(0, 200);
    },
    stop: () => clearInterval(timer),
  };
}

function loadFailure(error: CommandError, { name, connection }: Load): ActionError {
  const words = error.stderr
    .filter((line) => /error:|ERROR|FATAL|DETAIL|could not/.test(line))
    .slice(-5)
    .map((line) => line.replace(/^pg_restore: (?:error: |\[[\w ()]+\] )?/, '').trim())
    .join(' | ')
    .replace(/\.$/, '');
  const detail = words === '' ? error.message.replace(/\.$/, '') : words;
  return new ActionError(
    error.code === 'COMMAND_FAILED' ? 'DB_FAILED' : error.code,
    `Loading the dump into database '${name}' at ${serverName(connection.inputs)} failed: ${detail}.`,
    { advice: 'Correct what pg_restore names and run again.', cause: error },
  );
}
