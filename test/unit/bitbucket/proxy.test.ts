import { createServer, type IncomingMessage, request as forward } from 'node:http';
import { connect as connectTo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectionTo, clientFor, startSimulator } from '../../support/bitbucket-client.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { everythingOf, failureOf } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];

beforeEach(() => {
  for (const name of VARIABLES) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Proxy {
  readonly host: string;
  /** `GET http://...` for what it was asked to forward, `CONNECT host:port` for tunnels. */
  readonly seen: readonly string[];
  /** Everything that it could have read. */
  readonly headers: readonly string[];
}

/**
 * Forwards plain HTTP and tunnels the rest, to loopback whatever the name is: a proxy resolves names that the machines
 * behind it cannot.
 */
async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const headers: string[] = [];
  const note = (message: IncomingMessage): void => {
    seen.push(`${message.method} ${message.url}`);
    headers.push(JSON.stringify(message.headers));
  };
  const sockets = new Set<Duplex>();
  const server = createServer((message, response) => {
    note(message);
    const { port, pathname, search } = new URL(message.url ?? '');
    const path = pathname + search;
    const onward = forward(
      { host: '127.0.0.1', port, path, method: message.method, headers: message.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  });
  server.on('connect', (message, socket) => {
    note(message);
    const onward = connectTo(Number(message.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, seen, headers };
}

async function startSecured(): Promise<{ simulator: BitbucketSimulator; ca: string }> {
  const tls = await makeCertificate(temporaryFolder());
  return { simulator: await startSimulator({ tls }), ca: tls.cert };
}

describe('the usual variables', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])('%s is used for http', async (name) => {
    const proxy = await startProxy();
    vi.stubEnv(name, `http://${proxy.host}`);
    const simulator = await startSimulator();
    const client = clientFor(connectionTo(simulator));
    const token = (await client.lock()) ?? '';
    expect(token).toBe(simulator.snapshot().unlockToken);
    expect(await client.unlock(token)).toBe(true);
    expect(proxy.seen).toEqual([
      `POST ${simulator.url}/mvc/maintenance/lock`,
      `DELETE ${simulator.url}/mvc/maintenance/lock?token=${token}`,
    ]);
  });

  test.each(['HTTPS_PROXY', 'https_proxy'])(
    '%s carries https through a tunnel that it cannot read',
    async (name) => {
      const proxy = await startProxy();
      vi.stubEnv(name, `http://${proxy.host}`);
      const { simulator, ca } = await startSecured();
      const client = clientFor(connectionTo(simulator, { ca }));
      expect(await client.lock()).toBe(simulator.snapshot().unlockToken);
      expect(await client.lockState()).toMatchObject({ locked: true });
      const { host } = new URL(simulator.url);
      expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${host}`]));
      expect(proxy.headers.join()).not.toMatch(/authorization/i);
    },
  );

  test('NO_PROXY names hosts that are reached directly', async () => {
    const proxy = await startProxy();
    vi.stubEnv('HTTP_PROXY', `http://${proxy.host}`);
    vi.stubEnv('HTTPS_PROXY', `http://${proxy.host}`);
    vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1');
    const plain = await startSimulator();
    const { simulator: secured, ca } = await startSecured();
    expect(await clientFor(connectionTo(plain)).lockState()).toEqual({ locked: false });
    expect(await clientFor(connectionTo(secured, { ca })).lockState()).toEqual({ locked: false });
    expect(proxy.seen).toEqual([]);
  });

  test('user and password of the proxy go to the proxy', async () => {
    const proxy = await startProxy();
    vi.stubEnv('HTTPS_PROXY', `http://squid:hunter2@${proxy.host}`);
    const { simulator, ca } = await startSecured();
    expect(await clientFor(connectionTo(simulator, { ca })).lockState()).toEqual({ locked: false });
    const pair = Buffer.from('squid:hunter2').toString('base64');
    expect(proxy.headers.join()).toContain(`Basic ${pair}`);
    expect(JSON.stringify(simulator.requests)).not.toContain(pair);
  });
});

test('a proxy without a scheme is taken for http, as other programs do', async () => {
  const proxy = await startProxy();
  vi.stubEnv('HTTP_PROXY', proxy.host);
  const simulator = await startSimulator();
  expect(await clientFor(connectionTo(simulator)).lockState()).toEqual({ locked: false });
  expect(proxy.seen).toHaveLength(1);
});

describe('a proxy that is in the way', () => {
  test('is named by its variable, never by its value', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://squid:hunter2@127.0.0.1:1');
    const simulator = await startSimulator();
    const error = await failureOf(clientFor(connectionTo(simulator)).lock());
    expect(error).toMatchObject({ code: 'BITBUCKET_UNREACHABLE', maybeSent: false });
    expect(error.message).toContain('HTTP_PROXY is set');
    expect(everythingOf(error)).not.toContain('hunter2');
    expect(simulator.requests).toEqual([]);
  });

  test('that answers with a page of its own is told', async () => {
    const { client } = await behindBadProxy();
    const error = await failureOf(client.lock());
    expect(error.code).toBe('UNEXPECTED_RESPONSE');
    expect(error.message).toContain('Corporate proxy');
  });
});

/** Answers everything itself. */
async function behindBadProxy(): Promise<{ client: ReturnType<typeof clientFor> }> {
  const proxy = await startSimulator();
  proxy.order({ on: () => true, times: Infinity, do: { kind: 'html', title: 'Corporate proxy' } });
  vi.stubEnv('HTTP_PROXY', proxy.url);
  return { client: clientFor(connectionTo(await startSimulator())) };
}

test('a host that only the proxy can resolve is reached through it', async () => {
  const proxy = await startProxy();
  vi.stubEnv('HTTP_PROXY', `http://${proxy.host}`);
  const simulator = await startSimulator();
  const url = `http://bitbucket.invalid:${new URL(simulator.url).port}`;
  const client = clientFor(connectionTo(simulator, { url }));
  await client.resolveHost();
  expect(await client.lockState()).toEqual({ locked: false });
});
