import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { archiveRestores } from '../../../src/archive/registry.ts';
import { databaseRestores } from '../../../src/database/registry.ts';
import { ConfigurationError } from '../../../src/errors.ts';
import { homeRestores } from '../../../src/home/registry.ts';
import { inputDeclarations, inputsOf } from '../../../src/inputs/declarations.ts';
import { InputReader } from '../../../src/inputs/reader.ts';
import { searchRestores } from '../../../src/search/registry.ts';
import { type RestoreOptions, readRestoreOptions } from '../../../src/pipeline/restore-options.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { FS, WRONG_SEARCH_INPUTS } from './wrong-search-inputs.ts';

type Inputs = Readonly<Record<string, string>>;

const USUAL: Inputs = {
  archive: 'latest',
  'archive-root': '/backup/archives',
  'home-path': '/var/atlassian/home',
};

/** As the runner passes them: what the workflow does not set has its default, or is empty. */
function readerOf(given: Inputs, masked: string[] = []): InputReader {
  const defaults = Object.fromEntries(inputsOf('restore').map((input) => [input.name, input.default ?? '']));
  return new InputReader({
    raw: (name) => given[name] ?? defaults[name] ?? '',
    mask: (secret) => masked.push(secret),
  });
}

async function read(changes: Inputs = {}): Promise<RestoreOptions> {
  return await readRestoreOptions(readerOf({ ...USUAL, ...changes }));
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
  test('what is restored and where to are enough, everything else has a default', async () => {
    expect(await read()).toMatchObject({
      instanceName: 'bitbucket',
      archive: 'latest',
      restoreRoot: undefined,
      updateProperties: false,
      outsideLinks: 'refuse',
      dryRun: false,
      bitbucket: undefined,
    });
  });

  test('an archive by its path needs no archive-root', async () => {
    expect(await complaints({ archive: '/mnt/usb/b.tar.gz', 'archive-root': '' })).toEqual([]);
  });

  test('a confirmation is the name of the instance', async () => {
    expect(await complaints({ confirm: 'bitbucket' })).toEqual([]);
    expect(await complaints({ confirm: 'prod', 'instance-name': 'prod' })).toEqual([]);
  });

  test.each(['https://bitbucket.example.com/code/', 'http://bitbucket.example.com/code'])(
    'a Bitbucket is only asked how it is, so it needs no credentials: %s',
    async (url) => {
      const { bitbucket } = await read({ 'bitbucket-url': url });
      expect(bitbucket).toEqual({ url: url.replace(/\/$/, ''), credentials: { kind: 'none' } });
    },
  );

  test('a file of authorities is read', async () => {
    const folder = temporaryFolder();
    const { cert } = await makeCertificate(folder);
    writeFileSync(join(folder, 'ca.pem'), cert);
    const { bitbucket } = await read({
      'bitbucket-url': 'https://bitbucket.example.com',
      'ca-file': join(folder, 'ca.pem'),
    });
    expect(bitbucket?.ca).toBe(cert);
  });

  test('home or database may be left out, and without a home there is a restore-root', async () => {
    const noHome = { 'home-strategy': 'none', 'home-path': '', 'restore-root': '/scratch' };
    expect(await complaints(noHome)).toEqual([]);
    expect(await complaints({ 'database-strategy': 'none' })).toEqual([]);
  });

  test('the line break that a form leaves behind an answer is not a part of it', async () => {
    expect(await read({ archive: 'latest\n', confirm: 'bitbucket\n' })).toMatchObject({ archive: 'latest' });
  });

  test('the password is masked', async () => {
    const masked: string[] = [];
    await readRestoreOptions(readerOf({ ...USUAL, 'database-password': 'hunter2' }, masked));
    expect(new Set(masked)).toEqual(new Set(['hunter2']));
  });
});

const NO_HOME = { 'home-strategy': 'none', 'home-path': '', 'restore-root': '/scratch' };

/** Each of these alone makes exactly one complaint, about the input that is named first. */
const WRONG: readonly (readonly [string, Inputs])[] = [
  ['allow-insecure-http', { 'allow-insecure-http': 'true' }],

  ['elasticsearch-url', { ...FS, 'elasticsearch-url': '' }],
  ...WRONG_SEARCH_INPUTS,
  ...['archive', 'home-path', 'archive-root', 'instance-name'].flatMap((name) =>
    ['', ' '].map((value): [string, Inputs] => [name, { [name]: value }]),
  ),
  ['confirm', { confirm: 'Bitbucket' }],
  ['confirm', { confirm: 'bitbucket2' }],
  ['confirm', { confirm: 'bitbucket', 'instance-name': 'prod' }],
  ['home-strategy', { 'home-strategy': 'none', 'home-path': '', 'database-strategy': 'none' }],
  ['restore-root', { 'home-strategy': 'none', 'home-path': '' }],
  ...['restore-root', 'archive-root', 'home-path', 'ca-file', 'data-stores'].flatMap((name) =>
    ['relative', '/', '/a/../b', '~/x', '/a\u0007'].map((value): [string, Inputs] => [
      name,
      { [name]: value },
    ]),
  ),
  ...['/a=relative', '/a=', '=/b', '/a=/b/../c'].map((value): [string, Inputs] => [
    'data-stores',
    { 'data-stores': value },
  ]),
  ...['dry-run', 'update-properties'].flatMap((name) =>
    ['yes', 'True', 'true ', '1', ''].map((value): [string, Inputs] => [name, { [name]: value }]),
  ),
  ...[' 5x', '-1', '1e9', '2.5', '99999999', '0'].map((value): [string, Inputs] => [
    'database-port',
    { 'database-port': value },
  ]),
  ['outside-links', { 'outside-links': 'follow' }],
  ['outside-links', { 'outside-links': '' }],
  ...['bitbucket', 'a:b:c', '-x:y', 'a b:c'].map((value): [string, Inputs] => [
    'home-owner',
    { 'home-owner': value },
  ]),
  ['home-strategy', { 'home-strategy': 'rsnyc' }],
  ['database-strategy', { 'database-strategy': 'oracle' }],
  ['archive-strategy', { 'archive-strategy': 'zip' }],
  ['database-backup-path', { 'database-strategy': 'postgresql', 'database-backup-path': '/backup' }],
  ['database-backup-folder', { 'database-strategy': 'postgresql', 'database-backup-folder': '/backup' }],
  ['database-trust-certificate', { 'database-strategy': 'postgresql', 'database-trust-certificate': 'true' }],
  ['database-command', { 'database-strategy': 'custom' }],
  ['database-command', { 'database-strategy': 'postgresql', 'database-command': '/opt/backup.sh' }],
  [
    'database-command-timeout-minutes',
    {
      'database-strategy': 'custom',
      'database-command': '/opt/backup.sh',
      'database-command-timeout-minutes': '0',
    },
  ],
  [
    'postgresql-data-directory',
    { 'database-strategy': 'postgresql', 'postgresql-data-directory': '/var/lib/postgresql/15/main' },
  ],
  ['postgresql-service', { 'database-strategy': 'postgresql', 'postgresql-service': 'postgresql' }],
  ['database-strategy', { 'database-strategy': 'postgresql-fslevel', 'postgresql-service': 'postgresql' }],
  ['database-host', { 'database-host': 'db.example.com:5432' }],
  ['database-host', { 'database-host': 'postgresql://db' }],
  ['database-options-file', { 'database-strategy': 'postgresql', 'database-options-file': '/etc/my.cnf' }],
  ['database-options-file', { 'database-strategy': 'mysql', 'database-options-file': 'relative' }],
  ['home-path', { ...NO_HOME, 'home-path': '/var/home' }],
  ['data-stores', { ...NO_HOME, 'data-stores': '/stores/1' }],
  ['home-owner', { ...NO_HOME, 'home-owner': 'a:b' }],
  ['outside-links', { ...NO_HOME, 'outside-links': 'keep' }],
  ['update-properties', { ...NO_HOME, 'update-properties': 'true' }],
  ...['host', 'name', 'username', 'password', 'owner'].map((name): [string, Inputs] => [
    `database-${name}`,
    { 'database-strategy': 'none', [`database-${name}`]: 'hunter2' },
  ]),
  ['bitbucket-url', { 'bitbucket-url': 'bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'ssh://bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'https://admin:hunter2@bitbucket.example.com' }],
  ['bitbucket-url', { 'bitbucket-url': 'https://bitbucket.example.com/?x=1' }],
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
  });

  test('every input of the action that can be wrong is wrong in one of these', () => {
    const tried = new Set(WRONG.map(([name]) => name));
    expect(inputsOf('restore').filter(({ name }) => !tried.has(name))).toEqual([]);
  });

  test('all of them are named at once', async () => {
    const said = await complaints({
      archive: '',
      confirm: 'other',
      'archive-root': 'relative',
      'home-path': '',
      'home-owner': 'x',
      'data-stores': 'x',
      'database-port': 'x',
      'dry-run': 'yes',
      'bitbucket-url': 'x',
    });
    expect(said.map(([subject]) => subject).sort()).toEqual([
      'archive',
      'archive-root',
      'bitbucket-url',
      'confirm',
      'data-stores',
      'database-port',
      'dry-run',
      'home-owner',
      'home-path',
    ]);
  });

  test('a wrong confirmation names both', async () => {
    const [said] = await complaints({ confirm: 'staging', 'instance-name': 'prod' });
    expect(said?.[1]).toBe(
      "Input 'confirm' is 'staging', and the instance is 'prod'; type its name to confirm the restore.",
    );
  });
});

describe('code and metadata', () => {
  const combinations = Object.keys(homeRestores).flatMap((home) =>
    Object.keys(databaseRestores).flatMap((database) =>
      Object.keys(searchRestores).flatMap((search) =>
        Object.keys(archiveRestores).map((archive) => ({ home, database, search, archive })),
      ),
    ),
  );
  type Combination = (typeof combinations)[number];

  /** What is read with these strategies, valid or not. */
  async function namesRead({ home, database, search, archive }: Combination): Promise<Set<string>> {
    const inputs = readerOf({
      ...USUAL,
      'bitbucket-url': 'https://bitbucket.example.com',
      'home-strategy': home,
      'database-strategy': database,
      'elasticsearch-strategy': search,
      'archive-strategy': archive,
    });
    await readRestoreOptions(inputs).catch((error: unknown) => {
      if (!(error instanceof ConfigurationError)) {
        throw error;
      }
    });
    return new Set(inputs.namesRead);
  }

  /** What the metadata says is read with these strategies. */
  function namesDeclared(chosen: Combination): string[] {
    const selected = Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`);
    return inputsOf('restore')
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
    const declared = new Set(inputsOf('restore').map(({ name }) => name));
    for (const chosen of combinations) {
      const names = await namesRead(chosen);
      expect([...names].filter((name) => !declared.has(name))).toEqual([]);
    }
  });

  test('every declared input is read for some choice of strategies', () => {
    const reachable = new Set(combinations.flatMap(namesDeclared));
    expect(inputsOf('restore').filter(({ name }) => !reachable.has(name))).toEqual([]);
  });

  test('each default is accepted', async () => {
    expect(await complaints({})).toEqual([]);
    const defaults = inputsOf('restore').flatMap(({ name, default: value }) =>
      value === undefined ? [] : [{ [name]: value }],
    );
    expect(defaults.length).toBeGreaterThan(5);
    for (const given of defaults) {
      expect(await complaints(given)).toEqual([]);
    }
    expect(inputDeclarations.length).toBeGreaterThan(inputsOf('restore').length);
  });
});
