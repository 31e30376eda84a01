/** The example of a custom command with names that a shell, SQL or libpq could trip over; no process list shows its password. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CustomDatabase } from '../../src/database/custom/custom.ts';
import { CustomRestore } from '../../src/database/custom/custom-restore.ts';
import { bitbucketDataSql, databaseFingerprint } from '../support/bitbucket-schema.ts';
import { exampleSettings } from '../support/custom/example-command.ts';
import { conninfoOf } from '../support/database-state.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { commandLines } from './database.contract.ts';
import { makeContext } from './database-context.ts';
import { databaseRestoreRun } from './database-restore-context.ts';

const never = new AbortController().signal;

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB`);
});
afterAll(async () => {
  await postgres.close();
});

/** What `ps` shows while the work is done. */
async function watched<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly seen: string }> {
  const seen = new Set<string>();
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      for (const line of await commandLines()) {
        seen.add(line);
      }
    }
  })();
  try {
    return { result: await work(), seen: [...seen].join('\n') };
  } finally {
    over.abort();
    await watching;
  }
}

it.each([
  'host=evil dbname=postgres',
  'o\'brien "q" \\ $(id) `id` %s ; # x',
  'größe ☃',
  '-h evil',
  'postgresql://evil/x',
])('a database named %s is backed up and restored', async (name) => {
  await postgres.createDatabase('plain', { withSchema: true });
  await postgres.sql('plain', bitbucketDataSql({ projects: 2, repositories: 2, pullRequests: 2 }));
  const before = await databaseFingerprint(postgres, 'plain');
  await postgres.sql('postgres', `ALTER DATABASE plain RENAME TO "${name.replaceAll('"', '""')}"`);
  const context = await makeContext();
  const settings = exampleSettings(postgres, name);
  const { result: recorded, seen } = await watched(async () => {
    const strategy = new CustomDatabase(settings, context);
    expect(await strategy.preflight()).toEqual([]);
    await strategy.prepare(never);
    const part = await (await strategy.capture(never)).settle(never);
    await strategy.close();
    return part;
  });
  await postgres.dropDatabase(name);
  const again = await watched(async () => {
    const { strategy } = databaseRestoreRun((restoring) => new CustomRestore(settings, restoring));
    const part = { recorded, drained: true };
    expect(await strategy.preflight(part)).toEqual([]);
    await strategy.restore(part, context.backupRoot, never);
    return await strategy.complete();
  });
  expect(again.result.place).toBe(`'${name}' at ${postgres.host}:${postgres.port}`);
  expect(await databaseFingerprint(postgres, conninfoOf(name))).toEqual(before);
  expect(seen).toContain('pg_dump');
  expect(again.seen).toContain('pg_restore');
  // A piece of it that looks the same however the rest is quoted.
  expect(postgres.password).toContain('%40&=');
  expect(`${seen}${again.seen}`).not.toContain('%40&=');
  await postgres.dropDatabase(name);
  await context.remove();
});
