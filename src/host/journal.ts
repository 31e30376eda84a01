/**
 * The journal: what the next run has to know when this one is gone without a word. It names the run, says whether
 * Bitbucket is locked and with which token, and lists half-written files. Also what keeps two runs apart.
 */
import { linkSync, renameSync, rmSync, statSync, utimes } from 'node:fs';
import { join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import { type JournalEntry, parseJournal } from './journal-entry.ts';
import { claimPrivateFile, readPrivateFile, removeDraft, writePrivateFile } from './private-file.ts';
import { sweepJournalDrafts } from './journal-drafts.ts';
import { type Liveness, livenessOf } from './process-identity.ts';

/** That of backups; a restore's names the home that it fills. */
const JOURNAL_NAME = '.journal.json';
const HEARTBEAT_MS = 15_000;
/** A run that cannot be seen from here (another machine or container) counts as dead after this long a silence. */
const SILENCE_MS = 5 * 60_000;

export function journalPath(folder: string, name: string = JOURNAL_NAME): string {
  return join(folder, name);
}

/** @returns undefined when there is none. @throws ActionError UNSAFE_STATE for one that cannot be trusted or read */
export function readJournal(folder: string, name?: string): JournalEntry | undefined {
  const path = journalPath(folder, name);
  const text = readPrivateFile(path);
  return text === undefined ? undefined : parseJournal(text, path);
}

/** Does the run that wrote the journal still live? */
export function livenessOfRun(
  folder: string,
  entry: JournalEntry,
  name?: string,
): Exclude<Liveness, 'unknown'> {
  const liveness = livenessOf(entry.process);
  if (liveness !== 'unknown') {
    return liveness;
  }
  const silentMs = Date.now() - statSync(journalPath(folder, name)).mtimeMs;
  return silentMs > SILENCE_MS ? 'dead' : 'alive';
}

/** The error of a second run that finds a live first one. */
export function alreadyRunning(folder: string, entry: JournalEntry): ActionError {
  const { process: owner } = entry;
  const what = entry.restore === undefined ? 'Backup' : 'A restore of';
  return new ActionError(
    'ALREADY_RUNNING',
    `${what} ${entry.backupId} (process ${owner.pid} on ${owner.hostname}) has been using ${folder} since ${entry.startedAt}.`,
    {
      advice:
        entry.restore === undefined
          ? 'Wait for it to end, or cancel it; give every Bitbucket a backup-root of its own.'
          : 'Wait for it to end, or cancel it.',
    },
  );
}

export class Journal {
  readonly path: string;
  #entry: JournalEntry;
  #heartbeat: NodeJS.Timeout | undefined;
  #beating = false;

  private constructor(path: string, entry: JournalEntry) {
    this.path = path;
    this.#entry = entry;
  }

  /** Takes the journal for this run. @throws ActionError ALREADY_RUNNING when another run was faster */
  static claim(folder: string, entry: JournalEntry, name?: string): Journal {
    const path = journalPath(folder, name);
    if (!claimPrivateFile(path, JSON.stringify(entry), entry.runId)) {
      const other = readJournal(folder, name);
      throw other === undefined
        ? new ActionError('ALREADY_RUNNING', `Another run has just used ${folder}.`, {
            advice: 'Start again.',
          })
        : alreadyRunning(folder, other);
    }
    sweepJournalDrafts(path);
    const journal = new Journal(path, entry);
    journal.#startHeartbeat();
    return journal;
  }

  get entry(): JournalEntry {
    return this.#entry;
  }

  /** Returns when it is on disk. */
  update(change: Partial<Pick<JournalEntry, 'lock' | 'partials' | 'restore' | 'connectionFile'>>): void {
    this.#entry = { ...this.#entry, ...change };
    writePrivateFile(this.path, JSON.stringify(this.#entry), this.#entry.runId);
  }

  /** Ends the run's claim. A journal that another run has taken over meanwhile is left alone. */
  remove(): void {
    clearInterval(this.#heartbeat);
    removeJournal(this.path, this.#entry.runId);
  }

  /** Stops the heartbeat and leaves the file to the post step or the next run. */
  abandon(): void {
    clearInterval(this.#heartbeat);
  }

  /** One asynchronous call at a time: on a dead file system it costs one of four threads, not all of them. */
  #startHeartbeat(): void {
    this.#heartbeat = setInterval(() => {
      if (!this.#beating) {
        this.#beating = true;
        const now = new Date();
        utimes(this.path, now, now, () => {
          this.#beating = false;
        });
      }
    }, HEARTBEAT_MS).unref();
  }
}

/**
 * Removes the journal of a run that is over. It is renamed first and looked at again: between our reading and now another
 * run may have removed it and claimed the name, and that claim must stand.
 */
export function removeJournal(path: string, runId: string): void {
  removeDraft(path, runId);
  const aside = `${path}.${runId}.over`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return;
    }
    throw error;
  }
  let over = false;
  try {
    over = parseJournal(readPrivateFile(aside) ?? '', aside).runId === runId;
  } finally {
    // Another run's claim, or one that nobody can read: not ours to remove.
    if (!over) {
      putBack(aside, path);
    }
    rmSync(aside, { force: true });
  }
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) {
      throw error;
    }
  }
}
