/**
 * `none`: a part that is left out on purpose. A strategy like the others, so that manifest and summary name it, and a green
 * run cannot hide the missing part.
 */
import type { BackedUp, Captured, StrategyDefinition } from './contract.ts';

/** @param reason for the manifest: which input said so, or who makes the part anew */
export function notBackedUp(reason: string): StrategyDefinition {
  const leftOut: BackedUp = { strategy: 'none', included: false, members: [], details: { reason } };
  const captured: Captured = {
    settle: async (signal) => {
      await unlessAborted(signal);
      return leftOut;
    },
    discard: () => Promise.resolve(),
  };
  return {
    read: () => ({
      create: () => ({
        name: 'none',
        atomic: true,
        preflight: () => Promise.resolve([]),
        spaceNeeds: () => Promise.resolve([]),
        prepare: unlessAborted,
        capture: async (signal) => {
          await unlessAborted(signal);
          return captured;
        },
      }),
    }),
  };
}

async function unlessAborted(signal: AbortSignal): Promise<void> {
  await Promise.resolve();
  signal.throwIfAborted();
}
