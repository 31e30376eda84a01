/** The contract of the database slot against a real PostgreSQL. */
import { MAIN_TABLES } from '../../src/database/main-tables.ts';
import { createPostgresql, type PostgresqlOptions } from '../../src/database/postgresql/postgresql.ts';
import { bitbucketDataSql, databaseFingerprint } from '../support/bitbucket-schema.ts';
import { startPostgres } from '../support/postgres.ts';
import { runProgram } from '../support/program.ts';
import { type DatabaseUnderTest, describeDatabaseStrategy } from './database.contract.ts';
import { DUMP_SESSION, startSlowProxy } from './slow-proxy.ts';

const SOURCE = 'bitbucket';
const SESSIONS = `FROM pg_stat_activity WHERE application_name LIKE 'bitbucket-backup%'`;
const BULK_BYTES = 8 * 1024 * 1024;
/** The catalog takes more than the first and well below the second, the rows well above. */
const HOLD_AFTER_BYTES = { 'before its moment': 20 * 1024, 'half-way': 5 * 1024 * 1024 };

async function startPostgresqlUnderTest(): Promise<DatabaseUnderTest> {
  const postgres = await startPostgres();
  const proxy = await startSlowProxy({ ...postgres, only: DUMP_SESSION });
  const options: PostgresqlOptions = {
    host: '127.0.0.1',
    port: proxy.port,
    database: SOURCE,
    username: postgres.username,
    password: postgres.password,
    compressDump: false,
    lockWaitSeconds: 10,
    clientFolders: undefined,
  };
  return {
    sourceName: SOURCE,
    makeSource: async () => {
      await postgres.sql('postgres', `DROP DATABASE IF EXISTS ${SOURCE} WITH (FORCE)`);
      await postgres.createDatabase(SOURCE, { withSchema: true });
      await postgres.sql(
        SOURCE,
        bitbucketDataSql({ projects: 3, repositories: 5, pullRequests: 20, bytes: BULK_BYTES }),
      );
    },
    fingerprint: async (database) => await databaseFingerprint(postgres, database),
    restoreByHand: async (dumpFolder, newDatabase) => {
      await postgres.createDatabase(newDatabase, { withSchema: false });
      await runProgram(`${postgres.binFolder}/pg_restore`, [
        '--exit-on-error',
        `--host=${postgres.socketFolder}`,
        `--port=${postgres.port}`,
        `--username=${postgres.superuser}`,
        `--dbname=${newDatabase}`,
        dumpFolder,
      ]);
    },
    makeStrategy: (context) => createPostgresql(options, context),
    hold: (when) => proxy.holdAfter(HOLD_AFTER_BYTES[when]),
    held: async () => {
      await proxy.held();
    },
    release: () => proxy.release(),
    writeRows: async () => {
      await postgres.sql(
        SOURCE,
        `BEGIN;
         INSERT INTO project VALUES (900, 'Late', 'LATE' || txid_current(), NULL, 0, NULL) ON CONFLICT DO NOTHING;
         INSERT INTO repository SELECT max(id) + 1, 'late', 'Late', 1, 900, 'git', 'x', true, false, NULL, NULL
           FROM repository ON CONFLICT DO NOTHING;
         UPDATE app_property SET prop_value = prop_value || 'x' WHERE prop_key = 'empty';
         DELETE FROM cs_attribute;
         SELECT nextval('bb_unused_seq'), nextval('bb_comment_id_seq');
         COMMIT;`,
      );
    },
    // Dumped in the order of their names: what stops the dump is in bb_clusteredjob.
    schemaChanges: [
      'DROP TABLE cs_attribute',
      'ALTER TABLE sta_activity DROP COLUMN activity_type',
      // Written anew, a table is empty for older snapshots: its rows have to be counted before.
      'ALTER TABLE bb_comment ALTER COLUMN severity TYPE double precision',
      'DROP VIEW repository_access',
      'DROP SEQUENCE bb_unused_seq',
    ],
    changeSchema: async (statement) => {
      await postgres.sql(SOURCE, statement);
    },
    countRows: async () => {
      const rows: Record<string, number> = {};
      for (const table of MAIN_TABLES) {
        if ((await postgres.sql(SOURCE, `SELECT to_regclass('${table}')`)) !== '') {
          rows[table] = Number(await postgres.sql(SOURCE, `SELECT count(*) FROM ${table}`));
        }
      }
      return rows;
    },
    countWaiting: async () =>
      Number(await postgres.sql(SOURCE, `SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted`)),
    breakSessions: async () => {
      await postgres.sql(SOURCE, `SELECT pg_terminate_backend(pid) ${SESSIONS}`);
    },
    countSessions: async () => Number(await postgres.sql(SOURCE, `SELECT count(*) ${SESSIONS}`)),
    close: async () => {
      await proxy.close();
      await postgres.close();
    },
  };
}

describeDatabaseStrategy('postgresql', startPostgresqlUnderTest);
