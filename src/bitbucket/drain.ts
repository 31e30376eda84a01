/** Waits until Bitbucket has ended its running requests: database and repositories DRAINED. A lock alone drains nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { isDrained, type MaintenanceStatus } from './answers.ts';
import type { BitbucketClient } from './client.ts';
import { createContact } from './contact.ts';
import type { WindowLimits } from './limits.ts';

const LINE_EVERY_MS = 10_000;

export interface DrainOptions {
  readonly client: BitbucketClient;
  readonly unlockToken: string;
  readonly limits: WindowLimits;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** @throws ActionError DRAIN_TIMEOUT, DRAIN_FAILED, BITBUCKET_LOST */
export async function waitForDrain(options: DrainOptions): Promise<void> {
  const { client, unlockToken, limits, log, signal } = options;
  const contact = createContact({ graceMs: limits.contactGraceMs, during: 'while draining', log });
  const started = performance.now();
  let last: MaintenanceStatus | undefined;
  let dots = '';
  let nextLine = LINE_EVERY_MS;
  for (;;) {
    try {
      last = await client.maintenance(unlockToken, signal);
      contact.ok();
      // Drained first: a task that has just reached its goal may already say so.
      if (isDrained(last) && last.taskState === 'RUNNING') {
        break;
      }
      throwIfTaskEnded(last);
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

function throwIfTaskEnded(status: MaintenanceStatus): void {
  if (status.taskState !== 'RUNNING') {
    const said = status.taskMessage === undefined ? '' : ` and says '${status.taskMessage}'`;
    throw new ActionError(
      'DRAIN_FAILED',
      `Bitbucket's backup task is ${status.taskState ?? 'gone'} before it was drained (${describe(status)})${said}.`,
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
