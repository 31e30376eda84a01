import { describe, expect, test } from 'vitest';
import { countDocuments, deleteRestored } from '../../../src/search/restored-indices.ts';
import { recoveryAnswer, routingAnswer } from '../../support/search/restore-answers.ts';
import {
  type ScriptedAnswer,
  searchHttpTo,
  startScriptedServer,
} from '../../support/search/scripted-server.ts';
import { errorAnswer, REPOSITORY, SNAPSHOT } from '../../support/search/snapshot-answers.ts';

const NAME = { repository: REPOSITORY, snapshot: SNAPSHOT };
const OURS = { type: 'SNAPSHOT', ...NAME, version: '7.17.29', index: 'a' };
const TABLE = 'GET /_cluster/state/routing_table/a';
const RECOVERY = 'GET /a/_recovery';
const DELETE = 'DELETE /a';
const MISSING = errorAnswer(404, 'index_not_found_exception', 'no such index [a]');
const PLAIN = { type: 'PEER', id: 'YJRgIhQpT0aGBrOV_3uFqQ', name: 'one' };

async function remove(
  table: ScriptedAnswer,
  recovery: ScriptedAnswer,
): Promise<{ deleted: readonly string[]; calls: readonly string[] }> {
  const server = await startScriptedServer({ [TABLE]: table, [RECOVERY]: recovery, [DELETE]: {} });
  const deleted = await deleteRestored(searchHttpTo(server), ['a'], NAME);
  return { deleted, calls: server.calls() };
}

describe('an index is deleted that came out of the snapshot', () => {
  const waiting = { state: 'UNASSIGNED' } as const;

  test.each<[string, ScriptedAnswer, ScriptedAnswer]>([
    ['as its shards tell', routingAnswer({ a: [[{}]] }), recoveryAnswer('a', { source: OURS })],
    [
      'as one of many shards tells',
      routingAnswer({ a: [[{}], [{}]] }),
      recoveryAnswer('a', { source: PLAIN }, { source: {} }, { source: OURS }),
    ],
    [
      'as is planned for it',
      routingAnswer({ a: [[{}], [{ ...waiting, recovery_source: OURS }]] }),
      { body: {} },
    ],
    [
      'as is planned in the words of Elasticsearch 2',
      routingAnswer({ a: [[{ ...waiting, restore_source: NAME }]] }),
      { body: {} },
    ],
  ])('%s', async (_what, table, recovery) => {
    const { deleted, calls } = await remove(table, recovery);
    expect(deleted).toEqual(['a']);
    expect(calls.at(-1)).toBe(DELETE);
  });
});

describe('an index stays', () => {
  test.each<[string, ScriptedAnswer, ScriptedAnswer]>([
    [
      'that somebody else has made',
      routingAnswer({ a: [[{}]] }),
      recoveryAnswer('a', { source: {} }, { source: PLAIN }, {}),
    ],
    [
      'that came out of another snapshot',
      routingAnswer({ a: [[{ recovery_source: { ...OURS, snapshot: 'bitbucket-20261125-020000-000' } }]] }),
      recoveryAnswer('a', { source: { ...OURS, snapshot: 'bitbucket-20261125-020000-000' } }),
    ],
    [
      'that came out of another repository',
      routingAnswer({ a: [[{ recovery_source: { ...OURS, repository: 'other' } }]] }),
      recoveryAnswer('a', { source: { ...OURS, repository: 'other' } }),
    ],
    ['that is not there', MISSING, MISSING],
    ['that is not in the answers', routingAnswer({}), { body: {} }],
    [
      'that is another one behind the same name, an alias',
      routingAnswer({ b: [[{ recovery_source: OURS }]] }),
      recoveryAnswer('b', { source: OURS }),
    ],
  ])('%s', async (_what, table, recovery) => {
    const { deleted, calls } = await remove(table, recovery);
    expect(deleted).toEqual([]);
    expect(calls).not.toContain(DELETE);
  });

  test('when the server does not say what it is made of', async () => {
    const server = await startScriptedServer({
      [TABLE]: errorAnswer(403, 'security_exception', 'no rights'),
      [DELETE]: {},
    });
    await expect(deleteRestored(searchHttpTo(server), ['a'], NAME)).rejects.toMatchObject({
      code: 'AUTH_FORBIDDEN',
    });
    expect(server.calls()).not.toContain(DELETE);
  });
});

test('documents are counted as a search finds them', async () => {
  const server = await startScriptedServer({
    'GET /a,b/_count': { body: { count: 41, _shards: { total: 2, successful: 2, failed: 0 } } },
  });
  expect(await countDocuments(searchHttpTo(server), ['a', 'b'])).toBe(41);
});
