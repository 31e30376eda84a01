/**
 * Has the system write out what is being written, while it is being written: left to itself it waits half a minute, and
 * the flush at the end would then have all of it to do.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandRunner } from './command.ts';

const PAUSE_MS = 500;

/** Runs until the work has ended. A flush that fails here fails again at the end, where it counts. */
export async function flushingMeanwhile<T>(
  commands: CommandRunner,
  folder: string,
  work: () => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const flushing = flushAgainAndAgain(commands, folder, ended.signal);
  try {
    return await work();
  } finally {
    ended.abort();
    await flushing;
  }
}

/** Ends with the flush that is under way, ended early where nobody waits for it. */
async function flushAgainAndAgain(
  commands: CommandRunner,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await delay(PAUSE_MS, undefined, { signal });
      await commands.run('sync', ['--file-system', '--', folder], { signal });
    }
  } catch {
    // Ended, or told at the end.
  }
}
