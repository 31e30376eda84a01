/** The search strategies by the name that `elasticsearch-strategy` takes. Only `none` for now. */
import type { StrategyDefinition } from '../strategies/contract.ts';
import { notBackedUp } from '../strategies/not-backed-up.ts';

export const searchStrategies = {
  none: () => Promise.resolve(notBackedUp('Bitbucket builds its search index anew after a restore.')),
} satisfies Record<string, () => Promise<StrategyDefinition>>;
