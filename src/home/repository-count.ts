/** How many repositories stand in a copy of a home: counted after the backup, and again after the restore. */
import { type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../errors.ts';

/** Where repositories lie in a tree, and how deep below: `<id>` in the home, `<xx>/<yy>/<id>` in a data store. */
export interface RepositoryPlace {
  /** Relative to the folder of all trees. */
  readonly member: string;
  /** Relative to the tree. */
  readonly repositories: string;
}

const DEPTH_IN_STORE = 3;

/** @param folder holds the trees, such as `backup-root` */
export async function countRepositories(folder: string, trees: readonly RepositoryPlace[]): Promise<number> {
  let count = 0;
  for (const { member, repositories } of trees) {
    const depth = repositories === 'repositories' ? DEPTH_IN_STORE : 1;
    count += await foldersAt(join(folder, member, repositories), depth);
  }
  return count;
}

async function foldersAt(folder: string, depth: number): Promise<number> {
  const folders = (await entriesOf(folder)).filter((entry) => entry.isDirectory());
  if (depth === 1) {
    return folders.length;
  }
  let count = 0;
  for (const { name } of folders) {
    count += await foldersAt(join(folder, name), depth - 1);
  }
  return count;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return [];
    }
    throw error;
  }
}
