/** The search strategies by the name that `elasticsearch-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';
import { notRestored } from '../strategies/not-restored.ts';
import type { RestoreDefinition } from '../strategies/restore.ts';

export const searchStrategies = {
  none: () => Promise.resolve(notBackedUp('Bitbucket builds its search index anew after a restore.')),
  fs: async () => (await import('./snapshot-strategies.ts')).fs,
  s3: async () => (await import('./snapshot-strategies.ts')).s3,
  'amazon-es': async () => (await import('./amazon/amazon-es.ts')).amazonEs,
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type SearchStrategyChoice = keyof typeof searchStrategies;

/** How what they copied is put back. */
export const searchRestores = {
  none: () => Promise.resolve(notRestored),
  fs: async () => (await import('./snapshot-strategies.ts')).fsRestore,
  s3: async () => (await import('./snapshot-strategies.ts')).s3Restore,
  'amazon-es': async () => (await import('./amazon/amazon-es.ts')).amazonEsRestore,
} satisfies Record<SearchStrategyChoice, () => Promise<RestoreDefinition>>;
