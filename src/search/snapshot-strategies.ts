/** The search strategies that have the server take a snapshot: of a folder, and of a bucket. */
import { readAuthorities } from '../inputs/authorities.ts';
import type { StrategyDefinition } from '../strategies/contract.ts';
import type { RestoreDefinition } from '../strategies/restore.ts';
import { readSearchSettings } from './search-settings.ts';
import { SnapshotBackup } from './snapshot-backup.ts';
import { SnapshotRestore } from './snapshot-restore.ts';

export const fs = backupInto('fs');
export const s3 = backupInto('s3');
export const fsRestore = restoreFrom('fs');
export const s3Restore = restoreFrom('s3');

function backupInto(strategy: 'fs' | 's3'): StrategyDefinition {
  return {
    read: (inputs) => {
      const ca = readAuthorities(inputs);
      const settings = readSearchSettings(inputs, { strategy, action: 'backup', ca });
      return { create: (context) => new SnapshotBackup(settings, context) };
    },
  };
}

function restoreFrom(strategy: 'fs' | 's3'): RestoreDefinition {
  return {
    read: (inputs) => {
      const ca = readAuthorities(inputs);
      const settings = readSearchSettings(inputs, { strategy, action: 'restore', ca });
      return { create: (context) => new SnapshotRestore(settings, context) };
    },
  };
}
