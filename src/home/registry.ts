/** The home strategies by the name that `home-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import type { RestoreDefinition } from '../strategies/restore.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';
import { notRestored } from '../strategies/not-restored.ts';

export const homeStrategies = {
  rsync: async () => (await import('./rsync.ts')).rsync,
  none: () => Promise.resolve(notBackedUp("home-strategy is 'none'")),
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type HomeStrategyName = keyof typeof homeStrategies;

/** How what they copied is put back. */
export const homeRestores = {
  rsync: async () => (await import('./restore-rsync.ts')).rsyncRestore,
  none: () => Promise.resolve(notRestored),
} satisfies Record<HomeStrategyName, () => Promise<RestoreDefinition>>;
