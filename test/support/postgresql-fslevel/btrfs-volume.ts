/** A btrfs in a file, with subvolumes that are snapshots of each other. Needs root. */
import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../program.ts';

export interface BtrfsVolume {
  /** Where it is mounted. */
  readonly path: string;
  /** @returns its path */
  createSubvolume(name: string): Promise<string>;
  /** All of it in one moment, files that are being written included. @returns its path */
  snapshot(of: string, name: string): Promise<string>;
  deleteSubvolume(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function mountBtrfs(bytes: number = 1024 ** 3): Promise<BtrfsVolume> {
  // A socket's path has 107 bytes at most, and a server is going to have one in here.
  const path = await mkdtemp(join(tmpdir(), 'btrfs-'));
  const image = `${path}.image`;
  await writeFile(image, '');
  await truncate(image, bytes);
  await runProgram('mkfs.btrfs', ['--quiet', image]);
  await runProgram('mount', ['-o', 'loop', image, path]);
  await chmod(path, 0o755);
  return {
    path,
    createSubvolume: async (name) => {
      await subvolume('create', join(path, name));
      return join(path, name);
    },
    snapshot: async (of, name) => {
      await subvolume('snapshot', join(path, of), join(path, name));
      return join(path, name);
    },
    deleteSubvolume: async (name) => await subvolume('delete', join(path, name)),
    close: async () => {
      await runProgram('umount', ['--lazy', path]);
      await rm(path, { recursive: true, force: true });
      await rm(image, { force: true });
    },
  };
}

async function subvolume(...args: string[]): Promise<void> {
  await runProgram('btrfs', ['subvolume', ...args]);
}
