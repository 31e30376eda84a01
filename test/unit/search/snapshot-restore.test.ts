import { describe, expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import type { RestoreRecord } from '../../../src/host/restore-record.ts';
import { SnapshotRestore } from '../../../src/search/snapshot-restore.ts';
import type { ArchivedPart } from '../../../src/strategies/restore.ts';
import { failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { recoveryAnswer, routingAnswer } from '../../support/search/restore-answers.ts';
import { type ScriptedServer, startScriptedServer } from '../../support/search/scripted-server.ts';
import {
  errorAnswer,
  INDEX,
  REPOSITORY,
  REPOSITORY_MISSING,
  SNAPSHOT,
} from '../../support/search/snapshot-answers.ts';

const ALIAS = 'bitbucket-search';
const FIND = `GET /_snapshot/${REPOSITORY}`;
const TEMPORARY_NAME = `${REPOSITORY}-restore-01234567`;
const TEMPORARY = `/_snapshot/${TEMPORARY_NAME}`;
const BEGIN = `POST /_snapshot/${REPOSITORY}/${SNAPSHOT}/_restore`;
const TABLE = `GET /_cluster/state/routing_table/${INDEX}`;
const RECOVERY = `GET /${INDEX}/_recovery`;
const ALIASES = `GET /${INDEX}/_alias`;
const DELETE = `DELETE /${INDEX}`;
const never = new AbortController().signal;

const PART: ArchivedPart = {
  drained: true,
  recorded: {
    strategy: 'fs',
    included: true,
    members: [],
    tools: {},
    details: { repository: REPOSITORY, snapshot: SNAPSHOT, shards: 2, indices: { [INDEX]: [ALIAS] } },
  },
};

/** Everything goes well there, by either name of the repository. */
async function startServer(): Promise<ScriptedServer> {
  const source = { type: 'SNAPSHOT', repository: TEMPORARY_NAME, snapshot: SNAPSHOT };
  return await startScriptedServer({
    'GET /': { body: { version: { number: '7.17.29' } } },
    [FIND]: { body: { [REPOSITORY]: { type: 'fs', settings: {} } } },
    [`PUT ${TEMPORARY}`]: {},
    [`DELETE ${TEMPORARY}`]: {},
    [BEGIN]: { body: { accepted: true } },
    [`POST ${TEMPORARY}/${SNAPSHOT}/_restore`]: { body: { accepted: true } },
    [TABLE]: routingAnswer({ [INDEX]: [[{}], [{}]] }),
    [RECOVERY]: recoveryAnswer(INDEX, { source }),
    [ALIASES]: { body: { [INDEX]: { aliases: { [ALIAS]: {} } } } },
    [`GET /${INDEX}/_count`]: { body: { count: 41 } },
    [DELETE]: {},
  });
}

function restoreOn(server: ScriptedServer): {
  restore: SnapshotRestore;
  /** What the journal got, with how many calls were sent by then. */
  records: { readonly change: Partial<RestoreRecord>; readonly after: readonly string[] }[];
  lines: readonly string[];
} {
  const { log, lines } = createMemoryLog();
  const records: { change: Partial<RestoreRecord>; after: readonly string[] }[] = [];
  const restore = new SnapshotRestore(
    {
      strategy: 'fs',
      connection: { url: server.url, credentials: { kind: 'none' } },
      indices: [],
      repository: { name: REPOSITORY, type: 'fs', place: [], settings: {} },
    },
    {
      log,
      commands: createCommandRunner(),
      runId: '0123456789abcdef',
      archiveName: () => 'x',
      record: (change) => {
        records.push({ change, after: server.calls() });
      },
      partial: () => undefined,
    },
    { pollMs: 5 },
  );
  onTestFinished(async () => {
    await restore.discard();
  });
  return { restore, records, lines };
}

describe('a restore', () => {
  test('takes what the manifest names, and is written down before it begins', async () => {
    const server = await startServer();
    const { restore, records } = restoreOn(server);
    await restore.restore(PART, '/nowhere', never);
    const recorded = { server: server.url, repository: REPOSITORY, snapshot: SNAPSHOT, indices: [INDEX] };
    expect(records).toEqual([{ change: { search: { ...recorded, registered: false } }, after: [FIND] }]);
    const begun = server.requests.find(({ call }) => call === BEGIN);
    expect(begun?.target).toMatch(/\?wait_for_completion=false$/);
    expect(JSON.parse(begun?.body ?? '')).toEqual({
      indices: INDEX,
      ignore_unavailable: false,
      include_global_state: false,
      include_aliases: true,
      partial: false,
    });
    expect(await restore.complete()).toEqual({
      place: `${INDEX} at ${server.url}`,
      counts: [
        { what: 'indices', recorded: 1, restored: 1 },
        { what: 'shards', recorded: 2, restored: 2 },
        { what: 'documents', recorded: undefined, restored: 41 },
      ],
      todo: [],
    });
    expect(server.calls().some((call) => call.startsWith('DELETE'))).toBe(false);
  });

  test('out of a repository that is not registered forgets it at its end', async () => {
    const server = await startServer();
    server.on(FIND, REPOSITORY_MISSING);
    const { restore, records } = restoreOn(server);
    await restore.restore(PART, '/nowhere', never);
    expect(records[0]?.change.search).toMatchObject({ repository: TEMPORARY_NAME, registered: true });
    expect(server.requests.find(({ call }) => call === `PUT ${TEMPORARY}`)?.body).toContain(
      '"readonly":true',
    );
    await restore.complete();
    expect(server.calls()).toContain(`DELETE ${TEMPORARY}`);
    expect(server.calls()).not.toContain(DELETE);
  });

  test.each([
    [
      'lacks an alias',
      ALIASES,
      { body: { [INDEX]: { aliases: {} } } },
      `lacks the alias ${ALIAS} of ${INDEX}`,
    ],
    [
      'has another number of shards',
      TABLE,
      routingAnswer({ [INDEX]: [[{}]] }),
      'has 1 shards, and the manifest says 2',
    ],
  ])('that %s is none', async (_what, call, answer, sentence) => {
    const server = await startServer();
    server.on(call, answer);
    const { restore } = restoreOn(server);
    const error = await failureOf(restore.restore(PART, '/nowhere', never));
    expect(error.code).toBe('RESTORE_VERIFY');
    expect(error.message).toBe(`The restored search index at ${server.url} ${sentence}.`);
  });

  test('that is refused leaves alone what was there, and forgets its repository', async () => {
    const server = await startServer();
    server.on(FIND, REPOSITORY_MISSING);
    server.on(
      `POST ${TEMPORARY}/${SNAPSHOT}/_restore`,
      errorAnswer(500, 'snapshot_restore_exception', 'cannot restore: an open index with same name exists'),
    );
    server.on(RECOVERY, recoveryAnswer(INDEX, { source: {} }));
    const { restore } = restoreOn(server);
    expect((await failureOf(restore.restore(PART, '/nowhere', never))).message).toContain('same name');
    await restore.discard();
    expect(server.calls()).not.toContain(DELETE);
    expect(server.calls().at(-1)).toBe(`DELETE ${TEMPORARY}`);
  });

  test('that is discarded takes back its index and its repository, once', async () => {
    const server = await startServer();
    server.on(FIND, REPOSITORY_MISSING);
    const { restore } = restoreOn(server);
    await restore.restore(PART, '/nowhere', never);
    await restore.discard();
    const calls = server.calls();
    expect(calls.slice(-2)).toEqual([DELETE, `DELETE ${TEMPORARY}`]);
    await restore.discard();
    expect(server.calls()).toEqual(calls);
  });
});

function dead(server: string): RestoreRecord {
  const search = {
    server,
    repository: TEMPORARY_NAME,
    registered: true,
    snapshot: SNAPSHOT,
    indices: [INDEX],
  };
  return { placed: [], search };
}

test('what is restored stays when its server cannot be asked afterwards, and the repository that may be left is named', async () => {
  const server = await startServer();
  server.on(FIND, REPOSITORY_MISSING);
  const { restore, lines } = restoreOn(server);
  await restore.restore(PART, '/nowhere', never);
  server.on(`DELETE ${TEMPORARY}`, errorAnswer(403, 'security_exception', 'no rights'));
  expect((await restore.complete()).counts.map(({ what }) => what)).toEqual(['indices', 'shards']);
  expect(lines.at(-1)).toMatch(
    new RegExp(`^warning: The search index is restored, .*no rights.* '${TEMPORARY_NAME}' there by hand`),
  );
  server.on(`DELETE ${TEMPORARY}`, {});
});

test('a restore that is complete can still be taken back, when something else fails', async () => {
  const server = await startServer();
  server.on(FIND, REPOSITORY_MISSING);
  const { restore } = restoreOn(server);
  await restore.restore(PART, '/nowhere', never);
  await restore.complete();
  await restore.discard();
  expect(server.calls()).toContain(DELETE);
});

describe('of a restore that died', () => {
  test('the index and the repository are deleted', async () => {
    const server = await startServer();
    const { restore } = restoreOn(server);
    expect(await restore.recover(dead(server.url))).toEqual([
      `Deleted the half-restored search index ${INDEX} of a restore that died.`,
    ]);
    expect(server.calls().slice(-2)).toEqual([DELETE, `DELETE ${TEMPORARY}`]);
  });

  test('nothing is touched on another server, and that is said', async () => {
    const server = await startServer();
    const { restore } = restoreOn(server);
    expect(await restore.recover(dead('http://other.example.com:9200'))).toEqual([
      `A restore that died may have left the search index ${INDEX} at http://other.example.com:9200 half-restored; delete it by hand.`,
    ]);
    expect(await restore.recover({ placed: [] })).toEqual([]);
    expect(server.calls()).toEqual([]);
  });
});
