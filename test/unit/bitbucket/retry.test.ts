import { describe, expect, test } from 'vitest';
import type { BitbucketClient } from '../../../src/bitbucket/client.ts';
import { HttpError, type HttpErrorFacts } from '../../../src/bitbucket/http-error.ts';
import { retrying, type RetryPolicy } from '../../../src/bitbucket/retry.ts';
import { CanceledError, codeOf } from '../../../src/errors.ts';
import type { FaultAction } from '../../support/bitbucket-simulator/simulator.ts';
import { connect } from '../../support/bitbucket-client.ts';
import { failureOf } from '../../support/failure.ts';

const QUICK: RetryPolicy = { retries: 3, firstDelayMs: 1, longestDelayMs: 5 };

function httpError(facts: Partial<HttpErrorFacts> = {}): HttpError {
  return new HttpError('BITBUCKET_UNREACHABLE', 'Cannot reach it.', {
    maybeSent: true,
    retryable: true,
    ...facts,
  });
}

/** Fails so many times, then answers how often it was called. */
function failing(times: number, error: Error): { call: () => Promise<number>; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    call: async () => {
      await Promise.resolve();
      calls += 1;
      if (calls <= times) {
        throw error;
      }
      return calls;
    },
  };
}

describe('retrying', () => {
  test('repeats what may pass, and tells of each failure that is followed by another attempt', async () => {
    const told: number[] = [];
    const { call } = failing(2, httpError());
    const policy: RetryPolicy = { ...QUICK, onRetry: (_error, attempt) => told.push(attempt) };
    expect(await retrying(policy, call)).toBe(3);
    expect(told).toEqual([1, 2]);
  });

  test('gives up with the last error when its attempts are used up', async () => {
    const told: number[] = [];
    const error = httpError();
    const { call, calls } = failing(99, error);
    const policy: RetryPolicy = { ...QUICK, onRetry: (_error, attempt) => told.push(attempt) };
    expect(await failureOf(retrying(policy, call))).toBe(error);
    expect(calls()).toBe(4);
    expect(told).toEqual([1, 2, 3]);
  });

  test.each([
    ['what another attempt would not change', httpError({ retryable: false })],
    ['what is no failed call', new Error('a bug')],
  ])('throws %s at once', async (_what, error) => {
    const { call, calls } = failing(99, error);
    await expect(retrying(QUICK, call)).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  test.each([
    ['between two attempts', httpError()],
    ['while the server asks to wait', httpError({ retryAfterMs: 20_000 })],
  ])('ends at once when the run is cancelled %s', async (_when, error) => {
    const stop = new AbortController();
    const { call, calls } = failing(99, error);
    const policy: RetryPolicy = {
      retries: 9,
      firstDelayMs: 20_000,
      longestDelayMs: 20_000,
      signal: stop.signal,
    };
    const begun = performance.now();
    setTimeout(() => stop.abort(new CanceledError('Enough.')), 50);
    const thrown: unknown = await retrying(policy, call).catch((caught: unknown) => caught);
    expect(codeOf(thrown)).toBe('CANCELED');
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(calls()).toBe(1);
  });
});

describe('reading', () => {
  test('is repeated after a 503', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'lockState', do: { kind: 'httpStatus', status: 503 } });
    expect(await client.lockState()).toEqual({ locked: false });
    expect(simulator.requests).toHaveLength(2);
  });

  test('is repeated after a connection that broke', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'properties', do: { kind: 'refuse', reset: true } });
    expect(await client.version()).toBe('9.4.1');
    expect(simulator.requests).toHaveLength(2);
  });

  test('waits as long as a 429 asks for', async () => {
    const { client, simulator } = await connect();
    const headers = { 'retry-after': '2' };
    simulator.order({ on: 'lockState', do: { kind: 'httpStatus', status: 429, headers } });
    expect(await client.lockState()).toEqual({ locked: false });
    const [first, second] = simulator.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  test('gives up after three attempts', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'lockState', times: Infinity, do: { kind: 'httpStatus', status: 502 } });
    const error = await failureOf(client.lockState());
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', status: 502 });
    expect(simulator.requests).toHaveLength(3);
  });
});

describe('what must not be repeated', () => {
  const FAULTS: readonly FaultAction[] = [
    { kind: 'refuse' },
    { kind: 'refuse', reset: true },
    { kind: 'lostAnswer' },
    { kind: 'lostAnswer', reset: true },
    { kind: 'httpStatus', status: 500 },
    { kind: 'httpStatus', status: 502 },
    { kind: 'httpStatus', status: 503, headers: { 'retry-after': '1' } },
    { kind: 'httpStatus', status: 429, headers: { 'retry-after': '1' } },
    { kind: 'redirect', status: 307, location: '/mvc/maintenance/lock' },
  ];
  const CALLS: readonly ['lock' | 'start', (client: BitbucketClient) => Promise<unknown>][] = [
    ['lock', async (client) => await client.lock()],
    ['start', async (client) => await client.startBackup('a'.repeat(40))],
  ];

  test.each(CALLS)('%s is sent exactly once, whatever comes back', async (endpoint, call) => {
    for (const fault of FAULTS) {
      const { client, simulator } = await connect();
      // A connection that was used before and may be kept alive: the riskiest one to send on.
      await client.lockState();
      simulator.order({ on: endpoint, times: Infinity, do: fault });
      const error = await failureOf(call(client));
      const maybeSent = error instanceof HttpError && error.maybeSent;
      const sent = simulator.requests.filter((request) => request.endpoint === endpoint);
      expect({ fault, maybeSent, sent: sent.length }).toEqual({ fault, maybeSent: true, sent: 1 });
    }
  });

  test.each(CALLS)('%s goes over a connection of its own', async (endpoint, call) => {
    const { client, simulator } = await connect();
    await client.lockState();
    await call(client).catch(() => undefined);
    await client.lockState();
    const connections = simulator.requests.map((request) => [request.endpoint, request.headers.connection]);
    expect(connections).toEqual([
      ['lockState', 'keep-alive'],
      [endpoint, 'close'],
      ['lockState', 'keep-alive'],
    ]);
  });
});

describe('writing that may be repeated', () => {
  test('progress and cancel are sent again', async () => {
    const { client, simulator } = await connect();
    const token = (await client.lock()) ?? '';
    const cancelToken = (await client.startBackup(token)) ?? '';
    simulator.order({ on: ['progress', 'cancel'], times: 2, do: { kind: 'refuse' } });
    await client.reportProgress(token, 10, QUICK);
    expect(simulator.snapshot().progress).toBe(10);
    simulator.order({ on: 'cancel', do: { kind: 'httpStatus', status: 503 } });
    expect(await client.cancelBackup(cancelToken, QUICK)).toBe(true);
  });

  test('a poll is one look: those who poll decide about failures', async () => {
    const { client, simulator } = await connect();
    simulator.order({ on: 'poll', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    await failureOf(client.maintenance('a'.repeat(40)));
    expect(simulator.requests).toHaveLength(1);
  });
});
