/** The maintenance calls that Atlassian's scripts make with curl. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BitbucketSimulator } from '../../test/support/bitbucket-simulator/simulator.ts';

const POLL_MS = 250;

/** Locks, starts the backup and waits until Bitbucket is drained. @returns the unlock token */
export async function lockAndDrain(simulator: BitbucketSimulator): Promise<string> {
  const token = textIn(await ask(simulator, 'POST', '/mvc/maintenance/lock'), 'unlockToken');
  await ask(simulator, 'POST', '/mvc/admin/backups?external=true', token);
  for (;;) {
    const state = await ask(simulator, 'GET', '/mvc/maintenance', token);
    if (textIn(state, 'db-state') === 'DRAINED' && textIn(state, 'scm-state') === 'DRAINED') {
      return token;
    }
    await sleep(POLL_MS);
  }
}

export async function completeAndUnlock(simulator: BitbucketSimulator, token: string): Promise<void> {
  await ask(simulator, 'POST', `/mvc/admin/backups/progress/client?token=${token}&percentage=100`);
  await ask(simulator, 'DELETE', `/mvc/maintenance/lock?token=${token}`);
}

/** @returns the answer's JSON, undefined when it is empty. @throws Error when Bitbucket refuses */
async function ask(
  simulator: BitbucketSimulator,
  method: string,
  path: string,
  token?: string,
): Promise<unknown> {
  const credentials = Buffer.from(`${simulator.username}:${simulator.password}`).toString('base64');
  const response = await fetch(`${simulator.url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-atlassian-token': 'no-check',
      authorization: `Basic ${credentials}`,
      ...(token === undefined ? {} : { 'x-atlassian-maintenance-token': token }),
    },
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

function textIn(value: unknown, field: string): string {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
  if (typeof text !== 'string') {
    throw new Error(`Bitbucket's answer has no ${field}: ${JSON.stringify(value)}`);
  }
  return text;
}
