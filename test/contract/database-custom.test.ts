/** The contract of the database slot for the example of a custom command, against a real PostgreSQL. */
import { join } from 'node:path';
import { CustomDatabase } from '../../src/database/custom/custom.ts';
import { bitbucketDataSql, databaseFingerprint } from '../support/bitbucket-schema.ts';
import { exampleSettings } from '../support/custom/example-command.ts';
import { startPostgres } from '../support/postgres.ts';
import { runProgram } from '../support/program.ts';
import { type DatabaseUnderTest, describeDatabaseStrategy } from './database.contract.ts';
import { DUMP_SESSION, startSlowProxy } from './slow-proxy.ts';

const SOURCE = 'bitbucket';
const SESSIONS = `FROM pg_stat_activity WHERE application_name LIKE 'bitbucket-backup%'`;
const BULK_BYTES = 8 * 1024 * 1024;
/** The catalog takes more than the first and well below the second, the rows well above. */
const HOLD_AFTER_BYTES = { 'before its moment': 20 * 1024, 'half-way': 5 * 1024 * 1024 };

async function startUnderTest(): Promise<DatabaseUnderTest> {
  const postgres = await startPostgres();
  const proxy = await startSlowProxy({ ...postgres, only: DUMP_SESSION });
  const settings = exampleSettings({ ...postgres, port: proxy.port }, SOURCE);
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
      await runProgram(join(postgres.binFolder, 'pg_restore'), [
        '--exit-on-error',
        `--host=${postgres.socketFolder}`,
        `--port=${postgres.port}`,
        `--username=${postgres.superuser}`,
        `--dbname=${newDatabase}`,
        dumpFolder,
      ]);
    },
    makeStrategy: (context) => new CustomDatabase(settings, context),
    hold: (when) => proxy.holdAfter(HOLD_AFTER_BYTES[when]),
    held: async () => {
      await proxy.held();
    },
    release: () => proxy.release(),
    writeRows: async () => {
      await postgres.sql(
        SOURCE,
        `INSERT INTO project VALUES (900, 'Late', 'LATE', NULL, 0, NULL);
         UPDATE app_property SET prop_value = prop_value || 'x' WHERE prop_key = 'empty';
         DELETE FROM cs_attribute;`,
      );
    },
    schemaChanges: ['DROP TABLE cs_attribute', 'ALTER TABLE sta_activity DROP COLUMN activity_type'],
    changeSchema: async (statement) => {
      await postgres.sql(SOURCE, statement);
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

describeDatabaseStrategy('custom', startUnderTest);
