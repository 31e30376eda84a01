/**
 * Looks at the lock while data are copied, and proves at the end that it was ours throughout: an administrator may lift
 * the lock or cancel the task, a node may restart. A copy made then is no backup (DESIGN.md, law 8).
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { isDrained } from './answers.ts';
import type { BitbucketClient } from './client.ts';
import { createContact } from './contact.ts';
import { statusOf } from './http-error.ts';
import type { WindowLimits } from './limits.ts';
import { lockLost, taskLost } from './window-lost.ts';

const WHEN = 'while data were being copied';

export interface WatchOptions {
  readonly client: BitbucketClient;
  readonly unlockToken: string;
  readonly limits: WindowLimits;
  readonly log: Log;
}

/** Runs until `signal` is aborted. @throws ActionError as soon as the window is no longer ours */
export async function watchWindow(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { limits, log } = options;
  const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while copying', log });
  while (!signal.aborted) {
    await delay(limits.watchIntervalMs, undefined, { signal });
    try {
      await assertOurWindow(options, signal);
      contact.ok();
    } catch (error) {
      signal.throwIfAborted();
      contact.failed(error);
    }
  }
}

/** The proof before progress 100. Failing calls are repeated within the grace. @throws ActionError */
export async function proveWindow(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { limits, log } = options;
  const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while proving the window', log });
  for (;;) {
    try {
      await assertOurWindow(options, signal);
      return;
    } catch (error) {
      signal.throwIfAborted();
      contact.failed(error);
    }
    await delay(limits.pollIntervalMs, undefined, { signal });
  }
}

/** Lock still there, task RUNNING, both states DRAINED. @throws ActionError LOCK_LOST, BACKUP_CANCELED_BY_SERVER */
async function assertOurWindow({ client, unlockToken }: WatchOptions, signal: AbortSignal): Promise<void> {
  const [lock, status] = await Promise.all([
    client.lockState(signal),
    client.maintenance(unlockToken, signal).catch((error: unknown) => {
      // 404 and 409: there is no such maintenance any more, or our token is not the one it was begun with.
      if (statusOf(error) === 404 || statusOf(error) === 409) {
        return undefined;
      }
      throw error;
    }),
  ]);
  if (!lock.locked || status === undefined) {
    throw lockLost(client.url, WHEN);
  }
  if (status.taskState !== 'RUNNING') {
    throw taskLost(client.url, status.taskState, WHEN);
  }
  if (!isDrained(status)) {
    const states = `db state '${status.dbState}', scm state '${status.scmState}'`;
    throw new ActionError(
      'LOCK_LOST',
      `${client.url} is no longer drained (${states}) ${WHEN}; the copy is discarded.`,
      { advice: 'Find out what opened it, such as a node that restarted; then run again.' },
    );
  }
}
