/**
 * PostgreSQL by pg_dump in directory format, of one consistent snapshot: the format of Atlassian's scripts.
 */
import { ActionError } from '../../errors.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { BackupStrategy, StrategyContext, StrategyDefinition } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { removeLeftovers } from '../dump-folder.ts';
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
    ...readConnectionInputs(inputs),
    compressDump: !archiveCompresses(inputs),
    lockWaitSeconds: LOCK_WAIT_SECONDS,
    clientFolders: undefined,
  };
}

/**
 * Compressing twice costs time and gains nothing. What is wrong with these inputs the archive's own reader says, which is
 * asked in the same go.
 */
function archiveCompresses(inputs: InputReader): boolean {
  return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}

/** All inputs are optional: what is not given is libpq's to find. */
export function readConnectionInputs(inputs: InputReader): ConnectionInputs {
  const host = inputs.optionalText('database-host');
  if (host !== undefined && (host.includes('://') || /^[^:/]+:\d+$/.test(host))) {
    inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
  }
  return {
    host,
    port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
    database: inputs.optionalText('database-name'),
    username: inputs.optionalText('database-username'),
    password: inputs.secret('database-password'),
    parameters: inputs.parameters,
  };
}

export function createPostgresql(options: PostgresqlOptions, context: StrategyContext): BackupStrategy {
  const connection: Connection = {
    commands: context.commands,
    inputs: options,
    applicationName: `bitbucket-backup ${context.backupId}`,
  };
  let known: Ready | undefined;
  const ready = async (): Promise<Ready> => {
    if (known === undefined) {
      const { findings, ready: found } = await inspect(connection, options);
      if (found === undefined) {
        const errors = findings.filter(({ severity }) => severity === 'error');
        throw new ActionError('DB_FAILED', errors.map(({ message }) => message).join(' '));
      }
      known = found;
    }
    return known;
  };
  return {
    name: 'postgresql',
    atomic: true,
    preflight: async () => {
      const inspection = await inspect(connection, options);
      known = inspection.ready;
      return inspection.findings;
    },
    spaceNeeds: async () => [
      {
        path: context.backupRoot,
        bytes: dumpBytes((await ready()).facts, options.compressDump),
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
        ...(await ready()),
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
