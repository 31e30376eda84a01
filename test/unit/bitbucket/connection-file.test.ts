import { existsSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '../../../src/bitbucket/connection.ts';
import {
  readConnectionFile,
  removeConnectionFile,
  writeConnectionFile,
} from '../../../src/bitbucket/connection-file.ts';
import { draftOf } from '../../../src/host/private-file.ts';
import { failureIn } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const BASIC: Connection = {
  url: 'https://bitbucket.example.com/code',
  credentials: { kind: 'basic', username: 'backup', password: 'p4ss "word"\n' },
  ca: '-----BEGIN CERTIFICATE-----',
};

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('RUNNER_TEMP', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test('nobody else may read the file or look into its folder', () => {
  const path = writeConnectionFile(BASIC);
  expect(path.startsWith(`${folder}/`)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test.each<Connection>([
  BASIC,
  { url: 'http://127.0.0.1', credentials: { kind: 'bearer', token: 'BBDC-abc' } },
])('what was written is read back ($credentials.kind)', (connection) => {
  expect(readConnectionFile(writeConnectionFile(connection))).toEqual(connection);
});

test('the file and its folder are removed, and removing them again is no error', () => {
  const path = writeConnectionFile(BASIC);
  removeConnectionFile(path);
  expect(existsSync(dirname(path))).toBe(false);
  removeConnectionFile(path);
  expect(readConnectionFile(path)).toBeUndefined();
});

test('what a run that was killed while it wrote has left is removed: the credentials are in there', () => {
  const path = writeConnectionFile(BASIC);
  renameSync(path, draftOf(path, 'run'));
  removeConnectionFile(path);
  expect(existsSync(dirname(path))).toBe(false);
});

test.each([
  'other/connection.json',
  'bitbucket-backup-x/other.json',
  'bitbucket-backup-x',
  'connection.json',
])('a forged path (%s) is neither read nor removed', (name) => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(BASIC), { mode: 0o600 });
  expect(readConnectionFile(path)).toBeUndefined();
  removeConnectionFile(path);
  expect(existsSync(path)).toBe(true);
});

test('a folder that holds anything else is not removed, whatever it is called', () => {
  const forged = join(folder, 'bitbucket-backup-action');
  mkdirSync(join(forged, 'src'), { recursive: true });
  writeFileSync(join(forged, 'src', 'precious.ts'), '');
  removeConnectionFile(join(forged, 'connection.json'));
  expect(existsSync(join(forged, 'src', 'precious.ts'))).toBe(true);
});

test('a planted link is not followed', () => {
  const path = writeConnectionFile(BASIC);
  const planted = join(folder, 'bitbucket-backup-planted', 'connection.json');
  mkdirSync(dirname(planted));
  symlinkSync(path, planted);
  expect(failureIn(() => readConnectionFile(planted)).code).toBe('UNSAFE_STATE');
});

test.each(['{', '[]', '{"url":"http://x"}', '{"url":1,"credentials":{"token":"t"}}'])(
  'a damaged file (%s) holds no connection',
  (text) => {
    const path = writeConnectionFile(BASIC);
    writeFileSync(path, text);
    expect(readConnectionFile(path)).toBeUndefined();
  },
);
