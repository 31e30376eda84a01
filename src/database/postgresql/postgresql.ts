/**
 * PostgreSQL by pg_dump in directory format, of one consistent snapshot: the format of Atlassian's scripts.
 */
import type { InputReader } from '../../inputs/reader.ts';
import type { BackupStrategy, StrategyContext, StrategyDefinition } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { removeLeftovers } from '../dump-folder.ts';
import { knownFacts } from '../known-facts.ts';
import { archiveCompresses, readNetworkInputs } from '../network-inputs.ts';
import type { ConnectionInputs } from './libpq.ts';
import { captureDump } from './postgresql-capture.ts';
import type { DumpPlan } from './postgresql-dump.ts';
import type { DatabaseFacts } from './postgresql-facts.ts';
import { inspect, type Ready } from './postgresql-preflight.ts';

export interface PostgresqlOptions extends ConnectionInputs {
  /** pg_dump's own compression; off while the archive compresses. */
  readonly compressDump: boolean;
  /** Seconds that a table locked by somebody else is waited for. */
  readonly lockWaitSeconds: number;
  /** Where to look for clients; unset: PATH, Debian's folders, the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

/** Bitbucket is drained while we wait, so only maintenance by hand can hold a table. */
const LOCK_WAIT_SECONDS = 60;

export const postgresql: StrategyDefinition = {
  read: (inputs) => {
    const options = readPostgresqlOptions(inputs);
    return { create: (context) => createPostgresql(options, context) };
  },
};

export function readPostgresqlOptions(inputs: InputReader): PostgresqlOptions {
  return {
    ...readNetworkInputs(inputs),
    compressDump: !archiveCompresses(inputs),
    lockWaitSeconds: LOCK_WAIT_SECONDS,
    clientFolders: undefined,
  };
}

export function createPostgresql(options: PostgresqlOptions, context: StrategyContext): BackupStrategy {
  const connection: Connection = {
    commands: context.commands,
    inputs: options,
    applicationName: `bitbucket-backup ${context.backupId}`,
  };
  const facts = knownFacts<Ready>(async () => await inspect(connection, options));
  return {
    name: 'postgresql',
    atomic: true,
    preflight: facts.preflight,
    spaceNeeds: async () => [
      {
        path: context.backupRoot,
        bytes: dumpBytes((await facts.ready()).facts, options.compressDump),
        what: 'database dump',
      },
    ],
    prepare: async (signal) => {
      signal.throwIfAborted();
      for (const name of await removeLeftovers(context.backupRoot)) {
        context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
      }
    },
    capture: async (signal) => {
      const plan: DumpPlan = {
        ...(await facts.ready()),
        lockWaitSeconds: options.lockWaitSeconds,
      };
      return await captureDump({ connection, plan, context }, signal);
    },
  };
}

/**
 * An upper estimate. The size on disk has the indexes, none of which a dump holds; in exchange long values, compressed or
 * binary on disk, grow when they are written as text.
 */
function dumpBytes(facts: DatabaseFacts, compress: boolean): number {
  return facts.bytes + (compress ? 0 : 2 * facts.longValueBytes);
}
