/** One dump: what takes part in it, and what it can ask of its database. */
import { ActionError } from '../../errors.ts';
import type { StrategyContext } from '../../strategies/contract.ts';
import { wordsOf } from './client-errors.ts';
import type { Connection } from './connection.ts';
import { type Definitions, readDefinitions } from './definitions.ts';
import type { DumpPlan } from './mysql-dump.ts';
import { serverName } from './options-file.ts';

export interface Dump {
  readonly connection: Connection;
  readonly plan: DumpPlan;
  readonly context: StrategyContext;
}

/** @throws ActionError DB_FAILED; what the signal was aborted with */
export async function definitionsOf({ connection, plan }: Dump, signal: AbortSignal): Promise<Definitions> {
  const { database } = plan.facts;
  try {
    return await readDefinitions(connection, plan.client.path, database, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new ActionError(
      'DB_FAILED',
      `The definitions in database '${database}' at ${serverName(connection.inputs)} could not be read: ${wordsOf(error)}.`,
      { advice: 'Look into the log of the database server for the reason and run again.', cause: error },
    );
  }
}
