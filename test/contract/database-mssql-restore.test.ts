/** The contract of a restored database for SQL Server, against the stand-in: the real one cannot run here. */
import { MssqlRestore } from '../../src/database/mssql/mssql-restore.ts';
import { bitbucketTables, startMssqlStandIn } from '../support/mssql/stand-in.ts';
import { describeDatabaseRestore } from './database-restore.contract.ts';
import { databaseRestoreRun } from './database-restore-context.ts';
import {
  makeBitbucketDatabase,
  makeMssqlArchive,
  mssqlFingerprint,
  mssqlOptions,
  SOURCE,
} from './mssql-server.ts';

describeDatabaseRestore(
  'mssql',
  async () => {
    const standIn = startMssqlStandIn();
    // Small: every database that a test makes stays, and all of them are read by each program.
    await makeBitbucketDatabase(standIn, SOURCE, { tables: bitbucketTables(4) });
    const whole = await makeMssqlArchive(standIn);
    const ours = (): number[] =>
      standIn.server
        .sessions()
        .filter(({ host }) => host.startsWith('bitbucket-restore'))
        .map(({ pid }) => pid);
    return {
      whole,
      // What makes it slow is ordered when its slow step is waited for.
      slow: whole,
      original: mssqlFingerprint(standIn, SOURCE),
      fingerprint: async (database) => await Promise.resolve(mssqlFingerprint(standIn, database)),
      state: async (database) => await Promise.resolve(standIn.database(database) ?? 'absent'),
      makeEmpty: async (database) => await standIn.createDatabase(database),
      drop: async (database) => await standIn.dropDatabase(database),
      start: (database, more) =>
        databaseRestoreRun((context) => new MssqlRestore(mssqlOptions(standIn, { database }), context), more),
      atSlowStep: async () => {
        standIn.hold('restore differential');
        await standIn.held();
      },
      holdCreation: async () => {
        standIn.hold('restore full');
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        standIn.release();
      },
      creation: 'RESTORE DATABASE',
      makeBegun: async (database, runId) =>
        await standIn.createDatabase(database, {
          state: 'RESTORING',
          files: [{ logical: 'x', path: `/var/opt/mssql/data/x.restored-${runId}.mdf`, type: 'D' }],
        }),
      misfit: {
        details: { differentialGuid: 'another one' },
        message: 'The archive holds other backups than its manifest names.',
      },
      connect: async (database) => {
        const leave = standIn.connect(database);
        return await Promise.resolve(async () => await Promise.resolve(leave()));
      },
      killPrograms: async () => {
        for (const pid of ours()) {
          process.kill(pid, 'SIGKILL');
        }
        standIn.release();
        await Promise.resolve();
      },
      everyoneLeft: async () => await Promise.resolve(ours().length),
      close: async () => {
        await whole.remove();
        standIn.remove();
      },
    };
  },
  // SQL Server restores into a database that it creates.
  { targets: ['does not exist'] },
);
