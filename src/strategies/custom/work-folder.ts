/**
 * Where a custom command works during a backup: `.custom-<slot>.<backup id>` in `backup-root`, with the folder that becomes
 * the archive's and one for what the command has to remember. It stays when the run dies, so that the next one can call
 * `discard` for it.
 */
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CustomSlot } from './protocol.ts';

export interface WorkFolder {
  /** Of the backup it belongs to. */
  readonly id: string;
  readonly path: string;
  /** What the command fills. */
  readonly data: string;
  readonly state: string;
}

export function workFolderOf(backupRoot: string, slot: CustomSlot, id: string, member: string): WorkFolder {
  const path = join(backupRoot, `${prefixOf(slot)}${id}`);
  return { id, path, data: join(path, member), state: join(path, 'state') };
}

/** @throws EEXIST when anything has that name */
export async function createWorkFolder({ path, data, state }: WorkFolder): Promise<void> {
  for (const folder of [path, data, state]) {
    await mkdir(folder, { mode: 0o700 });
  }
}

/** Idempotent. Retries, because a program that was just ended can still have created a file. */
export async function removeWorkFolder({ path }: WorkFolder): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Of runs that died. Nobody else's: a run has its `backup-root` for itself. */
export async function deadWorkFolders(
  backupRoot: string,
  slot: CustomSlot,
  member: string,
): Promise<readonly WorkFolder[]> {
  const prefix = prefixOf(slot);
  const names = (await readdir(backupRoot)).filter((name) => name.startsWith(prefix)).sort();
  return names.map((name) => workFolderOf(backupRoot, slot, name.slice(prefix.length), member));
}

/**
 * Is it what an archive can hold, and all of it? A link would lead out of the archive, a folder that was replaced was
 * written somewhere else.
 *
 * @returns what is wrong with it, to be read behind `the command`; undefined when it is good
 */
export async function dataComplaint({ data }: WorkFolder): Promise<string | undefined> {
  const found = await lstat(data).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    return 'removed or replaced the folder that it was given';
  }
  const entries = await readdir(data, { withFileTypes: true, recursive: true });
  const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (odd !== undefined) {
    return `left '${odd.name}' in its folder, which is neither a file nor a folder`;
  }
  return entries.some((entry) => entry.isFile()) ? undefined : 'left no file in its folder';
}

function prefixOf(slot: CustomSlot): string {
  return `.custom-${slot}.`;
}
