/**
 * Puts a restored folder in its place: by a rename, so that it is there whole or not at all. A folder that was there
 * (a mount point, say) gets what belongs into it instead, entry by entry.
 */
import { chmod, chown, lstat, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import type { CommandRunner } from '../host/command.ts';
import { flushFolder } from '../host/folder-flush.ts';
import { removeTree } from '../host/remove-tree.ts';
import type { PlacedFolder } from '../host/restore-record.ts';
import { exists, foreignEntries, isHarmless } from './restore-target.ts';

/**
 * What is going to happen, to be written down before it does.
 * @throws ActionError TARGET_IN_USE: since preflight hours may have passed, and a rename would overwrite files
 */
export async function planPlacement(source: string, path: string): Promise<PlacedFolder> {
  const entries = await readdir(source);
  if (!(await exists(path))) {
    return { path, existed: false, entries, inodes: await inodesOf([source]) };
  }
  await assertStillEmpty(path);
  const { mode, uid, gid } = await lstat(path);
  const theirs = await readdir(path);
  const ours = entries.filter((name) => !(isHarmless(name) && theirs.includes(name)));
  const inodes = await inodesOf(ours.map((name) => join(source, name)));
  return { path, existed: true, entries: ours, inodes, before: { mode: mode & 0o7777, uid, gid } };
}

export async function place(
  commands: CommandRunner,
  source: string,
  { path, existed, entries }: PlacedFolder,
): Promise<void> {
  if (!existed) {
    await rename(source, path);
    await flushFolder(dirname(path));
    return;
  }
  const { mode, uid, gid } = await lstat(source);
  for (const entry of entries) {
    await rename(join(source, entry), join(path, entry));
  }
  if (process.getuid?.() === 0) {
    await chown(path, uid, gid);
  }
  await chmod(path, mode & 0o7777);
  await removeTree(commands, source);
  await flushFolder(path);
}

/** Takes it back. Idempotent. */
export async function removePlaced(commands: CommandRunner, placed: PlacedFolder): Promise<void> {
  const { path, existed, entries, before } = placed;
  if (!existed) {
    await removeTree(commands, path);
    return;
  }
  for (const entry of entries) {
    await removeTree(commands, join(path, entry));
  }
  if (before !== undefined && (await exists(path))) {
    await chmod(path, before.mode);
    if (process.getuid?.() === 0) {
      await chown(path, before.uid, before.gid);
    }
  }
}

/**
 * What somebody has added since, such as the log that Bitbucket writes as soon as it starts: then the folder is in use and
 * must not be removed.
 */
export async function addedSince({ path, entries }: PlacedFolder): Promise<readonly string[]> {
  return (await foreignEntries(path)).filter((name) => !entries.includes(name));
}

/** Names are no proof: who restored by hand since has the same. What is not there any more counts as ours. */
export async function isStillOurs({ path, existed, entries, inodes }: PlacedFolder): Promise<boolean> {
  if (inodes === undefined) {
    return true;
  }
  const found = await inodesOf(existed ? entries.map((name) => join(path, name)) : [path]);
  return found.every((inode, index) => inode === ABSENT || inode === inodes[index]);
}

/** No file system counts from it. */
const ABSENT = 0;

async function inodesOf(paths: readonly string[]): Promise<readonly number[]> {
  const inodes: number[] = [];
  for (const path of paths) {
    try {
      inodes.push((await lstat(path)).ino);
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) {
        throw error;
      }
      inodes.push(ABSENT);
    }
  }
  return inodes;
}

async function assertStillEmpty(path: string): Promise<void> {
  const isFolder = (await lstat(path)).isDirectory();
  const found = isFolder ? await foreignEntries(path) : [];
  if (!isFolder || found.length > 0) {
    throw new ActionError(
      'TARGET_IN_USE',
      isFolder
        ? `${path} is not empty any more (${found.toSorted().slice(0, 5).join(', ')}); somebody has written there during the restore.`
        : `${path} is not a folder any more; somebody has changed it during the restore.`,
      { advice: 'Find out who uses it, and run again.' },
    );
  }
}
