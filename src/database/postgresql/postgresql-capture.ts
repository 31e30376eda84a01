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
import type { RowCounts } from '../main-tables.ts';
import { shortVersion } from './postgresql-checks.ts';
import { readFacts } from './postgresql-facts.ts';
import { verifyDump } from './postgresql-verify.ts';
import { type Dump, startDump } from './start-dump.ts';

/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or pg_dump fails, after removing what it wrote; what the signal
 *   was aborted with. An abort after it has returned changes nothing: the dump is stopped by `discard`, or by the signal of
 *   `settle`.
 */
export async function captureDump(dump: Dump, signal: AbortSignal): Promise<Captured> {
  const { context } = dump;
  signal.throwIfAborted();
  const folder = partialFolder(context.backupRoot, context.backupId);
  await createPartial(folder);
  try {
    const running = await startDump(dump, folder, signal);
    context.progress(1);
    return {
      settle: async (settleSignal) => {
        const rows = await running.finish(settleSignal);
        return await settle(dump, { folder, rows }, settleSignal);
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

async function settle(
  dump: Dump,
  { folder, rows }: { readonly folder: string; readonly rows: RowCounts },
  signal: AbortSignal,
): Promise<BackedUp> {
  const { connection, plan, context } = dump;
  const { facts, clients } = plan;
  signal.throwIfAborted();
  const tables = await verifyDump(
    {
      commands: context.commands,
      pgRestore: clients.pgRestore,
      folder,
      facts,
      factsNow: async () => await readFacts(connection, clients.psql, signal),
    },
    signal,
  );
  const size = await measureDump(folder);
  signal.throwIfAborted();
  await publishDump(folder, context.backupRoot, context.backupId);
  return {
    strategy: 'postgresql',
    included: true,
    members: [DUMP_MEMBER],
    ...size,
    tools: { pg_dump: clients.version.text },
    details: {
      format: 'directory',
      serverVersion: shortVersion(facts),
      clientVersion: clients.version.text,
      database: facts.database,
      owner: facts.owner,
      encoding: facts.encoding,
      collate: facts.collate,
      ctype: facts.ctype,
      localeProvider: facts.localeProvider ?? null,
      locale: facts.locale ?? null,
      tables,
      rows,
      compression: plan.compression,
    },
  };
}
