/**
 * A file system that stops answering: ext4 on a loop device, frozen with fsfreeze. Whoever writes to it hangs in the kernel,
 * deaf to every signal, as on an NFS server that is gone. Needs root.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './program.ts';

export interface FrozenDisk {
  readonly path: string;
  freeze(): Promise<void>;
  /** Before anything else happens in this process. */
  freezeNow(): void;
  /** Idempotent. */
  thaw(): Promise<void>;
  close(): Promise<void>;
}

export async function makeDisk(bytes: number): Promise<FrozenDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'disk-'));
  const image = join(folder, 'image');
  const path = join(folder, 'mounted');
  await writeFile(image, '');
  await truncate(image, bytes);
  await mkdir(path);
  await runProgram('mkfs.ext4', ['-q', '-F', image]);
  await runProgram('mount', ['-o', 'loop', image, path]);
  let frozen = false;
  const thaw = async (): Promise<void> => {
    if (frozen) {
      frozen = false;
      await runProgram('fsfreeze', ['--unfreeze', path]);
    }
  };
  return {
    path,
    freeze: async () => {
      frozen = true;
      await runProgram('fsfreeze', ['--freeze', path]);
    },
    freezeNow: () => {
      frozen = true;
      execFileSync('fsfreeze', ['--freeze', path]);
    },
    thaw,
    close: async () => {
      await thaw();
      await runProgram('umount', ['--lazy', path]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
