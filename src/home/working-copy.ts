/** The copy below `backup-root` that every run corrects and no run throws away. */
import type { Dirent } from 'node:fs';
import { lstat, mkdir, opendir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import type { Tree } from './trees.ts';
import { STORES_MEMBER } from './trees.ts';

/**
 * Makes the folder of a copy, and each one above it up to `backup-root`, with mode 0700.
 * @throws ActionError UNSAFE_STATE for a link in its way: rsync with `--delete` would empty the folder behind it
 */
export async function makeTarget(backupRoot: string, member: string): Promise<string> {
  let path = backupRoot;
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (const name of member.split('/').filter((part) => part !== '')) {
    path = join(path, name);
    await mkdir(path, { mode: 0o700 }).catch(ignoreExisting);
    if (!(await lstat(path)).isDirectory()) {
      throw new ActionError(
        'UNSAFE_STATE',
        `${path} is a link or a file, where the working copy keeps a folder.`,
        {
          advice: `Find out who made ${path}, remove it and run again.`,
        },
      );
    }
  }
  return path;
}

/**
 * Does the copy hold repositories where the source has none? Then the source is rather an unmounted volume than a
 * Bitbucket without repositories, and a pass with `--delete` would empty the copy.
 */
export async function losesRepositories(backupRoot: string, tree: Tree): Promise<boolean> {
  return (
    (await isEmptyOrMissing(join(tree.source, tree.repositories))) &&
    !(await isEmptyOrMissing(join(backupRoot, tree.member, tree.repositories)))
  );
}

/** Copies of data stores that are no longer configured: they would go into the archive as if they were of today. */
export async function staleStoreCopies(
  backupRoot: string,
  stores: readonly string[],
): Promise<readonly string[]> {
  return await entriesBeside(
    join(backupRoot, STORES_MEMBER),
    stores.map((store) => store.split('/').filter((part) => part !== '')),
  );
}

/** What lies in a folder and leads to none of the wanted paths. */
async function entriesBeside(
  folder: string,
  wanted: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const entry of await entriesOf(folder)) {
    const below = wanted.filter(([first]) => first === entry.name).map(([, ...rest]) => rest);
    const path = join(folder, entry.name);
    if (below.length === 0) {
      stale.push(path);
    } else if (entry.isDirectory() && !below.some((rest) => rest.length === 0)) {
      stale.push(...(await entriesBeside(path, below)));
    }
  }
  return stale;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}

async function isEmptyOrMissing(folder: string): Promise<boolean> {
  try {
    const entries = await opendir(folder);
    const first = await entries.read();
    await entries.close();
    return first === null;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return true;
    }
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  if (!isErrno(error, 'EEXIST')) {
    throw error;
  }
}
