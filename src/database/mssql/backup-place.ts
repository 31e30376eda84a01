/**
 * The folder that server and runner share: the server writes its backups there and reads those that are restored, and this
 * machine takes them out and puts them in. Both see it under a path of their own, and the server may run on Windows.
 */
import { constants } from 'node:fs';
import { access, chmod, chown, readdir, rm, stat } from 'node:fs/promises';
import { basename, join, posix, win32 } from 'node:path';
import { ActionError, asError, isErrno } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Finding } from '../../strategies/contract.ts';

export interface PlaceInputs {
  /** As the server sees it; undefined for the server's own default. */
  readonly backupPath: string | undefined;
  /** The same folder as this machine sees it; undefined for the same path. */
  readonly backupFolder: string | undefined;
}

export interface Place {
  readonly onServer: string;
  readonly here: string;
}

/** One file of it, under both paths. */
export interface SharedFile {
  readonly onServer: string;
  readonly here: string;
}

export function readPlaceInputs(inputs: InputReader): PlaceInputs {
  const backupPath = inputs.optionalText('database-backup-path');
  const backupFolder = inputs.optionalPath('database-backup-folder');
  if (backupPath !== undefined) {
    if (!isAbsoluteThere(backupPath)) {
      inputs.problem(
        'database-backup-path',
        `is '${backupPath}'; use the absolute path of a folder as the server sees it, such as /var/opt/mssql/backup, D:\\backup or \\\\host\\share.`,
      );
    } else if (!backupPath.startsWith('/') && backupFolder === undefined) {
      inputs.problem(
        'database-backup-folder',
        `is empty, and database-backup-path is '${backupPath}', a path of Windows; set it to the same folder as this machine sees it.`,
      );
    }
  }
  return { backupPath, backupFolder };
}

/** A drive alone (`C:x`) is relative to something, and `https://` is no folder. */
function isAbsoluteThere(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || /^\\\\[^\\]+\\[^\\]+/.test(path);
}

/** @param serverDefault its own backup folder; empty where the version does not say */
export function choosePlace(inputs: PlaceInputs, serverDefault: string): Place | Finding {
  const onServer = inputs.backupPath ?? serverDefault;
  if (onServer === '') {
    return {
      severity: 'error',
      subject: 'database-backup-path',
      message:
        'SQL Server does not tell its default backup folder (versions before 2019 do not); set database-backup-path to a folder that it writes to and this machine reads.',
    };
  }
  if (inputs.backupFolder === undefined && !onServer.startsWith('/')) {
    return {
      severity: 'error',
      subject: 'database-backup-folder',
      message: `SQL Server writes its backups into its own '${onServer}'; set database-backup-folder to that folder as this machine sees it, or database-backup-path to another one.`,
    };
  }
  return { onServer, here: inputs.backupFolder ?? onServer };
}

export function sharedFile({ onServer, here }: Place, name: string): SharedFile {
  return { onServer: joinedThere(onServer, name), here: join(here, name) };
}

/** A path of the server's own system, which the folder shows. */
export function joinedThere(folder: string, name: string): string {
  return folder.startsWith('/') ? posix.join(folder, name) : win32.join(folder, name);
}

/** Before anything is written. @param needsWrite a restore puts files there; a backup only removes the server's */
export async function placeFindings({ here, onServer }: Place, needsWrite: boolean): Promise<Finding[]> {
  const subject = 'database-backup-folder';
  const error = (message: string): Finding[] => [{ severity: 'error', subject, message }];
  try {
    if (!(await stat(here)).isDirectory()) {
      return error(`'${here}' is not a folder; set database-backup-folder to the folder of the backups.`);
    }
    await access(here, constants.R_OK | constants.X_OK);
  } catch (failure) {
    return isErrno(failure, 'EACCES', 'EPERM')
      ? error(
          `'${here}' cannot be read here; add the runner's user to the group of the folder ('mssql' on Linux).`,
        )
      : error(
          `The folder '${onServer}', into which SQL Server writes, is not to be had here as '${here}' (${asError(failure).message}); share it with this machine and set database-backup-folder.`,
        );
  }
  try {
    await access(here, constants.W_OK);
    return [];
  } catch {
    const cure = `give the runner's user the right to write in '${here}'`;
    return needsWrite
      ? error(`The files of a restore cannot be put into '${here}'; ${cure}.`)
      : [
          {
            severity: 'warning',
            subject,
            message: `SQL Server's backup files will stay in '${here}', because they cannot be removed there; ${cure}.`,
          },
        ];
  }
}

/** After the server has written it. @throws ActionError DB_FAILED when it cannot be read here */
export async function assertReadable({ here, onServer }: SharedFile): Promise<number> {
  try {
    await access(here, constants.R_OK);
    return (await stat(here)).size;
  } catch (error) {
    throw isErrno(error, 'EACCES', 'EPERM')
      ? new ActionError('DB_FAILED', `SQL Server wrote '${onServer}', and '${here}' cannot be read here.`, {
          advice: `Add the runner's user to the group that owns the file ('mssql' on Linux).`,
          cause: error,
        })
      : new ActionError('DB_FAILED', `SQL Server wrote '${onServer}', and there is no '${here}' here.`, {
          advice:
            'Set database-backup-path to a folder that server and runner share, and database-backup-folder to that folder as this machine sees it.',
          cause: error,
        });
  }
}

/**
 * By `cp`, because bulk input and output belong in child processes, and flushed.
 * @throws CommandError; ActionError DB_FAILED when the copy is not as long as the file
 */
export async function copyFlushed(
  commands: CommandRunner,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  await commands.run('cp', ['--', from, to], { signal });
  await chmod(to, 0o600);
  await commands.run('sync', ['--', to], { signal });
  const [source, copy] = [await stat(from), await stat(to)];
  if (source.size !== copy.size) {
    throw new ActionError(
      'DB_FAILED',
      `The copy of '${from}' has ${copy.size} bytes instead of ${source.size}.`,
      {
        advice: 'Look for who else writes to that file, and run again.',
      },
    );
  }
}

/** The group of the folder may read it, which is how the server's account comes to it; nobody else may. */
export async function letServerRead(place: Place, file: SharedFile): Promise<void> {
  const { gid } = await stat(place.here);
  // A share decides by itself who owns what; when the server cannot read it, it says so.
  await chown(file.here, -1, gid).catch(() => undefined);
  await chmod(file.here, 0o640).catch(() => undefined);
}

/** @returns those that could not be removed */
export async function removeShared(files: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const file of files) {
    try {
      await rm(file, { force: true });
    } catch {
      left.push(file);
    }
  }
  return left;
}

/** Files of dead runs, known by how their names begin. */
export async function filesBeginningWith({ here }: Place, beginning: string): Promise<string[]> {
  const names = await readdir(here);
  return names.filter((name) => basename(name).startsWith(beginning)).map((name) => join(here, name));
}
