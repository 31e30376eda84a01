/**
 * Lock files in a home that was copied while somebody was writing: of git, and of Bitbucket itself. Their owners are not
 * there any more, and what they guard would stay locked for ever.
 */
import { lstat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from '../errors.ts';
import type { CommandRunner } from '../host/command.ts';
import { isWithin, realPath } from '../host/real-path.ts';
import type { RestoredTree } from './restore-options.ts';
import { HOME_MEMBER } from './trees.ts';

const BITBUCKET_LOCKS = ['.lock', 'shared/.lock'];

/** git names a lock after the file that it guards (api-lockfile); `gc.pid` guards `git gc`. */
const GIT_LOCKS = ['(', '-name', '*.lock', '-o', '-name', 'gc.pid', ')'];

/**
 * What lies behind a link out of the archive is somebody else's, perhaps in use, and is left alone.
 * @param unpacked folder that holds the members of the archive. @returns the files that were removed
 */
export async function removeStaleLocks(
  commands: CommandRunner,
  unpacked: string,
  trees: readonly Pick<RestoredTree, 'member' | 'repositories'>[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const root = await realPath(unpacked);
  const isInside = async (path: string): Promise<boolean> => isWithin(await realPath(path), root);
  const removed: string[] = [];
  for (const path of BITBUCKET_LOCKS.map((name) => join(unpacked, HOME_MEMBER, name))) {
    if ((await isInside(dirname(path))) && (await unlinked(path))) {
      removed.push(path);
    }
  }
  for (const { member, repositories } of trees) {
    const folder = join(unpacked, member, repositories);
    if (!(await isFolder(folder)) || !(await isInside(folder))) {
      continue;
    }
    await commands.run('find', [folder, '-type', 'f', ...GIT_LOCKS, '-print', '-delete'], {
      signal,
      onLine: (line) => removed.push(line),
    });
  }
  return removed;
}

async function unlinked(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return false;
    }
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return false;
    }
    throw error;
  }
}
