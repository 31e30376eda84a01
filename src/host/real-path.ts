/** Where a path really leads, so that two names of one folder are not taken for two folders. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isErrno } from '../errors.ts';

/** Resolves links; what does not exist yet is taken from its nearest existing parent on. Absolute paths only. */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (path === '/' || !isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) {
      throw error;
    }
    return join(await realPath(dirname(path)), basename(path));
  }
}

/** Is it that folder, or does it lie below it? Both resolved. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
