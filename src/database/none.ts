/**
 * No database backup, chosen on purpose: somebody else dumps it. A strategy like the others, so that manifest and summary
 * say "not backed up" and a green run cannot hide the missing part.
 */
import type { BackedUp, BackupStrategy, Captured, StrategyDefinition } from '../strategies/contract.ts';

const REASON = "database-strategy is 'none'";

export const none: StrategyDefinition = {
  read: () => ({ create: () => createNone() }),
};

export function createNone(): BackupStrategy {
  const left: BackedUp = { strategy: 'none', included: false, members: [], details: { reason: REASON } };
  const captured: Captured = {
    settle: async (signal) => {
      signal.throwIfAborted();
      return await Promise.resolve(left);
    },
    discard: async () => {
      await Promise.resolve();
    },
  };
  return {
    name: 'none',
    atomic: true,
    preflight: async () => await Promise.resolve([]),
    spaceNeeds: async () => await Promise.resolve([]),
    prepare: async (signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
    },
    capture: async (signal) => {
      signal.throwIfAborted();
      return await Promise.resolve(captured);
    },
  };
}
