/** Stands for a strategy that `auto` could not choose. Preflight says why, and nothing comes after it. */
import type { StrategyFactory } from '../../strategies/contract.ts';

const never = async (): Promise<never> => {
  await Promise.resolve();
  throw new TypeError('Preflight fails while the database strategy is not known.');
};

export const unknownDatabase: StrategyFactory = {
  create: () => ({
    name: 'auto',
    atomic: false,
    preflight: async () => await Promise.resolve([]),
    spaceNeeds: async () => await Promise.resolve([]),
    prepare: never,
    capture: never,
  }),
};
