import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSigner, type Signer, type SignerOptions } from '../../../../src/search/amazon/signer.ts';
import { type EchoServer, startEchoServer } from '../../../support/search/echo-server.ts';
import { createMemoryLog } from '../../../support/memory-log.ts';
import {
  type SignatureVerifyingProxy,
  startSignatureVerifyingProxy,
  type TestKey,
} from '../../../support/search/signature-verifying-proxy.ts';

const LASTING = { accessKeyId: 'AKIALASTING', secretAccessKey: 'a/secret+of=forty/characters' };
const SESSION = {
  accessKeyId: 'ASIASESSION',
  secretAccessKey: 'another/secret',
  sessionToken: 'token//of+a=session',
};
const EXPIRED = { ...SESSION, accessKeyId: 'ASIAEXPIRED', expires: '2026-01-01T00:00:00Z' };

let upstream: EchoServer;
let es: SignatureVerifyingProxy;
let aoss: SignatureVerifyingProxy;

beforeAll(async () => {
  upstream = await startEchoServer();
  const settings = { upstream: upstream.url, region: 'eu-central-1', keys: [LASTING, SESSION, EXPIRED] };
  es = await startSignatureVerifyingProxy({ ...settings, service: 'es' });
  aoss = await startSignatureVerifyingProxy({ ...settings, service: 'aoss' });
});

afterAll(async () => {
  await Promise.all([es.close(), aoss.close(), upstream.close()]);
});

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((variable) => variable.startsWith('AWS_'))) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function signerWith(key: TestKey, options: Partial<SignerOptions> = {}): Promise<Signer> {
  vi.stubEnv('AWS_ACCESS_KEY_ID', key.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', key.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', key.sessionToken);
  return await createSigner({
    region: 'eu-central-1',
    service: 'es',
    log: createMemoryLog().log,
    onSecret: () => undefined,
    ...options,
  });
}

interface Sent {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly proxy?: SignatureVerifyingProxy;
  /** Done to what was signed before it goes out. */
  readonly alter?: (headers: Record<string, string>) => { headers?: Record<string, string>; body?: string };
}

async function send(signer: Signer, sent: Sent = {}): Promise<{ status: number; answer: string }> {
  const { method = 'GET', target = '/', headers = {}, body, proxy = es } = sent;
  const url = new URL(proxy.url + target);
  const signed = await signer.sign({ method, url, headers, body });
  const altered = sent.alter?.(signed);
  const response = await request(url, {
    method,
    headers: altered?.headers ?? signed,
    body: altered?.body ?? body ?? null,
  });
  return { status: response.statusCode, answer: await response.body.text() };
}

const DONE = { status: 200, answer: '{"acknowledged":true}' };
const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' };

describe('a signed request', () => {
  it.each([
    ['GET', undefined],
    ['PUT', '{"type":"s3","settings":{"bucket":"größe","role_arn":"arn:aws:iam::1:role/x"}}'],
    ['POST', '{"indices":"bitbucket-search-v1","include_global_state":false}'],
    ['POST', undefined],
    ['POST', ''],
    ['DELETE', undefined],
  ] as const)('%s with the body %s arrives as it was sent', async (method, body) => {
    const target = '/_snapshot/bitbucket-snapshots/bitbucket-20260102-030405-678?wait_for_completion=false';
    const signer = await signerWith(LASTING);
    expect(
      await send(signer, { method, target, headers: JSON_TYPE, ...(body === undefined ? {} : { body }) }),
    ).toEqual(DONE);
    const arrived = upstream.requests.at(-1);
    expect(arrived).toMatchObject({ method, target, body: body ?? '' });
    expect(arrived?.headers).toMatchObject({
      host: new URL(es.url).host,
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(arrived?.headers).not.toHaveProperty('authorization');
  });

  it('HEAD is let through', async () => {
    expect(await send(await signerWith(LASTING), { method: 'HEAD' })).toEqual({ status: 200, answer: '' });
  });

  it.each([
    '/bitbucket-search-v1,bitbucket-*/_settings',
    '/bitbucket-search-v1%2Cbitbucket-%2A/_settings',
    '/%3Cbitbucket-%7Bnow%2Fd%7D%3E',
    '/an%20index',
    '/größe',
    "/~-_.!$&'()*+,;=:@",
    '/two//slashes/',
    '/%2e%2E%252e',
  ])('the path %s is signed as it is sent', async (target) => {
    expect(await send(await signerWith(LASTING), { target })).toEqual(DONE);
    expect(upstream.requests.at(-1)?.target).toBe(new URL(es.url + target).pathname);
  });

  it.each([
    '?wait_for_completion=false&master_timeout=30s',
    '?filter_path=snapshots.*,failures',
    '?filter_path=snapshots.%2A%2Cfailures',
    '?pretty',
    '?a=1&a=0&A=2&aa=3',
    '?q=a%20b%2Bc%26d=e',
    '?größe=ü&z=/?:@!$()',
    '?',
  ])('the query %s is signed as it is sent', async (query) => {
    expect(await send(await signerWith(LASTING), { target: `/_snapshot${query}` })).toEqual(DONE);
  });

  it('with a plus sign in its query is refused, since nobody agrees on what that means', async () => {
    const signer = await signerWith(LASTING);
    await expect(send(signer, { target: '/_search?q=a+b' })).rejects.toThrow('write %20 or %2B');
  });

  it('carries the token of a session', async () => {
    expect(await send(await signerWith(SESSION))).toEqual(DONE);
  });

  it('tells the secret parts, each once, before it is made', async () => {
    const onSecret = vi.fn<(secret: string) => void>();
    const signer = await signerWith(SESSION, { onSecret });
    await send(signer);
    await send(signer);
    expect(onSecret.mock.calls).toEqual([[SESSION.secretAccessKey], [SESSION.sessionToken]]);
  });

  it('to OpenSearch Serverless is signed for its service, whatever the length of its body', async () => {
    const signer = await signerWith(SESSION, { service: 'aoss' });
    const headers = { ...JSON_TYPE, 'Content-Length': '2' };
    expect(await send(signer, { proxy: aoss, method: 'POST', headers, body: '{}' })).toEqual(DONE);
    expect(await send(signer, { proxy: aoss })).toEqual(DONE);
  });
});

/** @returns what Amazon said; a request that got through to the search server has no refusal */
async function refusalOf(sent: Promise<{ status: number; answer: string }>): Promise<string> {
  const before = upstream.requests.length;
  const { status, answer } = await sent;
  return status === 403 && upstream.requests.length === before ? answer : '';
}

describe('what is not signed as it must be is refused:', () => {
  const mismatch = 'The request signature we calculated does not match';
  const invalid = 'The security token included in the request is invalid.';

  it.each([
    ['another secret', { ...LASTING, secretAccessKey: 'wrong' }, {}, mismatch],
    ['another region', LASTING, { region: 'eu-west-1' }, "not 'eu-west-1'"],
    ['another service', LASTING, { service: 'aoss' }, "correct service: 'es'"],
    ['an unknown key', { ...LASTING, accessKeyId: 'AKIAUNKNOWN' }, {}, invalid],
    ['no token of the session', { ...SESSION, sessionToken: '' }, {}, invalid],
    ['another token', { ...SESSION, sessionToken: 'wrong' }, {}, invalid],
    ['an expired token', EXPIRED, {}, 'is expired'],
  ] as const)('%s', async (_, key, options, words) => {
    expect(await refusalOf(send(await signerWith(key, options)))).toContain(words);
  });

  it.each([
    [
      'an altered body',
      { method: 'POST', body: '{}', alter: () => ({ body: '{"x":1}' }) },
      'x-amz-content-sha256',
    ],
    ['no signature', { alter: () => ({ headers: {} }) }, 'Missing Authentication Token'],
    [
      'an altered signed header',
      { headers: JSON_TYPE, alter: (headers) => ({ headers: { ...headers, 'content-type': 'text/plain' } }) },
      mismatch,
    ],
    [
      'a header of Amazon that is not signed',
      { alter: (headers) => ({ headers: { ...headers, 'x-amz-other': '1' } }) },
      "'x-amz-other' must be",
    ],
  ] satisfies [string, Sent, string][])('%s', async (_, sent, words) => {
    expect(await refusalOf(send(await signerWith(LASTING), sent))).toContain(words);
  });

  it.each([
    [-6, 'Signature expired: '],
    [6, 'Signature not yet current: '],
  ])('a clock that is wrong by %d minutes', async (minutes, words) => {
    const signer = await signerWith(LASTING);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
    expect(await refusalOf(send(signer))).toContain(words);
    vi.setSystemTime(Date.now() - Math.sign(minutes) * 2 * 60_000);
    expect(await send(signer)).toEqual(DONE);
  });
});
