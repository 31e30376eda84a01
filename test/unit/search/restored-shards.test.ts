import { describe, expect, test } from 'vitest';
import { primaryShards, type ShardLimits, waitForShards } from '../../../src/search/restored-shards.ts';
import { failureOf } from '../../support/failure.ts';
import { recoveryAnswer, routingAnswer } from '../../support/search/restore-answers.ts';
import {
  type ScriptedAnswer,
  type ScriptedServer,
  searchHttpTo,
  startScriptedServer,
} from '../../support/search/scripted-server.ts';
import { errorAnswer } from '../../support/search/snapshot-answers.ts';

const TABLE = 'GET /_cluster/state/routing_table/a,b';
const RECOVERY = 'GET /a,b/_recovery';
const MISSING = errorAnswer(404, 'index_not_found_exception', 'no such index [a]');
const BUSY = errorAnswer(503, 'cluster_block_exception', 'no master');
const WAITING = {
  state: 'UNASSIGNED',
  unassigned: { reason: 'NEW_INDEX_RESTORED', details: 'restore' },
} as const;
const QUICK: ShardLimits = { pollMs: 5, stallMs: 5_000, graceMs: 5_000 };

const DONE = routingAnswer({ a: [[{}], [{}]], b: [[{}]] });
const RESTORING = routingAnswer({ a: [[{}], [{ state: 'INITIALIZING' }]], b: [[WAITING]] });

async function wait(
  table: readonly ScriptedAnswer[],
  recovery: readonly ScriptedAnswer[] = [{}],
  limits: Partial<ShardLimits> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ server: ScriptedServer; shards: Promise<number> }> {
  const server = await startScriptedServer();
  server.on(TABLE, ...table);
  server.on(RECOVERY, ...recovery);
  const shards = waitForShards(searchHttpTo(server), ['a', 'b'], { signal, limits: { ...QUICK, ...limits } });
  shards.catch(() => undefined);
  return { server, shards };
}

test('primaries are told from replicas, which a single node has no place for', async () => {
  const replica = { state: 'UNASSIGNED', primary: false, unassigned: { reason: 'REPLICA_ADDED' } } as const;
  const server = await startScriptedServer({
    [TABLE]: routingAnswer({
      a: [
        [replica, {}],
        [{ state: 'INITIALIZING' }, replica],
      ],
      b: [],
    }),
  });
  expect(await primaryShards(searchHttpTo(server), ['a', 'b'])).toEqual([
    { index: 'a', shard: '0', isStarted: true, failure: undefined },
    { index: 'a', shard: '1', isStarted: false, failure: undefined },
  ]);
});

describe('waiting for restored shards', () => {
  test('lasts until all primaries are started, and counts them', async () => {
    const waited = await wait([RESTORING, RESTORING, DONE]);
    expect(await waited.shards).toBe(3);
    expect(waited.server.calls()).toEqual([TABLE, RECOVERY, TABLE, RECOVERY, TABLE]);
  });

  test.each([
    ['an index that is not in the table yet', routingAnswer({ a: [[{}]] })],
    ['an index without shards', routingAnswer({ a: [[{}]], b: [] })],
    ['no index at all', routingAnswer({})],
    ['a server that does not know the index yet', MISSING],
    ['a server that is busy', BUSY],
    ['a connection that is cut', { instead: 'cut' } as const],
  ])('bears with %s', async (_what, answer) => {
    const { shards } = await wait([answer, answer, DONE], [MISSING]);
    expect(await shards).toBe(3);
  });

  test('ends at once when the server has given a shard up, with its words', async () => {
    const unassigned = {
      reason: 'ALLOCATION_FAILED',
      details: `failed recovery, failure IndexShardRestoreFailedException[missing\n file] ${'x'.repeat(900)}`,
    };
    const { shards } = await wait([
      RESTORING,
      routingAnswer({ a: [[{}]], b: [[WAITING], [{ state: 'UNASSIGNED', unassigned }]] }),
    ]);
    const error = await failureOf(shards);
    expect(error.code).toBe('SEARCH_FAILED');
    expect(error.message).toMatch(
      /^The search server could not restore shard 1 of b: failed recovery, failure IndexShardRestoreFailedException\[missing file\] x+\.$/,
    );
    expect(error.message.length).toBeLessThan(500);
  });

  test('goes on while it is tried again elsewhere', async () => {
    const unassigned = { reason: 'ALLOCATION_FAILED', details: 'once' };
    const again = routingAnswer({ a: [[{}]], b: [[{ state: 'INITIALIZING', unassigned }]] });
    expect(await (await wait([again, DONE])).shards).toBe(3);
  });

  test('says so where the server gives no reason', async () => {
    const lost = { state: 'UNASSIGNED', unassigned: { reason: 'ALLOCATION_FAILED' } } as const;
    const { shards } = await wait([routingAnswer({ a: [[lost]], b: [[{}]] })]);
    expect((await failureOf(shards)).message).toContain('shard 0 of a: no reason given.');
  });

  test('ends when nothing gets on, though clocks do', async () => {
    const recovery = Array.from({ length: 500 }, (_none, ms) =>
      recoveryAnswer('a', { total_time_in_millis: ms, index: { size: { recovered_in_bytes: 7 } } }),
    );
    const { shards, server } = await wait([RESTORING], recovery, { stallMs: 120 });
    const error = await failureOf(shards);
    expect(server.calls().length).toBeLessThan(recovery.length);
    expect(error.code).toBe('SEARCH_FAILED');
    expect(error.message).toBe('The restore of a, b has not got on for 0.002 minutes.');
  });

  test('lasts longer than that while bytes are read', async () => {
    const steps = Array.from({ length: 60 }, (_none, step) =>
      recoveryAnswer('a', { index: { size: { recovered_in_bytes: step } } }),
    );
    const begun = Date.now();
    const waited = await wait([...steps.map(() => RESTORING), DONE], steps, {
      pollMs: 15,
      stallMs: 600,
      graceMs: 600,
    });
    expect(await waited.shards).toBe(3);
    expect(Date.now() - begun).toBeGreaterThan(600);
  });

  test('ends when nobody answers for long', async () => {
    const { shards } = await wait([RESTORING, BUSY], [{}], { graceMs: 80 });
    const error = await failureOf(shards);
    expect(error.code).toBe('SEARCH_UNREACHABLE');
    expect(error.message).toBe('The search server has not answered for 0 s while a, b was being restored.');
  });

  test.each<[string, ScriptedAnswer, string]>([
    ['a refusal', errorAnswer(403, 'security_exception', 'no rights'), 'AUTH_FORBIDDEN'],
    ['an answer of another shape', { body: { routing_table: [] } }, 'UNEXPECTED_RESPONSE'],
  ])('ends at once with %s', async (_what, answer, code) => {
    const { shards } = await wait([RESTORING, answer]);
    expect(await failureOf(shards)).toMatchObject({ code });
  });

  test('ends with its signal', async () => {
    const canceling = new AbortController();
    const { shards } = await wait([RESTORING], [{}], {}, canceling.signal);
    setTimeout(() => {
      canceling.abort(new Error('enough'));
    }, 50);
    await expect(shards).rejects.toThrow('enough');
  });
});
