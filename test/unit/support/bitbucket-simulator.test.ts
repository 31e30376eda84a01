/** The simulator over real HTTP: the table of DESIGN.md section 4, every refusal, every fault that can be ordered. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get as httpsGet } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type BitbucketSimulator,
  type FaultAction,
  MaintenanceError,
  type SimulatorOptions,
  startBitbucketSimulator,
} from '../../support/bitbucket-simulator/simulator.ts';

const LOCK = '/mvc/maintenance/lock';
const START = '/mvc/admin/backups?external=true';
const POLL = '/mvc/maintenance';
const PROPERTIES = '/rest/api/latest/application-properties';
const TOKEN = /^[0-9a-f]{40}$/;

const open: BitbucketSimulator[] = [];

afterEach(async () => {
  for (const simulator of open.splice(0)) {
    await simulator.close();
  }
});

async function start(options: SimulatorOptions = {}): Promise<BitbucketSimulator> {
  const simulator = await startBitbucketSimulator({ drainMs: 20, ...options });
  open.push(simulator);
  return simulator;
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Headers that Bitbucket is content with; undefined leaves one out. */
type Headers = Readonly<Record<string, string | undefined>>;

interface Reply {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly text: string;
  readonly json: unknown;
}

async function call(sim: BitbucketSimulator, request: string, changes: Headers = {}): Promise<Reply> {
  const [method = 'GET', path = '/'] = request.split(' ', 2);
  const all: Headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-atlassian-token': 'no-check',
    authorization: basic('backup', 'p4ss word$'),
    ...changes,
  };
  const headers = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const response = await fetch(`${sim.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
  const body = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json: unknown = isJson ? JSON.parse(body) : undefined;
  return { status: response.status, headers: response.headers, text: body, json };
}

async function statusOf(sim: BitbucketSimulator, request: string, changes: Headers = {}): Promise<number> {
  return (await call(sim, request, changes)).status;
}

function field(value: unknown, name: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}

/** The matcher with a type: that of vitest is `any`. */
function containing(part: string): unknown {
  return expect.stringContaining(part);
}

/** Locks and starts a backup, by HTTP. */
async function lockAndStart(sim: BitbucketSimulator): Promise<Locked> {
  const unlockToken = field((await call(sim, `POST ${LOCK}`)).json, 'unlockToken');
  const held = { 'x-atlassian-maintenance-token': unlockToken };
  const cancelToken = field((await call(sim, `POST ${START}`, held)).json, 'cancelToken');
  return { unlockToken, cancelToken, held };
}

interface Locked {
  readonly unlockToken: string;
  readonly cancelToken: string;
  readonly held: Headers;
}

describe('a whole backup', () => {
  test('runs as in the table', async () => {
    const sim = await start();
    expect((await call(sim, 'GET /status', { authorization: undefined })).json).toEqual({ state: 'RUNNING' });
    const properties = await call(sim, `GET ${PROPERTIES}`, { authorization: undefined });
    expect(properties).toMatchObject({ status: 200, json: { version: '9.4.1' } });
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(404);

    const lock = await call(sim, `POST ${LOCK}`);
    expect(lock).toMatchObject({ status: 202, json: { owner: { name: 'backup' } } });
    const token = field(lock.json, 'unlockToken');
    expect(token).toMatch(TOKEN);
    const held = { 'x-atlassian-maintenance-token': token };
    const lockState = await call(sim, `GET ${LOCK}`);
    expect(lockState).toMatchObject({ status: 200, json: { owner: { name: 'backup' } } });
    expect(lockState.text).not.toContain(token);
    expect(await call(sim, 'GET /status')).toMatchObject({ status: 200, json: { state: 'MAINTENANCE' } });
    expect((await call(sim, `GET ${POLL}`, held)).json).toEqual({
      'db-state': 'AVAILABLE',
      'scm-state': 'AVAILABLE',
    });

    const started = await call(sim, `POST ${START}`, held);
    expect(started).toMatchObject({
      status: 202,
      json: { id: 'backup-1', progress: { percentage: 0 }, state: 'RUNNING', type: 'BACKUP' },
    });
    expect(field(started.json, 'cancelToken')).toMatch(TOKEN);
    await sim.whenDrained();
    const polled = await call(sim, `GET ${POLL}`, held);
    expect(polled.json).toMatchObject({
      task: { state: 'RUNNING' },
      'db-state': 'DRAINED',
      'scm-state': 'DRAINED',
    });
    expect(polled.text).not.toContain('cancelToken');

    const progress = `POST /mvc/admin/backups/progress/client?token=${token}&percentage=`;
    expect(await call(sim, `${progress}50`)).toMatchObject({ status: 202, text: '' });
    expect((await call(sim, `GET ${POLL}`, held)).json).toMatchObject({
      task: { progress: { percentage: 50 } },
    });
    expect(await statusOf(sim, `${progress}100`)).toBe(202);
    expect((await call(sim, `GET ${POLL}`, held)).json).toEqual({
      'db-state': 'AVAILABLE',
      'scm-state': 'AVAILABLE',
    });
    expect(await statusOf(sim, `DELETE ${LOCK}?token=${token}`)).toBe(202);
    expect(sim.snapshot()).toMatchObject({ locked: false, lockCount: 1, unlockCount: 1, status: 'RUNNING' });
    expect(sim.snapshot().lockedForMs).toBeGreaterThanOrEqual(20);
  });

  test('is recorded', async () => {
    const sim = await start({ contextPath: '/bitbucket' });
    await call(sim, `GET ${POLL}?a=1`);
    expect(sim.requests).toMatchObject([
      { endpoint: 'poll', method: 'GET', path: '/bitbucket/mvc/maintenance', query: { a: '1' }, status: 200 },
    ]);
    expect(sim.requests[0]?.headers['x-atlassian-token']).toBe('no-check');
    expect(Math.abs((sim.requests[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

describe('authentication', () => {
  test.each([`POST ${LOCK}`, `DELETE ${LOCK}?token=x`, `GET ${LOCK}`, `POST ${START}`, `GET ${POLL}`])(
    '%s without credentials is refused',
    async (request) => {
      const sim = await start();
      expect(await call(sim, request, { authorization: undefined })).toMatchObject({
        status: 401,
        text: containing('not authenticated'),
      });
      expect(sim.snapshot().locked).toBe(false);
    },
  );

  test('wrong credentials are refused, also where none are needed', async () => {
    const sim = await start();
    expect(await statusOf(sim, `POST ${LOCK}`, { authorization: basic('nobody', 'p4ss word$') })).toBe(401);
    expect(await statusOf(sim, `POST ${LOCK}`, { authorization: 'Bearer unknown' })).toBe(401);
    expect(await statusOf(sim, `POST ${LOCK}`, { authorization: 'Digest x' })).toBe(401);
    expect(await statusOf(sim, `GET ${PROPERTIES}`, { authorization: basic('backup', 'wrong') })).toBe(401);
    expect(await statusOf(sim, 'GET /status', { authorization: basic('backup', 'wrong') })).toBe(200);
  });

  test('three wrong passwords in a row lock the right one out, until the CAPTCHA is cleared', async () => {
    const sim = await start();
    const wrong = { authorization: basic('backup', 'wrong') };
    await call(sim, `GET ${LOCK}`, wrong);
    await call(sim, `GET ${LOCK}`, wrong);
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(404);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { status, headers } = await call(sim, `GET ${LOCK}`, wrong);
      expect([status, headers.get('x-authentication-denied-reason')]).toEqual([401, null]);
    }
    const refused = await call(sim, `GET ${LOCK}`);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('x-authentication-denied-reason')).toBe(
      `CAPTCHA_CHALLENGE; login-url=${sim.url}/login`,
    );
    sim.clearCaptcha();
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(404);
  });

  test('a bearer token needs the rights of a system administrator', async () => {
    const bearer = { authorization: 'Bearer abc' };
    const poor = await start({ bearerToken: 'abc' });
    expect(await statusOf(poor, `POST ${LOCK}`, bearer)).toBe(403);
    expect(await statusOf(poor, `GET ${PROPERTIES}`, bearer)).toBe(200);
    const rich = await start({ bearerToken: 'abc', bearerIsSysadmin: true });
    expect(await statusOf(rich, `POST ${LOCK}`, bearer)).toBe(202);
  });

  test('a bearer token leads to the login page where tokens count below /rest only', async () => {
    const sim = await start({ bearerToken: 'abc', bearerIsSysadmin: true, bearerRestOnly: true });
    const { status, headers } = await call(sim, `POST ${LOCK}`, { authorization: 'Bearer abc' });
    expect([status, headers.get('location')]).toEqual([302, `${sim.url}/login`]);
    expect(await statusOf(sim, `GET ${PROPERTIES}`, { authorization: 'Bearer abc' })).toBe(200);
    expect(sim.snapshot().locked).toBe(false);
  });
});

describe('refusals', () => {
  test('mutations need X-Atlassian-Token and a JSON content type', async () => {
    const sim = await start();
    for (const request of [`POST ${LOCK}`, `POST ${START}`, `DELETE ${LOCK}?token=x`]) {
      const xsrf = await call(sim, request, { 'x-atlassian-token': undefined });
      expect(xsrf).toMatchObject({ status: 403, text: 'XSRF check failed' });
      expect(await statusOf(sim, request, { 'content-type': undefined })).toBe(415);
      expect(await statusOf(sim, request, { 'content-type': 'text/plain' })).toBe(415);
    }
    expect(sim.snapshot().lockCount).toBe(0);
    const charset = { 'content-type': 'application/json; charset=utf-8' };
    expect(await statusOf(sim, `POST ${LOCK}`, charset)).toBe(202);
  });

  test('a second lock, a wrong or missing unlock token, an unlock without lock', async () => {
    const sim = await start();
    expect(await statusOf(sim, `DELETE ${LOCK}?token=x`)).toBe(404);
    const foreign = sim.adminLock();
    expect(foreign).toMatch(TOKEN);
    expect(await call(sim, `POST ${LOCK}`)).toMatchObject({
      status: 409,
      text: containing('already locked'),
    });
    expect((await call(sim, `GET ${LOCK}`)).json).toMatchObject({ owner: { name: 'admin' } });
    expect(await statusOf(sim, `DELETE ${LOCK}?token=x`)).toBe(409);
    expect(await statusOf(sim, `DELETE ${LOCK}`)).toBe(409);
    expect(sim.snapshot()).toMatchObject({ locked: true, lockOwner: 'admin', unlockToken: foreign });
  });

  test('a backup needs the lock and its token; a poll while locked too', async () => {
    const sim = await start();
    expect(await statusOf(sim, `POST ${START}`, { 'x-atlassian-maintenance-token': 'x' })).toBe(409);
    const held = { 'x-atlassian-maintenance-token': sim.adminLock() };
    for (const wrong of [{}, { 'x-atlassian-maintenance-token': 'x' }]) {
      expect(await statusOf(sim, `POST ${START}`, wrong)).toBe(409);
      expect(await statusOf(sim, `GET ${POLL}`, wrong)).toBe(409);
    }
    expect(await statusOf(sim, 'POST /mvc/admin/backups', held)).toBe(400);
    expect(await statusOf(sim, `POST ${START}`, held)).toBe(202);
    expect(await statusOf(sim, `POST ${START}`, held)).toBe(409);
  });

  test('progress: without a backup, wrong token, out of range, decreasing', async () => {
    const sim = await start();
    const progress = '/mvc/admin/backups/progress/client';
    expect(await statusOf(sim, `POST ${progress}?token=x&percentage=1`)).toBe(404);
    const { unlockToken } = await lockAndStart(sim);
    expect(await statusOf(sim, `POST ${progress}?token=x&percentage=1`)).toBe(409);
    for (const wrong of ['-1', '101', '', 'NaN', '1.5', '1e1']) {
      expect(await statusOf(sim, `POST ${progress}?token=${unlockToken}&percentage=${wrong}`)).toBe(400);
    }
    expect(await statusOf(sim, `POST ${progress}?token=${unlockToken}&percentage=60`)).toBe(202);
    expect(await statusOf(sim, `POST ${progress}?token=${unlockToken}&percentage=59`)).toBe(400);
    expect(sim.snapshot().progress).toBe(60);
  });

  test('cancel: without a backup, wrong token; a right one keeps the lock', async () => {
    const sim = await start();
    expect(await statusOf(sim, 'POST /mvc/maintenance?token=x')).toBe(404);
    const { unlockToken, cancelToken, held } = await lockAndStart(sim);
    expect(await statusOf(sim, `POST /mvc/maintenance?token=${unlockToken}`)).toBe(409);
    expect(await statusOf(sim, 'POST /mvc/maintenance')).toBe(409);
    expect(await statusOf(sim, `POST /mvc/maintenance?token=${cancelToken}`)).toBe(202);
    expect(sim.snapshot()).toMatchObject({ locked: true, taskState: 'CANCELED', dbState: 'AVAILABLE' });
    expect((await call(sim, `GET ${POLL}`, held)).json).toMatchObject({ task: { state: 'CANCELED' } });
  });

  test('unknown paths and methods, and whatever is outside the context path', async () => {
    const sim = await start({ contextPath: '/bitbucket' });
    expect(await call(sim, 'GET /rest/api/latest/nothing')).toMatchObject({
      status: 404,
      json: { errors: [{ context: null }] },
    });
    const method = await call(sim, 'DELETE /mvc/maintenance?token=x');
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const outside = await fetch(new URL('/status', sim.url));
    expect([outside.status, await outside.text()]).toEqual([404, containing('<html>')]);
    expect(await statusOf(sim, 'GET /status')).toBe(200);
  });

  test('an old server knows 1.0 only; the resource is closed while locked', async () => {
    const old = '/rest/api/1.0/application-properties';
    const sim = await start({ legacyApiOnly: true, version: '4.0.1' });
    expect(await statusOf(sim, `GET ${PROPERTIES}`)).toBe(404);
    expect((await call(sim, `GET ${old}`)).json).toMatchObject({ version: '4.0.1' });
    const unlockToken = sim.adminLock();
    expect(await statusOf(sim, `GET ${old}`)).toBe(503);
    expect(await statusOf(sim, `GET ${old}`, { 'x-atlassian-maintenance-token': unlockToken })).toBe(200);
  });
});

describe('users and administrators', () => {
  test('a push in flight holds up the drain; listeners see it at the moment when it happens', async () => {
    const sim = await start({ drainMs: 10 });
    const seen: string[] = [];
    sim.onLocked(() => seen.push('locked'));
    sim.onBackupStarted(() => seen.push('started'));
    sim.onDrained(() => seen.push(`drained ${sim.snapshot().dbState}`));
    sim.onTaskEnded(() => seen.push('ended'));
    sim.onUnlocked(() => seen.push(`unlocked ${sim.snapshot().status}`));
    const finish = Promise.withResolvers<void>();
    const push = sim.userRequest(async () => {
      await finish.promise;
      seen.push('pushed');
      return 'ok';
    });
    const { unlockToken, held } = await lockAndStart(sim);
    await sleep(40);
    expect((await call(sim, `GET ${POLL}`, held)).json).toMatchObject({ 'scm-state': 'LATCHED' });
    await expect(sim.userRequest(async () => await Promise.resolve(1))).rejects.toThrow(MaintenanceError);
    finish.resolve();
    expect(await push).toBe('ok');
    await call(sim, `POST /mvc/admin/backups/progress/client?token=${unlockToken}&percentage=100`);
    await call(sim, `DELETE ${LOCK}?token=${unlockToken}`);
    expect(seen).toEqual(['locked', 'started', 'pushed', 'drained DRAINED', 'ended', 'unlocked RUNNING']);
    expect(await sim.userRequest(async () => await Promise.resolve('in'))).toBe('in');
  });

  test('a drain is told when it happens, though nobody polls; a push that fails is over too', async () => {
    const sim = await start({ drainMs: 30 });
    const push = sim.userRequest(async () => {
      await sleep(5);
      throw new Error('rejected by a hook');
    });
    await expect(push).rejects.toThrow('rejected by a hook');
    await lockAndStart(sim);
    const begun = performance.now();
    await sim.whenDrained();
    expect(sim.snapshot().dbState).toBe('DRAINED');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('an administrator unlocks, cancels', async () => {
    const sim = await start();
    expect(() => sim.adminUnlock()).toThrow('not locked');
    expect(() => sim.adminCancelBackup()).toThrow('No backup');
    await lockAndStart(sim);
    sim.adminUnlock();
    expect(sim.snapshot()).toMatchObject({ locked: false, taskState: 'RUNNING', status: 'RUNNING' });
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(404);
    sim.adminCancelBackup();
    expect(sim.snapshot().taskState).toBe('CANCELED');
  });

  test('a restart refuses connections, then is STARTING, and keeps the lock unless it is full', async () => {
    const sim = await start();
    await lockAndStart(sim);
    const restarted = sim.restart(400, { startingMs: 800 });
    // The first one goes over a connection that was kept alive, and is cut.
    await expect(call(sim, 'GET /status')).rejects.toThrow('fetch failed');
    await expect(call(sim, 'GET /status')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await expect(sim.userRequest(async () => await Promise.resolve())).rejects.toThrow('Bitbucket is down');
    await expect
      .poll(async () => await call(sim, 'GET /status').catch(() => undefined), {
        interval: 10,
        timeout: 5_000,
      })
      .toMatchObject({ status: 503, json: { state: 'STARTING' } });
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(503);
    await restarted;
    expect(sim.snapshot()).toMatchObject({ locked: true, taskState: undefined, status: 'MAINTENANCE' });
    expect(await statusOf(sim, `GET ${LOCK}`)).toBe(200);
    await sim.restart(0, { full: true, startingMs: 0 });
    expect(sim.snapshot()).toMatchObject({ locked: false, status: 'RUNNING' });
  });

  test('reports another status when told', async () => {
    const sim = await start();
    sim.reportStatus('ERROR');
    expect(await call(sim, 'GET /status')).toMatchObject({ status: 500, json: { state: 'ERROR' } });
    sim.reportStatus(undefined);
    expect(await statusOf(sim, 'GET /status')).toBe(200);
  });

  test('what a listener throws comes out of close', async () => {
    const sim = await startBitbucketSimulator();
    sim.onLocked(() => {
      throw new Error('photograph failed');
    });
    expect(await statusOf(sim, `POST ${LOCK}`)).toBe(202);
    await expect(sim.close()).rejects.toThrow('photograph failed');
    await sim.close();
  });
});

/** Sends a POST lock that goes wrong. The answer is not awaited yet. */
async function lockWith(
  action: FaultAction,
): Promise<{ readonly sim: BitbucketSimulator; readonly reply: Promise<Reply> }> {
  const sim = await start();
  sim.order({ on: 'lock', do: action });
  return { sim, reply: call(sim, `POST ${LOCK}`) };
}

describe('faults to order', () => {
  test.each([
    { kind: 'lostAnswer', locked: true, reset: false },
    { kind: 'lostAnswer', locked: true, reset: true },
    { kind: 'refuse', locked: false, reset: false },
    { kind: 'refuse', locked: false, reset: true },
  ] as const)(
    '$kind cuts the connection (reset: $reset), locked: $locked',
    async ({ kind, locked, reset }) => {
      const { sim, reply } = await lockWith({ kind, reset });
      const code = reset ? 'ECONNRESET' : 'UND_ERR_SOCKET';
      await expect(reply).rejects.toMatchObject({ cause: { code } });
      expect(sim.snapshot().locked).toBe(locked);
      expect(sim.requests[0]?.status).toBeUndefined();
      expect(await statusOf(sim, `GET ${LOCK}`)).toBe(locked ? 200 : 404);
    },
  );

  test('httpStatus, html and redirect answer without doing anything', async () => {
    const headers = { 'retry-after': '2' };
    const { sim, reply } = await lockWith({ kind: 'httpStatus', status: 429, headers, body: 'slow down' });
    const limited = await reply;
    expect([limited.status, limited.text, limited.headers.get('retry-after')]).toEqual([
      429,
      'slow down',
      '2',
    ]);
    sim.order({ on: 'lock', do: { kind: 'html', title: 'Single sign-on' } });
    expect(await call(sim, `POST ${LOCK}`)).toMatchObject({
      status: 200,
      text: containing('<title>Single sign-on</title>'),
    });
    sim.order({ on: 'lock', do: { kind: 'redirect', status: 307, location: 'https://other.example/' } });
    const redirect = await call(sim, `POST ${LOCK}`);
    expect([redirect.status, redirect.headers.get('location')]).toEqual([307, 'https://other.example/']);
    expect(sim.snapshot().lockCount).toBe(0);
    expect(await statusOf(sim, `POST ${LOCK}`)).toBe(202);
  });

  test('answers that lack or change something, while the action is done', async () => {
    const { sim, reply } = await lockWith({ kind: 'emptyObject' });
    expect(await reply).toMatchObject({ status: 202, json: {} });
    const held = { 'x-atlassian-maintenance-token': sim.snapshot().unlockToken };
    sim.order({ on: 'start', do: { kind: 'noCancelToken' } });
    const started = await call(sim, `POST ${START}`, held);
    expect(started).toMatchObject({ status: 202, json: { state: 'RUNNING' } });
    expect(started.json).not.toHaveProperty('cancelToken');
    expect(sim.snapshot().cancelToken).toMatch(TOKEN);
    sim.order({ on: 'poll', do: { kind: 'answer', status: 203, body: [1] } });
    expect(await call(sim, `GET ${POLL}`, held)).toMatchObject({ status: 203, json: [1] });
  });

  test('delay waits before, lateAnswer after; neither for ever once the simulator closes', async () => {
    const { sim, reply } = await lockWith({ kind: 'delay', ms: 80 });
    await sleep(30);
    expect(sim.snapshot().locked).toBe(false);
    expect((await reply).status).toBe(202);
    sim.order({ on: 'unlock', do: { kind: 'lateAnswer', ms: Number.POSITIVE_INFINITY } });
    const gone = call(sim, `DELETE ${LOCK}?token=${sim.snapshot().unlockToken ?? ''}`).catch(() => 'cut');
    await expect.poll(() => sim.snapshot().locked, { interval: 5 }).toBe(false);
    await sim.close();
    expect(await gone).toBe('cut');
  });

  test('hugeBody and slowDrip go on until the client leaves', async () => {
    const sim = await start();
    sim.order({ on: 'poll', do: { kind: 'hugeBody', bytes: 300_000 } });
    expect((await call(sim, `GET ${POLL}`)).text.length).toBeGreaterThan(300_000);
    sim.order({ on: 'poll', times: 2, do: { kind: 'hugeBody' } });
    sim.order({ on: 'poll', do: { kind: 'slowDrip', intervalMs: 5 } });
    for (let request = 0; request < 3; request += 1) {
      const leave = new AbortController();
      const headers = { authorization: basic('backup', 'p4ss word$') };
      const { body } = await fetch(`${sim.url}${POLL}`, { headers, signal: leave.signal });
      const first: unknown = (await body?.getReader().read())?.value;
      expect(first).toBeInstanceOf(Uint8Array);
      leave.abort();
    }
    expect(await statusOf(sim, `GET ${POLL}`)).toBe(200);
  });

  test('come after so many, so many times, where a predicate says, until lifted', async () => {
    const sim = await start();
    const broken = sim.order({ on: 'poll', after: 1, times: 2, do: { kind: 'httpStatus', status: 503 } });
    const polls = [];
    for (let poll = 0; poll < 4; poll += 1) {
      polls.push(await statusOf(sim, `GET ${POLL}`));
    }
    expect(polls).toEqual([200, 503, 503, 200]);
    expect(broken.fired).toBe(2);
    const picky = sim.order({
      on: ({ query }) => query['token'] === 'bad',
      times: Number.POSITIVE_INFINITY,
      do: { kind: 'httpStatus', status: 500 },
    });
    expect(await statusOf(sim, `DELETE ${LOCK}?token=bad`)).toBe(500);
    expect(await statusOf(sim, `DELETE ${LOCK}?token=good`)).toBe(404);
    picky.lift();
    expect(await statusOf(sim, `DELETE ${LOCK}?token=bad`)).toBe(404);
    sim.order({ on: ['status', 'properties'], times: 2, do: { kind: 'httpStatus', status: 502 } });
    expect(await statusOf(sim, 'GET /status')).toBe(502);
    expect(await statusOf(sim, `GET ${PROPERTIES}`)).toBe(502);
  });

  test('a request listener acts before the request does', async () => {
    const sim = await start();
    sim.onRequest(({ endpoint }) => {
      if (endpoint === 'lock') {
        sim.adminLock();
      }
    });
    expect(await statusOf(sim, `POST ${LOCK}`)).toBe(409);
  });

  test('drains that go wrong, seen by polling', async () => {
    const sim = await start({ drainMs: 0 });
    sim.unknownState('FOO', 'db');
    const { cancelToken, held } = await lockAndStart(sim);
    expect((await call(sim, `GET ${POLL}`, held)).json).toMatchObject({
      'db-state': 'FOO',
      'scm-state': 'DRAINED',
    });
    await call(sim, `POST /mvc/maintenance?token=${cancelToken}`);
    sim.neverDrain('scm');
    await call(sim, `POST ${START}`, held);
    expect(sim.snapshot()).toMatchObject({ dbState: 'DRAINED', scmState: 'LATCHED' });
    sim.drainNormally();
    expect(sim.snapshot().scmState).toBe('DRAINED');
    sim.adminCancelBackup();
    sim.failDrain();
    await call(sim, `POST ${START}`, held);
    expect((await call(sim, `GET ${POLL}`, held)).json).toMatchObject({ task: { state: 'FAILED' } });
    sim.cancelTaskDuringDrain();
    await call(sim, `POST ${START}`, held);
    expect(sim.snapshot().taskState).toBe('CANCELED');
  });
});

describe('other ways to run it', () => {
  test('speaks HTTPS with the certificate that it is given', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-tls-'));
    try {
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      const request = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      const subject = ['-subj', '/CN=simulator', '-addext', 'subjectAltName=IP:127.0.0.1'];
      await promisify(execFile)('openssl', ['req', ...request, ...subject, '-keyout', key, '-out', cert]);
      const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
      const sim = await start({ tls });
      expect(sim.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      const body = await new Promise<string>((resolve, reject) => {
        httpsGet(`${sim.url}/status`, { ca: tls.cert, agent: false }, (response) => {
          text(response).then(resolve, reject);
        }).on('error', reject);
      });
      expect(body).toBe('{"state":"RUNNING"}');
      await expect(call(sim, 'GET /status')).rejects.toMatchObject({
        cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'as a program: prints its address, ends on %s',
    async (signal) => {
      const main = fileURLToPath(new URL('../../support/bitbucket-simulator/main.ts', import.meta.url));
      const args = [main, '--port', '0', '--username', 'bob', '--drain-ms', '5', '--context-path', '/git'];
      const child = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, BITBUCKET_SIMULATOR_PASSWORD: 'secret' },
      });
      const exited = once(child, 'exit');
      try {
        const ended = exited.then(() => {
          throw new Error('it ended before it listened');
        });
        const lines: unknown[] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
        ended.catch(() => {}); // later on it is meant to end
        const parsed: unknown = JSON.parse(String(lines[0]));
        expect(field(parsed, 'url')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/git$/);
        const headers = { authorization: basic('bob', 'secret') };
        const response = await fetch(`${field(parsed, 'url')}${LOCK}`, { headers });
        expect(response.status).toBe(404);
      } finally {
        child.kill(signal);
      }
      expect(await exited).toEqual([0, null]);
    },
  );
});
