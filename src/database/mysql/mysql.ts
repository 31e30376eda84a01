/** MySQL and MariaDB by mysqldump or mariadb-dump, of one consistent snapshot. */
import { ActionError } from '../../errors.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { BackupStrategy, StrategyContext, StrategyDefinition } from '../../strategies/contract.ts';
import { removeLeftovers } from '../dump-folder.ts';
import type { Connection } from './connection.ts';
import { captureDump } from './mysql-capture.ts';
import type { DatabaseFacts } from './mysql-facts.ts';
import { inspect, type Ready } from './mysql-preflight.ts';
import type { ConnectionInputs } from './options-file.ts';

export interface MysqlOptions extends ConnectionInputs {
  readonly database: string;
  readonly compressDump: boolean;
  /** Others wait with their DDL until the dump is done; otherwise it fails over what they alter. */
  readonly blockDdl: boolean;
  /** Where to look for clients; unset: PATH and the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

export const mysql: StrategyDefinition = {
  read: (inputs) => {
    const options = readMysqlOptions(inputs);
    return { create: (context) => createMysql(options, context) };
  },
};

export function readMysqlOptions(inputs: InputReader): MysqlOptions {
  return {
    ...readConnectionInputs(inputs),
    database: inputs.requiredText('database-name'),
    compressDump: !archiveCompresses(inputs),
    blockDdl: inputs.boolean('database-block-ddl'),
    clientFolders: undefined,
  };
}

/** As PostgreSQL's: compressing twice costs time and gains nothing. */
function archiveCompresses(inputs: InputReader): boolean {
  return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}

/** What is not given is the client's to choose. */
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
    optionsFile: inputs.optionalPath('database-options-file'),
    parameters: inputs.parameters,
  };
}

export function createMysql(options: MysqlOptions, context: StrategyContext): BackupStrategy {
  const connection: Connection = { commands: context.commands, inputs: options };
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
    name: 'mysql',
    // The dump is of one moment, but the rows are counted in another session's snapshot, which only the drained state
    // makes the same.
    atomic: false,
    preflight: async () => {
      const inspection = await inspect(connection, options);
      known = inspection.ready;
      return inspection.findings;
    },
    spaceNeeds: async () => [
      { path: context.backupRoot, bytes: dumpBytes((await ready()).facts), what: 'database dump' },
    ],
    prepare: async (signal) => {
      signal.throwIfAborted();
      for (const name of await removeLeftovers(context.backupRoot)) {
        context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
      }
    },
    capture: async (signal) => {
      const { compressDump, blockDdl } = options;
      const plan = { ...(await ready()), compression: compressDump ? 'zstd' : 'none', blockDdl } as const;
      return await captureDump({ connection, plan, context }, signal);
    },
  };
}

/** An upper estimate: binary values are written as two digits a byte, and text needs room for names and quotes. */
function dumpBytes({ bytes }: DatabaseFacts): number {
  return 2 * bytes;
}
