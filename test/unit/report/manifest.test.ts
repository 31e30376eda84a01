import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import { ActionError } from '../../../src/errors.ts';
import { buildManifest, manifestJson, type ManifestSource } from '../../../src/report/manifest.ts';
import { readManifest } from '../../../src/report/manifest-reader.ts';
import { fakeClock, usualTimeline } from './fake-run.ts';

const SCHEMA_FILE = new URL('../../../docs/manifest.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const conforms = ajv.compile(jsonObject(readFileSync(SCHEMA_FILE, 'utf8')));

let source: ManifestSource;
beforeAll(async () => {
  source = {
    product: { name: 'bitbucket-backup-action', version: '0.1.0' },
    backupId: 'bitbucket-20261122-021305-250',
    instanceName: 'bitbucket',
    bitbucket: { url: 'https://bitbucket.example.com/scm', version: '9.4.1' },
    timeline: await usualTimeline(),
    parts: {
      home: {
        strategy: 'rsync',
        included: true,
        members: ['bitbucket-home', 'bitbucket-data-stores'],
        files: 512_345,
        bytes: 3_865_000_000,
        details: { stores: ['/data/one'], nested: { b: 1, a: null } },
      },
      database: {
        strategy: 'postgresql',
        included: true,
        members: ['bitbucket-db'],
        details: { serverVersion: '15.4' },
      },
      search: { strategy: 'none', included: false, members: [], details: {} },
    },
    notCovered: [{ slot: 'mesh', reason: 'Repositories on Mesh nodes are not covered.' }],
    exclusions: { patterns: ['/caches/', '/log/'], repositories: [7, 12] },
    tools: { rsync: 'rsync  version 3.2.7', pg_dump: 'pg_dump (PostgreSQL) 15.4' },
    runner: { hostname: 'backup01', platform: 'linux x64' },
    github: { repository: 'example/backup', runId: '4711' },
  };
});

type Json = Record<string, unknown>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function jsonObject(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) {
    throw new TypeError('This is not an object.');
  }
  return value;
}

function parsed(): Json {
  return jsonObject(manifestJson(buildManifest(source)));
}

/** A manifest with one field set, by a path such as `parts.0.slot`, or removed. */
function broken(path: string, value: unknown): unknown {
  const manifest = parsed();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place: Json = manifest;
  for (const key of keys) {
    const next = place[key];
    if (!isJson(next)) {
      throw new TypeError(`There is no ${path}.`);
    }
    place = next;
  }
  if (value === undefined) {
    delete place[last];
  } else {
    place[last] = value;
  }
  return manifest;
}

test('a manifest holds what was backed up, when, with what, and what was not', () => {
  expect(parsed()).toMatchObject({
    formatVersion: 1,
    times: {
      startedAt: '2026-11-22T02:13:05.250Z',
      lockedAt: '2026-11-22T02:13:25.550Z',
      drainedAt: '2026-11-22T02:13:26.350Z',
      unlockedAt: '2026-11-22T02:13:27.250Z',
      finishedAt: '2026-11-22T02:13:47.250Z',
      lockedSeconds: 1.8,
    },
    consistency: 'locked-and-drained',
    parts: [
      { slot: 'home', files: 512_345, details: { stores: ['/data/one'] } },
      { slot: 'database', members: ['bitbucket-db'] },
      { slot: 'search', included: false },
    ],
    notBackedUp: [
      { slot: 'search', reason: "The search strategy is 'none'." },
      { slot: 'mesh', reason: 'Repositories on Mesh nodes are not covered.' },
    ],
    github: { repository: 'example/backup', runId: '4711' },
  });
});

test('a manifest follows the published schema and reads back as it was', () => {
  const manifest = buildManifest(source);
  const json = manifestJson(manifest);
  conforms(JSON.parse(json));
  expect(conforms.errors).toBeNull();
  expect(readManifest(json)).toEqual(manifest);
  const outside = buildManifest({ ...source, github: undefined, notCovered: [] });
  expect(conforms(JSON.parse(manifestJson(outside)))).toBe(true);
});

test('equal content gives equal text, whatever order it was made in', () => {
  const { home } = source.parts;
  const turned: ManifestSource = {
    ...source,
    tools: Object.fromEntries(Object.entries(source.tools).toReversed()),
    parts: {
      ...source.parts,
      home: { ...home, details: Object.fromEntries(Object.entries(home.details).toReversed()) },
    },
    timeline: source.timeline,
  };
  const manifest = buildManifest(turned);
  const { runner, parts, formatVersion, ...others } = manifest;
  const shuffled = { runner, parts, ...others, formatVersion };
  expect(manifestJson(shuffled)).toBe(manifestJson(buildManifest(source)));
  expect(manifestJson(manifest)).toMatch(/^\{\n {2}"formatVersion": 1,\n[\s\S]*\n\}\n$/);
});

test('fields that the contract does not know are not written', () => {
  const home = { ...source.parts.home, password: 'secret' };
  expect(manifestJson(buildManifest({ ...source, parts: { ...source.parts, home } }))).not.toContain(
    'secret',
  );
});

test('what tools say of themselves cannot cost the backup', () => {
  const manifest = buildManifest({
    ...source,
    tools: { silent: '', loud: '\u001b[31mred\n2' },
    runner: { hostname: '', platform: 'linux x64' },
  });
  const json = jsonObject(manifestJson(manifest));
  expect(json['tools']).toEqual({ silent: 'unknown', loud: 'red 2' });
  expect(conforms(json)).toBe(true);
});

test('a run that was not locked, drained and unlocked gets no manifest', async () => {
  const run = fakeClock();
  await run.step('locked', 'lock', 10, 'lock-requested', 'locked', 'unlocked');
  expect(() => buildManifest({ ...source, timeline: run.timeline })).toThrow(/never reached 'drained'/);
});

test.each<[string, unknown, RegExp]>([
  ['formatVersion', 0, /formatVersion/],
  ['formatVersion', '1', /formatVersion/],
  ['product', undefined, /product is not an object/],
  ['product.name', '', /product\.name/],
  ['backupId', '../../etc/passwd', /backupId is not a file name/],
  ['instanceName', 'a/b', /instanceName/],
  ['bitbucket.url', 'file:///etc', /bitbucket\.url/],
  ['bitbucket.url', 'https://user:pw@host', /bitbucket\.url/],
  ['times.lockedAt', undefined, /times\.lockedAt/],
  ['times.lockedAt', '2026-13-40T99:00:00Z', /times\.lockedAt/],
  ['times.drainedAt', '2026-11-22T02:13:05+01:00', /times\.drainedAt/],
  ['times.lockedSeconds', -1, /times\.lockedSeconds/],
  ['consistency', 'hoped-for', /consistency is none of locked-and-drained/],
  ['parts', {}, /parts is not a list/],
  ['parts', [], /each of home, database, search once/],
  ['parts.1.slot', 'home', /each of home, database, search once/],
  ['parts.1.slot', 'kitchen', /parts\[1\]\.slot/],
  ['parts.0.strategy', '../evil.js', /parts\[0\]\.strategy/],
  ['parts.0.included', 'yes', /parts\[0\]\.included/],
  ['parts.0.members', ['..'], /parts\[0\]\.members\[0\] is not a plain name/],
  ['parts.0.members', ['ok', '/etc'], /parts\[0\]\.members\[1\]/],
  ['parts.0.members', ['-rf'], /parts\[0\]\.members\[0\]/],
  ['parts.0.files', 1.5, /parts\[0\]\.files/],
  ['parts.0.bytes', -1, /parts\[0\]\.bytes/],
  ['parts.0.details', [], /parts\[0\]\.details/],
  ['notBackedUp', [{ slot: 'mesh' }], /notBackedUp\[0\]\.reason/],
  ['exclusions.repositories', [0], /exclusions\.repositories\[0\]/],
  ['exclusions.patterns', ['a\nb'], /exclusions\.patterns\[0\]/],
  ['tools.rsync', 3, /tools\.rsync/],
  ['runner.hostname', null, /runner\.hostname/],
  ['github.runId', 'x', /github\.runId/],
])('a manifest with a wrong %s (%j) is refused by reader and schema', (path, value, complaint) => {
  const wrong = broken(path, value);
  expect(() => readManifest(JSON.stringify(wrong))).toThrow(complaint);
  expect(conforms(wrong)).toBe(false);
});

test.each(['', '{', 'null', '[]', '"x"', '\u0000'])('%j is not a manifest, and the error says so', (text) => {
  const error = failureOf(text);
  expect(error.code).toBe('MANIFEST_INVALID');
  expect(error.message).toMatch(/^This is not a manifest of a backup: /);
});

test('a manifest of a later form is refused as that', () => {
  const error = failureOf(JSON.stringify({ formatVersion: 2 }));
  expect(error.code).toBe('VERSION_UNSUPPORTED');
  expect(error.message).toBe('The manifest has format version 2; this action reads version 1.');
});

test('a hostile manifest cannot exhaust the reader or reach a prototype', () => {
  expect(failureOf(' '.repeat(17 * 1024 * 1024)).message).toContain('characters');
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const wrong = JSON.stringify(broken('parts.0.details', { a: 'DEEP' })).replace('"DEEP"', deep);
  expect(failureOf(wrong).message).toContain('nested deeper');
  const polluting = JSON.stringify(broken('parts.0.details', { a: 1 })).replace(
    '"a":1',
    '"__proto__":{"hit":1}',
  );
  const details = readManifest(polluting).parts[0]?.details ?? {};
  expect(Object.getPrototypeOf(details)).toBe(Object.prototype);
  expect(Object.keys(details)).toEqual(['__proto__']);
});

test('fields of a later action in the same form are passed over', () => {
  const manifest = readManifest(JSON.stringify(broken('times.later', 1)));
  expect(manifest).toEqual(buildManifest(source));
});

function failureOf(text: string): ActionError {
  try {
    readManifest(text);
  } catch (error) {
    if (error instanceof ActionError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was read without a complaint.');
}
