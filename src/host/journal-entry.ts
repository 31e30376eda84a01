/** What a journal holds, and how it is read back without trusting it. No passwords: tokens only (DESIGN.md, laws 4, 5). */
import { ActionError } from '../errors.ts';
import { identityIn, type ProcessIdentity } from './process-identity.ts';
import { type RestoreRecord, restoreRecordOf } from './restore-record.ts';

/** `locking`: the request may have been sent and no answer has come. `unlocked`: it was taken and given back. */
export type LockPhase = 'none' | 'locking' | 'locked' | 'unlocked';

export interface JournaledLock {
  readonly phase: LockPhase;
  readonly unlockToken?: string;
  readonly cancelToken?: string;
  /** When the lock was asked for, ISO 8601. */
  readonly since?: string;
}

export interface JournalEntry {
  readonly formatVersion: 1;
  readonly runId: string;
  readonly backupId: string;
  readonly instanceName: string;
  readonly url: string;
  readonly startedAt: string;
  readonly process: ProcessIdentity;
  readonly lock: JournaledLock;
  /** Files and folders that exist under these names only while the run lives. */
  readonly partials: readonly string[];
  /** Of a restore: what it has made. Absent in the journal of a backup. */
  readonly restore?: RestoreRecord;
  /** Where the credentials lie (0600) while the lock is held, for the post step. */
  readonly connectionFile?: string;
}

const RUN_ID = /^[A-Za-z0-9_-]{1,64}$/;
const PHASES: readonly LockPhase[] = ['none', 'locking', 'locked', 'unlocked'];

/** @throws ActionError UNSAFE_STATE for text that is not such a journal */
export function parseJournal(text: string, path: string): JournalEntry {
  const journal = fields(parseJson(text, path));
  const process = identityIn(journal('process'));
  const lock = fields(journal('lock'));
  const phase = PHASES.find((known) => known === lock('phase'));
  const partials = journal('partials');
  if (
    journal('formatVersion') !== 1 ||
    phase === undefined ||
    process === undefined ||
    !isTextList(partials)
  ) {
    throw unreadable(path);
  }
  const need = (value: unknown): string => {
    if (typeof value !== 'string') {
      throw unreadable(path);
    }
    return value;
  };
  // It becomes part of a file name.
  const matching = (value: unknown): string => {
    if (!RUN_ID.test(need(value))) {
      throw unreadable(path);
    }
    return need(value);
  };
  return {
    formatVersion: 1,
    runId: matching(journal('runId')),
    backupId: need(journal('backupId')),
    instanceName: need(journal('instanceName')),
    url: need(journal('url')),
    startedAt: need(journal('startedAt')),
    process,
    lock: {
      phase,
      ...optional('unlockToken', lock('unlockToken')),
      ...optional('cancelToken', lock('cancelToken')),
      ...optional('since', lock('since')),
    },
    partials,
    ...restoreIn(journal('restore'), path),
    ...optional('connectionFile', journal('connectionFile')),
  };
}

function restoreIn(value: unknown, path: string): Pick<JournalEntry, 'restore'> {
  const restore = restoreRecordOf(value);
  if (value !== undefined && restore === undefined) {
    throw unreadable(path);
  }
  return restore === undefined ? {} : { restore };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(path);
  }
}

function fields(value: unknown): (name: string) => unknown {
  return (name) => {
    const field: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    return field;
  };
}

function optional<K extends string>(name: K, value: unknown): { [key in K]?: string } {
  const result: { [key in K]?: string } = {};
  if (typeof value === 'string') {
    result[name] = value;
  }
  return result;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function unreadable(path: string): ActionError {
  return new ActionError('UNSAFE_STATE', `The journal ${path} is damaged or of another version.`, {
    advice: `See whether Bitbucket is locked, unlock it by hand if so, then remove ${path}.`,
  });
}
