/**
 * Lock files in a home that was copied while somebody was writing: of git, and of Bitbucket itself. Their owners are not
 * there any more, and what they guard would stay locked for ever.
 */
import { lstat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../errors.ts';
import type { CommandRunner } from '../host/command.ts';

const BITBUCKET_LOCKS = ['.lock', 'shared/.lock'];

/** git names a lock after the file that it guards (api-lockfile); `gc.pid` guards `git gc`. */
const GIT_LOCKS = ['(', '-name', '*.lock', '-o', '-name', 'gc.pid', ')'];

/** @param repositories folders that hold bare repositories. @returns the files that were removed */
export async function removeStaleLocks(
  commands: CommandRunner,
  home: string,
  repositories: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of BITBUCKET_LOCKS) {
    if (await unlinked(join(home, name))) {
      removed.push(join(home, name));
    }
  }
  for (const folder of repositories) {
    if (!(await isFolder(folder))) {
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
