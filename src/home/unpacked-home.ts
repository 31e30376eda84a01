/** Looks at a home and its data stores where they were unpacked. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import type { RestoredTree } from './restore-options.ts';
import { STORES_MEMBER } from './trees.ts';
import { staleStoreCopies } from './working-copy.ts';

/**
 * An archive without a manifest names its data stores only here.
 * @param named paths of the data stores, as `data-stores` gives them
 * @throws ActionError ARCHIVE_INCOMPLETE
 */
export async function assertAllNamed(
  unpacked: string,
  trees: readonly RestoredTree[],
  named: readonly string[],
): Promise<void> {
  const [unnamed] = await staleStoreCopies(unpacked, named);
  const missing = await firstMissing(trees.map(({ member }) => join(unpacked, member)));
  const problem =
    unnamed === undefined
      ? missing && `The archive holds no ${missing.slice(unpacked.length + 1)}.`
      : `The archive holds the data store ${unnamed.slice(join(unpacked, STORES_MEMBER).length)}, which data-stores does not name.`;
  if (problem !== undefined) {
    throw new ActionError('ARCHIVE_INCOMPLETE', problem, {
      advice: 'Correct data-stores and run again.',
    });
  }
}

async function firstMissing(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      if (!(await lstat(path)).isDirectory()) {
        return path;
      }
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
        return path;
      }
      throw error;
    }
  }
  return undefined;
}
