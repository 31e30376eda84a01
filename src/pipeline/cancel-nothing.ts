/** No backup is known that holds the lock: either there is nothing to do, or nobody here knows the token. */
import { hostname } from 'node:os';
import { recoverLock } from '../bitbucket/recover.ts';
import { ActionError } from '../errors.ts';
import type { CancelJob } from './cancel-job.ts';
import type { JournaledRun } from './cancel-journal.ts';

/** @throws ActionError ALREADY_LOCKED */
export async function nothingToCancel(job: CancelJob, run: JournaledRun | undefined): Promise<void> {
  const { client, found, options, interruption } = job;
  const { lockAtStart } = found;
  // A lock may have been given back while the journal was read. One that was taken meanwhile is not ours to know.
  const state = lockAtStart?.locked === true ? await client.lockState(interruption.signal) : lockAtStart;
  const known =
    run === undefined
      ? `there is no journal of a backup in ${options.backupRoot ?? 'backup-root'} on ${hostname()}`
      : whatRunDoes(run);
  found.lock = state?.locked === true ? 'held' : lockAtStart?.locked === true ? 'given-back' : 'was-unlocked';
  if (run !== undefined) {
    found.task = 'none';
  }
  if (state?.locked === true) {
    const owner = state.owner === undefined ? '' : ` by '${state.owner}'`;
    throw new ActionError(
      'ALREADY_LOCKED',
      `${client.url} is locked${owner}, and no token of that lock is known here: ${known}. The lock was left alone.`,
      {
        advice:
          'If a backup holds it, give unlock-token and cancel-token from its log, or run this on the machine of that backup; otherwise ask who maintains Bitbucket.',
      },
    );
  }
  found.notes.push(
    `${sentence(known)} A backup that has not locked yet is stopped by cancelling its workflow run.`,
  );
}

/**
 * The journal says no more than that the lock was asked for.
 * @throws ActionError LOCK_RESPONSE_LOST unless the run is over and holds no lock
 */
export async function stillLocking(job: CancelJob, run: JournaledRun): Promise<void> {
  const { client, found, log, limits } = job;
  const { backupId, lock, startedAt } = run.entry;
  found.lock = found.lockAtStart?.locked === true ? 'held' : 'was-unlocked';
  found.task = 'none';
  if (!run.alive) {
    await recoverLock({ client, log, limits }, run.entry);
    found.lock = 'was-unlocked';
    found.notes.push(
      `Backup ${backupId} died while it was asking for the lock, and holds none; the next backup run removes what it left.`,
    );
    return;
  }
  throw new ActionError(
    'LOCK_RESPONSE_LOST',
    `Backup ${backupId} has been asking ${client.url} for the lock since ${lock.since ?? startedAt}; without an answer there is no token to unlock with.`,
    {
      advice:
        'Cancel its workflow run: it gives the lock back as soon as it is granted. If Bitbucket stays locked, the token is in atlassian-bitbucket.log.',
    },
  );
}

/** As a clause. */
function whatRunDoes({ entry, alive }: JournaledRun): string {
  const backup = `backup ${entry.backupId}`;
  if (!alive) {
    return `${backup} is over and holds no lock`;
  }
  return entry.lock.phase === 'unlocked'
    ? `${backup} has given its lock back and is making its archive`
    : `${backup} has not locked yet`;
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
