/** Ends Bitbucket's backup task. It throws nothing: the unlock comes next, whatever became of the task. */
import { statusOf } from '../bitbucket/http-error.ts';
import { cancelTask, completeTask } from '../bitbucket/release.ts';
import { ActionError } from '../errors.ts';
import { type CancelJob, expected, type Failure } from './cancel-job.ts';
import type { KnownToken } from './cancel-target.ts';
import { wrongToken } from './cancel-wrong-token.ts';

interface Tokens {
  readonly unlockToken: KnownToken | undefined;
  readonly cancelToken: KnownToken | undefined;
}

export async function endTask(job: CancelJob, { unlockToken, cancelToken }: Tokens): Promise<void> {
  const { found, log } = job;
  if (cancelToken !== undefined) {
    await cancelWith(job, cancelToken);
  }
  // A wrong cancel token is no reason to leave Bitbucket latched when the one that unlocks it fits.
  if (unlockToken !== undefined && (cancelToken === undefined || found.task === 'running')) {
    await completeWith(job, unlockToken);
  }
  switch (found.task) {
    case 'canceled':
      log.info('Backup task cancelled in Bitbucket');
      return;
    case 'completed':
      log.info('Backup task ended in Bitbucket');
      return;
    case 'none':
      log.info('Bitbucket has no backup task to cancel');
      return;
    case 'running':
    case 'unknown':
      return;
  }
}

async function cancelWith(job: CancelJob, cancelToken: KnownToken): Promise<void> {
  const { client, found } = job;
  try {
    found.task = (await cancelTask(client, cancelToken.value)) ? 'canceled' : 'none';
  } catch (error) {
    const wrong = statusOf(error) === 409;
    found.task = wrong ? 'running' : 'unknown';
    fail(
      job,
      wrong
        ? {
            about: cancelToken.name,
            error: wrongToken(cancelToken, `${client.url} runs a backup task with another token`, error),
          }
        : { about: 'task', error: notEnded(client.url, expected(error)) },
    );
  }
}

async function completeWith(job: CancelJob, unlockToken: KnownToken): Promise<void> {
  const { client, found } = job;
  try {
    found.task = (await completeTask(client, unlockToken.value)) ? 'completed' : 'none';
  } catch (error) {
    if (statusOf(error) === 404) {
      // It has ended between the look at it and the progress.
      found.task = 'none';
    } else if (statusOf(error) !== 409 || found.lockAtStart?.locked !== true) {
      fail(job, { about: 'task', error: notEnded(client.url, expected(error)) });
    }
    // 409 while it is locked: a wrong unlock token, which the unlock is going to tell.
  }
}

function fail({ found, log }: CancelJob, failure: Failure): void {
  found.failures.push(failure);
  log.info(failure.error.message);
}

function notEnded(url: string, cause: ActionError): ActionError {
  return new ActionError(cause.code, `Whether a backup task runs in ${url} could not be settled.`, {
    advice:
      'Run the cancel again; when it fails again, give cancel-token, from the log of the backup, or end the task in the administration of Bitbucket.',
    cause,
  });
}
