import { describe, expect, test } from 'vitest';
import { restoreFindings } from '../../../src/search/restore-findings.ts';
import type { SearchSettings } from '../../../src/search/search-settings.ts';
import type { ArchivedPart } from '../../../src/strategies/restore.ts';
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
} from '../../support/search/snapshot-answers.ts';

const RUN = '0123456789abcdef';
const FIND = `GET /_snapshot/${REPOSITORY}`;
const TEMPORARY = `/_snapshot/${REPOSITORY}-restore-01234567`;
/** Not by the name that lasts for a moment. */
const SHOWN = `'${SNAPSHOT}' in repository '${REPOSITORY}'`;
const ALIAS = 'bitbucket-search';
const ABSENT = errorAnswer(404, 'index_not_found_exception', 'no such index');

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

/** Everything can be restored there. @param found the repository as registered */
async function startServer(found?: object): Promise<ScriptedServer> {
  return await startScriptedServer({
    'GET /': { body: { version: { number: '7.17.29' } } },
    [FIND]: found === undefined ? REPOSITORY_MISSING : { body: { [REPOSITORY]: found } },
    [`PUT ${TEMPORARY}`]: {},
    [`DELETE ${TEMPORARY}`]: {},
    [`GET ${TEMPORARY}/${SNAPSHOT}`]: listAnswer(),
    [`GET ${SNAPSHOT_PATH}`]: listAnswer(),
    [`GET /${INDEX}/_alias`]: ABSENT,
    [`GET /${ALIAS}/_alias`]: ABSENT,
  });
}

const REGISTERED = { type: 'fs', settings: { location: '/repo/bb' } };

function settingsFor({ url }: ScriptedServer, location: string | undefined): SearchSettings {
  const place = { setting: 'location', input: 'elasticsearch-location', value: location, required: true };
  return {
    strategy: 'fs',
    connection: { url, credentials: { kind: 'none' } },
    indices: [],
    repository: { name: REPOSITORY, type: 'fs', place: [place], settings: { compress: 'true' } },
  };
}

/** @returns `subject: message` of each, all of which are errors */
async function said(
  server: ScriptedServer,
  part: ArchivedPart | undefined = PART,
  location: string | undefined = '/repo/bb',
): Promise<string[]> {
  const findings = await restoreFindings(searchHttpTo(server), settingsFor(server, location), part, RUN);
  expect(findings.filter(({ severity }) => severity !== 'error')).toEqual([]);
  return findings.map(({ subject, message }) => `${subject}: ${message}`);
}

function recording(details: NonNullable<ArchivedPart['recorded']>['details']): ArchivedPart {
  const { recorded } = PART;
  return recorded === undefined ? PART : { ...PART, recorded: { ...recorded, details: { ...details } } };
}

function changing(server: ScriptedServer): readonly string[] {
  return server.calls().filter((call) => !call.startsWith('GET '));
}

describe('a repository that is registered', () => {
  test('is looked into as it is, and nothing is changed', async () => {
    const server = await startServer(REGISTERED);
    expect(await said(server)).toEqual([]);
    expect(changing(server)).toEqual([]);
  });

  test('elsewhere is an error, and what is in it does not matter', async () => {
    const server = await startServer(REGISTERED);
    const [complaint, ...others] = await said(server, PART, '/repo/other');
    expect(complaint).toContain("is registered with location '/repo/bb'");
    expect(others).toEqual([]);
    expect(server.calls()).toEqual(['GET /', FIND]);
  });

  test('that may not be looked at is a finding like the others', async () => {
    const server = await startServer();
    server.on(FIND, errorAnswer(403, 'security_exception', 'no rights'));
    const [complaint, ...others] = await said(server);
    expect(complaint).toMatch(/^elasticsearch-repository: .* does not let .*no rights/);
    expect(others).toEqual([]);
  });
});

describe('a repository that is not registered', () => {
  test('is registered for reading by another name, and forgotten', async () => {
    const server = await startServer();
    expect(await said(server)).toEqual([]);
    expect(changing(server)).toEqual([`PUT ${TEMPORARY}`, `DELETE ${TEMPORARY}`]);
    expect(JSON.parse(server.requests.find(({ call }) => call.startsWith('PUT'))?.body ?? '')).toEqual({
      type: 'fs',
      settings: { location: '/repo/bb', compress: 'true', readonly: true },
    });
  });

  test.each<[string, ScriptedAnswer, string]>([
    ['the snapshot is not there', SNAPSHOT_MISSING, SHOWN],
    ['the snapshot is not whole', listAnswer({ state: 'PARTIAL' }), SHOWN],
    ['the server does not tell', errorAnswer(403, 'security_exception', 'no rights'), 'no rights'],
  ])('is forgotten when %s', async (_what, answer, words) => {
    const server = await startServer();
    server.on(`GET ${TEMPORARY}/${SNAPSHOT}`, answer);
    const complaints = await said(server);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(words);
    expect(changing(server)).toEqual([`PUT ${TEMPORARY}`, `DELETE ${TEMPORARY}`]);
  });

  test('and cannot be read is told with the words of the server', async () => {
    const server = await startServer();
    server.on(`PUT ${TEMPORARY}`, errorAnswer(500, 'repository_exception', 'location [/repo/bb] is wrong'));
    const [complaint, ...others] = await said(server);
    expect(complaint).toMatch(/^elasticsearch-repository: .*location \[\/repo\/bb\] is wrong.*path\.repo/);
    expect(others).toEqual([]);
    expect(changing(server)).toEqual([`PUT ${TEMPORARY}`, `DELETE ${TEMPORARY}`]);
  });

  test('needs its place, even while the archive is not known', async () => {
    const server = await startServer();
    const settings = settingsFor(server, undefined);
    const findings = await restoreFindings(searchHttpTo(server), settings, undefined, RUN);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain("input 'elasticsearch-location' is empty");
  });
});

describe('the archive', () => {
  test.each([
    [{}, 'indices is not an object'],
    [{ snapshot: SNAPSHOT, shards: 2, indices: { [INDEX]: 'x' } }, `indices.${INDEX} is not a list`],
    [{ snapshot: SNAPSHOT, shards: -1, indices: {} }, 'shards is not a number'],
    [{ shards: 1, indices: {} }, 'snapshot is not a text'],
  ])('that records %j cannot be read', async (details, complaint) => {
    const server = await startServer(REGISTERED);
    const [first, ...others] = await said(server, recording(details));
    expect(first).toMatch(
      /^elasticsearch-strategy: What the manifest says of the search index cannot be read: /,
    );
    expect(first).toContain(complaint);
    expect(others).toEqual([]);
    expect(server.calls()).toEqual(['GET /', FIND]);
  });

  test('names an index that the snapshot does not hold', async () => {
    const server = await startServer(REGISTERED);
    server.on(`GET ${SNAPSHOT_PATH}`, listAnswer({ indices: ['other'] }));
    expect(await said(server)).toEqual([expect.stringContaining(`does not hold ${INDEX}`)]);
  });

  test('names a snapshot that is a step in a path: nobody is asked for it', async () => {
    const server = await startServer(REGISTERED);
    const wrong = recording({ snapshot: '..', shards: 2, indices: { [INDEX]: [] } });
    expect(await said(server, wrong)).toEqual([expect.stringContaining("no name may be '.' or '..'")]);
    expect(changing(server)).toEqual([]);
  });
});

test('what is wrong with the target is named along with what is wrong with the snapshot', async () => {
  const server = await startServer(REGISTERED);
  server.on(`GET ${SNAPSHOT_PATH}`, SNAPSHOT_MISSING);
  server.on(`GET /${INDEX}/_alias`, { body: { [INDEX]: { aliases: { [ALIAS]: {} } } } });
  const complaints = await said(server);
  expect(complaints).toHaveLength(2);
  expect(complaints[0]).toContain('There is no snapshot');
  expect(complaints[1]).toContain(`has an index '${INDEX}' already`);
});

test('a server that is none is asked no more', async () => {
  const server = await startServer(REGISTERED);
  server.on('GET /', { status: 401, body: 'Unauthorized' });
  expect(await said(server)).toEqual([expect.stringContaining('elasticsearch-url: ')]);
  expect(server.calls()).toEqual(['GET /']);
});
