import { expect, test } from 'vitest';
import { backupFindings } from '../../../src/search/backup-findings.ts';
import {
  type ScriptedAnswer,
  type ScriptedServer,
  searchHttpTo,
  startScriptedServer,
} from '../../support/search/scripted-server.ts';
import { errorAnswer, REPOSITORY } from '../../support/search/snapshot-answers.ts';

const FIND = `GET /_snapshot/${REPOSITORY}`;
const VERIFY = `POST /_snapshot/${REPOSITORY}/_verify`;

function registered(settings: object): ScriptedAnswer {
  return { body: { [REPOSITORY]: { type: 'fs', settings } } };
}

async function startServer(): Promise<ScriptedServer> {
  return await startScriptedServer({
    'GET /': { body: { version: { number: '7.17.29' } } },
    [FIND]: registered({ location: '/repo/bb' }),
    [VERIFY]: { body: { nodes: { x: { name: 'one' } } } },
    'GET /a/_alias': { body: { a: { aliases: {} } } },
    // A wildcard that fits none is answered so.
    'GET /b-*/_alias': { body: {} },
    'GET /c/_alias': errorAnswer(404, 'index_not_found_exception', 'no such index [c]'),
    'GET /d/_alias': errorAnswer(403, 'security_exception', 'no rights'),
  });
}

/** @returns `subject: message` of each */
async function said(server: ScriptedServer, ...indices: readonly string[]): Promise<string[]> {
  const place = { setting: 'location', input: 'elasticsearch-location', value: '/repo/bb', required: true };
  const findings = await backupFindings(searchHttpTo(server), {
    strategy: 'fs',
    connection: { url: server.url, credentials: { kind: 'none' } },
    indices,
    repository: { name: REPOSITORY, type: 'fs', place: [place], settings: {} },
  });
  return findings.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

test('a server that has index and repository is in order, and nothing is changed', async () => {
  const server = await startServer();
  expect(await said(server, 'a')).toEqual([]);
  expect(server.calls().filter((call) => !call.startsWith('GET '))).toEqual([VERIFY]);
});

test('a repository for reading only is refused, and not asked to be written into', async () => {
  const server = await startServer();
  server.on(FIND, registered({ location: '/repo/bb', readonly: 'true' }));
  expect(await said(server, 'a')).toEqual([
    expect.stringMatching(
      /^error elasticsearch-repository: Snapshot repository '.*' is registered as read-only/,
    ),
  ]);
  expect(server.calls()).not.toContain(VERIFY);
});

test('a repository that cannot be written into is told with advice', async () => {
  const server = await startServer();
  server.on(VERIFY, errorAnswer(500, 'repository_verification_exception', 'a node cannot write'));
  expect(await said(server, 'a')).toEqual([
    expect.stringMatching(
      /^error elasticsearch-repository: .* cannot use .*a node cannot write\. .*path\.repo/,
    ),
  ]);
});

test('every index that is not there is named, wildcards too, along with the repository', async () => {
  const server = await startServer();
  server.on(FIND, registered({ location: '/other' }));
  const [repository, ...indices] = await said(server, 'c', 'a', 'b-*');
  expect(repository).toContain("registered with location '/other'");
  expect(indices).toEqual([
    expect.stringMatching(/^error elasticsearch-index: .* has no index 'c'; correct elasticsearch-index/),
    expect.stringMatching(/has no index 'b-\*'/),
  ]);
});

test('an index that may not be read is not called missing', async () => {
  const [complaint, ...others] = await said(await startServer(), 'd');
  expect(complaint).toMatch(/^error elasticsearch-index: .*\(403\): no rights/);
  expect(others).toEqual([]);
});

test('a server that does not answer is all that is said', async () => {
  const server = await startServer();
  server.on('GET /', { status: 404, body: '<html>' });
  const complaints = await said(server, 'c');
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(/^error elasticsearch-url: .* answered 404/);
});

test('one of an unknown version is warned of, and looked into all the same', async () => {
  const server = await startServer();
  server.on('GET /', { body: { version: { number: '8.15.0' } } });
  expect(await said(server, 'c')).toEqual([
    expect.stringMatching(/^warning elasticsearch-url: /),
    expect.stringMatching(/^error elasticsearch-index: /),
  ]);
});
