/**
 * The files of Bitbucket's internal database: `db.*` in `shared/data`, or in `data` of old homes. The strategies of the home
 * and of the database both have to know them, and neither knows the other.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../errors.ts';
import type { Stillness } from '../host/still-files.ts';

/** The copy of the home below `backup-root` and in archives, named as Atlassian's scripts name it. */
export const HOME_COPY = 'bitbucket-home';

const FOLDERS = ['shared/data', 'data'] as const;

/** H2's file of tables: `db.mv.db`, or `db.h2.db` in the form of before. Beside it lie others (`db.trace.db`). */
export const DATABASE_FILES = ['db.mv.db', 'db.h2.db'] as const;

/**
 * H2 answers a commit up to 500 ms before it is in the file (WRITE_DELAY, "SET WRITE_DELAY" in its manual), and Bitbucket's
 * database is drained when nobody uses it any more. Afterwards it still tidies up its file for a moment.
 */
export const STILLNESS: Stillness = { forMs: 1_500, withinMs: 30_000 };

/** @returns paths relative to the home, sorted; those that cannot be looked for are none */
export async function internalDatabaseFiles(home: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    try {
      const names = (await readdir(join(home, folder), { withFileTypes: true }))
        .filter((entry) => entry.isFile() && entry.name.startsWith('db.'))
        .map((entry) => join(folder, entry.name));
      found.push(...names.sort());
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) {
        throw error;
      }
    }
  }
  return found;
}

/** Is there one that holds tables? @param files as `internalDatabaseFiles` gives them */
export function holdsDatabase(files: readonly string[]): boolean {
  return files.some((file) => DATABASE_FILES.some((name) => file.endsWith(`/${name}`)));
}
