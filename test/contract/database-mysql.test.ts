/** The contract of the database slot against a real MariaDB. */
import { MAIN_TABLES } from '../../src/database/main-tables.ts';
import { createMysql, type MysqlOptions } from '../../src/database/mysql/mysql.ts';
import { databaseFingerprint } from '../support/mariadb/fingerprint.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';
import { dataSql, schemaSql } from '../support/mariadb/schema.ts';
import { runProgram } from '../support/program.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabaseUnderTest, describeDatabaseStrategy } from './database.contract.ts';
import { startSlowProxy } from './slow-proxy.ts';

const SOURCE = 'bitbucket';
const BULK_BYTES = 8 * 1024 * 1024;
/** The first is the answer to the login; the catalog is small, the rows well above the second. */
const HOLD_AFTER_BYTES = { 'before its moment': 1, 'half-way': 5 * 1024 * 1024 };

async function startMysqlUnderTest(): Promise<DatabaseUnderTest> {
  const mariadb = await startMariadb();
  // Who has this right can make others wait with their DDL.
  await mariadb.sql('mysql', `GRANT RELOAD ON *.* TO ${mariadb.username}@'127.0.0.1';`);
  // A client tells its program's name when it logs in (Connector/C, "program_name").
  const proxy = await startSlowProxy({ ...mariadb, only: 'mysqldump' });
  const options: MysqlOptions = {
    host: '127.0.0.1',
    port: proxy.port,
    database: SOURCE,
    username: mariadb.username,
    password: mariadb.password,
    optionsFile: undefined,
    compressDump: false,
    blockDdl: true,
    clientFolders: undefined,
  };
  const sessions = `FROM information_schema.PROCESSLIST WHERE USER = '${mariadb.username}'`;
  return {
    sourceName: SOURCE,
    makeSource: async () => {
      await mariadb.sql('mysql', `DROP DATABASE IF EXISTS ${SOURCE};`);
      await mariadb.createDatabase(SOURCE);
      await mariadb.sql(SOURCE, schemaSql());
      await mariadb.sql(
        SOURCE,
        dataSql({ projects: 3, repositories: 5, pullRequests: 20, bytes: BULK_BYTES }),
      );
    },
    fingerprint: async (database) => await databaseFingerprint(mariadb, database),
    restoreByHand: async (dumpFolder, newDatabase) => {
      await mariadb.createDatabase(newDatabase);
      await runProgram(
        'mariadb',
        ['--no-defaults', `--socket=${mariadb.socket}`, '--user=root', newDatabase],
        {
          input: [await readFile(join(dumpFolder, 'dump.sql'))],
        },
      );
    },
    countRows: async () => {
      const tables = await mariadb.sql(
        'information_schema',
        `SELECT TABLE_NAME FROM TABLES WHERE TABLE_SCHEMA = '${SOURCE}'`,
      );
      const found = MAIN_TABLES.filter((table) => tables.split('\n').includes(table));
      const counts = found.map(
        async (table): Promise<[string, number]> => [
          table,
          Number(await mariadb.sql(SOURCE, `SELECT COUNT(*) FROM ${table}`)),
        ],
      );
      return Object.fromEntries(await Promise.all(counts));
    },
    makeStrategy: (context) => createMysql(options, context),
    hold: (when) => proxy.holdAfter(HOLD_AFTER_BYTES[when]),
    held: async () => {
      await proxy.held();
    },
    release: () => proxy.release(),
    writeRows: async () => {
      await mariadb.sql(
        SOURCE,
        `START TRANSACTION;
         INSERT IGNORE INTO project VALUES (900, 'Late', 'LATE', NULL, 0);
         INSERT IGNORE INTO repository SELECT MAX(id) + 1, 'late', 'Late', 900, true FROM repository;
         UPDATE app_property SET prop_value = CONCAT(prop_value, 'x') WHERE prop_key = 'empty';
         INSERT INTO sta_activity (activity_type, pr_id, at) VALUES (1, 1, NOW());
         DELETE FROM cs_attribute;
         COMMIT;`,
      );
    },
    // Dumped in the order of their names: what stops the dump is in bb_clusteredjob.
    schemaChanges: [
      'DROP TABLE cs_attribute',
      'ALTER TABLE sta_activity DROP COLUMN activity_type, DROP COLUMN double_type',
      'DROP VIEW repository_access',
      'CREATE TABLE late (a int)',
    ],
    changeSchema: async (statement) => {
      await mariadb.sql(SOURCE, statement);
    },
    countWaiting: async () =>
      Number(
        await mariadb.sql(
          SOURCE,
          `SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for%lock'`,
        ),
      ),
    breakSessions: async () => {
      const ids = (await mariadb.sql(SOURCE, `SELECT ID ${sessions}`)).split('\n').filter((id) => id !== '');
      for (const id of ids) {
        // One that has gone by itself is broken enough.
        await mariadb.sql(SOURCE, `KILL ${id}`).catch(() => undefined);
      }
    },
    countSessions: async () => Number(await mariadb.sql(SOURCE, `SELECT COUNT(*) ${sessions}`)),
    close: async () => {
      await proxy.close();
      await mariadb.close();
    },
  };
}

describeDatabaseStrategy('mysql', startMysqlUnderTest);
