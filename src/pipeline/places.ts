/** Can the folder that a run writes to be used? Looks only; nothing is created before all checks have passed. */
import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno } from '../errors.ts';
import type { Finding } from '../strategies/contract.ts';

/** @param input the input that names the folder */
export function folderFindings(input: string, path: string): Finding[] {
  const found = statOf(path);
  const complaint = found === undefined ? missingComplaint(path) : existingComplaint(path, found);
  return complaint === undefined
    ? []
    : [{ severity: 'error', subject: input, message: `Input '${input}' ${complaint}` }];
}

function existingComplaint(path: string, found: Stats): string | undefined {
  if (found.isSymbolicLink()) {
    return `names ${path}, a symbolic link; name the folder that it leads to.`;
  }
  if (!found.isDirectory()) {
    return `names ${path}, which is not a folder.`;
  }
  const own = process.getuid?.() ?? found.uid;
  if (found.uid !== own && found.uid !== 0) {
    return `names ${path}, which belongs to user id ${found.uid}; it must belong to the user that runs the backup.`;
  }
  if ((found.mode & 0o002) !== 0) {
    return `names ${path}, which anybody may write to; remove that right (chmod o-w).`;
  }
  return writable(path)
    ? undefined
    : `names ${path}, which cannot be written to; check its rights and mount.`;
}

function missingComplaint(path: string): string | undefined {
  const parent = nearestExisting(path);
  const stat = statOf(parent);
  if (stat !== undefined && !stat.isDirectory() && !stat.isSymbolicLink()) {
    return `names ${path}, but ${parent} is not a folder.`;
  }
  return writable(parent)
    ? undefined
    : `names ${path}, which does not exist and cannot be created in ${parent}.`;
}

export function nearestExisting(path: string): string {
  let current = path;
  while (current !== '/' && statOf(current) === undefined) {
    current = dirname(current);
  }
  return current;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

/** access(2) also sees a file system that is mounted read-only, for which root is not above the law. */
function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
