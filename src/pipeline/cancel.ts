/** The sequence of a cancel: which tokens, is Bitbucket there, end the task, unlock, look. */
import { type CancelJob, throwFailures } from './cancel-job.ts';
import { waitForToken } from './cancel-journal.ts';
import { nothingToCancel, stillLocking } from './cancel-nothing.ts';
import { aboutRun } from './cancel-notes.ts';
import { type CancelTarget, findTarget, targetOf } from './cancel-target.ts';
import { endTask } from './cancel-task.ts';
import { checkServing, liftLock } from './cancel-unlock.ts';

/** @throws what went wrong; how far it came stands in `job.found` */
export async function cancel(job: CancelJob): Promise<void> {
  const { signal } = job.interruption;
  try {
    await sequence(job);
  } catch (error) {
    // Aborted work throws whatever was in its way; why it was aborted is what counts.
    throw signal.aborted ? signal.reason : error;
  }
}

async function sequence(job: CancelJob): Promise<void> {
  const { options, found, log, interruption } = job;
  // A journal that cannot be used is told before anything is asked of Bitbucket.
  findTarget(options, log);
  await job.timeline.span('check', 'check Bitbucket', async () => await checkBitbucket(job));
  const target = await settledTarget(job);
  found.target = target;
  switch (target.kind) {
    case 'nothing':
      await nothingToCancel(job, target.run);
      return;
    case 'locking':
      await stillLocking(job, target.run);
      return;
    case 'tokens':
      await release(job, target);
  }
  interruption.signal.throwIfAborted();
  throwFailures(found.failures);
}

/** Sends the credentials once: a wrong password that is repeated ends in a CAPTCHA. */
async function checkBitbucket({ client, found, interruption }: CancelJob): Promise<void> {
  await client.resolveHost();
  found.lockAtStart = await client.lockState(interruption.signal);
}

/** The journal is read again after the look at the lock: who is locked by then has written it down before. */
async function settledTarget(job: CancelJob): Promise<CancelTarget> {
  const { options, limits, log, timeline, interruption, client, found } = job;
  const target = findTarget(options, log);
  const { backupRoot } = options;
  if (target.kind !== 'locking' || !target.run.alive || backupRoot === undefined) {
    return target;
  }
  log.info(
    `Backup ${target.run.entry.backupId} is asking for the lock; waiting for its token for up to ${limits.tokenWaitMs / 1_000} s`,
  );
  const { signal } = interruption;
  const wait = {
    backupRoot,
    url: client.url,
    waitMs: limits.tokenWaitMs,
    pollMs: limits.tokenPollMs,
    signal,
  };
  const run = await timeline.span('check', 'wait for the token', async () => await waitForToken(wait));
  found.lockAtStart = await client.lockState(signal);
  return targetOf(run);
}

/** Not stopped by a signal: it is what lets users back in, and what the run was started for. */
async function release(job: CancelJob, target: Extract<CancelTarget, { kind: 'tokens' }>): Promise<void> {
  const { found, interruption } = job;
  interruption.signal.throwIfAborted();
  aboutRun(job, target.run);
  await step(job, 'end task', async () => await endTask(job, target));
  await step(job, 'unlock', async () => await liftLock(job, target.unlockToken));
  const free = found.lock !== 'held' && found.lock !== 'unknown';
  if (free && !interruption.signal.aborted) {
    await step(job, 'check that users are served', async () => await checkServing(job));
  }
}

/** What goes wrong in a step keeps no other from running; the timeline tells it as failed all the same. */
async function step({ timeline, found }: CancelJob, name: string, work: () => Promise<void>): Promise<void> {
  const before = found.failures.length;
  try {
    await timeline.span('release', name, async () => {
      await work();
      if (found.failures.length > before) {
        throwFailures(found.failures);
      }
    });
  } catch (error) {
    if (found.failures.length === before) {
      throw error;
    }
  }
}
