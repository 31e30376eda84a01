/** Waits until Bitbucket has ended its running requests: database and repositories DRAINED. A lock alone drains nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { isDrained, type MaintenanceStatus } from './answers.ts';
import type { BitbucketClient } from './client.ts';
import { createContact } from './contact.ts';
import { statusOf } from './http-error.ts';
import type { WindowLimits } from './limits.ts';
import { NO_RETRIES } from './retry.ts';
import { lockLost, taskLost } from './window-lost.ts';

const LINE_EVERY_MS = 10_000;
const WHEN = 'while it was draining';

export interface DrainOptions {
  readonly client: BitbucketClient;
  readonly unlockToken: string;
  readonly limits: WindowLimits;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** @throws ActionError DRAIN_TIMEOUT, DRAIN_FAILED, BACKUP_CANCELED_BY_SERVER, LOCK_LOST, BITBUCKET_LOST */
export async function waitForDrain(options: DrainOptions): Promise<void> {
  const { limits, log, signal } = options;
  const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while draining', log });
  const started = performance.now();
  let last: MaintenanceStatus | undefined;
  let dots = '';
  let nextLine = LINE_EVERY_MS;
  for (;;) {
    try {
      last = await look(options);
      if (isDrained(last)) {
        break;
      }
      contact.ok();
    } catch (error) {
      signal.throwIfAborted();
      contact.failed(error);
    }
    const elapsed = performance.now() - started;
    if (elapsed >= limits.drainTimeoutMs) {
      throw timeout(last, limits.drainTimeoutMs);
    }
    if (elapsed >= nextLine) {
      log.info(
        `Waiting for DRAINED state: ${describe(last)}, ${seconds(elapsed)}/${seconds(limits.drainTimeoutMs)} s`,
      );
      nextLine += LINE_EVERY_MS;
    }
    dots += '.';
    await delay(limits.pollIntervalMs, undefined, { signal });
  }
  log.info(`Waiting for DRAINED state${dots.slice(0, 60) || '.'} done`);
  log.info(`db state '${last.dbState}'`);
  log.info(`scm state '${last.scmState}'`);
}

/** One look at the task, and, as long as it waits, at the lock: a lifted lock leaves the task running. */
async function look({ client, unlockToken, signal }: DrainOptions): Promise<MaintenanceStatus> {
  let status: MaintenanceStatus;
  try {
    status = await client.maintenance(unlockToken, signal);
  } catch (error) {
    // 404 and 409: there is no such maintenance any more, or our token is not the one it was begun with.
    throw statusOf(error) === 404 || statusOf(error) === 409 ? lockLost(client.url, WHEN, error) : error;
  }
  // Users wait for nothing but the drain: once it is reached, the lock is looked at while data are copied.
  if (isDrained(status) && status.taskState === 'RUNNING') {
    return status;
  }
  if (!(await client.lockState(signal, NO_RETRIES)).locked) {
    throw lockLost(client.url, WHEN);
  }
  throwIfTaskEnded(client.url, status);
  return status;
}

function throwIfTaskEnded(url: string, status: MaintenanceStatus): void {
  const { taskState } = status;
  if (taskState === undefined || taskState === 'CANCELED') {
    throw taskLost(url, taskState, WHEN);
  }
  if (taskState !== 'RUNNING') {
    const said = status.taskMessage === undefined ? '' : ` and says '${status.taskMessage}'`;
    throw new ActionError(
      'DRAIN_FAILED',
      `Bitbucket's backup task is ${taskState} before it was drained (${describe(status)})${said}.`,
      { advice: 'Look into atlassian-bitbucket.log for what could not be drained; a quieter hour may help.' },
    );
  }
}

function timeout(status: MaintenanceStatus | undefined, limitMs: number): ActionError {
  return new ActionError(
    'DRAIN_TIMEOUT',
    `Bitbucket was not drained within ${seconds(limitMs)} s: ${describe(status)}.`,
    { advice: 'A long clone or push may be running: choose another hour or raise drain-timeout-minutes.' },
  );
}

function describe(status: MaintenanceStatus | undefined): string {
  return status === undefined
    ? 'no answer yet'
    : `db state '${status.dbState}', scm state '${status.scmState}'`;
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
