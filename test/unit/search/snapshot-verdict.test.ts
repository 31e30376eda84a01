import { describe, expect, test } from 'vitest';
import {
  assertHolds,
  assertWhole,
  type WaitLimits,
  waitForSnapshot,
} from '../../../src/search/snapshot-verdict.ts';
import type { SnapshotInfo } from '../../../src/search/snapshots.ts';
import { failureIn, failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import {
  type ScriptedAnswer,
  type ScriptedServer,
  searchHttpTo,
  startScriptedServer,
} from '../../support/search/scripted-server.ts';
import {
  errorAnswer,
  INDEX,
  listAnswer,
  REPOSITORY,
  REPOSITORY_MISSING,
  SNAPSHOT,
  SNAPSHOT_MISSING,
  SNAPSHOT_PATH,
  statusAnswer,
} from '../../support/search/snapshot-answers.ts';

const NAME = { repository: REPOSITORY, snapshot: SNAPSHOT };
const SHOWN = `'${SNAPSHOT}' in repository '${REPOSITORY}'`;
const STATUS = `GET ${SNAPSHOT_PATH}/_status`;
const LIST = `GET ${SNAPSHOT_PATH}`;
const RUNNING = statusAnswer({ state: 'STARTED', started: 1 });
const QUICK: WaitLimits = {
  firstPollMs: 5,
  longestPollMs: 10,
  graceMs: 2_000,
  stallMs: 5_000,
  tellMs: 60_000,
};

interface Waited {
  readonly server: ScriptedServer;
  readonly lines: readonly string[];
  readonly info: Promise<SnapshotInfo>;
}

async function wait(
  status: readonly ScriptedAnswer[],
  listed: readonly ScriptedAnswer[],
  limits: Partial<WaitLimits> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Waited> {
  const server = await startScriptedServer();
  server.on(STATUS, ...status);
  server.on(LIST, ...listed);
  const { log, lines } = createMemoryLog();
  const waiting = { log, signal, limits: { ...QUICK, ...limits } };
  const info = waitForSnapshot(searchHttpTo(server), NAME, waiting);
  info.catch(() => undefined);
  return { server, lines, info };
}

function snapshotInfo(change: Partial<SnapshotInfo> = {}): SnapshotInfo {
  const shards = { total: 2, failed: 0 };
  return {
    name: SNAPSHOT,
    state: 'SUCCESS',
    indices: [INDEX],
    failures: [],
    shards,
    reason: undefined,
    ...change,
  };
}

describe('waiting for a snapshot', () => {
  test('lasts until it has ended, and returns what it holds', async () => {
    const waited = await wait([RUNNING, RUNNING, statusAnswer()], [listAnswer()]);
    expect(await waited.info).toEqual(snapshotInfo());
    expect(waited.server.calls()).toEqual([STATUS, STATUS, STATUS, LIST]);
  });

  test('believes the list, where a status of SUCCESS hides shards that are missing', async () => {
    const failures = [
      { index: INDEX, shard_id: 1, reason: 'IndexShardSnapshotFailedException[disk\n full]' },
    ];
    const shards = { total: 2, failed: 1, successful: 1 };
    const { info: judged } = await wait(
      [RUNNING, statusAnswer({ done: 1, failed: 1 })],
      [listAnswer({ state: 'PARTIAL', failures, shards })],
    );
    const error = await failureOf(judged);
    expect(error.code).toBe('SEARCH_FAILED');
    expect(error.message).toBe(
      `Snapshot ${SHOWN} ended as PARTIAL: 1 of 2 shards are missing. [${INDEX}][1]: IndexShardSnapshotFailedException[disk full].`,
    );
  });

  test('goes on while the list says IN_PROGRESS, whatever the status says', async () => {
    // As 7.17 counts: nothing has failed.
    const inProgress = { state: 'IN_PROGRESS', shards: { total: 2, failed: 2, successful: 0 } };
    const waited = await wait(
      [statusAnswer()],
      [listAnswer(inProgress), listAnswer(inProgress), listAnswer()],
    );
    expect((await waited.info).state).toBe('SUCCESS');
    expect(waited.server.calls().filter((call) => call === LIST)).toHaveLength(3);
  });

  test('bears with one that neither question knows for a moment', async () => {
    const waited = await wait(
      [SNAPSHOT_MISSING, SNAPSHOT_MISSING, RUNNING, SNAPSHOT_MISSING, SNAPSHOT_MISSING, statusAnswer()],
      [SNAPSHOT_MISSING, SNAPSHOT_MISSING, SNAPSHOT_MISSING, SNAPSHOT_MISSING, listAnswer()],
    );
    expect((await waited.info).state).toBe('SUCCESS');
  });

  test('ends when it has vanished', async () => {
    const waited = await wait([RUNNING, SNAPSHOT_MISSING], [SNAPSHOT_MISSING]);
    const error = await failureOf(waited.info);
    expect(error.code).toBe('SEARCH_FAILED');
    expect(error.message).toMatch(/^Snapshot '.*' is gone: the server has given it up/);
    expect(waited.server.calls().filter((call) => call === LIST)).toHaveLength(3);
  });

  test('takes an ended one from the list, where its status is not known any more', async () => {
    const { info: judged } = await wait([SNAPSHOT_MISSING], [listAnswer()]);
    expect((await judged).state).toBe('SUCCESS');
  });

  test('ends when nothing gets on, with how far it was', async () => {
    const stats = { total_size_in_bytes: 4096, processed_size_in_bytes: 1024 };
    const stuck = statusAnswer({ state: 'STARTED', started: 1, stats });
    const { info: judged } = await wait([stuck], [], { stallMs: 60 });
    const error = await failureOf(judged);
    expect(error.code).toBe('SEARCH_FAILED');
    expect(error.message).toMatch(
      /has not got on for 0\.001 minutes \(1 of 2 shards done, 1.* of 4.* written\)\.$/,
    );
  });

  test('lasts longer than that while something gets on, and tells so from time to time', async () => {
    const steps = Array.from({ length: 40 }, (_none, step) =>
      statusAnswer({ state: 'STARTED', started: 2, stats: { processed_size_in_bytes: step } }),
    );
    const waited = await wait([...steps, statusAnswer()], [listAnswer()], {
      longestPollMs: 20,
      stallMs: 500,
      tellMs: 50,
    });
    const begun = Date.now();
    expect((await waited.info).state).toBe('SUCCESS');
    expect(Date.now() - begun).toBeGreaterThan(500);
    expect(waited.lines.length).toBeGreaterThan(1);
    expect(waited.lines.length).toBeLessThan(40);
    expect(waited.lines[0]).toBe('info: Search snapshot: 0 of 2 shards done');
  });

  test('bears with a server that is busy or gone for a moment', async () => {
    const busy = errorAnswer(503, 'cluster_block_exception', 'no master');
    const { info: judged } = await wait(
      [RUNNING, busy, { instead: 'cut' }, { status: 429 }, statusAnswer()],
      [busy, listAnswer()],
    );
    expect((await judged).state).toBe('SUCCESS');
  });

  test('ends when nobody answers for long', async () => {
    const waited = await wait([RUNNING, { status: 502, body: 'gateway' }], [], { graceMs: 100 });
    const begun = Date.now();
    const error = await failureOf(waited.info);
    expect(Date.now() - begun).toBeGreaterThan(60);
    expect(error.code).toBe('SEARCH_UNREACHABLE');
    expect(error.message).toMatch(
      /^The search server has not answered for 0 s while its snapshot was being taken: .*502/,
    );
    expect(waited.server.calls().length).toBeGreaterThan(3);
  });

  test.each<[string, ScriptedAnswer, string]>([
    ['a refusal', errorAnswer(403, 'security_exception', 'no rights'), 'AUTH_FORBIDDEN'],
    ['a repository that is unusable', errorAnswer(500, 'repository_exception', 'no'), 'SEARCH_FAILED'],
    ['an answer of another shape', { body: { a: 1 } }, 'UNEXPECTED_RESPONSE'],
    ['a page', { body: '<html>' }, 'UNEXPECTED_RESPONSE'],
  ])('ends at once with %s', async (_what, answer, code) => {
    const waited = await wait([RUNNING, answer], []);
    expect(await failureOf(waited.info)).toMatchObject({ code });
    expect(waited.server.calls()).toEqual([STATUS, STATUS]);
  });

  test('ends when the repository is gone', async () => {
    const { info: judged } = await wait([REPOSITORY_MISSING], [REPOSITORY_MISSING]);
    expect(await failureOf(judged)).toMatchObject({
      code: 'SEARCH_FAILED',
      type: 'repository_missing_exception',
    });
  });

  test('ends with its signal', async () => {
    const canceling = new AbortController();
    const waited = await wait([RUNNING], [], {}, canceling.signal);
    setTimeout(() => {
      canceling.abort(new Error('enough'));
    }, 50);
    await expect(waited.info).rejects.toThrow('enough');
  });
});

describe('a snapshot is no backup', () => {
  test.each<[string, Partial<SnapshotInfo>, string]>([
    [
      'that has failed',
      { state: 'FAILED', reason: 'no\n space' },
      'ended as FAILED (no space): 0 of 2 shards',
    ],
    ['of another state', { state: 'INCOMPATIBLE' }, 'ended as INCOMPATIBLE: 0 of 2'],
    [
      'that says SUCCESS and counts a failure',
      { shards: { total: 2, failed: 1 } },
      'as SUCCESS: 1 of 2 shards',
    ],
    [
      'that says SUCCESS and lists a failure',
      { failures: [{ index: 'a', shard: undefined, reason: 'x' }] },
      'are missing. [a]: x.',
    ],
  ])('%s', (_what, change, sentence) => {
    expect(failureIn(() => assertWhole(NAME, snapshotInfo(change))).message).toContain(sentence);
  });

  test('with many failures, of which five are named', () => {
    const failures = Array.from({ length: 12 }, (_none, shard) => ({
      index: 'a',
      shard,
      reason: 'x '.repeat(150),
    }));
    const { message } = failureIn(() => assertWhole(NAME, snapshotInfo({ state: 'PARTIAL', failures })));
    expect(message).toContain('[a][4]: x');
    expect(message).not.toContain('[a][5]');
    expect(message).toMatch(/; and 7 more\.$/);
    expect(message.length).toBeLessThan(1_500);
  });

  test('without the indices that it is to hold', () => {
    const both = snapshotInfo({ indices: ['a', 'b'] });
    expect(() => assertHolds(NAME, both, ['a', 'b'])).not.toThrow();
    expect(failureIn(() => assertHolds(NAME, both, ['c', 'a', 'd'])).message).toBe(
      `Snapshot ${SHOWN} does not hold c, d.`,
    );
    // As 2.4.6 and 5.6.16 take one of an index that is not there.
    expect(failureIn(() => assertHolds(NAME, snapshotInfo({ indices: [] }), [])).message).toContain(
      'does not hold any index',
    );
  });
});
