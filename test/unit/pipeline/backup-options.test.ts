import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { archiveStrategies } from '../../../src/archive/registry.ts';
import { databaseStrategies } from '../../../src/database/registry.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { homeStrategies } from '../../../src/home/registry.ts';
import { inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { InputReader } from '../../../src/inputs/reader.ts';
import { type BackupOptions, readBackupOptions } from '../../../src/pipeline/backup-options.ts';
import { searchStrategies } from '../../../src/search/registry.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FS, WRONG_SEARCH_INPUTS } from './wrong-search-inputs.ts';

type Inputs = Readonly<Record<string, string>>;

/** A home, as far as `auto` looks into it. */
const HOME = mkdtempSync(join(tmpdir(), 'options-home-'));
mkdirSync(join(HOME, 'shared'));
writeFileSync(
  join(HOME, 'shared', 'bitbucket.properties'),
  'jdbc.driver=org.postgresql.Driver\njdbc.url=jdbc:postgresql://db.example.com:5433/bitbucket\njdbc.user=atlbitbucket\njdbc.password=fr0m-file\n',
);

afterAll(() => {
  rmSync(HOME, { recursive: true });
});

const USUAL: Inputs = {
  'bitbucket-url': 'https://bitbucket.example.com/code/',
  'bitbucket-username': 'backup',
  'bitbucket-password': 'hunter2',
  'backup-root': '/backup/root',
  'archive-root': '/backup/archives',
  'home-path': HOME,
};

beforeEach(() => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** As the runner passes them: what the workflow does not set has its default, or is empty. */
function readerOf(given: Inputs, masked: string[] = []): InputReader {
  const defaults = Object.fromEntries(inputDeclarations.map((input) => [input.name, input.default ?? '']));
  return new InputReader({
    raw: (name) => given[name] ?? defaults[name] ?? '',
    mask: (secret) => masked.push(secret),
  });
}

async function read(changes: Inputs = {}): Promise<BackupOptions> {
  return await readBackupOptions(readerOf({ ...USUAL, ...changes }));
}

/** @returns what was said, each with the input that it is about. */
async function complaints(changes: Inputs): Promise<readonly (readonly [string, string])[]> {
  try {
    await read(changes);
  } catch (error) {
    if (error instanceof ConfigurationError && error.code === 'INPUT_INVALID') {
      return error.problems.map(({ subject, message }) => [subject, message]);
    }
    throw error;
  }
  return [];
}

describe('what is in order', () => {
  test('the required inputs are enough, everything else has a default', async () => {
    expect(await read()).toMatchObject({
      connection: {
        url: 'https://bitbucket.example.com/code',
        credentials: { kind: 'basic', username: 'backup', password: 'hunter2' },
      },
      instanceName: 'bitbucket',
      limits: { maxLockedMs: 3_600_000, drainTimeoutMs: 600_000 },
      dryRun: false,
      backupRoot: '/backup/root',
      keepBackups: 0,
      uploadArtifact: 'manifest',
      chosen: { home: 'rsync', database: 'postgresql', search: 'none', archive: 'tar' },
    });
  });

  test('a token goes instead of user and password', async () => {
    const { connection } = await read({
      'bitbucket-username': '',
      'bitbucket-password': '',
      'bitbucket-token': 'BBDC-abc',
    });
    expect(connection.credentials).toEqual({ kind: 'bearer', token: 'BBDC-abc' });
  });

  test.each(['http://localhost:7990', 'http://127.0.0.1:7990', 'http://[::1]:7990'])(
    '%s stays on this machine and needs no consent',
    async (url) => {
      expect(await complaints({ 'bitbucket-url': url })).toEqual([]);
    },
  );

  test('http to another host needs consent', async () => {
    const url = 'http://bitbucket.example.com';
    expect(await complaints({ 'bitbucket-url': url, 'allow-insecure-http': 'true' })).toEqual([]);
  });

  test('a file of authorities is read', async () => {
    const folder = temporaryFolder();
    const { cert } = await makeCertificate(folder);
    const file = join(folder, 'ca.pem');
    writeFileSync(file, cert);
    expect((await read({ 'ca-file': file })).connection.ca).toBe(cert);
  });

  test('a file that only looks like one is a wrong input: Node would ignore it silently', async () => {
    const file = join(temporaryFolder(), 'ca.pem');
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
    await expect(read({ 'ca-file': file })).rejects.toThrow('holds no PEM certificate');
  });

  test('home and database may be left out on purpose', async () => {
    const { chosen } = await read({ 'home-strategy': 'none', 'home-path': '', 'database-strategy': 'none' });
    expect(chosen).toMatchObject({ home: 'none', database: 'none' });
  });

  test('every secret is masked', async () => {
    const masked: string[] = [];
    await readBackupOptions(readerOf({ ...USUAL, 'database-password': 'p0stgres' }, masked));
    expect(new Set(masked)).toEqual(new Set(['hunter2', 'p0stgres', 'fr0m-file']));
    const withToken = { 'bitbucket-username': '', 'bitbucket-password': '', 'bitbucket-token': 'BBDC-abc' };
    await readBackupOptions(readerOf({ ...USUAL, ...withToken }, masked));
    expect(masked).toContain('BBDC-abc');
  });
});

const NO_HOME: Inputs = { 'home-strategy': 'none', 'database-strategy': 'postgresql' };

/** Each of these alone makes exactly one complaint, about the input that is named first. */
const WRONG: readonly (readonly [string, Inputs])[] = [
  [
    'elasticsearch-url',
    { ...FS, 'elasticsearch-url': '', 'home-strategy': 'none', 'home-path': '', 'database-strategy': 'none' },
  ],
  ...WRONG_SEARCH_INPUTS,
  ['elasticsearch-index', { ...FS, 'elasticsearch-index': ' , ' }],
  ['elasticsearch-index', { ...FS, 'elasticsearch-index': '*' }],
  ['elasticsearch-index', { ...FS, 'elasticsearch-index': 'bitbucket-search-v1, -secret' }],
  ['elasticsearch-index', { ...FS, 'elasticsearch-index': 'bitbucket search' }],
  ...['bitbucket-url', 'bitbucket-username', 'bitbucket-password', 'backup-root', 'archive-root', 'home-path']
    .flatMap((name) => ['', ' '].map((value): [string, Inputs] => [name, { [name]: value }]))
    // A blank password may be one.
    .filter(([name, inputs]) => name !== 'bitbucket-password' || inputs[name] === ''),
  ['bitbucket-username', { 'bitbucket-username': '', 'bitbucket-password': '' }],
  ['bitbucket-username', { 'bitbucket-username': 'back:up' }],
  ['bitbucket-token', { 'bitbucket-token': 'BBDC-abc' }],
  ['bitbucket-url', { 'bitbucket-url': 'bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'ssh://bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'https://admin:hunter2@bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'https://bitbucket.example.com/?x=1' }],
  ['bitbucket-url', { 'bitbucket-url': 'http://bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'http://localhost.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'http://127.0.0.1.example.com' }],
  ...['dry-run', 'allow-insecure-http'].flatMap((name) =>
    ['yes', 'True', 'true ', '1', ''].map((value): [string, Inputs] => [name, { [name]: value }]),
  ),
  ...['max-locked-minutes', 'drain-timeout-minutes', 'keep-backups', 'database-port'].flatMap((name) =>
    [' 5x', '-1', '1e9', '2.5', '99999999'].map((value): [string, Inputs] => [name, { [name]: value }]),
  ),
  ...['max-locked-minutes', 'drain-timeout-minutes', 'database-port'].map((name): [string, Inputs] => [
    name,
    { [name]: '0' },
  ]),
  ...['backup-root', 'archive-root', 'home-path', 'ca-file', 'data-stores'].flatMap((name) =>
    ['relative', '/', '/a/../b', '~/x', '/a\u0007'].map((value): [string, Inputs] => [
      name,
      { [name]: value },
    ]),
  ),
  ['home-strategy', { 'home-strategy': 'rsnyc' }],
  ['database-strategy', { 'database-strategy': 'oracle' }],
  ['database-strategy', { 'home-strategy': 'none', 'home-path': '' }],
  ['database-strategy', { 'home-strategy': 'none', 'home-path': '', 'database-strategy': 'internal' }],
  ['database-host', { 'database-strategy': 'internal', 'database-host': 'db' }],
  ['elasticsearch-strategy', { 'elasticsearch-strategy': 'solr' }],
  ['archive-strategy', { 'archive-strategy': 'zip' }],
  ['archive-compression', { 'archive-compression': 'bzip2' }],
  ['upload-artifact', { 'upload-artifact': 'everything' }],
  ['home-path', { ...NO_HOME }],
  ['data-stores', { ...NO_HOME, 'home-path': '', 'data-stores': '/stores/1' }],
  ['exclude-repositories', { ...NO_HOME, 'home-path': '', 'exclude-repositories': '7' }],
  ['database-password', { 'database-strategy': 'none', 'database-password': 'hunter2' }],
  ['database-host', { 'database-strategy': 'none', 'database-host': 'db' }],
  ['database-host', { 'database-host': 'db.example.com:5432' }],
  ['database-backup-path', { 'database-strategy': 'postgresql', 'database-backup-path': '/backup' }],
  ['database-backup-folder', { 'database-strategy': 'postgresql', 'database-backup-folder': '/backup' }],
  ['database-trust-certificate', { 'database-strategy': 'postgresql', 'database-trust-certificate': 'true' }],
  ['database-command', { 'database-strategy': 'custom' }],
  ['database-command', { 'database-strategy': 'custom', 'database-command': 'backup.sh' }],
  ['database-command', { 'database-strategy': 'postgresql', 'database-command': '/opt/backup.sh' }],
  ...['0', 'x', '10081'].map((value): [string, Inputs] => [
    'database-command-timeout-minutes',
    {
      'database-strategy': 'custom',
      'database-command': '/opt/backup.sh',
      'database-command-timeout-minutes': value,
    },
  ]),
  [
    'postgresql-data-directory',
    { 'database-strategy': 'postgresql', 'postgresql-data-directory': '/var/lib/postgresql/15/main' },
  ],
  ['database-strategy', { 'database-strategy': 'postgresql-fslevel' }],
  [
    'database-strategy',
    { 'database-strategy': 'postgresql-fslevel', 'home-strategy': 'none', 'home-path': '' },
  ],
  ['database-options-file', { 'database-strategy': 'postgresql', 'database-options-file': '/etc/my.cnf' }],
  ...['relative', '/'].map((value): [string, Inputs] => [
    'database-options-file',
    { 'database-strategy': 'mysql', 'database-name': 'bitbucket', 'database-options-file': value },
  ]),
  ['database-block-ddl', { 'database-strategy': 'postgresql', 'database-block-ddl': 'true' }],
  [
    'database-block-ddl',
    { 'database-strategy': 'mysql', 'database-name': 'bitbucket', 'database-block-ddl': 'yes' },
  ],
  ['database-name', { 'database-strategy': 'mysql' }],
  ['exclude-repositories', { 'exclude-repositories': '1,x' }],
  ['home-delta', { 'home-delta': 'gitaware' }],
  ['home-delta', { ...NO_HOME, 'home-path': '', 'home-delta': 'full' }],
  ['instance-name', { 'instance-name': '' }],
  ...['a/b', '../x', '-x', '.x', 'a b', 'ä', 'x'.repeat(65)].map((value): [string, Inputs] => [
    'instance-name',
    { 'instance-name': value },
  ]),
  ['ca-file', { 'ca-file': '/nowhere/ca.pem' }],
  ['ca-file', { 'ca-file': '/etc/passwd' }],
];

describe('what is wrong', () => {
  test.each(WRONG)('%s is named in one sentence, given %j', async (name, changes) => {
    const said = await complaints(changes);
    expect(said.map(([subject]) => subject)).toEqual([name]);
    expect(said[0]?.[1]).toMatch(new RegExp(`^Input '${name}' .+\\.$`, 's'));
    expect(said[0]?.[1]).not.toContain('hunter2');
    expect(said[0]?.[1]).not.toContain('BBDC-abc');
  });

  test('every input of the action that can be wrong is wrong in one of these', () => {
    // Any text is a name, a password or a token.
    const cannot = ['database-name', 'database-username'];
    const tried = new Set([...WRONG.map(([name]) => name), ...cannot]);
    expect(inputsOf('backup').filter(({ name }) => !tried.has(name))).toEqual([]);
  });

  test('all of them are named at once', async () => {
    const said = await complaints({
      'bitbucket-url': 'nonsense',
      'bitbucket-password': '',
      'backup-root': 'relative',
      'archive-root': '',
      'home-path': '/',
      'dry-run': 'yes',
      'keep-backups': 'all',
      'archive-compression': 'rar',
      'database-port': 'x',
    });
    expect(said.map(([subject]) => subject).sort()).toEqual([
      'archive-compression',
      'archive-root',
      'backup-root',
      'bitbucket-password',
      'bitbucket-url',
      'database-port',
      'dry-run',
      'home-path',
      'keep-backups',
    ]);
  });

  test('a password that is a secret of another environment is told as that', async () => {
    const [said] = await complaints({ 'bitbucket-password': '' });
    expect(said?.[1]).toContain('forks');
  });

  test('without any credentials both ways are named', async () => {
    const [said] = await complaints({ 'bitbucket-username': '', 'bitbucket-password': '' });
    expect(said?.[1]).toContain('set it and bitbucket-password, or bitbucket-token');
  });

  test('a misspelt strategy is guessed', async () => {
    const [said] = await complaints({ 'home-strategy': 'rsnyc' });
    expect(said?.[1]).toContain('did you mean rsync?');
  });

  test('a process that trusts every certificate is refused', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const [said] = await complaints({});
    expect(said?.[1]).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0');
  });
});

describe('code and metadata', () => {
  const combinations = Object.keys(homeStrategies).flatMap((home) =>
    Object.keys(databaseStrategies).flatMap((database) =>
      Object.keys(searchStrategies).flatMap((search) =>
        Object.keys(archiveStrategies).map((archive) => ({ home, database, search, archive })),
      ),
    ),
  );
  type Combination = (typeof combinations)[number];

  /** What is read with these strategies, valid or not. */
  async function namesRead({ home, database, search, archive }: Combination): Promise<Set<string>> {
    const inputs = readerOf({
      ...USUAL,
      'home-strategy': home,
      'database-strategy': database,
      'elasticsearch-strategy': search,
      'archive-strategy': archive,
    });
    await readBackupOptions(inputs).catch((error: unknown) => {
      if (!(error instanceof ConfigurationError)) {
        throw error;
      }
    });
    return new Set(inputs.namesRead);
  }

  /** What the metadata says is read with these strategies. */
  function namesDeclared(chosen: Combination): string[] {
    const selected = Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`);
    return inputsOf('backup')
      .filter(
        ({ strategies }) => strategies === undefined || strategies.some((one) => selected.includes(one)),
      )
      .map(({ name }) => name);
  }

  test.each(combinations)(
    'with $home, $database, $search and $archive every input is read that is theirs',
    async (chosen) => {
      const names = await namesRead(chosen);
      expect(namesDeclared(chosen).filter((name) => !names.has(name))).toEqual([]);
    },
  );

  test('no input is read that is not declared', async () => {
    const declared = new Set(inputsOf('backup').map(({ name }) => name));
    for (const chosen of combinations) {
      const names = await namesRead(chosen);
      expect([...names].filter((name) => !declared.has(name))).toEqual([]);
    }
  });

  test('every declared input is read for some choice of strategies', () => {
    const reachable = new Set(combinations.flatMap(namesDeclared));
    expect(inputsOf('backup').filter(({ name }) => !reachable.has(name))).toEqual([]);
  });

  test('the strategies that inputs belong to exist', () => {
    const known = new Set(
      combinations.flatMap((chosen) =>
        Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`),
      ),
    );
    const named = inputDeclarations.flatMap(({ strategies }) => strategies ?? []);
    expect(named.filter((strategy) => !known.has(strategy))).toEqual([]);
  });

  test('each default is accepted', async () => {
    expect(await complaints({})).toEqual([]);
    const defaults = inputDeclarations.flatMap(({ name, default: value }) =>
      value === undefined ? [] : [{ [name]: value }],
    );
    expect(defaults.length).toBeGreaterThan(5);
    for (const given of defaults) {
      expect(await complaints(given)).toEqual([]);
    }
  });
});
