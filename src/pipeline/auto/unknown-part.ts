/** Stands for a part whose strategy or server could not be found out. Preflight says why, and nothing comes after it. */
import type { StrategyFactory } from '../../strategies/contract.ts';

const never = async (): Promise<never> => {
  await Promise.resolve();
  throw new TypeError('Preflight fails while it is not known how a part is copied.');
};

export function unknownPart(name: string): StrategyFactory {
  return {
    create: () => ({
      name,
      atomic: false,
      preflight: async () => await Promise.resolve([]),
      spaceNeeds: async () => await Promise.resolve([]),
      prepare: never,
      capture: never,
    }),
  };
}
