/** What stands under a name, a link itself included; nothing there is an answer, not an error. */
import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { isErrno } from '../errors.ts';

export async function lstatExisting(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  }
}
