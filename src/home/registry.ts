/** The home strategies by the name that `home-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';

export const homeStrategies = {
  rsync: async () => (await import('./rsync.ts')).rsync,
  none: async () => (await import('./none.ts')).none,
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type HomeStrategyName = keyof typeof homeStrategies;
