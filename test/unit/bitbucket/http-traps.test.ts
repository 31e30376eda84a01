import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BitbucketClient } from '../../../src/bitbucket/client.ts';
import type { Credentials } from '../../../src/bitbucket/connection.ts';
import { createHttpTransport, type HttpTransport } from '../../../src/bitbucket/http.ts';
import { HttpError } from '../../../src/bitbucket/http-error.ts';
import { CanceledError } from '../../../src/errors.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { clientFor, connect, connectionTo, startSimulator } from '../../support/bitbucket-client.ts';
import { everythingOf, failureOf } from '../../support/failure.ts';

const TOKEN = 'd'.repeat(40);

/** Another origin. @returns its address and what it was sent */
async function startRecorder(): Promise<{ origin: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { origin: `http://127.0.0.1:${portOf(address)}`, seen };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') {
    throw new Error('It listens on no port.');
  }
  return address.port;
}

function transportTo(simulator: BitbucketSimulator): HttpTransport {
  const transport = createHttpTransport(connectionTo(simulator));
  onTestFinished(async () => {
    await transport.close();
  });
  return transport;
}

const CALLS: readonly [string, (client: BitbucketClient) => Promise<unknown>][] = [
  ['lock', async (client) => await client.lock()],
  ['start', async (client) => await client.startBackup(TOKEN)],
  ['poll', async (client) => await client.maintenance(TOKEN)],
  ['unlock', async (client) => await client.unlock(TOKEN)],
  ['lockState', async (client) => await client.lockState()],
];

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('a %i is named and never followed', async (status) => {
    const { client, simulator } = await connect();
    const { origin, seen } = await startRecorder();
    const location = `${origin}/login?next=secret-${TOKEN}`;
    simulator.order({ on: () => true, times: Infinity, do: { kind: 'redirect', status, location } });
    for (const [name, call] of CALLS) {
      const error = await failureOf(call(client));
      expect({ name, code: error.code }).toEqual({ name, code: 'UNEXPECTED_REDIRECT' });
      expect(error.message).toContain(`redirects to ${origin}/login;`);
      expect(everythingOf(error)).not.toContain('secret-');
    }
    expect(seen).toEqual([]);
    expect(simulator.requests).toHaveLength(CALLS.length);
  });

  test('user and password in a Location are not repeated', async () => {
    const { client, simulator } = await connect();
    const location = 'https://someone:hunter2@sso.example.com/';
    simulator.order({ on: 'lockState', do: { kind: 'redirect', status: 302, location } });
    const error = await failureOf(client.lockState());
    expect(error.message).toContain('https://sso.example.com/');
    expect(everythingOf(error)).not.toContain('hunter2');
  });

  test.each(['http://', 'http://[bad', ''])('a Location of `%s` is told as nowhere', async (location) => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'lockState', do: { kind: 'redirect', status: 302, location } });
    const error = await failureOf(client.lockState());
    expect(error.code).toBe('UNEXPECTED_REDIRECT');
    expect(error.message).toContain('redirects to nowhere');
  });
});

describe('answers that are not Bitbucket’s', () => {
  test('a login page with status 200 is a failure that names its title', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'lock', do: { kind: 'html', title: 'Single sign-on' } });
    const error = await failureOf(client.lock());
    expect(error.code).toBe('UNEXPECTED_RESPONSE');
    expect(error.message).toContain("HTML page ('Single sign-on')");
  });

  test('a page that calls itself JSON is a page all the same', async () => {
    const { client, simulator } = await connect();
    const headers = { 'content-type': 'application/json' };
    const body = ' <!DOCTYPE html><html></html>';
    simulator.order({ on: 'lockState', do: { kind: 'httpStatus', status: 200, headers, body } });
    expect((await failureOf(client.lockState())).message).toContain('HTML page');
  });

  test('something that is not JSON is a failure', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'lockState', do: { kind: 'httpStatus', status: 200, body: 'OK' } });
    const error = await failureOf(client.lockState());
    expect(error.code).toBe('UNEXPECTED_RESPONSE');
    expect(error.message).toContain('not JSON');
  });

  test('a body without end is given up after a megabyte', async () => {
    const { client, simulator } = await connect();
    const fault = simulator.order({ on: 'lockState', do: { kind: 'hugeBody', bytes: 1024 ** 4 } });
    const error = await failureOf(client.lockState());
    expect(error.code).toBe('UNEXPECTED_RESPONSE');
    expect(Number(/\((\d+) characters\)/.exec(error.message)?.[1])).toBeLessThanOrEqual(1024 ** 2);
    expect(fault.fired).toBe(1);
  });

  test('what a server says is repeated in one line, without control characters', async () => {
    const { client, simulator } = await connect();
    const body = '{"errors":[{"message":"No \u001b[31mway\u0007 here."}]}';
    simulator.order({ on: 'unlock', do: { kind: 'httpStatus', status: 400, body } });
    const { message } = await failureOf(client.unlock(TOKEN));
    expect(message).toMatch(/answered 400: No way\\x07 here\.$/);
  });
});

describe('time', () => {
  const CALL = { method: 'GET', path: '/mvc/maintenance/lock', timeoutMs: 250 } as const;

  test.each([
    ['drips for ever', { kind: 'slowDrip', intervalMs: 20 }],
    ['never answers', { kind: 'lateAnswer', ms: Infinity }],
  ] as const)('a server that %s is left when the time of the call is over', async (_what, fault) => {
    const simulator = await startSimulator();
    simulator.order({ on: 'lockState', do: fault });
    const begun = performance.now();
    const error = await failureOf(transportTo(simulator).send(CALL));
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(error.code).toBe('BITBUCKET_UNREACHABLE');
    expect(error.message).toContain('no answer within 0.25 s');
    expect(error).toMatchObject({ maybeSent: true, retryable: true });
  });

  test('a call that its caller gives up ends at once with the caller’s reason', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'poll', do: { kind: 'lateAnswer', ms: Infinity } });
    const stop = new AbortController();
    simulator.onRequest(() => {
      stop.abort(new CanceledError('Enough.'));
    });
    expect(await failureOf(client.maintenance(TOKEN, stop.signal))).toBe(stop.signal.reason);
  });
});

describe('credentials that are refused', () => {
  const WRONG: Credentials = { kind: 'basic', username: 'backup', password: 'wr0ng/pass' };

  test('a 401 is asked exactly once and names what to check', async () => {
    const { client, simulator } = await connect({}, { credentials: WRONG });
    const error = await failureOf(client.lockState());
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain("user 'backup'");
    expect(error.advice).toContain('bitbucket-password');
    expect(simulator.requests).toHaveLength(1);
  });

  test('a CAPTCHA is told as one', async () => {
    const { client, simulator } = await connect({}, { credentials: WRONG });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await failureOf(client.lockState())).code).toBe('AUTH_FAILED');
    }
    const error = await failureOf(client.lockState());
    expect(error.code).toBe('AUTH_CAPTCHA');
    expect(error.advice).toContain('browser');
    expect(simulator.requests).toHaveLength(4);
  });

  test('a token without the right gets a 403 that says what the lock needs', async () => {
    const credentials: Credentials = { kind: 'bearer', token: 'BBDC-abc' };
    const { client, simulator } = await connect({ bearerToken: 'BBDC-abc' }, { credentials });
    const error = await failureOf(client.lock());
    expect(error.code).toBe('AUTH_FORBIDDEN');
    expect(error.message).toContain('SYS_ADMIN is required');
    expect(error.advice).toContain('system administrator');
    expect(simulator.requests).toHaveLength(1);
  });

  test('a token that counts below /rest only is told from a wrong address', async () => {
    const credentials: Credentials = { kind: 'bearer', token: 'BBDC-abc' };
    const { client } = await connect({ bearerToken: 'BBDC-abc', bearerRestOnly: true }, { credentials });
    const error = await failureOf(client.lock());
    expect(error.code).toBe('UNEXPECTED_REDIRECT');
    expect(error.advice).toContain('HTTP access token');
  });
});

describe('secrets', () => {
  const FAULTS = [
    { kind: 'httpStatus', status: 401 },
    { kind: 'httpStatus', status: 403 },
    { kind: 'httpStatus', status: 409 },
    { kind: 'httpStatus', status: 418 },
    { kind: 'html' },
    { kind: 'redirect', status: 302, location: '/login' },
    { kind: 'hugeBody', bytes: 2 * 1024 ** 2 },
    { kind: 'lostAnswer' },
    { kind: 'refuse', reset: true },
    { kind: 'httpStatus', status: 200, body: 'not JSON' },
  ] as const;

  test.each(FAULTS)(
    'neither the password nor a token is in any error, after $kind $status',
    async (fault) => {
      const { client, simulator } = await connect();
      simulator.order({ on: () => true, times: Infinity, do: fault });
      const once = { retries: 0, firstDelayMs: 1, longestDelayMs: 1 };
      const calls: readonly Promise<unknown>[] = [
        client.lock(),
        client.startBackup(TOKEN),
        client.maintenance(TOKEN),
        client.unlock(TOKEN),
        client.reportProgress(TOKEN, 5, once),
        client.cancelBackup(TOKEN, once),
      ];
      const basic = Buffer.from(`${simulator.username}:${simulator.password}`).toString('base64');
      for (const error of await Promise.all(calls.map(failureOf))) {
        const text = everythingOf(error);
        for (const secret of [simulator.password, encodeURIComponent(simulator.password), basic, TOKEN]) {
          expect(text).not.toContain(secret);
        }
      }
    },
  );
});

describe('no connection', () => {
  test('a refused connection is told, and nothing was sent', async () => {
    const simulator = await startSimulator();
    const client = clientFor(connectionTo(simulator));
    await simulator.close();
    const error = await failureOf(client.lock());
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: 'BITBUCKET_UNREACHABLE', maybeSent: false, retryable: true });
    expect(error.message).toMatch(/ECONNREFUSED 127\.0\.0\.1:\d+/);
  });

  test('a name that does not resolve is told, and nothing was sent', async () => {
    const simulator = await startSimulator();
    const client = clientFor(connectionTo(simulator, { url: 'http://no-such-host.invalid' }));
    for (const error of [await failureOf(client.lock()), await failureOf(client.resolveHost())]) {
      expect(error).toMatchObject({ code: 'BITBUCKET_UNREACHABLE', maybeSent: false });
      expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    }
  });

  test('after a connection that broke, the lock may have been taken', async () => {
    for (const reset of [true, false]) {
      const { client, simulator } = await connect();
      simulator.order({ on: 'lock', do: { kind: 'lostAnswer', reset } });
      const error = await failureOf(client.lock());
      expect(error).toMatchObject({ code: 'BITBUCKET_UNREACHABLE', maybeSent: true });
      expect(simulator.snapshot().locked).toBe(true);
    }
  });
});
