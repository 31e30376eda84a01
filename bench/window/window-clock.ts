/** What the lock costs users, by the clock of the simulator: the same one for whoever takes the lock. */
import type { BitbucketSimulator } from '../../test/support/bitbucket-simulator/simulator.ts';

export interface WindowTimes {
  /** From the lock to the unlock. */
  readonly lockedSeconds: number;
  /** From the moment Bitbucket was drained to the unlock: what the backup itself needs. */
  readonly afterDrainSeconds: number;
}

export interface WindowClock {
  /** Ends it. @throws Error unless Bitbucket was locked, drained and unlocked since, once and in this order */
  read(): WindowTimes;
}

/**
 * @param lastChange users' last work before they are locked out: after everything that a contender does before the lock,
 *   and before the lock counts
 */
export function startWindowClock(simulator: BitbucketSimulator, lastChange: () => void): WindowClock {
  const marks: { readonly what: string; readonly at: number }[] = [];
  const mark = (what: string) => (): void => {
    marks.push({ what, at: performance.now() });
  };
  const subscriptions = [
    simulator.onRequest(({ endpoint }) => {
      if (endpoint === 'lock') {
        lastChange();
      }
    }),
    simulator.onLocked(mark('locked')),
    simulator.onDrained(mark('drained')),
    simulator.onUnlocked(mark('unlocked')),
  ];
  return {
    read: () => {
      for (const unsubscribe of subscriptions) {
        unsubscribe();
      }
      const [locked, drained, unlocked] = marks;
      const order = marks.map(({ what }) => what).join(', ');
      if (locked === undefined || drained === undefined || unlocked === undefined) {
        throw new Error(`Bitbucket was not locked, drained and unlocked: ${order || 'nothing happened'}.`);
      }
      if (order !== 'locked, drained, unlocked') {
        throw new Error(`Bitbucket was ${order}, where each was expected once.`);
      }
      return {
        lockedSeconds: (unlocked.at - locked.at) / 1_000,
        afterDrainSeconds: (unlocked.at - drained.at) / 1_000,
      };
    },
  };
}
