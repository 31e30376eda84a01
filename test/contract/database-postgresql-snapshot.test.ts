/** The session that holds the snapshot, and the dump beside it after the unlock, against a real PostgreSQL. */
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createPostgresql } from '../../src/database/postgresql/postgresql.ts';
import { asError } from '../../src/errors.ts';
import { liveGroups } from '../../src/host/process-groups.ts';
import type { BackupStrategy, Captured } from '../../src/strategies/contract.ts';
import { bitbucketDataSql } from '../support/bitbucket-schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { programText } from '../support/program.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { DUMP_SESSION, type SlowProxy, startSlowProxy } from './slow-proxy.ts';

const SOURCE = 'bitbucket';
const DUMP = `application_name LIKE 'bitbucket-backup dump %'`;
const HOLDER = `application_name LIKE 'bitbucket-backup%' AND NOT ${DUMP}`;
const never = new AbortController().signal;

let postgres: TestPostgres;
let proxy: SlowProxy;
let context: TestContext;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await startSlowProxy({ ...postgres, only: DUMP_SESSION });
  await postgres.createDatabase(SOURCE, { withSchema: true });
  await postgres.sql(
    SOURCE,
    bitbucketDataSql({ projects: 2, repositories: 2, pullRequests: 2, bytes: 8 * 1024 * 1024 }),
  );
});
afterAll(async () => {
  await proxy.close();
  await postgres.close();
});
beforeEach(async () => {
  context = await makeContext();
});
afterEach(async () => {
  proxy.release();
  await context.remove();
});

/** Of a failure with this code. */
async function failure(of: Promise<unknown>): Promise<string> {
  const error: unknown = await of.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'DB_FAILED' });
  return asError(error).message;
}

function strategyWith(clientFolders?: readonly string[]): BackupStrategy {
  const { username, password } = postgres;
  const connection = { host: '127.0.0.1', port: proxy.port, database: SOURCE, username, password };
  const options = { ...connection, compressDump: false, lockWaitSeconds: 10, clientFolders };
  return createPostgresql(options, context);
}

/** @returns with a dump that has begun to read rows and gets no further */
async function captureAndHold(): Promise<Captured> {
  const strategy = strategyWith();
  expect(await strategy.preflight()).toEqual([]);
  proxy.holdAfter(5 * 1024 * 1024);
  const captured = await strategy.capture(never);
  await proxy.held();
  return captured;
}

async function sessions(which: string): Promise<number> {
  return Number(await postgres.sql(SOURCE, `SELECT count(*) FROM pg_stat_activity WHERE ${which}`));
}

async function end(which: string): Promise<void> {
  await postgres.sql(SOURCE, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${which}`);
}

async function expectNothingLeft(): Promise<void> {
  expect(liveGroups()).toEqual([]);
  await vi.waitFor(async () => expect(await sessions(`${DUMP} OR ${HOLDER}`)).toBe(0), 20_000);
  expect(await readdir(context.backupRoot)).toEqual([]);
}

it('has one session for the snapshot and one for the dump, until the dump is done', async () => {
  const captured = await captureAndHold();
  expect([await sessions(HOLDER), await sessions(DUMP)]).toEqual([1, 1]);
  proxy.release();
  await captured.settle(never);
  expect(liveGroups()).toEqual([]);
  await vi.waitFor(async () => expect(await sessions(`${DUMP} OR ${HOLDER}`)).toBe(0), 20_000);
});

it('dumps the moment that was exported, not the one in which pg_dump began', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clients-'));
  onTestFinished(async () => {
    await rm(folder, { recursive: true, force: true });
    await postgres.sql(SOURCE, `DELETE FROM app_property WHERE prop_key = 'too late'`);
  });
  await Promise.all(
    ['psql', 'pg_restore'].map(async (name) => {
      await symlink(join(postgres.binFolder, name), join(folder, name));
    }),
  );
  const psql = `psql -h '${postgres.socketFolder}' -p ${postgres.port} -U ${postgres.superuser} ${SOURCE}`;
  await writeFile(
    join(folder, 'pg_dump'),
    `#!/bin/sh
for a; do case "$a" in --snapshot=*)
  echo "INSERT INTO app_property VALUES ('too late', 'x')" | env -i "${postgres.binFolder}"/${psql} > /dev/null;;
esac; done
exec "${postgres.binFolder}/pg_dump" "$@"\n`,
    { mode: 0o755 },
  );
  const strategy = strategyWith([folder]);
  expect(await strategy.preflight()).toEqual([]);
  await (await strategy.capture(never)).settle(never);
  const rows = await programText(join(postgres.binFolder, 'pg_restore'), [
    '--file=-',
    '--data-only',
    '--table=app_property',
    join(context.backupRoot, 'bitbucket-db'),
  ]);
  expect(await postgres.sql(SOURCE, 'SELECT prop_key FROM app_property')).toContain('too late');
  expect(rows).toContain('setup.completed');
  expect(rows).not.toContain('too late');
});

it('stops the dump when the session that holds the snapshot is ended, and says so', async () => {
  const captured = await captureAndHold();
  const settled = captured.settle(never);
  const failed = failure(settled);
  // It has been asked, and was there.
  await sleep(1_500);
  await end(HOLDER);
  // The dump is still held back: it is not its end that tells.
  expect(await failed).toMatch(
    /^The session that holds the snapshot of database 'bitbucket' at 127\.0\.0\.1:\d+ ended before the dump did: FATAL: .*terminating connection/,
  );
  await captured.discard();
  await expectNothingLeft();
});

it('does the same while nobody waits for the dump, and tells of it in settle', async () => {
  const captured = await captureAndHold();
  await end(HOLDER);
  await vi.waitFor(() => expect(liveGroups()).toEqual([]), { timeout: 5_000 });
  await expect(captured.settle(never)).rejects.toThrow('The session that holds the snapshot');
  await captured.discard();
  await expectNothingLeft();
});

it('takes no dump whose snapshot was lost in its last second', async () => {
  const captured = await captureAndHold();
  await end(HOLDER);
  // The dump ends before anybody has looked at the session again.
  proxy.release();
  await expect(captured.settle(never)).rejects.toMatchObject({ code: 'DB_FAILED' });
  await captured.discard();
  await expectNothingLeft();
});

it("says that the dump lost its connection when the dump's own session is ended", async () => {
  const captured = await captureAndHold();
  const settled = captured.settle(never);
  await end(DUMP);
  const failed = failure(settled);
  await sleep(100);
  proxy.release();
  expect(await failed).toMatch(
    /^The dump of database 'bitbucket' .* lost its connection: .*closed the connection/,
  );
  await captured.discard();
  await expectNothingLeft();
});

it('is not ended by the timeouts of the role', async () => {
  const timeouts = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
  const set = (value: string): string =>
    timeouts.map((name) => `ALTER ROLE ${postgres.username} ${value.replace('%', name)};`).join('');
  await postgres.sql(SOURCE, set('SET % = 300'));
  onTestFinished(async () => {
    await postgres.sql(SOURCE, set('RESET %'));
  });
  const captured = await captureAndHold();
  await sleep(900);
  proxy.release();
  expect(await captured.settle(never)).toMatchObject({ included: true });
});

it('finds the dump by its name, however long the name of the instance is', async () => {
  const other = await makeContext(`${'long-name-'.repeat(6)}-20260731-101500-000`);
  onTestFinished(async () => await other.remove());
  await context.remove();
  context = other;
  const captured = await captureAndHold();
  expect(await sessions(`${DUMP} AND application_name LIKE '%-20260731-101500-000'`)).toBe(1);
  await captured.discard();
  await expectNothingLeft();
});

it('takes no snapshot when the server does not let it in any more', async () => {
  const strategy = strategyWith();
  expect(await strategy.preflight()).toEqual([]);
  await postgres.sql(SOURCE, `ALTER ROLE ${postgres.username} CONNECTION LIMIT 0`);
  onTestFinished(async () => {
    await postgres.sql(SOURCE, `ALTER ROLE ${postgres.username} CONNECTION LIMIT -1`);
  });
  expect(await failure(strategy.capture(never))).toMatch(
    /^The snapshot of database 'bitbucket' at .* could not be taken: .*too many connections/,
  );
  await expectNothingLeft();
});
