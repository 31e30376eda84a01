/** Lifts the lock that a dead run has left behind. For the post step and for the next run: what both know is the journal. */
import { ActionError } from '../errors.ts';
import type { JournalEntry } from '../host/journal-entry.ts';
import { endTask, type ReleaseOptions, type UnlockOutcome, unlock } from './release.ts';

/** `not-locked`: the dead run held no lock. */
export type Recovery = UnlockOutcome | 'not-locked';

/**
 * @throws ActionError LOCK_RESPONSE_LOST when the instance is locked and the token was never learned,
 *   UNLOCK_FAILED or UNLOCK_REFUSED when it could not be unlocked, or what the calls failed with
 */
export async function recoverLock(options: ReleaseOptions, entry: JournalEntry): Promise<Recovery> {
  const { client } = options;
  const { phase, unlockToken, cancelToken, since } = entry.lock;
  if (phase === 'none' || phase === 'unlocked') {
    return 'not-locked';
  }
  if (unlockToken !== undefined) {
    await endTask(options, { unlockToken, cancelToken });
    return await unlock(options, unlockToken);
  }
  const state = await client.lockState();
  if (!state.locked) {
    return 'not-locked';
  }
  // Not ours to guess: somebody else may have locked it since.
  throw new ActionError(
    'LOCK_RESPONSE_LOST',
    `${client.url} is locked, and backup ${entry.backupId} died at ${since ?? entry.startedAt} while it was asking for the lock, before it knew the token.`,
    {
      advice:
        'If nobody else maintains Bitbucket now, find the unlock token in atlassian-bitbucket.log, unlock by hand, and run again.',
    },
  );
}
