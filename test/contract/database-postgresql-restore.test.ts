/** The contract of a restored database against a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeDatabaseRestore } from './database-restore.contract.ts';
import { startRestoreServer } from './postgresql-restore-server.ts';

describeDatabaseRestore('postgresql', async () => {
  const server = await startRestoreServer();
  const { postgres } = server;
  return {
    ...server,
    makeEmpty: async (database) => {
      await postgres.createDatabase(database, { withSchema: false });
      const name = `"${database}"`;
      await postgres.sql(
        'postgres',
        `ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo';
         ALTER DATABASE ${name} SET work_mem = '5MB';
         ALTER DATABASE ${name} CONNECTION LIMIT 17;
         GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO guest;
         COMMENT ON DATABASE ${name} IS 'made by hand';`,
      );
      await postgres.sql(database, `CREATE EXTENSION pg_trgm; GRANT USAGE ON SCHEMA public TO guest;`);
    },
    drop: async (database) => await postgres.dropDatabase(database),
    atSlowStep: async (database) => {
      const busy = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}' AND query LIKE 'CREATE INDEX%slow%'`;
      while ((await postgres.sql('postgres', busy)) === '0') {
        await sleep(20);
      }
    },
    holdCreation: async () =>
      await postgres.sql(
        'postgres',
        'BEGIN; LOCK TABLE pg_database IN SHARE MODE; SELECT pg_sleep(1.5); COMMIT;',
      ),
  };
});
