/** From the plan of preflight to the finished `bitbucket-db`: what `capture` and `settle` do. */
import type { BackedUp, Captured } from '../../strategies/contract.ts';
import { captureDumpInto } from '../captured-dump.ts';
import { DUMP_MEMBER, measureDump, publishDump } from '../dump-folder.ts';
import type { RowCounts } from '../main-tables.ts';
import { shortVersion } from './postgresql-checks.ts';
import { readFacts } from './postgresql-facts.ts';
import { verifyDump } from './postgresql-verify.ts';
import { type Dump, startDump } from './start-dump.ts';

/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or pg_dump fails; what the signal was aborted with
 */
export async function captureDump(dump: Dump, signal: AbortSignal): Promise<Captured> {
  signal.throwIfAborted();
  return await captureDumpInto<RowCounts>(dump.context, {
    start: async (folder) => await startDump(dump, folder, signal),
    settle: async (folder, rows, settleSignal) => await settle(dump, { folder, rows }, settleSignal),
  });
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
