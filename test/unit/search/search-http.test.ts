import { createServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SearchCall } from '../../../src/search/search-http.ts';
import { SearchError } from '../../../src/search/search-error.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { everythingOf, failureOf } from '../../support/failure.ts';
import { startHttpServer } from '../../support/search/http-server.ts';
import {
  type ScriptedServer,
  searchHttpTo,
  startScriptedServer,
} from '../../support/search/scripted-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const READ: SearchCall = { method: 'GET', path: '/a' };
const BUSY = { status: 503, body: { error: 'busy' } };

async function searchFailure(work: Promise<unknown>): Promise<SearchError> {
  const error = await failureOf(work);
  if (!(error instanceof SearchError)) {
    throw error;
  }
  return error;
}

/** @returns its address, at which nothing listens any more */
async function deadServer(): Promise<ScriptedServer> {
  const server = await startScriptedServer();
  await server.close();
  return server;
}

describe('a call', () => {
  test('sends path, query and body, and returns what came as JSON', async () => {
    const server = await startScriptedServer({ 'PUT /a': { status: 201, body: { b: [1] } } });
    const call = { path: '/a', query: { wait: 'false', 'x y': '&' }, body: { indices: 'ä' } };
    expect(await searchHttpTo(server).send({ method: 'PUT', ...call })).toEqual({ b: [1] });
    const [request] = server.requests;
    expect(request?.target).toBe('/a?wait=false&x+y=%26');
    expect(request?.body).toBe('{"indices":"ä"}');
    expect(request?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'bitbucket-backup-action',
    });
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  test('hangs its path below that of the base URL, and has no type without a body', async () => {
    const server = await startScriptedServer({ 'GET /search/a': {} });
    await searchHttpTo({ url: `${server.url}/search` }).send(READ);
    expect(server.calls()).toEqual(['GET /search/a']);
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test('carries user and password, whatever letters they have', async () => {
    const server = await startScriptedServer({ 'GET /a': {} });
    const credentials = { kind: 'basic', username: 'bäckup', password: 'p:ß€' } as const;
    await searchHttpTo(server, { credentials }).send(READ);
    const [scheme, encoded = ''] = server.requests[0]?.headers.authorization?.split(' ') ?? [];
    expect(scheme).toBe('Basic');
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('bäckup:p:ß€');
  });

  test('never tells the password when it fails', async () => {
    const server = await startScriptedServer({ 'GET /a': { status: 401, body: 'Unauthorized' } });
    const credentials = { kind: 'basic', username: 'backup', password: 's3cret' } as const;
    const error = await searchFailure(searchHttpTo(server, { credentials }).send(READ));
    expect(error.message).toContain("rejected user 'backup' (401): Unauthorized");
    expect(everythingOf(error)).not.toMatch(/s3cret|czNjcmV0/);
  });

  test('follows no redirect', async () => {
    const other = await startScriptedServer();
    const headers = { location: `${other.url}/b` };
    const server = await startScriptedServer({ 'GET /a': { status: 302, headers } });
    const error = await searchFailure(searchHttpTo(server).send({ ...READ, retries: 2 }));
    expect(error.message).toContain(`redirects to ${other.url}/b`);
    expect(other.calls()).toEqual([]);
    expect(server.calls()).toHaveLength(1);
  });

  test.each(['', '<html>Welcome</html>', '{"a":'])('that is answered %j fails', async (body) => {
    const server = await startScriptedServer({ 'GET /a': { body } });
    const error = await searchFailure(searchHttpTo(server).send({ ...READ, retries: 2 }));
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', status: 200, retryable: false });
    expect(error.message).toContain(
      `${server.url}/a answered something that is not JSON (${body.length} characters)`,
    );
    expect(server.calls()).toHaveLength(1);
  });

  test('reads no more of an answer than it has to', async () => {
    const limit = 32 * 1024 * 1024;
    const server = await startScriptedServer({ 'GET /a': { body: `"${'x'.repeat(limit + 70_000)}"` } });
    const { code, message } = await searchFailure(searchHttpTo(server).send(READ));
    expect(code).toBe('UNEXPECTED_RESPONSE');
    const [, length = ''] = /\((\d+) characters\)/.exec(message) ?? [];
    expect(Number(length)).toBeGreaterThan(limit - 1_000_000);
    expect(Number(length)).toBeLessThanOrEqual(limit);
  });

  test.each(['/_snapshot/..', '/_snapshot/a/../_restore', '/_snapshot/./b', '/_snapshot/%2E%2e/b'])(
    'to %s is none: the way would be shortened, and lead to something else',
    async (path) => {
      const server = await startScriptedServer();
      await expect(searchHttpTo(server).send({ method: 'DELETE', path })).rejects.toThrow(path);
      expect(server.calls()).toEqual([]);
    },
  );
});

describe('repeated is', () => {
  test('what may be, as often as it may be', async () => {
    const server = await startScriptedServer();
    server.on('GET /a', BUSY, BUSY, { body: { c: 1 } });
    expect(await searchHttpTo(server).send({ ...READ, retries: 2 })).toEqual({ c: 1 });
    expect(server.calls()).toHaveLength(3);
  });

  test('nothing that the caller does not allow, and nothing more often than allowed', async () => {
    const server = await startScriptedServer({ 'GET /a': BUSY });
    expect(await searchFailure(searchHttpTo(server).send(READ))).toMatchObject({ status: 503 });
    expect(server.calls()).toHaveLength(1);
    await searchFailure(searchHttpTo(server).send({ ...READ, retries: 1 }));
    expect(server.calls()).toHaveLength(3);
  });

  test('nothing that would be answered in the same way', async () => {
    const server = await startScriptedServer({ 'GET /a': { status: 404, body: { error: 'none' } } });
    await searchFailure(searchHttpTo(server).send({ ...READ, retries: 3 }));
    expect(server.calls()).toHaveLength(1);
  });
});

describe('what ends a call is', () => {
  test('its signal, before it, in it, and between two attempts', async () => {
    const server = await startScriptedServer({ 'GET /a': { instead: 'silence' }, 'GET /b': BUSY });
    const http = searchHttpTo(server);
    const early = AbortSignal.abort(new Error('enough'));
    await expect(http.send({ ...READ, signal: early })).rejects.toThrow('enough');
    expect(server.calls()).toEqual([]);
    for (const path of ['/a', '/b']) {
      const canceling = new AbortController();
      const ended = http.send({ method: 'GET', path, signal: canceling.signal, retries: 9 });
      ended.catch(() => undefined);
      // The second attempt comes half a second after the first.
      await sleep(100);
      canceling.abort(new Error('enough'));
      await expect(Promise.race([ended, sleep(200, 'late')])).rejects.toThrow('enough');
    }
    expect(server.calls()).toEqual(['GET /a', 'GET /b']);
  });

  test('its time limit', async () => {
    const server = await startScriptedServer({ 'GET /a': { instead: 'silence' } });
    const error = await searchFailure(searchHttpTo(server).send({ ...READ, timeoutMs: 200 }));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: true, retryable: true });
    expect(error.message).toContain(`Cannot reach the search server ${server.url} (no answer within 0.2 s)`);
  });
});

describe('a server that is not reached', () => {
  test('because nobody listens has certainly got nothing', async () => {
    const dead = await deadServer();
    const error = await searchFailure(searchHttpTo(dead).send(READ));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: false, retryable: true });
    expect(error.message).toContain(`${dead.url} (ECONNREFUSED ${new URL(dead.url).host})`);
    expect(error.advice).toContain('elasticsearch-url');
  });

  test('any more may have got it', async () => {
    const server = await startScriptedServer({ 'GET /a': { instead: 'cut' } });
    const error = await searchFailure(searchHttpTo(server).send(READ));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: true, retryable: true });
  });

  test('over TLS is trusted with its authority only', async () => {
    const tls = await makeCertificate(temporaryFolder());
    let reached = 0;
    const server = await startHttpServer(
      createServer(tls, (_request, response) => {
        reached += 1;
        response.end('{}');
      }),
    );
    onTestFinished(async () => {
      await server.close();
    });
    const url = server.url.replace('http:', 'https:');
    const error = await searchFailure(searchHttpTo({ url }).send({ ...READ, retries: 2 }));
    expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', maybeSent: false, retryable: false });
    expect(error.message).toContain(`${new URL(url).host} is not trusted: its certificate is self-signed`);
    expect(error.advice).toContain('ca-file');
    expect(reached).toBe(0);
    expect(await searchHttpTo({ url }, { ca: tls.cert }).send(READ)).toEqual({});
  });

  test('by a name that is none is told by the first call, not by the look-up before', async () => {
    const http = searchHttpTo({ url: 'http://search.invalid:9200' });
    await http.resolveHost();
    const error = await searchFailure(http.send(READ));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: false });
    expect(error.message).toMatch(/search\.invalid:9200 \((?:ENOTFOUND|EAI_AGAIN)/);
  });
});
