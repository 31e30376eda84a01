/** From the plan of preflight to the finished `bitbucket-db`: what `capture` and `settle` do. */
import type { BackedUp, Captured } from '../../strategies/contract.ts';
import {
  createPartial,
  DUMP_MEMBER,
  measureDump,
  partialFolder,
  publishDump,
  removePartial,
} from '../dump-folder.ts';
import { type DumpFile, dumpFileIn, flushDump } from './dump-file.ts';
import { verifyDump } from './mysql-verify.ts';
import type { FinishedDump } from './running-dump.ts';
import type { Dump } from './dump.ts';
import { startDump } from './start-dump.ts';

/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or the dump fails, after removing what it wrote; what the signal
 *   was aborted with. An abort after it has returned changes nothing: the dump is stopped by `discard`, or by the signal of
 *   `settle`.
 */
export async function captureDump(dump: Dump, signal: AbortSignal): Promise<Captured> {
  const { context, plan } = dump;
  signal.throwIfAborted();
  const folder = partialFolder(context.backupRoot, context.backupId);
  const file = dumpFileIn(folder, plan.compression);
  await createPartial(folder);
  try {
    const running = await startDump(dump, file, signal);
    context.progress(1);
    return {
      settle: async (settleSignal) => {
        const finished = await running.finish(settleSignal);
        return await settle(dump, { folder, file, finished }, settleSignal);
      },
      discard: async () => {
        await running.stop();
        await removePartial(folder);
      },
    };
  } catch (error) {
    await removePartial(folder).catch((failure: unknown) => {
      context.log.warning(`${folder} could not be removed (${String(failure)}); remove it by hand.`);
    });
    throw error;
  }
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
