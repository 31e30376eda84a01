import { describe, expect, test } from 'vitest';
import {
  beginSnapshot,
  deleteSnapshot,
  findSnapshot,
  listSnapshots,
  pathOf,
  runningSnapshots,
} from '../../../src/search/snapshots.ts';
import { snapshotProgress } from '../../../src/search/snapshot-progress.ts';
import { readIndices } from '../../../src/search/indices.ts';
import { failureOf } from '../../support/failure.ts';
import { searchHttpTo, startScriptedServer } from '../../support/search/scripted-server.ts';
import {
  errorAnswer,
  INDEX,
  listAnswer,
  REPOSITORY,
  REPOSITORY_MISSING,
  SNAPSHOT,
  SNAPSHOT_MISSING,
  SNAPSHOT_PATH,
  type StatusNumbers,
  statusAnswer,
} from '../../support/search/snapshot-answers.ts';

const NAME = { repository: REPOSITORY, snapshot: SNAPSHOT };
const STATUS = `GET ${SNAPSHOT_PATH}/_status`;
const LIST = `GET ${SNAPSHOT_PATH}`;
const never = new AbortController().signal;

describe('progress', () => {
  test.each<[string, StatusNumbers, object]>([
    [
      'of 2.4.6',
      {
        state: 'STARTED',
        initializing: 2,
        stats: {
          number_of_files: 0,
          processed_files: 0,
          total_size_in_bytes: 9_798,
          processed_size_in_bytes: 512,
        },
      },
      {
        isRunning: true,
        shards: { total: 2, begun: 0, done: 0 },
        bytes: { done: 512, total: 9_798 },
      },
    ],
    [
      'of 6.8, which says it in both ways',
      {
        state: 'STARTED',
        started: 1,
        stats: {
          incremental: { file_count: 8, size_in_bytes: 9_500 },
          processed: { file_count: 1, size_in_bytes: 400 },
          total: { file_count: 16, size_in_bytes: 20_000 },
          total_size_in_bytes: 20_000,
          processed_size_in_bytes: 0,
        },
      },
      { isRunning: true, shards: { total: 2, begun: 2, done: 1 }, bytes: { done: 400, total: 9_500 } },
    ],
    [
      'of 7.17 and OpenSearch at its end',
      {
        state: 'SUCCESS',
        stats: { incremental: { file_count: 8, size_in_bytes: 9_348 }, total: { size_in_bytes: 9_348 } },
      },
      { isRunning: false, shards: { total: 2, begun: 2, done: 2 }, bytes: { done: 0, total: 9_348 } },
    ],
    [
      'of a snapshot whose shards fail',
      { state: 'STARTED', total: 1, failed: 1 },
      { isRunning: true, shards: { total: 1, begun: 1, done: 1 }, bytes: { done: 0, total: 0 } },
    ],
    [
      'of one that has no shards yet, with numbers that are none',
      { state: 'INIT', total: 0, stats: { total_size_in_bytes: -1, incremental: null } },
      { isRunning: true, shards: { total: 0, begun: 0, done: 0 }, bytes: { done: 0, total: 0 } },
    ],
  ])('%s', async (_what, numbers, progress) => {
    const server = await startScriptedServer({ [STATUS]: statusAnswer(numbers) });
    expect(await snapshotProgress(searchHttpTo(server), NAME)).toEqual(progress);
  });

  test.each<[unknown, string]>([
    [[], 'answer is not an object'],
    [{}, 'snapshots is not a list'],
    [{ snapshots: [] }, 'snapshots[0] is not an object'],
    [{ snapshots: [{ state: 'STARTED' }] }, 'shards_stats is not an object'],
    [{ snapshots: [{ state: 'STARTED', shards_stats: { total: '2' } }] }, 'shards_stats.total is not a'],
  ])('%j is told as an answer that no server gives', async (body, complaint) => {
    const server = await startScriptedServer({ [STATUS]: { body } });
    const error = await failureOf(snapshotProgress(searchHttpTo(server), NAME));
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE', retryable: false });
    expect(error.message).toContain(`${STATUS} was answered in a shape that no known search server has`);
    expect(error.message).toContain(complaint);
  });
});

describe('a snapshot', () => {
  test('is found with its failures', async () => {
    const failures = [
      { index: INDEX, shard_id: 1, reason: 'disk full', node_id: 'x', status: 'INTERNAL_SERVER_ERROR' },
      { index: INDEX },
    ];
    const shards = { total: 2, failed: 1, successful: 1 };
    const server = await startScriptedServer({
      [LIST]: listAnswer({ state: 'PARTIAL', failures, shards, reason: 'why' }),
    });
    expect(await findSnapshot(searchHttpTo(server), NAME)).toEqual({
      name: SNAPSHOT,
      state: 'PARTIAL',
      indices: [INDEX],
      failures: [
        { index: INDEX, shard: 1, reason: 'disk full' },
        { index: INDEX, shard: undefined, reason: 'no reason given' },
      ],
      shards: { total: 2, failed: 1 },
      reason: 'why',
    });
  });

  test('of a very old version, which says less, is found', async () => {
    const server = await startScriptedServer({
      [LIST]: { body: { snapshots: [{ snapshot: SNAPSHOT, state: 'INCOMPATIBLE' }] } },
    });
    expect(await findSnapshot(searchHttpTo(server), NAME)).toMatchObject({
      indices: [],
      failures: [],
      shards: { total: 0, failed: 0 },
      reason: undefined,
    });
  });

  test('that is missing is none, and a repository that is missing is an error', async () => {
    const server = await startScriptedServer();
    server.on(LIST, SNAPSHOT_MISSING, REPOSITORY_MISSING);
    const http = searchHttpTo(server);
    expect(await findSnapshot(http, NAME)).toBeUndefined();
    expect(await failureOf(findSnapshot(http, NAME))).toMatchObject({
      code: 'SEARCH_FAILED',
      type: 'repository_missing_exception',
    });
  });

  test('is begun once, of its indices alone, without waiting', async () => {
    const server = await startScriptedServer({ [`PUT ${SNAPSHOT_PATH}`]: { status: 503 } });
    await failureOf(beginSnapshot(searchHttpTo(server), NAME, ['a', 'b-*'], never));
    expect(server.requests.map(({ target }) => target)).toEqual([
      `${SNAPSHOT_PATH}?wait_for_completion=false`,
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      indices: 'a,b-*',
      ignore_unavailable: false,
      include_global_state: false,
      partial: false,
    });
  });

  test('is deleted, and one that is gone is no failure', async () => {
    const server = await startScriptedServer();
    server.on(`DELETE ${SNAPSHOT_PATH}`, {}, SNAPSHOT_MISSING, errorAnswer(403, 'security_exception', 'no'));
    const http = searchHttpTo(server);
    expect(await deleteSnapshot(http, NAME)).toBe(true);
    expect(await deleteSnapshot(http, NAME)).toBe(false);
    expect(await failureOf(deleteSnapshot(http, NAME))).toMatchObject({ code: 'AUTH_FORBIDDEN' });
  });
});

describe('lists', () => {
  test('all snapshots of a repository, and those that are being taken', async () => {
    const server = await startScriptedServer({
      [`GET /_snapshot/${REPOSITORY}/_all`]: listAnswer({ state: 'IN_PROGRESS' }),
      'GET /_snapshot/_status': { body: { snapshots: [{ repository: 'nightly', snapshot: 'by-hand' }] } },
    });
    const http = searchHttpTo(server);
    expect(await listSnapshots(http, REPOSITORY)).toMatchObject([{ name: SNAPSHOT, state: 'IN_PROGRESS' }]);
    expect(await runningSnapshots(http)).toEqual([{ repository: 'nightly', snapshot: 'by-hand' }]);
  });

  test('indices with their aliases', async () => {
    const body = { b: { aliases: { y: {}, x: { filter: {} } } }, a: { aliases: {} }, c: {} };
    const server = await startScriptedServer({ 'GET /a,b-*/_alias': { body } });
    expect([...(await readIndices(searchHttpTo(server), ['a', 'b-*']))]).toEqual([
      ['a', []],
      ['b', ['x', 'y']],
      ['c', []],
    ]);
  });
});

test('a name stays one part of the path, whatever it holds', async () => {
  expect(pathOf({ repository: 'a/b?c', snapshot: 'd#e%' })).toBe('/_snapshot/a%2Fb%3Fc/d%23e%25');
  const server = await startScriptedServer({ 'GET /a%2Cb,c%2Fd/_alias': { body: {} } });
  expect((await readIndices(searchHttpTo(server), ['a,b', 'c/d'])).size).toBe(0);
});
