/** From the plan of preflight to the finished `bitbucket-db`: what `capture` and `settle` do. */
import type { BackedUp, Captured, StrategyContext } from '../strategies/contract.ts';
import type { Connection } from './connection.ts';
import {
  createPartial,
  DUMP_MEMBER,
  measureDump,
  partialFolder,
  publishDump,
  removePartial,
} from './dump-folder.ts';
import { shortVersion } from './postgresql-checks.ts';
import { type DumpPlan, dumpDatabase } from './postgresql-dump.ts';
import { readFacts } from './postgresql-facts.ts';
import { verifyDump } from './postgresql-verify.ts';

export interface Dump {
  readonly connection: Connection;
  readonly plan: DumpPlan;
  readonly context: StrategyContext;
}

/**
 * Runs pg_dump to its end, so the lock lasts as long as the dump does; an exported snapshot will let it move to `settle`.
 *
 * @throws ActionError when pg_dump fails, after removing what it wrote; what the signal was aborted with.
 */
export async function captureDump(dump: Dump, signal: AbortSignal): Promise<Captured> {
  const { context } = dump;
  signal.throwIfAborted();
  const folder = partialFolder(context.backupRoot, context.backupId);
  await createPartial(folder);
  try {
    await dumpDatabase(dump.connection, dump.plan, { folder, signal }, context);
  } catch (error) {
    await removePartial(folder).catch((failure: unknown) => {
      context.log.warning(`${folder} could not be removed (${String(failure)}); remove it by hand.`);
    });
    throw error;
  }
  return {
    settle: async (settleSignal) => await settle(dump, folder, settleSignal),
    discard: async () => {
      await removePartial(folder);
    },
  };
}

async function settle(dump: Dump, folder: string, signal: AbortSignal): Promise<BackedUp> {
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
      jobs: plan.jobs,
      compressed: plan.compress,
    },
  };
}
