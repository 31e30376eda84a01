/** What becomes of a dump while others write and alter right after the unlock, and nobody makes them wait. */
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMysql, type MysqlOptions } from '../../src/database/mysql/mysql.ts';
import type { Captured } from '../../src/strategies/contract.ts';
import { failureOf } from '../support/failure.ts';
import { databaseFingerprint } from '../support/mariadb/fingerprint.ts';
import { startMariadb, type TestMariadb } from '../support/mariadb/mariadb.ts';
import { dataSql, MORE_SQL, schemaSql } from '../support/mariadb/schema.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { type SlowProxy, startSlowProxy } from './slow-proxy.ts';

const never = new AbortController().signal;
const SOURCE = 'bitbucket';
let mariadb: TestMariadb;
let proxy: SlowProxy;
let context: TestContext;

beforeAll(async () => {
  mariadb = await startMariadb();
  // Who reads the text of routines that are not his own.
  await mariadb.sql(
    'mysql',
    "CREATE USER admin@'127.0.0.1' IDENTIFIED BY 'x'; GRANT ALL ON *.* TO admin@'127.0.0.1';",
  );
  proxy = await startSlowProxy({ ...mariadb, only: 'mysqldump' });
});
afterAll(async () => {
  await proxy.close();
  await mariadb.close();
});
beforeEach(async () => {
  context = await makeContext();
  await mariadb.sql('mysql', `DROP DATABASE IF EXISTS ${SOURCE};`);
  await mariadb.createDatabase(SOURCE);
  await mariadb.sql(SOURCE, schemaSql());
  await mariadb.sql(
    SOURCE,
    dataSql({ projects: 3, repositories: 5, pullRequests: 20, bytes: 8 * 1024 * 1024 }),
  );
});
afterEach(async () => {
  proxy.release();
  await context.remove();
});

function optionsFor(port: number): MysqlOptions {
  return {
    host: '127.0.0.1',
    port,
    database: SOURCE,
    username: 'admin',
    password: 'x',
    optionsFile: undefined,
    compressDump: false,
    blockDdl: false,
    clientFolders: undefined,
  };
}

/** Captured, and held in the rows of bb_clusteredjob: most tables are still to come. */
async function captureAndHold(): Promise<Captured> {
  const strategy = createMysql(optionsFor(proxy.port), context);
  expect(await strategy.preflight()).toEqual([]);
  proxy.holdAfter(5 * 1024 * 1024);
  const captured = await strategy.capture(never);
  await proxy.held();
  return captured;
}

/** Holds back what a client sends from the first time that it sends these words. */
async function startHoldingProxy(
  words: string,
): Promise<{ port: number; held: Promise<void>; release(): void; close(): void }> {
  const held = Promise.withResolvers<void>();
  let release: (() => void) | undefined;
  let isOver = false;
  const server = createServer((client) => {
    const upstream = connect(mariadb.port, mariadb.host);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    upstream.pipe(client);
    client.on('data', (chunk: Buffer) => {
      if (!isOver && chunk.includes(words)) {
        client.pause();
        release = () => {
          isOver = true;
          upstream.write(chunk);
          client.resume();
        };
        held.resolve();
      } else {
        upstream.write(chunk);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    held: held.promise,
    release: () => release?.(),
    close: () => server.close(),
  };
}

it('is captured when its snapshot has begun, and no sooner', async () => {
  // As the dump programs write it; our own session writes it without the comment.
  const holding = await startHoldingProxy('START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */');
  const strategy = createMysql(optionsFor(holding.port), context);
  expect(await strategy.preflight()).toEqual([]);
  let isCaptured = false;
  const capture = strategy.capture(never).then((captured) => {
    isCaptured = true;
    return captured;
  });
  await holding.held;
  await sleep(500);
  expect(isCaptured).toBe(false);
  await mariadb.sql(SOURCE, `UPDATE app_property SET prop_value = 'before' WHERE prop_key = 'empty';`);
  holding.release();
  const captured = await capture;
  await mariadb.sql(SOURCE, `UPDATE app_property SET prop_value = 'after' WHERE prop_key = 'empty';`);
  await captured.settle(never);
  holding.close();
  const dump = await readFile(join(context.backupRoot, 'bitbucket-db', 'dump.sql'), 'utf8');
  expect(dump).toContain("('empty','before')");
  expect(dump).not.toContain("'after'");
});

it('has the rows, and counts them, as they were before the unlock', async () => {
  await mariadb.sql(SOURCE, MORE_SQL);
  const before = await databaseFingerprint(mariadb, SOURCE);
  const captured = await captureAndHold();
  await mariadb.sql(
    SOURCE,
    `DELETE FROM cs_attribute; DELETE FROM changeset; INSERT INTO project VALUES (900, 'Late', 'LATE', NULL, 0);
     CREATE TABLE late (id int PRIMARY KEY); UPDATE bb_clusteredjob SET parameters = 'late';`,
  );
  proxy.release();
  const part = await captured.settle(never);
  expect(part.details['rows']).toEqual({
    project: 3,
    repository: 5,
    sta_pull_request: 100,
    sta_normal_user: 20,
    changeset: 100,
  });
  await mariadb.createDatabase('restored');
  await mariadb.sql('restored', await readFile(join(context.backupRoot, 'bitbucket-db', 'dump.sql'), 'utf8'));
  expect(await databaseFingerprint(mariadb, 'restored')).toEqual(before);
});

it.each([
  ['table cs_attribute', 'DROP TABLE cs_attribute'],
  ['table sta_activity', 'ALTER TABLE sta_activity DROP COLUMN at, ALGORITHM=COPY'],
  ['table sta_activity', 'ALTER TABLE sta_activity ADD COLUMN late int, ALGORITHM=INSTANT'],
  ['table changeset', 'ALTER TABLE changeset DROP COLUMN author_timestamp, ALGORITHM=INSTANT'],
  ['table repository', 'CREATE INDEX late ON repository (name)'],
  ['table id_sequence', 'RENAME TABLE id_sequence TO late'],
  ['view repository_access', 'DROP VIEW repository_access'],
  ['view late', 'CREATE VIEW late AS SELECT 1 AS one'],
  ['routine late', 'CREATE PROCEDURE late() SELECT 1'],
  ['trigger late', 'CREATE TRIGGER late BEFORE INSERT ON project FOR EACH ROW SET NEW.name = 1'],
])('fails, and says so, when %s is altered while it runs: %s', async (what, statement) => {
  const captured = await captureAndHold();
  await mariadb.sql(SOURCE, `${statement};`);
  proxy.release();
  const failure = await failureOf(captured.settle(never));
  expect(failure).toMatchObject({ code: 'DB_FAILED' });
  expect(failure.message).toContain(
    `The dump of database 'bitbucket' is not of one moment: while it ran, somebody altered, created or dropped `,
  );
  expect(failure.message).toContain(what);
  await captured.discard();
  expect(await readdir(context.backupRoot)).toEqual([]);
});

it('fails when a table is emptied before the dump comes to it, and not when it is emptied afterwards', async () => {
  const failing = await captureAndHold();
  await mariadb.sql(SOURCE, 'TRUNCATE TABLE cs_attribute;');
  proxy.release();
  const failure = await failureOf(failing.settle(never));
  expect(failure).toMatchObject({ code: 'DB_FAILED' });
  expect(failure.message).toMatch(/altered or dropped after its moment: .*1412.*`cs_attribute`/);
  await failing.discard();
  const lucky = await captureAndHold();
  await mariadb.sql(SOURCE, 'TRUNCATE TABLE `AO_C77861_AUDIT_ENTITY`;');
  proxy.release();
  await lucky.settle(never);
  await mariadb.createDatabase('restored_2');
  await mariadb.sql(
    'restored_2',
    await readFile(join(context.backupRoot, 'bitbucket-db', 'dump.sql'), 'utf8'),
  );
  expect(await mariadb.sql('restored_2', 'SELECT COUNT(*) FROM `AO_C77861_AUDIT_ENTITY`')).toBe('50');
});
