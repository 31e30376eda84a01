import { describe, expect, test } from 'vitest';
import {
  differences,
  findRepository,
  missingSettings,
  type PlaceSetting,
  registerRepository,
  unregisterRepository,
  verifyRepository,
  type WantedRepository,
} from '../../../src/search/snapshot-repository.ts';
import { failureOf } from '../../support/failure.ts';
import { searchHttpTo, startScriptedServer } from '../../support/search/scripted-server.ts';
import { errorAnswer, REPOSITORY_MISSING } from '../../support/search/snapshot-answers.ts';

const PATH = '/_snapshot/repo';

function place(setting: string, value: string | undefined, required = true): PlaceSetting {
  return { setting, input: `input-${setting}`, value, required };
}

function folder(location?: string): WantedRepository {
  return {
    name: 'repo',
    type: 'fs',
    place: [place('location', location)],
    settings: { compress: 'true' },
  };
}

function bucket(values: { bucket?: string; base_path?: string; region?: string }): WantedRepository {
  return {
    name: 'repo',
    type: 's3',
    place: [
      place('bucket', values.bucket),
      place('base_path', values.base_path, false),
      place('region', values.region, false),
    ],
    settings: {},
  };
}

describe('a registered repository is the one that the inputs mean', () => {
  test.each<[string, string | undefined]>([
    ['/repo/bb', '/repo/bb'],
    ['/repo/bb', '/repo//bb/'],
    ['/repo/bb/', '/repo/bb'],
    ['bb', 'bb'],
    ['bb', 'bb/'],
    ['bb', '/repo/bb'],
    ['bb/cc', '/repo/bb/cc'],
    ['/repo/bb', undefined],
  ])('at %s, wanted at %s', (location, wanted) => {
    expect(differences({ type: 'fs', settings: { location } }, folder(wanted))).toEqual([]);
  });

  test.each([
    [{ bucket: 'b', base_path: 'x/y' }, bucket({ bucket: 'b', base_path: 'x/y' })],
    [{ bucket: 'b', region: 'eu-central-1', endpoint: 'e' }, bucket({ bucket: 'b' })],
    [{ bucket: 'b' }, bucket({})],
  ])('with %j', (settings, wanted) => {
    expect(differences({ type: 's3', settings }, wanted)).toEqual([]);
  });
});

describe('a registered repository is another one', () => {
  test.each([
    ['/repo/bb', '/repo/cc'],
    ['/repo/bb', 'bb'],
    ['bb', '/repo/xbb'],
    ['bb', 'cc/bb'],
    ['/repo/bb', '/repo'],
  ])('at %s, wanted at %s', (location, wanted) => {
    expect(differences({ type: 'fs', settings: { location } }, folder(wanted))).toEqual([
      `Snapshot repository 'repo' is registered with location '${location}', and input-location is '${wanted}'; correct the input, leave it empty to use the repository as it is, or choose another elasticsearch-repository.`,
    ]);
  });

  test('with another bucket and without a path, which are both named', () => {
    const found = { type: 's3', settings: { bucket: 'a' } };
    const said = differences(found, bucket({ bucket: 'b', base_path: 'x' }));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain("registered with bucket 'a', and input-bucket is 'b'");
    expect(said[1]).toContain("registered with base_path '', and input-base_path is 'x'");
  });

  test('of another type, and no more is said', () => {
    const [said, ...more] = differences({ type: 'url', settings: {} }, folder('/a'));
    expect(said).toContain("is registered with type 'url', and elasticsearch-strategy wants 'fs'");
    expect(more).toEqual([]);
  });
});

test('what it takes to register one is named where it is missing', () => {
  expect(missingSettings(folder('/a'))).toEqual([]);
  expect(missingSettings(bucket({ bucket: 'b' }))).toEqual([]);
  const said = missingSettings(bucket({ region: 'eu-central-1' }));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain("'repo' is not registered, and input 'input-bucket' is empty");
});

describe('the server', () => {
  test('tells type and settings, all of them as text, or that there is none', async () => {
    const server = await startScriptedServer();
    const settings = { location: 'bb', compress: true, readonly: 'true' };
    server.on(`GET ${PATH}`, { body: { repo: { type: 'fs', settings } } }, REPOSITORY_MISSING, { body: {} });
    const http = searchHttpTo(server);
    expect(await findRepository(http, 'repo')).toEqual({
      type: 'fs',
      settings: { compress: 'true', location: 'bb', readonly: 'true' },
    });
    expect(await findRepository(http, 'repo')).toBeUndefined();
    expect((await failureOf(findRepository(http, 'repo'))).message).toContain('repo is not an object');
  });

  test('registers it with what the inputs say alone, for reading too', async () => {
    const server = await startScriptedServer({ [`PUT ${PATH}`]: {} });
    const http = searchHttpTo(server);
    await registerRepository(http, bucket({ bucket: 'b' }));
    await registerRepository(http, folder('/a'), { readOnly: true });
    expect(server.requests.map(({ body }): unknown => JSON.parse(body))).toEqual([
      { type: 's3', settings: { bucket: 'b' } },
      { type: 'fs', settings: { location: '/a', compress: 'true', readonly: true } },
    ]);
  });

  test('cannot use it: what to do depends on the kind', async () => {
    const broken = errorAnswer(500, 'repository_verification_exception', 'not accessible');
    const server = await startScriptedServer({ [`POST ${PATH}/_verify`]: broken });
    const http = searchHttpTo(server);
    const ofFolder = await failureOf(verifyRepository(http, folder('/a')));
    expect(ofFolder.message).toMatch(
      /^The search server cannot use the snapshot repository 'repo': .*accessible/,
    );
    expect(ofFolder.advice).toContain('path.repo');
    expect((await failureOf(verifyRepository(http, bucket({})))).advice).toContain('repository-s3');
  });

  test('does not let us: that is told as it is', async () => {
    const server = await startScriptedServer({
      [`POST ${PATH}/_verify`]: errorAnswer(403, 'security_exception', 'no rights'),
    });
    const error = await failureOf(verifyRepository(searchHttpTo(server), folder('/a')));
    expect(error).toMatchObject({ code: 'AUTH_FORBIDDEN' });
    expect(error.message).not.toContain('cannot use');
  });

  test('forgets it, twice', async () => {
    const server = await startScriptedServer();
    server.on(`DELETE ${PATH}`, {}, REPOSITORY_MISSING, errorAnswer(403, 'security_exception', 'no'));
    const http = searchHttpTo(server);
    await unregisterRepository(http, 'repo');
    await unregisterRepository(http, 'repo');
    await expect(unregisterRepository(http, 'repo')).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  });
});
