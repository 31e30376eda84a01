/**
 * The dump's folder from its hidden, partial beginning to `bitbucket-db`. The name that restore looks for only ever holds
 * a whole dump, and the one before it stays until the new one has taken its place.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../errors.ts';
import { flushFolder } from '../host/folder-flush.ts';

/** The name that Atlassian's scripts give it, too. */
export const DUMP_MEMBER = 'bitbucket-db';

const PARTIAL = /^\.bitbucket-db\.partial-[\w.-]+$/;
const ASIDE = /^\.bitbucket-db\.old-[\w.-]+$/;

export function partialFolder(backupRoot: string, backupId: string): string {
  return join(backupRoot, `.${DUMP_MEMBER}.partial-${backupId}`);
}

/**
 * Made by us and not by pg_dump, which would write into an empty folder that is already there, a planted link included.
 *
 * @throws EEXIST when anything has that name.
 */
export async function createPartial(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
}

/** Idempotent. Retries, because a worker that was just ended can still have created a file. */
export async function removePartial(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/**
 * Puts a finished dump in the place of the one before. Between the two renames a crash leaves the old dump under its
 * temporary name, from where `removeLeftovers` of the next run brings it back.
 */
export async function publishDump(partial: string, backupRoot: string, backupId: string): Promise<void> {
  const final = join(backupRoot, DUMP_MEMBER);
  const aside = join(backupRoot, `.${DUMP_MEMBER}.old-${backupId}`);
  const replaced = await renamed(final, aside);
  try {
    await rename(partial, final);
  } catch (error) {
    if (replaced) {
      await rename(aside, final);
    }
    throw error;
  }
  // pg_dump flushed the files and their folder; the new name is flushed here.
  await flushFolder(backupRoot);
  await rm(aside, { recursive: true, force: true });
}

/** Clears away what dead runs left behind. @returns the names removed or brought back, for the log. */
export async function removeLeftovers(backupRoot: string): Promise<string[]> {
  const names = await readdir(backupRoot);
  const left = names.filter((name) => PARTIAL.test(name) || ASIDE.test(name)).sort();
  const rescued = names.includes(DUMP_MEMBER) ? undefined : left.findLast((name) => ASIDE.test(name));
  for (const name of left) {
    if (name === rescued) {
      await rename(join(backupRoot, name), join(backupRoot, DUMP_MEMBER));
    } else {
      await rm(join(backupRoot, name), { recursive: true, force: true });
    }
  }
  return left;
}

/** Files and bytes of a dump. pg_dump makes one level of files, save for large objects in newer versions. */
export async function measureDump(folder: string): Promise<{ files: number; bytes: number }> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** @returns false when there is nothing to rename. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return false;
    }
    throw error;
  }
}
