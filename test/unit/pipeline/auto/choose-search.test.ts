import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../../src/host/command.ts';
import { inputsOf } from '../../../../src/inputs/declarations.ts';
import { InputReader } from '../../../../src/inputs/reader.ts';
import { chooseSearch, type ChosenSearch } from '../../../../src/pipeline/auto/choose-search.ts';
import type { SearchStrategyChoice } from '../../../../src/search/registry.ts';
import { failureIn } from '../../../support/failure.ts';
import { createMemoryLog } from '../../../support/memory-log.ts';
import { type ScriptedServer, startScriptedServer } from '../../../support/search/scripted-server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

type Inputs = Readonly<Record<string, string>>;

const DEFAULTS = Object.fromEntries(inputsOf('backup').map((input) => [input.name, input.default ?? '']));
const PLACE = { 'elasticsearch-location': '/repo/bb' };
const PASSWORD = 'fr0m-file';

let home: string;
let masked: string[];

beforeEach(() => {
  home = join(temporaryFolder(), 'home');
  mkdirSync(join(home, 'shared'), { recursive: true });
  masked = [];
});

function lay(url: string, more: Inputs = {}, prefix = 'plugin.search.config'): void {
  const properties = Object.entries({ baseurl: url, username: 'bitbucket', password: PASSWORD, ...more });
  const lines = properties.map(([name, value]) => `${prefix}.${name}=${value}\n`);
  writeFileSync(join(home, 'shared/bitbucket.properties'), lines.join(''), 'latin1');
}

function readerOf(given: Inputs): InputReader {
  const inputs: Inputs = { ...DEFAULTS, 'home-path': home, ...PLACE, ...given };
  return new InputReader({
    raw: (name) => inputs[name] ?? '',
    mask: (secret) => {
      masked.push(secret);
    },
  });
}

async function choose(
  given: Inputs = {},
  strategy: SearchStrategyChoice = 'fs',
  homeStrategy = 'rsync',
): Promise<ChosenSearch> {
  const reader = readerOf(given);
  const chosen = await chooseSearch(reader, strategy, homeStrategy);
  reader.finish();
  return chosen;
}

/** @returns the sentences about the inputs */
async function complaints(given: Inputs, strategy: SearchStrategyChoice = 'fs'): Promise<string> {
  const reader = readerOf(given);
  await chooseSearch(reader, strategy, 'rsync');
  return failureIn(() => {
    reader.finish();
  }).message;
}

/** @returns who the server is asked by; undefined for nobody in particular */
async function asksAs({ factory }: ChosenSearch, server: ScriptedServer): Promise<string | undefined> {
  const backup = factory.create({
    log: createMemoryLog().log,
    commands: createCommandRunner(),
    backupId: 'bitbucket-20261126-020000-000',
    backupRoot: '/nowhere',
    progress: () => undefined,
  });
  onTestFinished(async () => {
    await backup.close?.();
  });
  await backup.preflight();
  const [request] = server.requests;
  expect(request?.call).toBe('GET /');
  const [, encoded] = request?.headers.authorization?.split(' ') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

describe('the search server that Bitbucket uses', () => {
  test.each(['plugin.search.config', 'plugin.search.elasticsearch'])(
    'is taken from %s, with user and password, and told without them',
    async (prefix) => {
      const server = await startScriptedServer();
      lay(server.url, {}, prefix);
      const chosen = await choose();
      expect(chosen.findings).toEqual([]);
      expect(chosen.told).toBe(`Search server found in '${home}/shared/bitbucket.properties': ${server.url}`);
      expect(masked).toContain(PASSWORD);
      expect(await asksAs(chosen, server)).toBe(`bitbucket:${PASSWORD}`);
    },
  );

  test('gets the password of the file where the input names the same server', async () => {
    const server = await startScriptedServer();
    lay(server.url);
    const chosen = await choose({ 'elasticsearch-url': new URL(server.url).host });
    expect(chosen).toMatchObject({ findings: [] });
    expect(chosen).not.toHaveProperty('told');
    expect(await asksAs(chosen, server)).toBe(`bitbucket:${PASSWORD}`);
  });

  test('is not the one that the input names: that one gets no password of the file', async () => {
    const server = await startScriptedServer();
    lay('http://other.example.com:9200');
    const chosen = await choose({ 'elasticsearch-url': server.url });
    expect(await asksAs(chosen, server)).toBeUndefined();
    expect(masked).toEqual([]);
  });

  test('at another port is another one', async () => {
    const server = await startScriptedServer();
    lay('http://127.0.0.1:1');
    expect(await asksAs(await choose({ 'elasticsearch-url': server.url }), server)).toBeUndefined();
  });

  test('gets the password of the file for its user alone', async () => {
    const server = await startScriptedServer();
    lay(server.url);
    const own = { 'elasticsearch-username': 'backup', 'elasticsearch-password': 'own' };
    expect(await asksAs(await choose(own), server)).toBe('backup:own');
    expect(masked).not.toContain(PASSWORD);
    expect(await complaints({ 'elasticsearch-username': 'backup' })).toContain(
      "Input 'elasticsearch-password' is empty",
    );
    const same = await startScriptedServer();
    lay(same.url);
    expect(await asksAs(await choose({ 'elasticsearch-username': 'bitbucket' }), same)).toBe(
      `bitbucket:${PASSWORD}`,
    );
  });

  test('is asked with the password of the input, where there is one', async () => {
    const server = await startScriptedServer();
    lay(server.url);
    expect(await asksAs(await choose({ 'elasticsearch-password': 'own' }), server)).toBe('bitbucket:own');
  });

  test('is not given a password over plain http, be it the one of the file', async () => {
    lay('http://search.example.com:9200');
    expect(await complaints({})).toContain(
      'would send the password readable over http to search.example.com',
    );
  });
});

describe('a search server of Amazon', () => {
  const AMAZON = 'https://search.eu-central-1.es.example.com';
  const bucket = {
    'elasticsearch-s3-bucket': 'snapshots',
    'elasticsearch-s3-region': 'eu-central-1',
    'elasticsearch-role-arn': 'arn:aws:iam::123456789012:role/snapshots',
  };

  test('is signed for the region of the file, and no user goes along', async () => {
    lay(AMAZON, { 'aws.region': 'eu-central-1' });
    expect(await choose(bucket, 'amazon-es')).toMatchObject({ findings: [] });
    expect(masked).not.toContain(PASSWORD);
  });

  test('needs a region, where neither the file nor the input nor the URL has one', async () => {
    lay(AMAZON, { username: '', password: '' });
    expect(await complaints(bucket, 'amazon-es')).toContain('elasticsearch-region');
    expect(await choose({ ...bucket, 'elasticsearch-region': 'eu-central-1' }, 'amazon-es')).toMatchObject({
      findings: [],
    });
  });
});

describe('without a search server in the file', () => {
  const subject = 'elasticsearch-url';

  test('preflight says that there is none to back up, and what to set', async () => {
    writeFileSync(join(home, 'shared/bitbucket.properties'), 'setup.displayName=x\n');
    const chosen = await choose();
    expect(chosen).toMatchObject({ findings: [{ severity: 'error', subject }] });
    expect(chosen.findings[0]?.message).toContain('names no search server (plugin.search.config.baseurl)');
    expect(chosen.findings[0]?.message).toContain('set elasticsearch-strategy: none');
    expect(chosen).not.toHaveProperty('told');
  });

  test('preflight says that the file cannot be read', async () => {
    const chosen = await choose();
    expect(chosen.findings).toHaveLength(1);
    expect(chosen.findings[0]?.message).toBe(
      `Input 'elasticsearch-url' is empty, and '${home}' holds no shared/bitbucket.properties and no bitbucket.properties; set the input, or correct home-path.`,
    );
  });

  test('the input alone is enough', async () => {
    const server = await startScriptedServer();
    const chosen = await choose({ 'elasticsearch-url': server.url });
    expect(chosen.findings).toEqual([]);
    expect(await asksAs(chosen, server)).toBeUndefined();
  });

  test('other inputs that are wrong are named all the same', async () => {
    const said = await complaints({ 'elasticsearch-index': '*', 'elasticsearch-repository': 'a/b' });
    expect(said).toContain("Input 'elasticsearch-index' is '*'");
    expect(said).toContain("Input 'elasticsearch-repository' is 'a/b'");
    expect(said).not.toContain('stand-in');
  });

  test.each([
    ['no home is backed up', {}, 'none'],
    ['the home is wrong, which its own reader says', { 'home-path': 'relative' }, 'rsync'],
    ['the home leads upwards', { 'home-path': '/a/../b' }, 'rsync'],
  ])('the input is asked for where %s', async (_what, given: Inputs, homeStrategy) => {
    const reader = readerOf(given);
    expect((await chooseSearch(reader, 'fs', homeStrategy)).findings).toEqual([]);
    expect(() => {
      reader.finish();
    }).toThrow("Input 'elasticsearch-url' is empty, and elasticsearch-strategy is 'fs'");
  });

  test('nothing is looked for when nothing is backed up', async () => {
    expect(await choose({}, 'none')).toMatchObject({ findings: [] });
  });
});

describe('a URL in the file that is wrong', () => {
  test.each([
    'https://u:s3cret@search.example.com',
    'u:s3cret@search.example.com:9200',
    'https://u:s3c/ret@search.example.com',
    'https://u:s3//cret@search.example.com:9200',
    'https://search.example.com?token=s3cret',
  ])('%j is complained about without its secret', async (url) => {
    lay(url, { username: '', password: '' });
    const reader = readerOf({});
    const { told } = await chooseSearch(reader, 'fs', 'rsync');
    const { message } = failureIn(() => {
      reader.finish();
    });
    expect(message).toContain("Input 'elasticsearch-url' ");
    expect(message).not.toContain('bitbucket-username');
    expect(`${message} ${told}`).not.toMatch(/s3|ret@/);
  });
});
