/** The process of a search server: started, ready, ended. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JavaCommand } from './java-command.ts';
import type { Place } from './place.ts';

/** Milliseconds that a server may take to start: less than a hook may, whose report then shows the log. */
const LIMIT_MS = 110_000;

export interface ServerProcess {
  readonly isRunning: () => boolean;
  /** Sends the signal to all of it and waits for its end. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export function logOf({ folder }: Place): string {
  return join(folder, 'log');
}

export function startProcess(place: Place, { program, args }: JavaCommand): ServerProcess {
  const log = openSync(logOf(place), 'a');
  const child = spawn(program, args, {
    cwd: place.folder,
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C.UTF-8',
      // Elasticsearch 7 wants to be told.
      LIBFFI_TMPDIR: join(place.folder, 'tmp'),
    },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  // A program that cannot be started has ended, too.
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]);
  const isRunning = (): boolean =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isRunning,
    end: async (signal) => {
      if (isRunning() && child.pid !== undefined) {
        process.kill(-child.pid, signal);
      }
      await ended;
    },
  };
}

/** Asks until there is an answer. @throws Error with the end of the log when the server ends, or takes too long */
export async function untilReady<T>(
  place: Place,
  server: ServerProcess,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  while (server.isRunning() && Date.now() < deadline) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) {
      return answer;
    }
    await sleep(30);
  }
  const how = server.isRunning() ? `is not ready after ${LIMIT_MS} ms` : 'has ended';
  await server.end('SIGKILL');
  const log = await readFile(logOf(place), 'utf8');
  throw new Error(`The search server ${how}:\n${log.slice(-6000)}`);
}
