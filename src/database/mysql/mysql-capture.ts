/** From the plan of preflight to the finished `bitbucket-db`: what `capture` and `settle` do. */
import type { BackedUp, Captured } from '../../strategies/contract.ts';
import { captureDumpInto } from '../captured-dump.ts';
import { DUMP_MEMBER, measureDump, publishDump } from '../dump-folder.ts';
import { type DumpFile, dumpFileIn, flushDump } from './dump-file.ts';
import { verifyDump } from './mysql-verify.ts';
import type { FinishedDump } from './running-dump.ts';
import type { Dump } from './dump.ts';
import { startDump } from './start-dump.ts';

/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or the dump fails; what the signal was aborted with
 */
export async function captureDump(dump: Dump, signal: AbortSignal): Promise<Captured> {
  signal.throwIfAborted();
  const fileIn = (folder: string): DumpFile => dumpFileIn(folder, dump.plan.compression);
  return await captureDumpInto<FinishedDump>(dump.context, {
    start: async (folder) => await startDump(dump, fileIn(folder), signal),
    settle: async (folder, finished, settleSignal) =>
      await settle(dump, { folder, file: fileIn(folder), finished }, settleSignal),
  });
}

interface Written {
  readonly folder: string;
  readonly file: DumpFile;
  readonly finished: FinishedDump;
}

async function settle(
  { plan, context }: Dump,
  { folder, file, finished }: Written,
  signal: AbortSignal,
): Promise<BackedUp> {
  const { facts, dump } = plan;
  signal.throwIfAborted();
  await verifyDump(file, { database: facts.database, tables: finished.tables }, signal);
  await flushDump(folder, file);
  const size = await measureDump(folder);
  signal.throwIfAborted();
  await publishDump(folder, context.backupRoot, context.backupId);
  return {
    strategy: 'mysql',
    included: true,
    members: [DUMP_MEMBER],
    ...size,
    tools: { [dump.version.family === 'MariaDB' ? 'mariadb-dump' : 'mysqldump']: dump.version.text },
    details: {
      format: 'sql',
      server: facts.version.family,
      serverVersion: facts.version.text,
      client: dump.version.family,
      clientVersion: dump.version.text,
      database: facts.database,
      user: facts.user.replace(/@[^@]*$/, ''),
      characterSet: facts.characterSet,
      collation: facts.collation,
      tables: finished.tables.length,
      rows: finished.rows,
      compression: file.compression,
    },
  };
}
