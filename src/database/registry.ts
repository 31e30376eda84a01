/** The database strategies by the name that `database-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';

export const databaseStrategies = {
  postgresql: async () => (await import('./postgresql.ts')).postgresql,
  none: async () => (await import('./none.ts')).none,
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type DatabaseStrategyName = keyof typeof databaseStrategies;
