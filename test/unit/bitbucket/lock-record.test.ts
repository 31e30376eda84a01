import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from '../../../src/bitbucket/connection.ts';
import { readConnectionFile } from '../../../src/bitbucket/connection-file.ts';
import {
  createLockRecord,
  type LockRecord,
  savedSession,
  saveSession,
} from '../../../src/bitbucket/lock-record.ts';
import { Journal, readJournal } from '../../../src/host/journal.ts';
import type { JournalEntry } from '../../../src/host/journal-entry.ts';
import { failureIn } from '../../support/failure.ts';
import { journalEntry } from '../../support/journal-fixture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CONNECTION: Connection = {
  url: 'https://bitbucket.example.com',
  credentials: { kind: 'basic', username: 'backup', password: 'hunter2-and-more' },
};
const UNLOCK = 'a'.repeat(40);
const CANCEL = 'b'.repeat(40);

let root: string;
let state: string;
let journal: Journal;
let record: LockRecord;

beforeEach(() => {
  root = temporaryFolder();
  state = join(root, 'state');
  writeFileSync(state, '');
  vi.stubEnv('GITHUB_STATE', state);
  vi.stubEnv('RUNNER_TEMP', root);
  journal = Journal.claim(root, journalEntry());
  record = createLockRecord(journal, root, CONNECTION);
  onTestFinished(() => journal.remove());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What is on disk, not what the process believes. */
function onDisk(): JournalEntry {
  const entry = readJournal(root);
  if (entry === undefined) {
    throw new Error('There is no journal.');
  }
  return entry;
}

/** Gives the last saved state to the post step, as the runner does. */
function handOverToPost(): void {
  for (const [name, pattern] of [
    ['backup-root', /backup-root<<(\S+)\n([^]*?)\n\1/g],
    ['journal', /journal<<(\S+)\n([^]*?)\n\1/g],
  ] as const) {
    const last = [...readFileSync(state, 'utf8').matchAll(pattern)].at(-1)?.[2];
    vi.stubEnv(`STATE_${name}`, last ?? '');
  }
}

test('the intent to lock is on disk, with the way to unlock, before the request is sent', () => {
  record.locking();
  const { lock, connectionFile } = onDisk();
  expect(lock.phase).toBe('locking');
  expect(lock.since).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(Object.keys(lock)).toEqual(['phase', 'since']);
  expect(readConnectionFile(connectionFile ?? '')).toEqual(CONNECTION);
});

test('each token is on disk and in the saved state as soon as it is told', () => {
  record.locking();
  record.locked(UNLOCK);
  expect(onDisk().lock).toMatchObject({ phase: 'locked', unlockToken: UNLOCK });
  handOverToPost();
  expect(savedSession()?.entry.lock).toMatchObject({ phase: 'locked', unlockToken: UNLOCK });
  record.backupStarted(CANCEL);
  expect(onDisk().lock).toMatchObject({ phase: 'locked', unlockToken: UNLOCK, cancelToken: CANCEL });
  handOverToPost();
  expect(savedSession()).toEqual({ backupRoot: root, entry: onDisk() });
});

test('when it is over the credentials are gone and the phase says so', () => {
  record.locking();
  record.locked(UNLOCK);
  const file = onDisk().connectionFile ?? '';
  expect(existsSync(file)).toBe(true);
  record.released();
  expect(existsSync(file)).toBe(false);
  expect(onDisk().lock).toMatchObject({ phase: 'unlocked', unlockToken: UNLOCK });
  handOverToPost();
  expect(savedSession()?.entry.lock.phase).toBe('unlocked');
});

test('the password is neither in the journal nor in the saved state', () => {
  record.locking();
  record.locked(UNLOCK);
  record.backupStarted(CANCEL);
  const text = readFileSync(journal.path, 'utf8') + readFileSync(state, 'utf8');
  expect(text).toContain(UNLOCK);
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain(Buffer.from('backup:hunter2-and-more').toString('base64').slice(8, -4));
});

test('a main step that claimed no journal leaves the post step nothing', () => {
  handOverToPost();
  expect(savedSession()).toBeUndefined();
});

test('saved state that is damaged is told as such', () => {
  saveSession(journal, root);
  handOverToPost();
  vi.stubEnv('STATE_journal', '{"formatVersion":2}');
  const error = failureIn(savedSession);
  expect(error.code).toBe('UNSAFE_STATE');
  expect(error.message).toContain('saved state');
});

test('outside a runner nothing is saved, and nothing fails', () => {
  vi.stubEnv('GITHUB_STATE', undefined);
  const printed = vi.spyOn(process.stdout, 'write');
  onTestFinished(() => printed.mockRestore());
  record.locking();
  expect(onDisk().lock.phase).toBe('locking');
  expect(printed.mock.calls.map(([text]) => String(text)).join('')).not.toContain('save-state');
});
