/** The run that `backup-root` is in use by. It usually lives: then its journal is read, and never touched. */
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError, isErrno } from '../errors.ts';
import { journalPath, livenessOfRun, readJournal } from '../host/journal.ts';
import type { JournalEntry } from '../host/journal-entry.ts';

export interface JournaledRun {
  readonly entry: JournalEntry;
  readonly path: string;
  readonly alive: boolean;
}

export interface TokenWait {
  readonly backupRoot: string;
  readonly url: string;
  /** Bitbucket may take more than a minute to lock, in ms. */
  readonly waitMs: number;
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/**
 * @returns undefined when there is no journal
 * @throws ActionError UNSAFE_STATE when it cannot be trusted or is of another Bitbucket
 */
export function findRun(backupRoot: string, url: string): JournaledRun | undefined {
  const entry = readJournal(backupRoot);
  if (entry === undefined) {
    return undefined;
  }
  const path = journalPath(backupRoot);
  if (entry.url !== url) {
    throw new ActionError('UNSAFE_STATE', `${path} is of a backup of ${entry.url}, not of ${url}.`, {
      advice: 'Set bitbucket-url and backup-root to those of the backup that is to be cancelled.',
    });
  }
  return { entry, path, alive: isAlive(backupRoot, entry) };
}

/** As long as a live run waits for Bitbucket's answer to its request to lock. @returns what the journal says then */
export async function waitForToken(wait: TokenWait): Promise<JournaledRun | undefined> {
  const deadline = performance.now() + wait.waitMs;
  for (;;) {
    const run = findRun(wait.backupRoot, wait.url);
    if (run?.alive !== true || run.entry.lock.phase !== 'locking' || performance.now() >= deadline) {
      return run;
    }
    await delay(wait.pollMs, undefined, { signal: wait.signal });
  }
}

/** A journal that goes away while it is looked at belongs to a run that has just ended. */
function isAlive(backupRoot: string, entry: JournalEntry): boolean {
  try {
    return livenessOfRun(backupRoot, entry) === 'alive';
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return false;
    }
    throw error;
  }
}
