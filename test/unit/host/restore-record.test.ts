import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RestoreRecord, restoreRecordOf } from '../../../src/host/restore-record.ts';

const FULL: RestoreRecord = {
  placed: [
    {
      path: '/var/bitbucket',
      existed: false,
      entries: ['shared', 'a name with blanks', '..hidden', 'ü'],
      inodes: [4711],
    },
    {
      path: '/mnt/store',
      existed: true,
      entries: [],
      before: { mode: 0o750, uid: 0, gid: 12_345 },
    },
  ],
  database: { server: 'db.example.com:5432', name: 'bitbucket', created: true, marked: true, oid: 16_384 },
};

/** As a journal has it. */
function written(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function placed(change: Readonly<Record<string, unknown>>): unknown {
  return { placed: [{ path: '/var/bitbucket', existed: true, entries: ['a'], ...change }] };
}

const SEARCH = {
  server: 'https://search.example.com:9200',
  repository: 'bitbucket-snapshots',
  registered: true,
  snapshot: 'bitbucket-20261126-020000-000',
  indices: ['bitbucket-search-v1', 'bitbucket-project'],
};

const UNMARKED = { server: 'db.example.com:5432', name: 'bitbucket', created: false };

test.each([
  FULL,
  { placed: [], database: UNMARKED },
  { placed: [], database: { ...UNMARKED, state: '/backup/.custom-database.state-x' } },
  { placed: [], search: SEARCH },
  { ...FULL, search: { ...SEARCH, registered: false, indices: [] } },
  { placed: [] },
  { placed: FULL.placed },
  { ...FULL, placed: [] },
])('what was written is read back', (record) => {
  expect(restoreRecordOf(written(record))).toEqual(record);
});

test('what it does not know is dropped', () => {
  const more = { ...FULL, password: 'x', database: { ...FULL.database, password: 'x' } };
  expect(restoreRecordOf(written(more))).toEqual(FULL);
  expect(restoreRecordOf(placed({ password: 'x' }))).toEqual(placed({}));
});

test.each(['relative', '/a/../b', '/', 7])('a state folder %j is dropped', (state) => {
  expect(restoreRecordOf(written({ placed: [], database: { ...UNMARKED, state } }))).toEqual({
    placed: [],
    database: UNMARKED,
  });
});

test.each([undefined, 'true', 1])(
  'a search repository that is registered %j is not taken away',
  (registered) => {
    const record = restoreRecordOf(written({ placed: [], search: { ...SEARCH, registered } }));
    expect(record?.search).toEqual({ ...SEARCH, registered: false });
  },
);

describe('refused is', () => {
  test.each([
    undefined,
    null,
    1,
    'x',
    [],
    {},
    { placed: null },
    { placed: {} },
    { placed: 'x' },
    { placed: [null] },
  ])('what is none: %j', (value) => {
    expect(restoreRecordOf(value)).toBeUndefined();
  });

  test.each([
    { path: undefined },
    { path: '' },
    { path: 'var/bitbucket' },
    { path: './x' },
    { path: '/' },
    { path: '//' },
    { path: '/.' },
    { path: '/var/../etc' },
    { path: '/var/..' },
    { path: '/..' },
    { path: '/var/bit\0bucket' },
    { path: ['/var'] },
    { path: 7 },
  ])('a folder with %j', (change) => {
    expect(restoreRecordOf(placed(change))).toBeUndefined();
  });

  test.each([
    [undefined],
    [null],
    ['a'],
    [{ 0: 'a', length: 1 }],
    [['a', '']],
    [['.']],
    [['..']],
    [['a', '../etc']],
    [['/etc']],
    [['a/b']],
    [['a/']],
    [['a\0b']],
    [[7]],
    [[null]],
    [[['a']]],
  ])('a folder with the entries %j', (entries) => {
    expect(restoreRecordOf(placed({ entries }))).toBeUndefined();
  });

  test.each([['4711'], [null], 'x', {}])('a folder with the inodes %j', (inodes) => {
    expect(restoreRecordOf(placed({ inodes }))).toBeUndefined();
  });

  test.each([undefined, null, 'true', 1, 0])('a folder that existed %j', (existed) => {
    expect(restoreRecordOf(placed({ existed }))).toBeUndefined();
  });

  test.each([
    null,
    'x',
    {},
    { mode: 0o750 },
    { mode: 0o750, uid: 0 },
    { mode: '750', uid: 0, gid: 0 },
    { mode: -1, uid: 0, gid: 0 },
    { mode: 0o100750, uid: 0, gid: 0 },
    { mode: 1.5, uid: 0, gid: 0 },
    { mode: 0o750, uid: -1, gid: 0 },
    { mode: 0o750, uid: 0, gid: 0.5 },
    { mode: 0o750, uid: 0, gid: 2 ** 32 },
  ])('a folder that was %j before: its rights could not be put back', (before) => {
    expect(restoreRecordOf(placed({ before }))).toBeUndefined();
  });

  test.each([
    null,
    'bitbucket',
    [],
    {},
    { server: 'a:1', name: 'b' },
    { server: 'a:1', created: true },
    { name: 'b', created: true },
    { server: 'a:1', name: 'b', created: 'true' },
    { server: 1, name: 'b', created: true },
    { server: 'a:1', name: null, created: true },
    { server: 'a:1', name: '', created: true },
  ])('the database %j', (database) => {
    expect(restoreRecordOf({ placed: [], database })).toBeUndefined();
  });

  test.each([
    null,
    'x',
    [],
    {},
    { ...SEARCH, server: undefined },
    { ...SEARCH, repository: 7 },
    { ...SEARCH, repository: '' },
    { ...SEARCH, repository: '..' },
    { ...SEARCH, repository: 'a/b' },
    { ...SEARCH, snapshot: undefined },
    { ...SEARCH, snapshot: '.' },
    { ...SEARCH, indices: undefined },
    { ...SEARCH, indices: 'bitbucket-search-v1' },
    { ...SEARCH, indices: [...SEARCH.indices, null] },
  ])('the search index %j', (search) => {
    expect(restoreRecordOf({ placed: [], search })).toBeUndefined();
  });

  test.each([
    '*',
    'bitbucket-*',
    'a,b',
    'a?',
    'a b',
    '',
    '.',
    '..',
    'a/b',
    'a\0',
    '_all',
    '-a',
    '+a',
    '<a-{now}>',
  ])('an index %j, which could be those of others: they would be deleted', (index) => {
    const search = { ...SEARCH, indices: [...SEARCH.indices, index] };
    expect(restoreRecordOf({ placed: [], search })).toBeUndefined();
  });

  test('all of it when one folder of many is wrong', () => {
    const folders = [...FULL.placed, { path: 'relative', existed: false, entries: [] }];
    expect(restoreRecordOf({ ...FULL, placed: folders })).toBeUndefined();
  });
});

test('whatever it is given, nothing comes out that could lead elsewhere', () => {
  const path = fc.oneof(fc.string(), fc.constantFrom('/', '/a/../b', '/a', '../a', 'a/b', '..', '', '/a\0'));
  const given = fc.record({
    placed: fc.array(
      fc.record(
        { path, existed: fc.boolean(), entries: fc.array(path), before: fc.jsonValue() },
        { requiredKeys: ['path', 'existed', 'entries'] },
      ),
    ),
  });
  fc.assert(
    fc.property(given, (value) => {
      for (const folder of restoreRecordOf(value)?.placed ?? []) {
        expect(folder.path).toMatch(/^\/+[^/]/);
        expect([folder.path.split('/'), ...folder.entries].flat()).not.toContain('..');
        expect(folder.entries.join('')).not.toMatch(/[/\0]/);
        expect(folder.entries).not.toContain('');
      }
    }),
    { numRuns: 2_000 },
  );
});
