/** Shows a folder through the slow file system for as long as a benchmark needs it. Needs root, or FUSE for all users. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../test/support/action-runner/run-action.ts';
import { programText, runProgram } from '../../test/support/program.ts';

/** As many calls as one client has on the way to an NFS server by default (max_session_slots). */
const THREADS = 64;

const LIMIT_MS = 10_000;

export interface SlowMount {
  /** The daemon's; its memory and its end are no matter of what is measured. */
  readonly pid: number;
  /** Idempotent. */
  unmount(): Promise<void>;
}

export interface SlowMountOptions {
  readonly source: string;
  /** Is created. */
  readonly path: string;
  readonly delayMs: number;
}

export async function mountSlowly({ source, path, delayMs }: SlowMountOptions): Promise<SlowMount> {
  const program = await programText('bash', [join(import.meta.dirname, 'build.sh')], {
    env: { HOME: process.env['HOME'] ?? '', ...cacheVariables() },
  });
  await mkdir(path, { recursive: true });
  const options = `ro,clone_fd,fsname=slowfs,max_threads=${THREADS},max_idle_threads=${THREADS}`;
  // SIGTERM makes it unmount: should the benchmark be killed, nothing stays mounted.
  const args = ['--pdeathsig', 'TERM', program, source, String(delayMs), path, '-f', '-o', options];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'spawn');
  const { pid = 0 } = child;
  const ended = once(child, 'exit');
  const unmount = async (): Promise<void> => {
    if (isRunning(pid)) {
      // Lazily, because a process of the measured run that hangs in it must not keep the mount.
      await runProgram('umount', ['--lazy', path]);
      child.kill('SIGTERM');
      await ended;
    }
    await rmdir(path);
  };
  const outside = (await stat(join(path, '..'))).dev;
  for (const deadline = Date.now() + LIMIT_MS; (await stat(path)).dev === outside; await sleep(20)) {
    if (!isRunning(pid) || Date.now() > deadline) {
      child.kill('SIGTERM');
      await rmdir(path);
      throw new Error(`The slow file system could not be mounted at ${path}; it needs /dev/fuse and root.`);
    }
  }
  return { pid, unmount };
}

/** What `build.sh` asks for the place of the cache. */
function cacheVariables(): Record<string, string> {
  return Object.fromEntries(
    ['BITBUCKET_BACKUP_CACHE', 'XDG_CACHE_HOME'].flatMap((name): [string, string][] => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
