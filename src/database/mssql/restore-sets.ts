/** The backups in an archive, ours or that of Atlassian's scripts, and those of them that make the database. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../../errors.ts';
import type { BackedUp } from '../../strategies/contract.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import type { BackupSet } from './backup-sets.ts';

/**
 * Our `bitbucket-db` is a folder with a file for each backup. That of Atlassian's `database-mssql.sh` is the file itself, to
 * which each run has appended a full and a differential backup.
 * @throws ActionError ARCHIVE_INCOMPLETE, ARCHIVE_UNSAFE
 */
export async function backupFiles(unpacked: string): Promise<readonly string[]> {
  const member = join(unpacked, DUMP_MEMBER);
  const isFolder = (await lstat(member)).isDirectory();
  const files = isFolder ? (await readdir(member)).sort().map((name) => join(member, name)) : [member];
  for (const file of files) {
    if (!(await lstat(file)).isFile()) {
      throw new ActionError('ARCHIVE_UNSAFE', `'${file}' in the archive is no file.`, {
        advice: 'Choose another archive.',
      });
    }
  }
  if (files.length === 0) {
    throw incomplete('no backup of SQL Server');
  }
  return files;
}

export interface Chain {
  readonly full: BackupSet;
  /** Undefined where somebody has put a full backup alone into the archive. */
  readonly differential: BackupSet | undefined;
}

/**
 * The last differential and the full one that it belongs to; what is not of this chain is left.
 * @param sets in the order of their files and positions
 * @throws ActionError ARCHIVE_INCOMPLETE when it is not there, or not what the manifest names
 */
export function chooseChain(sets: readonly BackupSet[], recorded: BackedUp | undefined): Chain {
  const fulls = sets.filter(({ kind }) => kind === 'full');
  const differential = sets.findLast(({ kind }) => kind === 'differential');
  const full =
    differential === undefined ? fulls.at(-1) : fulls.find(({ guid }) => guid === differential.baseGuid);
  if (full === undefined) {
    throw incomplete(
      differential === undefined
        ? 'no full backup'
        : `a differential backup of database '${differential.database}' without the full one that it belongs to`,
    );
  }
  const wanted = [recorded?.details['fullGuid'], recorded?.details['differentialGuid']];
  const found = [full.guid, differential?.guid];
  if (wanted.some((guid, index) => guid !== undefined && guid !== found[index])) {
    throw incomplete('other backups than its manifest names');
  }
  return { full, differential };
}

function incomplete(what: string): ActionError {
  return new ActionError('ARCHIVE_INCOMPLETE', `The archive holds ${what}.`, {
    advice: 'Choose another archive.',
  });
}
