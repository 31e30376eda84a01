/** Restores an archive as an administrator would without us: tar, pg_restore. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TestPostgres } from './postgres.ts';
import { runProgram } from './program.ts';

/** Checks `<archive>.sha256` with sha256sum and unpacks into the folder. */
export async function unpackArchive(archive: string, folder: string): Promise<void> {
  await runProgram('sha256sum', ['--check', '--strict', `${basename(archive)}.sha256`], {
    cwd: dirname(archive),
  });
  await mkdir(folder, { recursive: true });
  await runProgram('tar', [
    '--extract',
    '--acls',
    '--xattrs',
    '--numeric-owner',
    '--file',
    archive,
    '--directory',
    folder,
  ]);
}

/** Loads the dump of an unpacked archive into a new, empty database. */
export async function loadDump(folder: string, postgres: TestPostgres, database: string): Promise<void> {
  await postgres.createDatabase(database, { withSchema: false });
  await runProgram(join(postgres.binFolder, 'pg_restore'), [
    '--exit-on-error',
    '--no-owner',
    '--role',
    postgres.username,
    '--host',
    postgres.socketFolder,
    '--port',
    String(postgres.port),
    '--username',
    postgres.superuser,
    '--dbname',
    database,
    join(folder, 'bitbucket-db'),
  ]);
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export async function readJson(path: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  return value;
}
