import { expect, it } from 'vitest';
import { restoreRecordOf } from '../../../src/host/restore-record.ts';

const FOLDER = { path: '/srv/home', existed: false, entries: ['shared', 'plugins'], inodes: [4711] };
const MOUNT = { path: '/srv/mount', existed: true, entries: [], before: { mode: 0o755, uid: 0, gid: 7 } };
const DATABASE = { server: 'db:5432', name: 'bb', created: true };

it('is read back as it was written', () => {
  const record = { placed: [FOLDER, MOUNT], database: { ...DATABASE, marked: true } };
  expect(restoreRecordOf(JSON.parse(JSON.stringify(record)))).toEqual(record);
  expect(restoreRecordOf({ placed: [], database: DATABASE })).toEqual({ placed: [], database: DATABASE });
  expect(restoreRecordOf({ placed: [] })).toEqual({ placed: [] });
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['no list', { placed: 'x' }],
  ['a relative path', { placed: [{ ...FOLDER, path: 'home' }] }],
  ['a path that climbs', { placed: [{ ...FOLDER, path: '/srv/../etc' }] }],
  ['an entry with a slash', { placed: [{ ...FOLDER, entries: ['a/b'] }] }],
  ['an entry that climbs', { placed: [{ ...FOLDER, entries: ['..'] }] }],
  ['an entry that is the folder', { placed: [{ ...FOLDER, entries: ['.'] }] }],
  ['an empty entry', { placed: [{ ...FOLDER, entries: [''] }] }],
  ['inodes that are no numbers', { placed: [{ ...FOLDER, inodes: ['4711'] }] }],
  ['no word whether it existed', { placed: [{ path: '/srv/home', entries: [] }] }],
  ['one wrong folder among right ones', { placed: [FOLDER, { ...FOLDER, path: 5 }] }],
  ['a database without a name', { placed: [], database: { ...DATABASE, name: undefined } }],
  ['a database that is a text', { placed: [], database: 'bb' }],
])('is refused as a whole with %s: what it names would be removed', (_what, value) => {
  expect(restoreRecordOf(value)).toBeUndefined();
});
