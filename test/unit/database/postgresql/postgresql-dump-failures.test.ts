import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dumpDatabase } from '../../../../src/database/postgresql/postgresql-dump.ts';
import { ActionError } from '../../../../src/errors.ts';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { CommandError } from '../../../../src/host/command-error.ts';
import { healthyFacts } from './facts.ts';

/** What pg_dump says when it fails, from a stand-in; the failures that a real server can be brought to are in test/contract. */
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dump-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function failureOf(script: string): Promise<ActionError> {
  const pgDump = join(root, 'pg_dump');
  await writeFile(pgDump, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const clients = {
    folder: root,
    version: { text: '15.18', number: 150_018 },
    pgDump,
    pgRestore: '',
    psql: '',
  };
  const inputs = { host: 'db', port: 5432, database: 'bitbucket', username: 'bb', password: 'sesame' };
  const plan = { facts: healthyFacts(), clients, compression: 'gzip' as const, lockWaitSeconds: 60 };
  try {
    await dumpDatabase({ commands: createCommandRunner(), inputs, applicationName: 'test' }, plan, {
      folder: join(root, 'dump'),
      snapshot: '00000003-1B-1',
      signal: new AbortController().signal,
      onLine: () => undefined,
    });
  } catch (error) {
    if (error instanceof ActionError) {
      return error;
    }
  }
  throw new Error('The dump did not fail as expected.');
}

it.each([
  [
    'ERROR:  canceling statement due to statement timeout\\npg_dump: detail: Query was: LOCK TABLE public.project',
    'DB_FAILED',
    'waited 60 s for a table',
  ],
  [
    'query failed: ERROR:  invalid snapshot identifier: "00000003-1B-1"',
    'DB_FAILED',
    'found its snapshot gone',
  ],
  ['query failed: ERROR:  permission denied for table project', 'DB_FAILED', 'lacks a right'],
  [
    'query failed: ERROR:  canceling statement due to conflict with recovery',
    'DB_FAILED',
    'replay of a standby',
  ],
  [
    'query failed: ERROR:  canceling statement due to statement timeout',
    'DB_FAILED',
    'timeout of the server',
  ],
  [
    'query failed: FATAL:  terminating connection due to idle-in-transaction timeout',
    'DB_FAILED',
    'timeout of the server',
  ],
  ['query failed: server closed the connection unexpectedly', 'DB_FAILED', 'lost its connection'],
  ['could not write to file: No space left on device', 'DISK_FULL', 'No space left on device'],
  ['something nobody has seen failed', 'DB_FAILED', 'failed: something nobody has seen failed'],
])('tells what is behind: %s', async (words, code, part) => {
  const error = await failureOf(
    `echo 'pg_dump: dumping contents of table "public.error: x"' >&2; printf 'pg_dump: error: %b\\n' '${words}' >&2; exit 1`,
  );
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^The dump of database 'bitbucket' at db:5432 /);
  expect(error.message).toContain(part);
  expect(error.message).not.toContain('dumping contents');
  expect(error.advice).not.toBe(undefined);
  expect(error.cause).toBeInstanceOf(CommandError);
});

it('says that pg_dump was killed', async () => {
  const error = await failureOf('kill -9 $$');
  expect(error.code).toBe('CHILD_KILLED');
  expect(error.message).toContain('killed by SIGKILL (out of memory?)');
});

it('gives pg_dump what it needs, the password by the environment alone', async () => {
  const error = await failureOf('printf "error: %s\\n" "$@" "password $PGPASSWORD" "$PGOPTIONS" >&2; exit 1');
  const said =
    error.cause instanceof CommandError ? error.cause.stderr.map((line) => line.replace('error: ', '')) : [];
  const args = said.slice(0, -2);
  expect(args).toEqual([
    "--dbname=host='db' hostaddr='' port='5432' dbname='bitbucket' user='bb' application_name='test' keepalives_idle='60'",
    '--no-password',
    '--format=directory',
    '--snapshot=00000003-1B-1',
    '--verbose',
    '--lock-wait-timeout=60s',
    '--encoding=UTF8',
    '--compress=1',
    `--file=${join(root, 'dump')}`,
  ]);
  expect(said.at(-2)).toBe('password sesame');
  expect(said.at(-1)).toContain('idle_in_transaction_session_timeout=0');
});
