/**
 * What is written down about the lock, before anything else happens with it: in the journal for the next run, in the
 * runner's saved state for the post step.
 */
import { getState, saveState } from '../host/actions.ts';
import type { Journal } from '../host/journal.ts';
import { type JournalEntry, type JournaledLock, parseJournal } from '../host/journal-entry.ts';
import type { Connection } from './connection.ts';
import { removeConnectionFile, writeConnectionFile } from './connection-file.ts';

export interface LockRecord {
  /** Called before the request is sent: from here on the instance may be locked by us. */
  locking(): void;
  /** Called with the first token the moment it is known. */
  locked(unlockToken: string): void;
  backupStarted(cancelToken: string): void;
  /** It is certain that we hold no lock (any more). */
  released(): void;
}

/** What the post step finds. It reads nothing else. */
export interface SavedSession {
  readonly backupRoot: string;
  readonly entry: JournalEntry;
}

const ROOT_STATE = 'backup-root';
const ENTRY_STATE = 'journal';

export function createLockRecord(journal: Journal, backupRoot: string, connection: Connection): LockRecord {
  let connectionFile: string | undefined;
  const record = (lock: JournaledLock): void => {
    journal.update({ lock, ...(connectionFile === undefined ? {} : { connectionFile }) });
    saveSession(journal, backupRoot);
  };
  return {
    locking: () => {
      connectionFile = writeConnectionFile(connection);
      record({ phase: 'locking', since: new Date().toISOString() });
    },
    locked: (unlockToken) => record({ ...journal.entry.lock, phase: 'locked', unlockToken }),
    backupStarted: (cancelToken) => record({ ...journal.entry.lock, cancelToken }),
    released: () => {
      record({ ...journal.entry.lock, phase: 'unlocked' });
      if (connectionFile !== undefined) {
        removeConnectionFile(connectionFile);
      }
    },
  };
}

/** Tells the post step which run it follows, so that it can clean up after a main that was killed. */
export function saveSession(journal: Journal, backupRoot: string): void {
  saveState(ROOT_STATE, backupRoot);
  saveState(ENTRY_STATE, JSON.stringify(journal.entry));
}

/** @returns undefined when main ended before it had claimed a journal. @throws ActionError UNSAFE_STATE */
export function savedSession(): SavedSession | undefined {
  const text = getState(ENTRY_STATE);
  return text === ''
    ? undefined
    : { backupRoot: getState(ROOT_STATE), entry: parseJournal(text, 'in the saved state') };
}
