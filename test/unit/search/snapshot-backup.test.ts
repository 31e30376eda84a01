import { describe, expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { SnapshotBackup } from '../../../src/search/snapshot-backup.ts';
import { failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { type ScriptedServer, startScriptedServer } from '../../support/search/scripted-server.ts';
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

const REPOSITORY_PATH = `/_snapshot/${REPOSITORY}`;
const PUT = `PUT ${SNAPSHOT_PATH}`;
const DELETE = `DELETE ${SNAPSHOT_PATH}`;
const LIST = `GET ${SNAPSHOT_PATH}`;
const STATUS = `${LIST}/_status`;
const RUNNING = 'GET /_snapshot/_status';
const SHOWN = `'${SNAPSHOT}' in repository '${REPOSITORY}'`;
const never = new AbortController().signal;

/** Everything goes well there. */
async function startServer(): Promise<ScriptedServer> {
  const registered = { type: 'fs', settings: { location: '/repo/bb', compress: 'true', chunk_size: '1gb' } };
  return await startScriptedServer({
    'GET /': { body: { version: { number: '7.17.29' } } },
    [`GET ${REPOSITORY_PATH}`]: { body: { [REPOSITORY]: registered } },
    [RUNNING]: { body: { snapshots: [] } },
    [`GET /${INDEX}/_alias`]: { body: { [INDEX]: { aliases: { 'bitbucket-search': {} } } } },
    [PUT]: { body: { accepted: true } },
    [STATUS]: statusAnswer(),
    [LIST]: listAnswer(),
    [DELETE]: {},
  });
}

function backupOn(
  { url }: ScriptedServer,
  limits: ConstructorParameters<typeof SnapshotBackup>[2] = {},
): { backup: SnapshotBackup; lines: readonly string[] } {
  const { log, lines } = createMemoryLog();
  const place = { setting: 'location', input: 'elasticsearch-location', value: '/repo/bb', required: true };
  const backup = new SnapshotBackup(
    {
      strategy: 'fs',
      connection: { url, credentials: { kind: 'none' } },
      indices: [INDEX],
      repository: { name: REPOSITORY, type: 'fs', place: [place], settings: { compress: 'true' } },
    },
    {
      log,
      commands: createCommandRunner(),
      backupId: 'Bitbucket-20261126-020000-000',
      backupRoot: '/nowhere',
      progress: () => undefined,
    },
    { firstPollMs: 5, longestPollMs: 10, pollMs: 5, ...limits },
  );
  onTestFinished(async () => {
    await backup.close();
  });
  return { backup, lines };
}

describe('a snapshot that goes well', () => {
  test('is recorded with what a restore has to know', async () => {
    const server = await startServer();
    const { backup, lines } = backupOn(server);
    expect(await backup.spaceNeeds()).toEqual([]);
    await backup.prepare(never);
    expect(await (await backup.capture(never)).settle(never)).toEqual({
      strategy: 'fs',
      included: true,
      members: [],
      tools: { 'search-server': 'Elasticsearch 7.17.29' },
      details: {
        repository: REPOSITORY,
        location: { location: '/repo/bb' },
        snapshot: SNAPSHOT,
        shards: 2,
        indices: { [INDEX]: ['bitbucket-search'] },
      },
    });
    expect(lines).toEqual([
      `info: Search snapshot ${SHOWN} has begun`,
      `info: Search snapshot ${SHOWN} is complete`,
    ]);
    expect(server.calls()).not.toContain(DELETE);
  });

  test('has begun when all of its shards have, and is not waited for in the lock', async () => {
    const server = await startServer();
    server.on(
      STATUS,
      SNAPSHOT_MISSING,
      errorAnswer(503, 'cluster_block_exception', 'busy'),
      statusAnswer({ state: 'INIT', total: 0 }),
      statusAnswer({ state: 'STARTED', initializing: 1, started: 1 }),
      statusAnswer({ state: 'STARTED', started: 2 }),
    );
    const { backup, lines } = backupOn(server);
    await backup.capture(never);
    expect(server.calls()).toEqual([PUT, STATUS, STATUS, STATUS, STATUS, STATUS]);
    expect(lines).toEqual([`info: Search snapshot ${SHOWN} has begun`]);
  });

  test('goes on with a warning when some do not begin', async () => {
    const server = await startServer();
    server.on(STATUS, statusAnswer({ state: 'STARTED', initializing: 1, started: 1 }));
    const { backup, lines } = backupOn(server, { beginMs: 60 });
    const captured = await backup.capture(never);
    expect(lines[1]).toMatch(
      /^warning: 1 shards of the search index had not begun their snapshot after 0\.06 s, and users are not kept/,
    );
    server.on(STATUS, statusAnswer());
    expect((await captured.settle(never)).included).toBe(true);
  });
});

describe('a snapshot that does not begin', () => {
  test('though its answer is lost is deleted, and the loss is told', async () => {
    const server = await startServer();
    server.on(PUT, { instead: 'cut' });
    const { backup, lines } = backupOn(server);
    const error = await failureOf(backup.capture(never));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: true });
    // Users work again before it is.
    expect(server.calls()).toEqual([PUT]);
    await backup.close();
    expect(server.calls()).toEqual([PUT, DELETE]);
    expect(lines).toEqual([`info: Deleted the search snapshot ${SHOWN}`]);
  });

  test('because nobody listens is not deleted', async () => {
    const server = await startServer();
    const { backup, lines } = backupOn(server);
    await server.close();
    const error = await failureOf(backup.capture(never));
    expect(error).toMatchObject({ code: 'SEARCH_UNREACHABLE', maybeSent: false });
    await backup.close();
    // An attempt to delete it would have failed as well, and a warning would say so.
    expect(lines).toEqual([]);
  });

  test('and cannot be deleted is named in a warning, and the first error is told', async () => {
    const server = await startServer();
    server.on(PUT, errorAnswer(500, 'snapshot_exception', 'cannot write there'));
    server.on(DELETE, errorAnswer(403, 'security_exception', 'no rights'));
    const { backup, lines } = backupOn(server);
    expect((await failureOf(backup.capture(never))).message).toContain('cannot write there');
    await backup.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^warning: The search snapshot '.*' could not be deleted.*no rights/);
  });

  test('and is not there either is not called deleted', async () => {
    const server = await startServer();
    server.on(PUT, errorAnswer(404, 'index_not_found_exception', 'no such index [x]'));
    server.on(DELETE, SNAPSHOT_MISSING);
    const { backup, lines } = backupOn(server);
    await failureOf(backup.capture(never));
    await backup.close();
    expect(server.calls()).toEqual([PUT, DELETE]);
    expect(lines).toEqual([]);
  });
});

describe('a snapshot that has begun is deleted', () => {
  test.each([
    ['its status cannot be understood', STATUS, { body: {} }, 'UNEXPECTED_RESPONSE'],
    ['it is not whole', LIST, listAnswer({ state: 'PARTIAL' }), 'SEARCH_FAILED'],
    ['it holds nothing', LIST, listAnswer({ indices: [] }), 'SEARCH_FAILED'],
    ['its index is gone afterwards', `GET /${INDEX}/_alias`, REPOSITORY_MISSING, 'SEARCH_FAILED'],
  ])('when %s', async (_what, call, answer, code) => {
    const server = await startServer();
    const { backup } = backupOn(server);
    server.on(call, answer);
    const work = async (): Promise<unknown> => await (await backup.capture(never)).settle(never);
    expect(await failureOf(work())).toMatchObject({ code });
    await backup.close();
    expect(server.calls().at(-1)).toBe(DELETE);
  });

  test('when its status is refused, after users work again', async () => {
    const server = await startServer();
    server.on(STATUS, errorAnswer(403, 'security_exception', 'no rights'));
    const { backup } = backupOn(server);
    expect(await failureOf(backup.capture(never))).toMatchObject({ code: 'AUTH_FORBIDDEN' });
    expect(server.calls()).toEqual([PUT, STATUS]);
    await backup.close();
    expect(server.calls()).toEqual([PUT, STATUS, DELETE]);
  });

  test('when it does not hold the index that was there before the lock', async () => {
    const server = await startServer();
    server.on(LIST, listAnswer({ indices: ['bitbucket-other'] }));
    const { backup } = backupOn(server);
    await backup.prepare(never);
    const captured = await backup.capture(never);
    expect((await failureOf(captured.settle(never))).message).toContain(`does not hold ${INDEX}`);
    expect(server.calls().at(-1)).toBe(DELETE);
  });
});

describe('before the lock', () => {
  test('a registration that fails is taken back, as servers keep it, and its error is told', async () => {
    const server = await startServer();
    server.on(`GET ${REPOSITORY_PATH}`, REPOSITORY_MISSING);
    const denied = { type: 'access_denied_exception', reason: '/repo/bb' };
    server.on(
      `PUT ${REPOSITORY_PATH}`,
      errorAnswer(500, 'repository_verification_exception', 'path is not accessible', denied),
    );
    server.on(`DELETE ${REPOSITORY_PATH}`, errorAnswer(403, 'security_exception', 'no rights'));
    const { backup, lines } = backupOn(server);
    const error = await failureOf(backup.prepare(never));
    expect(error.message).toMatch(
      /^The search server cannot use the snapshot repository 'bitbucket-snapshots': .*access denied \/repo\/bb\.$/,
    );
    expect(error.advice).toContain('path.repo');
    expect(server.calls().at(-1)).toBe(`DELETE ${REPOSITORY_PATH}`);
    expect(lines).toEqual([]);
  });

  test('one that is not registered is, as the inputs say', async () => {
    const server = await startServer();
    server.on(`GET ${REPOSITORY_PATH}`, REPOSITORY_MISSING);
    server.on(`PUT ${REPOSITORY_PATH}`, { body: { acknowledged: true } });
    const { backup, lines } = backupOn(server);
    await backup.prepare(never);
    expect(server.requests.find(({ call }) => call.startsWith('PUT'))?.body).toBe(
      '{"type":"fs","settings":{"location":"/repo/bb","compress":"true"}}',
    );
    expect(lines).toEqual([`info: Registered the snapshot repository '${REPOSITORY}'`]);
  });

  test('another snapshot is waited for, and told once', async () => {
    const server = await startServer();
    const other = { body: { snapshots: [{ repository: 'nightly', snapshot: 'by-hand' }] } };
    server.on(RUNNING, other, other, { body: { snapshots: [] } });
    const { backup, lines } = backupOn(server);
    await backup.prepare(never);
    expect(lines).toEqual([
      "info: Waiting for the search snapshot 'by-hand' in repository 'nightly', which is being taken",
    ]);
  });

  test('another snapshot that does not end is an error', async () => {
    const server = await startServer();
    server.on(RUNNING, { body: { snapshots: [{ repository: REPOSITORY, snapshot: 'by-hand' }] } });
    const { backup } = backupOn(server, { othersMs: 60 });
    const error = await failureOf(backup.prepare(never));
    expect(error.message).toBe(
      `Snapshot 'by-hand' in repository '${REPOSITORY}' is still being taken after 0.001 minutes.`,
    );
  });
});
