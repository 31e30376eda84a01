/** The contract of the database slot for SQL Server, against the stand-in: the real one cannot run here. */
import { join } from 'node:path';
import { MAIN_TABLES } from '../../src/database/main-tables.ts';
import { createMssql } from '../../src/database/mssql/mssql.ts';
import { startMssqlStandIn } from '../support/mssql/stand-in.ts';
import { type DatabaseUnderTest, describeDatabaseStrategy } from './database.contract.ts';
import { makeBitbucketDatabase, mssqlFingerprint, mssqlOptions, runTsql, SOURCE } from './mssql-server.ts';

async function startMssqlUnderTest(): Promise<DatabaseUnderTest> {
  const standIn = startMssqlStandIn();
  return await Promise.resolve({
    sourceName: SOURCE,
    makeSource: async () => {
      await standIn.dropDatabase(SOURCE);
      await makeBitbucketDatabase(standIn);
    },
    fingerprint: async (database) => await Promise.resolve(mssqlFingerprint(standIn, database)),
    restoreByHand: async (dumpFolder, newDatabase) => {
      const source = standIn.database(SOURCE);
      const moves = (source?.files ?? []).map(
        ({ logical }, index) =>
          `MOVE N'${logical.replaceAll("'", "''")}' TO N'/data/${newDatabase}.${index}'`,
      );
      const disk = (file: string): string => `DISK = N'${join(dumpFolder, file)}'`;
      await runTsql(
        standIn,
        `RESTORE DATABASE ${newDatabase} FROM ${disk('full.bak')} WITH ${moves.join(', ')}, NORECOVERY, CHECKSUM;
         RESTORE DATABASE ${newDatabase} FROM ${disk('differential.bak')} WITH RECOVERY, CHECKSUM;`,
      );
    },
    makeStrategy: (context) => createMssql(mssqlOptions(standIn), context),
    hold: (when) => standIn.hold(when === 'half-way' ? 'verifyonly' : 'differential'),
    held: async () => await standIn.held(),
    release: () => standIn.release(),
    writeRows: async () =>
      await standIn.changeTables(SOURCE, (tables) => ({
        ...tables,
        'dbo.project': ['another project'],
        'dbo.repository': (tables['dbo.repository'] ?? []).slice(1),
      })),
    schemaChanges: ['dbo.sta_pull_request'],
    changeSchema: async (table) =>
      await standIn.changeTables(SOURCE, (tables) =>
        Object.fromEntries(Object.entries(tables).filter(([name]) => name !== table)),
      ),
    countRows: async () => {
      const tables = standIn.database(SOURCE)?.tables ?? {};
      const counted = MAIN_TABLES.flatMap((table): [string, number][] => {
        const rows = tables[`dbo.${table}`];
        return rows === undefined ? [] : [[table, rows.length]];
      });
      return await Promise.resolve(Object.fromEntries(counted));
    },
    countWaiting: async () => await Promise.resolve(0),
    breakSessions: async () => await Promise.resolve(standIn.breakSessions()),
    countSessions: async () => await Promise.resolve(standIn.server.sessions().length),
    close: async () => await Promise.resolve(standIn.remove()),
  });
}

describeDatabaseStrategy('mssql', startMssqlUnderTest, { dumps: 'in the capture' });
