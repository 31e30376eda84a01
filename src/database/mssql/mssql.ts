/**
 * SQL Server by its own BACKUP, as the classic procedure does it (`database-mssql.sh` of Atlassian's scripts): a full backup
 * while users are working, a differential one inside the lock.
 */
import type { InputReader } from '../../inputs/reader.ts';
import type {
  BackupStrategy,
  Captured,
  StrategyContext,
  StrategyDefinition,
} from '../../strategies/contract.ts';
import { removeLeftovers } from '../dump-folder.ts';
import { knownFacts } from '../known-facts.ts';
import { archiveCompresses } from '../network-inputs.ts';
import { type PlaceInputs, readPlaceInputs } from './backup-place.ts';
import { type ConnectionInputs, readConnectionInputs } from './connection.ts';
import { MssqlBackup } from './mssql-backup.ts';
import { inspect, type Ready } from './mssql-preflight.ts';

export interface MssqlOptions extends ConnectionInputs, PlaceInputs {
  readonly database: string;
  /** The server's own compression; off while the archive compresses, and where the edition has none. */
  readonly compressDump: boolean;
  /** Where to look for sqlcmd; unset: PATH and Microsoft's folders. */
  readonly clientFolders: readonly string[] | undefined;
}

export const mssql: StrategyDefinition = {
  read: (inputs) => {
    const options = readMssqlOptions(inputs);
    return { create: (context) => createMssql(options, context) };
  },
};

export function readMssqlOptions(inputs: InputReader): MssqlOptions {
  return {
    ...readConnectionInputs(inputs),
    ...readPlaceInputs(inputs),
    database: inputs.requiredText('database-name'),
    compressDump: !archiveCompresses(inputs),
    clientFolders: undefined,
  };
}

export function createMssql(options: MssqlOptions, context: StrategyContext): BackupStrategy {
  const { commands, backupId, backupRoot, log, progress } = context;
  let backup: MssqlBackup | undefined;
  const facts = knownFacts<Ready>(
    async () => await inspect(commands, options, `bitbucket-backup ${backupId}`),
  );
  return {
    name: 'mssql',
    // Rows are counted beside the differential, and both fit only while nobody writes.
    atomic: false,
    preflight: facts.preflight,
    spaceNeeds: async () => {
      const {
        facts: { bytes },
        place,
      } = await facts.ready();
      // The server's files lie in the shared folder until they are copied; the full one does when `prepare` is done.
      const shared = { path: place.here, bytes, what: "SQL Server's backup files" };
      return [{ path: backupRoot, bytes, what: 'database dump' }, ...(backup === undefined ? [shared] : [])];
    },
    prepare: async (signal) => {
      signal.throwIfAborted();
      for (const name of await removeLeftovers(backupRoot)) {
        log.info(`Cleared away ${name}, which an earlier run left behind.`);
      }
      const begun = new MssqlBackup({ ...(await facts.ready()), ...options }, context);
      backup = begun;
      await begun.takeFull(signal);
    },
    capture: async (signal): Promise<Captured> => {
      signal.throwIfAborted();
      if (backup === undefined) {
        throw new TypeError('A capture follows a prepare.');
      }
      const taken = backup;
      const counted = await taken.takeDifferential(signal);
      progress(1);
      return {
        settle: async (settleSignal) => await taken.settle(counted, settleSignal),
        discard: async () => await taken.discard(),
      };
    },
    // A run that ends between prepare and capture has a full backup that nobody else takes away.
    close: async () => await backup?.close(),
  };
}
