/** The names in a folder. */
import { readdirSync } from 'node:fs';
import { isErrno } from '../../errors.ts';
import { asPath } from './byte-path.ts';

export interface Entry {
  /** In bytes. */
  readonly name: string;
  readonly isFolder: boolean;
}

/** @param folder in bytes. @throws what the system says, ENOENT and ENOTDIR too */
export function listFolder(folder: string): Entry[] {
  const path = asPath(folder);
  try {
    const entries = readdirSync(path, { withFileTypes: true, encoding: 'latin1' });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch (error) {
    // A file system that does not tell types makes Node look at each name, and it takes latin1 for UTF-8.
    if (!isErrno(error, 'ENOENT')) {
      throw error;
    }
  }
  // A buffer for each name takes far more memory.
  const entries = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  return entries.map((entry) => ({ name: entry.name.toString('latin1'), isFolder: entry.isDirectory() }));
}
