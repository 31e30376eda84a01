/**
 * The credentials, kept in a 0600 file only while the lock is held. The post step must be able to unlock without reading
 * inputs again (they may have changed or be gone), and neither the runner's saved state nor the journal may hold a secret.
 */
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isErrno } from '../errors.ts';
import { temporaryFolder } from '../host/actions.ts';
import { readPrivateFile, removeDraft, writePrivateFile } from '../host/private-file.ts';
import type { Connection, Credentials } from './connection.ts';

const FOLDER_PREFIX = 'bitbucket-backup-';
const FILE_NAME = 'connection.json';
/** The folder is the run's own. */
const WRITER = 'run';

/** @returns the path of the file, in a new folder of mode 0700 */
export function writeConnectionFile(connection: Connection): string {
  const folder = mkdtempSync(join(temporaryFolder(tmpdir()), FOLDER_PREFIX));
  const path = join(folder, FILE_NAME);
  writePrivateFile(path, JSON.stringify(connection), WRITER);
  return path;
}

/** @returns undefined when the file is gone or is not one of ours. @throws ActionError UNSAFE_STATE */
export function readConnectionFile(path: string): Connection | undefined {
  const text = isOurs(path) ? readPrivateFile(path) : undefined;
  try {
    return text === undefined ? undefined : connectionIn(JSON.parse(text));
  } catch {
    // Cut short by a full disk, say: without it the next run unlocks.
    return undefined;
  }
}

/** Removes the file and its folder; a path that is not of our making is left alone. */
export function removeConnectionFile(path: string): void {
  if (isOurs(path)) {
    rmSync(path, { force: true });
    // Killed while he wrote: the credentials are in there.
    removeDraft(path, WRITER);
    removeIfEmpty(dirname(path));
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTEMPTY')) {
      throw error;
    }
  }
}

/** The path comes back from saved state or a journal: it must not lead a removal anywhere else. */
function isOurs(path: string): boolean {
  return basename(path) === FILE_NAME && basename(dirname(path)).startsWith(FOLDER_PREFIX);
}

function connectionIn(value: unknown): Connection | undefined {
  const url = textField(value, 'url');
  const ca = textField(value, 'ca');
  const credentials = credentialsIn(field(value, 'credentials'));
  return url === undefined || credentials === undefined
    ? undefined
    : { url, credentials, ...(ca === undefined ? {} : { ca }) };
}

function credentialsIn(value: unknown): Credentials | undefined {
  const [username, password, token] = ['username', 'password', 'token'].map((name) => textField(value, name));
  if (username !== undefined && password !== undefined) {
    return { kind: 'basic', username, password };
  }
  return token === undefined ? undefined : { kind: 'bearer', token };
}

function textField(value: unknown, name: string): string | undefined {
  const text = field(value, name);
  return typeof text === 'string' ? text : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
