/** The search index. Only `none` for now: Bitbucket builds the index anew after a restore. */
import type { BackedUp, Captured, StrategyDefinition } from '../strategies/contract.ts';

const notBackedUp: BackedUp = {
  strategy: 'none',
  included: false,
  members: [],
  details: { reason: 'Bitbucket builds its search index anew after a restore.' },
};

const captured: Captured = {
  settle: () => Promise.resolve(notBackedUp),
  discard: () => Promise.resolve(),
};

const none: StrategyDefinition = {
  read: () => ({
    create: () => ({
      name: 'none',
      atomic: true,
      preflight: () => Promise.resolve([]),
      spaceNeeds: () => Promise.resolve([]),
      prepare: () => Promise.resolve(),
      capture: () => Promise.resolve(captured),
    }),
  }),
};

export const searchStrategies = {
  none: () => Promise.resolve(none),
} satisfies Record<string, () => Promise<StrategyDefinition>>;
