/** The contract of a restored database against a real MariaDB. */
import { setTimeout as sleep } from 'node:timers/promises';
import { quoteName, quoteText } from '../support/mariadb/mariadb.ts';
import { describeDatabaseRestore } from './database-restore.contract.ts';
import { startMysqlRestoreServer } from './mysql-restore-server.ts';

describeDatabaseRestore('mysql', async () => {
  const server = await startMysqlRestoreServer();
  const { mariadb } = server;
  await mariadb.sql('mysql', 'CREATE USER guest@localhost;');
  return {
    ...server,
    makeEmpty: async (database) => {
      const name = quoteName(database);
      await mariadb.sql(
        'mysql',
        `CREATE DATABASE ${name} CHARACTER SET utf8mb3 COLLATE utf8mb3_bin COMMENT 'made by hand';
         GRANT SELECT, INSERT ON ${name}.* TO guest@localhost;`,
      );
    },
    drop: async (database) => {
      await mariadb.sql('mysql', `DROP DATABASE ${quoteName(database)};`);
    },
    atSlowStep: async (database) => {
      const busy = `SELECT COUNT(*) FROM PROCESSLIST WHERE DB = ${quoteText(database)} AND INFO LIKE 'DO SLEEP%'`;
      while ((await mariadb.sql('information_schema', busy)) === '0') {
        await sleep(20);
      }
    },
    holdCreation: async () =>
      await mariadb.sql('mysql', 'FLUSH TABLES WITH READ LOCK; DO SLEEP(1.5); UNLOCK TABLES;'),
  };
});
