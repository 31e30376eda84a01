import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf } from '../../../src/errors.ts';
import { type JournalEntry, parseJournal } from '../../../src/host/journal-entry.ts';
import { failureIn } from '../../support/failure.ts';
import { journalEntry } from '../../support/journal-fixture.ts';

const PATH = '/backup/.journal.json';

const FULL = journalEntry({
  lock: { phase: 'locked', unlockToken: 'a', cancelToken: 'b', since: '2026-11-22T02:14:00.000Z' },
  partials: ['/backup/.x.partial-1', '/archive/.y.partial-2'],
  connectionFile: '/tmp/bitbucket-backup-x/connection.json',
});

const RESTORE = journalEntry({
  restore: {
    placed: [{ path: '/var/bitbucket', existed: false, entries: ['shared'] }],
    database: { server: 'db:5432', name: 'bitbucket', created: true },
  },
});

/** @returns undefined when it was refused as unsafe; everything else is thrown. */
function parsed(text: string): JournalEntry | undefined {
  try {
    return parseJournal(text, PATH);
  } catch (error) {
    if (codeOf(error) === 'UNSAFE_STATE') {
      return undefined;
    }
    throw error;
  }
}

test.each([journalEntry(), FULL, RESTORE])('what was written is read back', (entry) => {
  expect(parseJournal(JSON.stringify(entry), PATH)).toEqual(entry);
});

test('what it does not know is dropped', () => {
  expect(parsed(JSON.stringify({ ...FULL, password: 'x', lock: { ...FULL.lock, more: 1 } }))).toEqual(FULL);
});

test('the refusal names the file and what to look at', () => {
  const error = failureIn(() => parseJournal('{', PATH));
  expect(error.message).toContain(PATH);
  expect(error.advice).toContain('See whether Bitbucket is locked');
});

test.each(Object.keys(journalEntry()))('a journal without %s is refused', (name) => {
  expect(parsed(JSON.stringify({ ...FULL, [name]: undefined }))).toBeUndefined();
});

test.each(Object.keys(FULL.process))('a journal whose process has no %s is refused', (name) => {
  expect(
    parsed(JSON.stringify({ ...FULL, process: { ...FULL.process, [name]: undefined } })),
  ).toBeUndefined();
});

test.each([
  { formatVersion: 2 },
  { lock: { phase: 'open' } },
  { lock: null },
  { partials: 'x' },
  { partials: [1] },
  { process: [] },
  { runId: 7 },
])('a journal with %j is refused', (change) => {
  expect(parsed(JSON.stringify({ ...FULL, ...change }))).toBeUndefined();
});

test('the journal of a backup has no record of a restore', () => {
  expect(parsed(JSON.stringify(FULL))).not.toHaveProperty('restore');
});

test.each([
  null,
  {},
  { placed: [{ path: '/etc/..', existed: false, entries: [] }] },
  { placed: [{ path: 'relative', existed: false, entries: [] }] },
  { placed: [{ path: '/var', existed: true, entries: ['../etc'] }] },
  { placed: [], database: 'bitbucket' },
])('a journal of a restore that has made %j is refused as a whole', (restore) => {
  expect(parsed(JSON.stringify({ ...RESTORE, restore }))).toBeUndefined();
});

test.each(['a/b', '../x', '', 'a b', 'x'.repeat(65)])(
  'the run %j is refused: it becomes part of a name',
  (runId) => {
    expect(parsed(JSON.stringify({ ...RESTORE, runId }))).toBeUndefined();
  },
);

test('any text is either refused or a whole journal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const entry = parsed(text);
      expect(entry === undefined || parsed(JSON.stringify(entry)) !== undefined).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a journal with any of its fields spoilt is either refused or has the right types', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(FULL)), fc.jsonValue(), (name, value) => {
      const entry = parsed(JSON.stringify({ ...FULL, [name]: value }));
      expect(entry === undefined || typesOf(entry)).not.toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test('a journal with any field of its lock or its process spoilt is one of both, too', () => {
  const lockField = fc.constantFrom('phase', 'unlockToken', 'cancelToken', 'since');
  const processField = fc.constantFrom(...Object.keys(FULL.process));
  fc.assert(
    fc.property(lockField, processField, fc.jsonValue(), (inLock, inProcess, value) => {
      for (const change of [
        { lock: { ...FULL.lock, [inLock]: value } },
        { process: { ...FULL.process, [inProcess]: value } },
      ]) {
        const entry = parsed(JSON.stringify({ ...FULL, ...change }));
        expect(entry === undefined || typesOf(entry)).not.toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a journal that is cut off anywhere is refused', () => {
  const text = JSON.stringify(FULL);
  for (let length = 0; length < text.length; length += 1) {
    expect(parsed(text.slice(0, length))).toBeUndefined();
  }
});

function typesOf(entry: JournalEntry): boolean {
  const { process, lock, partials } = entry;
  const texts = [
    entry.runId,
    entry.backupId,
    entry.instanceName,
    entry.url,
    entry.startedAt,
    process.hostname,
  ];
  const optional = [lock.unlockToken, lock.cancelToken, lock.since, entry.connectionFile];
  return (
    texts.every((text) => typeof text === 'string') &&
    optional.every((text) => text === undefined || typeof text === 'string') &&
    typeof process.pid === 'number' &&
    partials.every((partial) => typeof partial === 'string')
  );
}
