/** Lifts the lock and looks whether users are served. It throws nothing: what went wrong is told together with the task. */
import { setTimeout as delay } from 'node:timers/promises';
import { assertServing, unlock } from '../bitbucket/release.ts';
import { ActionError } from '../errors.ts';
import { type CancelJob, expected, type Failure } from './cancel-job.ts';
import type { KnownToken } from './cancel-target.ts';
import { wrongToken } from './cancel-wrong-token.ts';

const POLL_MS = 500;

export async function liftLock(job: CancelJob, unlockToken: KnownToken | undefined): Promise<void> {
  if (unlockToken === undefined) {
    await withoutToken(job);
  } else {
    await withToken(job, unlockToken);
  }
  if (job.found.lock === 'unlocked' || job.found.lock === 'given-back') {
    job.timeline.mark('unlocked');
  }
}

async function withToken(job: CancelJob, unlockToken: KnownToken): Promise<void> {
  const { client, found } = job;
  try {
    const outcome = await unlock(job, unlockToken.value);
    switch (outcome) {
      case 'unlocked':
        found.lock = 'unlocked';
        return;
      case 'was-unlocked':
        found.lock = notLockedNow(job);
        return;
      case 'foreign':
        await lookAgain(job);
        fail(job, {
          about: unlockToken.name,
          error: wrongToken(
            unlockToken,
            `${client.url} is locked with another token${owner(job)}, and that lock was left alone`,
          ),
        });
        return;
    }
  } catch (error) {
    found.lock = found.lockAtStart?.locked === true ? 'held' : 'unknown';
    fail(job, { about: 'lock', error: expected(error) });
  }
}

async function withoutToken(job: CancelJob): Promise<void> {
  const { client, found } = job;
  await lookAgain(job);
  if (found.lock === 'held') {
    fail(job, {
      about: 'lock',
      error: new ActionError(
        'UNLOCK_FAILED',
        `${client.url} is still locked${owner(job)}: cancel-token cancels the task, and cannot unlock.`,
        { advice: 'Give unlock-token as well, from the log of the backup.' },
      ),
    });
  }
}

/** A backup whose task we have cancelled notices, and gives its lock back by itself. */
async function lookAgain(job: CancelJob): Promise<void> {
  const { client, found, limits, interruption } = job;
  const { task } = found;
  const patience = task === 'canceled' || task === 'completed' ? limits.giveBackMs : 0;
  const deadline = performance.now() + patience;
  try {
    for (;;) {
      const { locked } = await client.lockState();
      found.lock = locked ? 'held' : notLockedNow(job);
      if (!locked || performance.now() >= deadline || interruption.signal.aborted) {
        return;
      }
      await delay(Math.min(POLL_MS, patience));
    }
  } catch (error) {
    found.lock = 'unknown';
    fail(job, { about: 'lock', error: expected(error) });
  }
}

/** Bitbucket has to serve users, not only to have said yes. */
export async function checkServing(job: CancelJob): Promise<void> {
  try {
    await assertServing(job);
    job.log.info('Bitbucket is unlocked and serves users');
  } catch (error) {
    fail(job, { about: 'lock', error: expected(error) });
    const state = await job.client.lockState().catch(() => undefined);
    if (state?.locked === true) {
      job.found.lock = 'held';
    }
  }
}

function notLockedNow({ found }: CancelJob): 'given-back' | 'was-unlocked' {
  return found.lockAtStart?.locked === true ? 'given-back' : 'was-unlocked';
}

function owner({ found: { lockAtStart } }: CancelJob): string {
  return lockAtStart?.locked === true && lockAtStart.owner !== undefined ? ` by '${lockAtStart.owner}'` : '';
}

/** What keeps users out comes before what became of the task. */
function fail({ found, log }: CancelJob, failure: Failure): void {
  found.failures.unshift(failure);
  log.info(failure.error.message);
}
