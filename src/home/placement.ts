/**
 * Puts a restored folder in its place: by a rename, so that it is there whole or not at all. A folder that was there
 * (a mount point, say) gets what belongs into it instead, entry by entry.
 */
import { chmod, chown, lstat, open, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandRunner } from '../host/command.ts';
import { removeTree } from '../host/remove-tree.ts';
import type { PlacedFolder } from '../host/restore-record.ts';
import { exists, foreignEntries } from './restore-target.ts';

/** What is going to happen, to be written down before it does. */
export async function planPlacement(source: string, path: string): Promise<PlacedFolder> {
  const entries = await readdir(source);
  if (!(await exists(path))) {
    return { path, existed: false, entries };
  }
  const { mode, uid, gid } = await lstat(path);
  return { path, existed: true, entries, before: { mode: mode & 0o7777, uid, gid } };
}

export async function place(source: string, { path, existed, entries }: PlacedFolder): Promise<void> {
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
  await rmdir(source);
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
  if (before !== undefined) {
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

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
