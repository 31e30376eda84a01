/** What an earlier run left behind when it died: its children, its lock, its half-written files, its journal. */
import { join } from 'node:path';
import type { BitbucketClient } from '../bitbucket/client.ts';
import { removeConnectionFile } from '../bitbucket/connection-file.ts';
import type { WindowLimits } from '../bitbucket/limits.ts';
import { type Recovery, recoverLock } from '../bitbucket/recover.ts';
import { ActionError } from '../errors.ts';
import { alreadyRunning, journalPath, livenessOfRun, readJournal, removeJournal } from '../host/journal.ts';
import type { JournalEntry } from '../host/journal-entry.ts';
import type { Log } from '../host/log.ts';
import { killOrphans } from '../host/orphans.ts';
import { removePartials } from '../host/partials.ts';
import { removeDraft } from '../host/private-file.ts';
import { MANIFEST_NAME } from './manifest-name.ts';

export interface StaleRunOptions {
  readonly backupRoot: string;
  readonly client: BitbucketClient;
  readonly limits: WindowLimits;
  readonly log: Log;
}

/** @returns the journal of a dead run. @throws ActionError ALREADY_RUNNING when it still lives, UNSAFE_STATE */
export function findStaleRun(backupRoot: string): JournalEntry | undefined {
  const entry = readJournal(backupRoot);
  if (entry !== undefined && livenessOfRun(backupRoot, entry) === 'alive') {
    throw alreadyRunning(backupRoot, entry);
  }
  return entry;
}

/**
 * Unlocks first, tidies afterwards; the journal goes last, so that whoever is interrupted here leaves it to the next.
 * @throws ActionError when the lock could not be lifted; the journal then stays
 */
export async function recoverStaleRun(options: StaleRunOptions, entry: JournalEntry): Promise<void> {
  const { backupRoot, client, log } = options;
  if (entry.url !== client.url) {
    throw new ActionError(
      'UNSAFE_STATE',
      `${journalPath(backupRoot)} is of a dead run for ${entry.url}, not for ${client.url}.`,
      {
        advice: `Run a backup of ${entry.url} first, or make sure that it is unlocked and remove that file; give every Bitbucket a backup-root of its own.`,
      },
    );
  }
  const orphans = killOrphans(entry.runId);
  if (orphans.length > 0) {
    log.notice(`Ended ${orphans.length} processes that backup ${entry.backupId} had left running.`);
  }
  const recovery = await recoverLock(options, entry);
  log.notice(SENTENCES[recovery](entry));
  tidy(backupRoot, entry);
}

/** Removes what a run that is over has left on disk. */
export function tidy(backupRoot: string, entry: JournalEntry): void {
  removePartials(entry.partials);
  removeDraft(join(backupRoot, MANIFEST_NAME), entry.runId);
  if (entry.connectionFile !== undefined) {
    removeConnectionFile(entry.connectionFile);
  }
  removeJournal(journalPath(backupRoot), entry.runId);
}

const SENTENCES: Readonly<Record<Recovery, (entry: JournalEntry) => string>> = {
  unlocked: ({ backupId, lock }) =>
    `Recovered the lock of backup ${backupId}, which died after locking Bitbucket at ${lock.since ?? 'an unknown time'}: Bitbucket is unlocked.`,
  'was-unlocked': ({ backupId }) =>
    `Backup ${backupId} died while holding the lock; somebody has unlocked Bitbucket since.`,
  foreign: ({ backupId }) =>
    `Backup ${backupId} died while holding the lock; Bitbucket is locked by somebody else now, and that lock is left alone.`,
  'not-locked': ({ backupId }) =>
    `Backup ${backupId} died without holding the lock; its remains were removed.`,
};
