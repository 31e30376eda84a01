/**
 * Small files that only we may read, written whole or not at all. Synchronous on purpose: they are written around the
 * lock, when the threads behind Node's asynchronous calls may hang on a dead file system.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';

/** The name that a file has until it is whole. `writer` is whoever writes it, so that what he leaves when he is killed is known. */
export function draftOf(path: string, writer: string): string {
  return `${path}.${writer}.new`;
}

/** For whoever knows that the writer is over. */
export function removeDraft(path: string, writer: string): void {
  rmSync(draftOf(path, writer), { force: true });
}

/**
 * Replaces the file: draft, flush, rename, flush of the folder. Mode 0600.
 * @param writer one that writes one thing at a time
 */
export function writePrivateFile(path: string, content: string, writer: string): void {
  const temporary = writeDraft(path, content, writer);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Creates the file, or returns false when the name is taken. Whole at once: nobody ever reads half of it. */
export function claimPrivateFile(path: string, content: string, writer: string): boolean {
  const temporary = writeDraft(path, content, writer);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) {
      return false;
    }
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
  return true;
}

/**
 * Reads such a file without following a link. @returns undefined when there is none
 * @throws ActionError UNSAFE_STATE when somebody else could have written it
 */
export function readPrivateFile(path: string): string | undefined {
  let descriptor: number;
  try {
    // O_NONBLOCK: a planted pipe must not keep us waiting for its writer.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return undefined;
    }
    throw unsafe(path, error instanceof Error ? error.message : String(error));
  }
  try {
    const stats = fstatSync(descriptor);
    const { mode, uid } = stats;
    if (!stats.isFile()) {
      throw unsafe(path, 'it is not a file');
    }
    const own = process.getuid?.() ?? uid;
    if (uid !== own && uid !== 0) {
      throw unsafe(path, `it belongs to user id ${uid}, not to ${own}`);
    }
    if ((mode & 0o022) !== 0) {
      throw unsafe(path, `others may write to it (mode ${(mode & 0o777).toString(8)})`);
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function unsafe(path: string, reason: string): ActionError {
  return new ActionError('UNSAFE_STATE', `${path} cannot be trusted: ${reason}.`, {
    advice: `Find out who wrote ${path}; remove it when it is not needed, and run again.`,
  });
}

function writeDraft(path: string, content: string, writer: string): string {
  const temporary = draftOf(path, writer);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const descriptor = openSync(temporary, flags, 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
