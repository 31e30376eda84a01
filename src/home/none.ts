/**
 * No backup of the home, chosen on purpose: something else copies it. A strategy like the others, so that manifest and
 * summary say "not backed up" and a green run cannot hide the missing part.
 */
import type { BackedUp, BackupStrategy, Captured, StrategyDefinition } from '../strategies/contract.ts';

export const none: StrategyDefinition = {
  read: () => ({ create: () => new NoHomeBackup() }),
};

const LEFT_OUT: BackedUp = {
  strategy: 'none',
  included: false,
  members: [],
  details: { reason: "home-strategy is 'none'" },
};

class NoHomeBackup implements BackupStrategy {
  readonly name = 'none';
  readonly atomic = true;

  async preflight(): Promise<[]> {
    return await Promise.resolve([]);
  }

  async spaceNeeds(): Promise<[]> {
    return await Promise.resolve([]);
  }

  async prepare(signal: AbortSignal): Promise<void> {
    await Promise.resolve();
    signal.throwIfAborted();
  }

  async capture(signal: AbortSignal): Promise<Captured> {
    await this.prepare(signal);
    return {
      settle: async (settling) => {
        await this.prepare(settling);
        return LEFT_OUT;
      },
      discard: async () => {
        await Promise.resolve();
      },
    };
  }
}
