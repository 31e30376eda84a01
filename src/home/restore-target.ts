/** A folder that something is restored to: absent, or there and empty. Looks only. */
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asError, isErrno } from '../errors.ts';
import { lstatExisting } from '../host/lstat-existing.ts';
import type { Finding } from '../strategies/contract.ts';

export interface Target {
  /** Absolute. */
  readonly path: string;
  /** Such as `the home`. */
  readonly what: string;
  readonly input: 'home-path' | 'data-stores';
}

/** Names of a restore's own files begin so; they lie in the target while it runs, when the target is a mount of its own. */
export const OWN_PREFIX = '.bitbucket-restore.';

/** A new ext file system has it. */
export function isHarmless(name: string): boolean {
  return name === 'lost+found';
}

const NAMED = 5;

/** Where to keep what is on its way to the target, on the target's own file system. */
export async function anchorOf(path: string): Promise<string> {
  return (await lstatExisting(path)) === undefined ? dirname(path) : path;
}

export async function exists(path: string): Promise<boolean> {
  return (await lstatExisting(path)) !== undefined;
}

/** What lies in a folder besides our own files and what a file system makes for itself. Empty when there is none. */
export async function foreignEntries(path: string): Promise<readonly string[]> {
  try {
    const names = await readdir(path);
    return names.filter((name) => !name.startsWith(OWN_PREFIX) && !isHarmless(name));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}

export async function targetFindings(target: Target): Promise<readonly Finding[]> {
  const problem = await problemOf(target.path);
  return problem === undefined
    ? []
    : [
        {
          severity: 'error',
          subject: target.input,
          message: `Input '${target.input}': ${target.what} cannot be restored to '${target.path}', ${problem}`,
        },
      ];
}

async function problemOf(path: string): Promise<string | undefined> {
  try {
    const entry = await lstatExisting(path);
    if (entry === undefined) {
      return await parentProblem(dirname(path));
    }
    if (entry.isSymbolicLink()) {
      return 'which is a symbolic link; name the folder that it leads to.';
    }
    if (!entry.isDirectory()) {
      return 'which is a file; name a folder that is empty or does not exist.';
    }
    const found = await foreignEntries(path);
    if (found.length > 0) {
      const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
      return `which is not empty (${found.toSorted().slice(0, NAMED).join(', ')}${more}); nothing is overwritten: move it away, or choose another folder.`;
    }
    return await writableProblem(path);
  } catch (error) {
    return `which cannot be looked at (${asError(error).message}); repair or mount it.`;
  }
}

/** Only the last folder is made by us: more of them missing rather means a volume that is not mounted. */
async function parentProblem(parent: string): Promise<string | undefined> {
  try {
    if (!(await stat(parent)).isDirectory()) {
      return `and '${parent}' is not a folder; correct the path.`;
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return `and '${parent}' does not exist; create it, or mount its volume.`;
    }
    throw error;
  }
  return await writableProblem(parent);
}

async function writableProblem(folder: string): Promise<string | undefined> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return isErrno(error, 'EROFS')
      ? 'whose file system is read-only; mount it for writing.'
      : `and '${folder}' cannot be written to by this user; check its rights.`;
  }
}

/** A folder on its way to the target, under a name that nobody takes for it. */
export function partialIn(anchor: string, id: string): string {
  return join(anchor, `${OWN_PREFIX}partial-${id}`);
}
