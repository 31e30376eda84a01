/** The database strategies by the name that `database-strategy` takes. Loaded when chosen, so that nobody pays for another's packages. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';

export const databaseStrategies = {
  postgresql: async () => (await import('./postgresql.ts')).postgresql,
  none: () => Promise.resolve(notBackedUp("database-strategy is 'none'")),
} satisfies Record<string, () => Promise<StrategyDefinition>>;

export type DatabaseStrategyName = keyof typeof databaseStrategies;
