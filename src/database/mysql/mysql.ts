/** MySQL and MariaDB by mysqldump or mariadb-dump, of one consistent snapshot. */
import type { InputReader } from '../../inputs/reader.ts';
import type { BackupStrategy, StrategyContext, StrategyDefinition } from '../../strategies/contract.ts';
import { removeLeftovers } from '../dump-folder.ts';
import { knownFacts } from '../known-facts.ts';
import { archiveCompresses, readNetworkInputs } from '../network-inputs.ts';
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

export function readConnectionInputs(inputs: InputReader): ConnectionInputs {
  return { ...readNetworkInputs(inputs), optionsFile: inputs.optionalPath('database-options-file') };
}

export function createMysql(options: MysqlOptions, context: StrategyContext): BackupStrategy {
  const connection: Connection = { commands: context.commands, inputs: options };
  const facts = knownFacts<Ready>(async () => await inspect(connection, options));
  return {
    name: 'mysql',
    // The dump is of one moment, but the rows are counted in another session's snapshot, which only the drained state
    // makes the same.
    atomic: false,
    preflight: facts.preflight,
    spaceNeeds: async () => [
      { path: context.backupRoot, bytes: dumpBytes((await facts.ready()).facts), what: 'database dump' },
    ],
    prepare: async (signal) => {
      signal.throwIfAborted();
      for (const name of await removeLeftovers(context.backupRoot)) {
        context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
      }
    },
    capture: async (signal) => {
      const { compressDump, blockDdl } = options;
      const plan = {
        ...(await facts.ready()),
        compression: compressDump ? 'zstd' : 'none',
        blockDdl,
      } as const;
      return await captureDump({ connection, plan, context }, signal);
    },
  };
}

/** An upper estimate: binary values are written as two digits a byte, and text needs room for names and quotes. */
function dumpBytes({ bytes }: DatabaseFacts): number {
  return 2 * bytes;
}
