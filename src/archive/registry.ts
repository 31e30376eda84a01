/** The archive strategies by the name that `archive-strategy` takes. Loaded when chosen. */
import type { RestoreArchiveDefinition } from './restore-source.ts';
import type { ArchiveDefinition } from './strategy.ts';

export const archiveStrategies = {
  tar: async () => (await import('./tar.ts')).tar,
} satisfies Record<string, () => Promise<ArchiveDefinition>>;

export type ArchiveStrategyName = keyof typeof archiveStrategies;

/** How what they wrote is read again. */
export const archiveRestores = {
  tar: async () => (await import('./tar-restore.ts')).tarRestore,
} satisfies Record<ArchiveStrategyName, () => Promise<RestoreArchiveDefinition>>;
