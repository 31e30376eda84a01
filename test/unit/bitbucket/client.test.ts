import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../src/bitbucket/http-error.ts';
import type { RetryPolicy } from '../../../src/bitbucket/retry.ts';
import { connect } from '../../support/bitbucket-client.ts';
import { failureOf } from '../../support/failure.ts';

const ONCE: RetryPolicy = { retries: 0, firstDelayMs: 1, longestDelayMs: 1 };
const TOKEN = /^[0-9a-f]{40}$/;

describe('each call of the maintenance API', () => {
  test('lock answers with the unlock token, and Bitbucket is locked', async () => {
    const { client, simulator } = await connect();
    const token = await client.lock();
    expect(token).toMatch(TOKEN);
    expect(simulator.snapshot()).toMatchObject({ locked: true, unlockToken: token });
    expect(simulator.requests).toMatchObject([{ method: 'POST', path: '/mvc/maintenance/lock', body: '' }]);
  });

  test('startBackup starts an external backup with the unlock token and answers with the cancel token', async () => {
    const { client, simulator } = await connect();
    const unlockToken = (await client.lock()) ?? '';
    const cancelToken = await client.startBackup(unlockToken);
    expect(cancelToken).toMatch(TOKEN);
    expect(simulator.snapshot()).toMatchObject({ cancelToken, taskState: 'RUNNING' });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/mvc/admin/backups',
      query: { external: 'true' },
      headers: { 'x-atlassian-maintenance-token': unlockToken },
    });
  });

  test('maintenance tells the task and both latches, before and after the start', async () => {
    const { client } = await connect({ drainMs: 60 });
    const token = (await client.lock()) ?? '';
    expect(await client.maintenance(token)).toMatchObject({ taskState: undefined, dbState: 'AVAILABLE' });
    await client.startBackup(token);
    await expect
      .poll(() => client.maintenance(token), { timeout: 20_000 })
      .toEqual({
        taskState: 'RUNNING',
        taskMessage: 'Waiting for current requests to finish',
        dbState: 'DRAINED',
        scmState: 'DRAINED',
      });
  });

  test('reportProgress moves the bar, and 100 completes the backup', async () => {
    const { client, simulator } = await connect();
    const token = (await client.lock()) ?? '';
    await client.startBackup(token);
    await client.reportProgress(token, 40, ONCE);
    expect(simulator.snapshot().progress).toBe(40);
    await client.reportProgress(token, 100, ONCE);
    expect(simulator.snapshot()).toMatchObject({ taskState: undefined, locked: true });
    expect(simulator.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/mvc/admin/backups/progress/client',
      query: { token, percentage: '100' },
    });
  });

  test('cancelBackup cancels the task and leaves the lock', async () => {
    const { client, simulator } = await connect();
    const cancelToken = (await client.startBackup((await client.lock()) ?? '')) ?? '';
    expect(await client.cancelBackup(cancelToken, ONCE)).toBe(true);
    expect(simulator.snapshot()).toMatchObject({ taskState: 'CANCELED', locked: true });
  });

  test('cancelBackup says so when there is no task to cancel', async () => {
    const { client, simulator } = await connect();
    expect(await client.cancelBackup('a'.repeat(40), ONCE)).toBe(false);
    expect(simulator.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  test('cancelBackup sends DELETE to a server that does not know POST', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'cancel', do: { kind: 'httpStatus', status: 405 } });
    simulator.order({ on: ({ method }) => method === 'DELETE', do: { kind: 'httpStatus', status: 200 } });
    expect(await client.cancelBackup('a'.repeat(40), ONCE)).toBe(true);
  });

  test('cancelBackup fails with a token that is not the task’s', async () => {
    const { client, simulator } = await connect();
    await client.startBackup((await client.lock()) ?? '');
    const error = await failureOf(client.cancelBackup('b'.repeat(40), ONCE));
    expect(statusOf(error)).toBe(409);
    expect(simulator.snapshot().taskState).toBe('RUNNING');
  });

  test('unlock lifts the lock with its token', async () => {
    const { client, simulator } = await connect();
    const token = (await client.lock()) ?? '';
    expect(await client.unlock(token)).toBe(true);
    expect(simulator.snapshot().locked).toBe(false);
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'DELETE', query: { token } });
  });

  test('unlock says so when nothing is locked, and fails with a wrong token', async () => {
    const { client, simulator } = await connect();
    expect(await client.unlock('a'.repeat(40))).toBe(false);
    await client.lock();
    expect(statusOf(await failureOf(client.unlock('a'.repeat(40))))).toBe(409);
    expect(simulator.snapshot().locked).toBe(true);
  });

  test('lockState tells whether it is locked, and by whom', async () => {
    const { client, simulator } = await connect();
    expect(await client.lockState()).toEqual({ locked: false });
    simulator.adminLock();
    expect(await client.lockState()).toEqual({ locked: true, owner: 'Administrator' });
  });

  test('status tells the state of the instance', async () => {
    const { client, simulator } = await connect();
    expect(await client.status()).toBe('RUNNING');
    simulator.adminLock();
    expect(await client.status()).toBe('MAINTENANCE');
  });

  test('status tells the state of a server that answers 503 or 500 because of it', async () => {
    const { client, simulator } = await connect();
    for (const state of ['STARTING', 'STOPPING', 'ERROR'] as const) {
      simulator.reportStatus(state);
      expect(await client.status()).toBe(state);
    }
  });

  test('version is read from the API of today', async () => {
    const { client, simulator } = await connect({ version: '9.4.1' });
    expect(await client.version()).toBe('9.4.1');
    expect(simulator.requests.map(({ path }) => path)).toEqual(['/rest/api/latest/application-properties']);
  });

  test('version is read from the API 1.0 where `latest` is unknown', async () => {
    const { client } = await connect({ version: '4.0.1', legacyApiOnly: true });
    expect(await client.version()).toBe('4.0.1');
  });

  test.each([{}, { version: 9 }, { version: 'latest' }, [], 'text', null])(
    'version fails when the server answers %j',
    async (body) => {
      const { client, simulator } = await connect();
      simulator.order({ on: 'properties', do: { kind: 'answer', body } });
      const error = await failureOf(client.version());
      expect(error.code).toBe('UNEXPECTED_RESPONSE');
      expect(error.advice).toContain('bitbucket-url');
    },
  );
});

describe('what is sent with each call', () => {
  test('all calls that need it carry the headers that Bitbucket wants, without a body too', async () => {
    const { client, simulator } = await connect();
    const token = (await client.lock()) ?? '';
    const cancelToken = (await client.startBackup(token)) ?? '';
    await client.maintenance(token);
    await client.reportProgress(token, 1, ONCE);
    await client.cancelBackup(cancelToken, ONCE);
    await client.lockState();
    await client.unlock(token);
    expect(simulator.requests.map(({ endpoint }) => endpoint)).toEqual([
      'lock',
      'start',
      'poll',
      'progress',
      'cancel',
      'lockState',
      'unlock',
    ]);
    const pair = Buffer.from(`${simulator.username}:${simulator.password}`).toString('base64');
    for (const { headers, endpoint } of simulator.requests) {
      expect({ endpoint, headers }).toMatchObject({
        endpoint,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-atlassian-token': 'no-check',
          authorization: `Basic ${pair}`,
        },
      });
    }
  });

  test('status and version are asked without credentials', async () => {
    const { client, simulator } = await connect();
    await client.status();
    await client.version();
    expect(simulator.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  test('everything goes below the context path', async () => {
    const { client, simulator } = await connect({ contextPath: '/code/bitbucket' });
    const token = (await client.lock()) ?? '';
    await client.startBackup(token);
    await client.maintenance(token);
    await client.reportProgress(token, 100, ONCE);
    expect(await client.unlock(token)).toBe(true);
    expect(await client.status()).toBe('RUNNING');
    expect(await client.version()).toBe('9.4.1');
    for (const { path } of simulator.requests) {
      expect(path).toMatch(/^\/code\/bitbucket\/(mvc|rest|status)/);
    }
  });

  test('a bearer token goes instead of user and password', async () => {
    const { client, simulator } = await connect(
      { bearerToken: 'BBDC-abc', bearerIsSysadmin: true },
      { credentials: { kind: 'bearer', token: 'BBDC-abc' } },
    );
    expect(await client.lock()).toMatch(TOKEN);
    expect(simulator.requests[0]?.headers.authorization).toBe('Bearer BBDC-abc');
  });

  test('a password with letters outside ASCII arrives', async () => {
    const { client } = await connect({ username: 'jürgen', password: 'pä:ß wörd' });
    expect(await client.lockState()).toEqual({ locked: false });
  });
});

describe('what is believed of the answers', () => {
  test.each([200, 201, 202])('lock takes any success, %i among them', async (status) => {
    const { client, simulator } = await connect();
    const body = { unlockToken: 'c'.repeat(40) };
    simulator.order({ on: 'lock', do: { kind: 'answer', status, body } });
    expect(await client.lock()).toBe('c'.repeat(40));
  });

  test.each([200, 204])('unlock takes %i', async (status) => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'unlock', do: { kind: 'httpStatus', status, body: '' } });
    expect(await client.unlock('a'.repeat(40))).toBe(true);
  });

  test.each([{}, { unlockToken: 7 }, { unlockToken: 'a"b;c d e f' }, { unlockToken: 'x' }, [], null])(
    'lock finds no token in %j',
    async (body) => {
      const { client, simulator } = await connect();
      simulator.order({ on: 'lock', do: { kind: 'answer', body } });
      expect(await client.lock()).toBeUndefined();
    },
  );

  test('an answer without a cancel token is told as one', async () => {
    const { client, simulator } = await connect();
    const token = (await client.lock()) ?? '';
    simulator.order({ on: 'start', do: { kind: 'noCancelToken' } });
    expect(await client.startBackup(token)).toBeUndefined();
  });

  test('a status of other shape than expected is unknown, never drained', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'poll', do: { kind: 'answer', body: { 'db-state': 5, task: 'RUNNING' } } });
    expect(await client.maintenance('a'.repeat(40))).toEqual({
      taskState: undefined,
      taskMessage: undefined,
      dbState: 'unknown',
      scmState: 'unknown',
    });
  });
});
