/**
 * Gives the lock back: cancels the task, unlocks, and looks whether it worked. Used by the run itself, by the post step
 * and by the next run, and safe to repeat.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError, asError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import type { BitbucketClient } from './client.ts';
import { statusOf } from './http-error.ts';
import type { WindowLimits } from './limits.ts';
import { retrying, type RetryPolicy, SHORT_RETRIES } from './retry.ts';

/** `was-unlocked`: somebody else had lifted the lock. `foreign`: the instance is locked, but not by us. */
export type UnlockOutcome = 'unlocked' | 'was-unlocked' | 'foreign';

export interface ReleaseOptions {
  readonly client: BitbucketClient;
  readonly log: Log;
  readonly limits: WindowLimits;
}

export interface MaintenanceTokens {
  readonly unlockToken: string;
  /** Unknown when the answer that held it was lost. */
  readonly cancelToken?: string | undefined;
}

/** Ends the backup task, if there is one. Never throws: a task that cannot be ended must not delay the unlock. */
export async function endTask(options: ReleaseOptions, tokens: MaintenanceTokens): Promise<void> {
  if (tokens.cancelToken === undefined) {
    await tryToComplete(options, tokens.unlockToken);
  } else {
    await tryToCancel(options, tokens.cancelToken);
  }
}

/** How often the end of a task is asked for: the unlock that comes next must not wait long for it. */
const END_TASK_RETRIES: RetryPolicy = { ...SHORT_RETRIES, retries: 1 };

/** @returns false when there was no task to cancel. @throws HttpError 409: it runs with another cancel token */
export async function cancelTask(client: BitbucketClient, cancelToken: string): Promise<boolean> {
  return await client.cancelBackup(cancelToken, END_TASK_RETRIES);
}

/**
 * A task may be running whose cancel token never reached us: the unlock alone would leave it latched. Progress 100 ends
 * it, and that takes the unlock token; what it "completes" is discarded.
 * @returns false when no task was running. @throws HttpError 409: the lock is not the one of this token
 */
export async function completeTask(client: BitbucketClient, unlockToken: string): Promise<boolean> {
  const { taskState } = await client.maintenance(unlockToken);
  if (taskState !== 'RUNNING') {
    return false;
  }
  await client.reportProgress(unlockToken, 100, END_TASK_RETRIES);
  return true;
}

async function tryToComplete({ client, log }: ReleaseOptions, unlockToken: string): Promise<void> {
  try {
    if (await completeTask(client, unlockToken)) {
      log.info('Backup task ended in Bitbucket');
    }
  } catch (error) {
    log.warning(`Whether a backup task runs in Bitbucket is unknown: ${asError(error).message}`);
  }
}

async function tryToCancel(options: ReleaseOptions, cancelToken: string): Promise<void> {
  try {
    options.log.info(
      (await cancelTask(options.client, cancelToken))
        ? 'Backup task cancelled in Bitbucket'
        : 'Bitbucket has no backup task to cancel',
    );
  } catch (error) {
    options.log.warning(`The backup task could not be cancelled: ${asError(error).message}`);
  }
}

/**
 * Unlocks, with patience: 0.5, 1, 2, 4, 8 ... s (and jitter) between attempts within the budget.
 * @throws ActionError UNLOCK_FAILED when the budget is used up, with the command to unlock by hand
 */
export async function unlock(options: ReleaseOptions, unlockToken: string): Promise<UnlockOutcome> {
  const { client, log, limits } = options;
  const startedAt = performance.now();
  try {
    const wasLocked = await retrying(
      {
        retries:
          Math.ceil(Math.log2(limits.unlockBudgetMs / 1_000)) + Math.ceil(limits.unlockBudgetMs / 8_000),
        firstDelayMs: 1_000,
        longestDelayMs: 8_000,
        budgetMs: limits.unlockBudgetMs,
        onRetry: (error, attempt) =>
          log.warning(`Unlock attempt ${attempt} failed, trying again: ${error.message}`),
      },
      async () => await client.unlock(unlockToken),
    );
    if (!wasLocked) {
      log.info('Bitbucket instance was already unlocked');
      return 'was-unlocked';
    }
    log.info('Bitbucket instance unlocked');
    return 'unlocked';
  } catch (error) {
    if (statusOf(error) === 409) {
      return await afterRefusal(options, unlockToken);
    }
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    throw new ActionError('UNLOCK_FAILED', `${client.url} could not be unlocked within ${seconds} s.`, {
      advice: howToUnlock(client.url, unlockToken),
      cause: error,
    });
  }
}

/** Waits until Bitbucket serves users again. @throws ActionError UNLOCK_NOT_EFFECTIVE */
export async function assertServing(options: ReleaseOptions): Promise<void> {
  const { client, limits } = options;
  const deadline = performance.now() + limits.unlockEffectMs;
  let seen = 'no answer';
  for (;;) {
    try {
      const { locked } = await client.lockState();
      seen = await client.status();
      if (!locked && seen === 'RUNNING') {
        return;
      }
      seen = locked ? `${seen}, locked` : seen;
    } catch (error) {
      seen = asError(error).message;
    }
    if (performance.now() >= deadline) {
      throw new ActionError(
        'UNLOCK_NOT_EFFECTIVE',
        `${client.url} does not serve users ${limits.unlockEffectMs / 1_000} s after the unlock (${seen}).`,
        { advice: 'Look at Bitbucket itself: its status page and atlassian-bitbucket.log.' },
      );
    }
    await delay(500);
  }
}

/** The command that gets an administrator out by hand (DESIGN.md, law 5). */
export function howToUnlock(url: string, unlockToken: string): string {
  return (
    'Unlock by hand: curl -u <administrator> -X DELETE -H "Content-Type: application/json" ' +
    `-H "X-Atlassian-Token: no-check" "${url}/mvc/maintenance/lock?token=${unlockToken}".`
  );
}

/** 409: the token does not fit. Either nothing is locked any more, or somebody else holds the lock: theirs stays. */
async function afterRefusal(options: ReleaseOptions, unlockToken: string): Promise<UnlockOutcome> {
  const state = await options.client.lockState().catch(() => undefined);
  if (state?.locked === false) {
    options.log.info('Bitbucket instance was already unlocked');
    return 'was-unlocked';
  }
  if (state === undefined) {
    throw new ActionError(
      'UNLOCK_REFUSED',
      `${options.client.url} refused our unlock token and then did not answer.`,
      {
        advice: howToUnlock(options.client.url, unlockToken),
      },
    );
  }
  const owner = state.owner === undefined ? 'another party' : `'${state.owner}'`;
  options.log.warning(`Bitbucket is locked by ${owner} now, with another token; that lock is left alone.`);
  return 'foreign';
}
