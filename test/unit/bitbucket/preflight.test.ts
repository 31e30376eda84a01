import { expect, test } from 'vitest';
import { type BitbucketFacts, checkBitbucket } from '../../../src/bitbucket/preflight.ts';
import type { BitbucketClient } from '../../../src/bitbucket/client.ts';
import { CanceledError } from '../../../src/errors.ts';
import { clientFor, connect, connectionTo, startSimulator } from '../../support/bitbucket-client.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function check(client: BitbucketClient): Promise<BitbucketFacts> {
  return await checkBitbucket(client, new AbortController().signal);
}

test('an instance that serves users has nothing to be said against it', async () => {
  const { client, simulator } = await connect({ version: '8.19.1' });
  expect(await check(client)).toEqual({ version: '8.19.1', findings: [] });
  expect(simulator.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1);
  expect(simulator.requests.every(({ method }) => method === 'GET')).toBe(true);
});

test('an instance that is too old is refused', async () => {
  const { client } = await connect({ version: '3.11.0', legacyApiOnly: true });
  const { findings } = await check(client);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-url' }]);
  expect(findings[0]?.message).toContain('3.11.0 is too old');
});

test('an instance that somebody has locked is refused, naming him, and stays as it is', async () => {
  const { client, simulator } = await connect();
  simulator.adminLock();
  const { findings } = await check(client);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-url' }]);
  expect(findings[0]?.message).toContain("already locked by 'Administrator'");
  expect(simulator.snapshot().locked).toBe(true);
});

test.each(['FIRST_RUN', 'STARTING', 'STOPPING', 'ERROR', 'MAINTENANCE'] as const)(
  'an instance in state %s is refused by that name',
  async (state) => {
    const { client, simulator } = await connect();
    simulator.reportStatus(state);
    const { findings } = await check(client);
    expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-url' }]);
    expect(findings[0]?.message).toContain(`'${state}'`);
  },
);

test('a wrong password is a finding about bitbucket-password, and was sent once', async () => {
  const { client, simulator } = await connect(
    {},
    { credentials: { kind: 'basic', username: 'backup', password: 'wrong' } },
  );
  const { findings } = await check(client);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-password' }]);
  expect(findings[0]?.message).toMatch(/rejected user 'backup' \(401\).*Check bitbucket-username/);
  expect(simulator.requests.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(1);
});

test('a token without the right is a finding about who we are', async () => {
  const { client } = await connect(
    { bearerToken: 'BBDC-abc' },
    { credentials: { kind: 'bearer', token: 'BBDC-abc' } },
  );
  const { findings } = await check(client);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-username' }]);
  expect(findings[0]?.message).toContain('system administrator');
});

test('an unknown certificate is a finding about ca-file', async () => {
  const { client } = await connect({ tls: await makeCertificate(temporaryFolder()) });
  expect((await check(client)).findings).toMatchObject([{ severity: 'error', subject: 'ca-file' }]);
});

test.each(['http://no-such-host.invalid', 'http://127.0.0.1:1'])(
  '%s, where nobody answers, is a finding about bitbucket-url',
  async (url) => {
    const simulator = await startSimulator();
    const { version, findings } = await check(clientFor(connectionTo(simulator, { url })));
    expect(version).toBeUndefined();
    expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-url' }]);
    expect(findings[0]?.message).toContain(`Cannot reach ${url}`);
  },
);

test('a wrong context path is a finding about bitbucket-url', async () => {
  const simulator = await startSimulator({ contextPath: '/bitbucket' });
  const client = clientFor(connectionTo(simulator, { url: simulator.url.replace('/bitbucket', '') }));
  const { findings } = await check(client);
  expect(findings).toMatchObject([{ severity: 'error', subject: 'bitbucket-url' }]);
  expect(findings[0]?.message).toContain('context path');
});

test('a run that is cancelled meanwhile ends with the reason', async () => {
  const { client, simulator } = await connect();
  const stop = new AbortController();
  const reason = new CanceledError('Enough.');
  simulator.onRequest(() => stop.abort(reason));
  await expect(checkBitbucket(client, stop.signal)).rejects.toBe(reason);
});
