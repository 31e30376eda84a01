/** Everything a workflow can get wrong: red before the lock, one sentence per problem with the cure, nothing changed. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ActionResult, runAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { startBitbucketSimulator } from '../support/bitbucket-simulator/simulator.ts';
import { runProgram } from '../support/program.ts';

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({ repositories: 1 });
});

afterAll(async () => {
  await stand.close();
});

afterEach(() => {
  expect(stand.simulator.snapshot().lockCount).toBe(0);
  expect(existsSync(stand.backupRoot)).toBe(false);
  expect(existsSync(stand.archiveRoot)).toBe(false);
});

async function refused(
  changes: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ errors: string[]; result: ActionResult }> {
  const result = await runAction({
    actionFolder: PROJECT_ROOT,
    inputs: { ...stand.inputs, ...changes },
    env,
  });
  expect(result.exitCode).toBe(1);
  expect(result.outputs['result']).toBe('failure');
  expect(result.outputs['archive']).toBe('');
  const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  // The last one is the outcome of the run; the others name one problem each.
  return { errors: errors.slice(0, -1), result };
}

/** Changed inputs, and what the one sentence has to say. */
const cases: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  ['no URL', { 'bitbucket-url': '' }, /'bitbucket-url' is required and empty/],
  ['no backup-root', { 'backup-root': '' }, /'backup-root' is required and empty/],
  ['no archive-root', { 'archive-root': '' }, /'archive-root' is required and empty/],
  ['no home-path', { 'home-path': '' }, /'home-path' is required and empty/],
  [
    'no credentials',
    { 'bitbucket-username': '', 'bitbucket-password': '' },
    /'bitbucket-username' is empty; set it and bitbucket-password, or bitbucket-token/,
  ],
  ['no password', { 'bitbucket-password': '' }, /'bitbucket-password' is empty; pass the secret/],
  [
    'a token beside a password',
    { 'bitbucket-token': 'secret-token' },
    /'bitbucket-token' excludes bitbucket-username/,
  ],
  [
    'not a URL',
    { 'bitbucket-url': 'bitbucket.example.com' },
    /'bitbucket-url' is 'bitbucket.example.com', which is not a URL/,
  ],
  [
    'a URL with a password',
    { 'bitbucket-url': 'https://a:hunter2@b.example' },
    /carries a user name or password/,
  ],
  ['a URL of another kind', { 'bitbucket-url': 'ftp://b.example' }, /use an https:\/\/ URL/],
  ['http across the network', { 'bitbucket-url': 'http://bitbucket.example.com' }, /allow-insecure-http/],
  ['not a boolean', { 'dry-run': 'yes' }, /'dry-run' is 'yes'; use true or false/],
  ['a boolean with a space', { 'dry-run': 'True ' }, /'dry-run' is 'True '; use true or false/],
  [
    'not a whole number',
    { 'max-locked-minutes': '1.5' },
    /'max-locked-minutes' is '1.5'; use a whole number from 1 to 1440/,
  ],
  ['a number with a unit', { 'drain-timeout-minutes': '10m' }, /'drain-timeout-minutes' is '10m'/],
  ['a number below the range', { 'keep-backups': '-1' }, /'keep-backups' is '-1'; use a whole number from 0/],
  [
    'an unknown strategy',
    { 'home-strategy': 'rsnyc' },
    /'home-strategy' is 'rsnyc'; use .*did you mean rsync/,
  ],
  [
    'an unknown database strategy',
    { 'database-strategy': 'oracle' },
    /'database-strategy' is 'oracle'; use auto, postgresql, /,
  ],
  ['an unknown compression', { 'archive-compression': 'zip' }, /'archive-compression' is 'zip'/],
  ['a relative path', { 'backup-root': 'backup' }, /'backup-root' is 'backup'; use an absolute path/],
  ['a path with ..', { 'home-path': '/var/../etc' }, /without '..'/],
  ['a bad instance name', { 'instance-name': '../x' }, /'instance-name' is '..\/x'/],
  ['a bad repository id', { 'exclude-repositories': '1, two' }, /'exclude-repositories' is 'two'/],
  [
    'a CA file that is none',
    { 'ca-file': '/etc/hostname' },
    /'ca-file' names \/etc\/hostname, which holds no PEM certificate/,
  ],
];

test.each(cases)('%s', async (_name, changes, sentence) => {
  const { errors } = await refused(changes);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(sentence);
  expect(errors[0]).not.toContain('hunter2');
});

test('an input that belongs to another strategy is an error', async () => {
  const { errors } = await refused({ 'database-strategy': 'none' });
  expect(errors).toHaveLength(5);
  expect(errors.join('\n')).toMatch(/'database-host' belongs to database-strategy: postgresql,.* remove it/);
});

test('all wrong inputs are named in one go, and the summary names them too', async () => {
  const { errors, result } = await refused({ 'dry-run': 'no', 'keep-backups': 'all', 'home-path': 'home' });
  expect(errors).toHaveLength(3);
  for (const name of ['dry-run', 'keep-backups', 'home-path']) {
    expect(errors.join('\n')).toContain(`'${name}'`);
    expect(result.summary).toContain(name);
  }
  expect(result.outputs['error-code']).toBe('INPUT_INVALID');
  expect(result.log.at(-1) ?? '').toContain('Bitbucket was not locked');
});

test('a misspelt input is warned about with the nearest name', async () => {
  const { result } = await refused({ 'dry-run': 'x', 'backup-rot': '/x' });
  expect(
    result.annotations
      .filter(({ level }) => level === 'warning')
      .map(({ message }) => message)
      .join('\n'),
  ).toContain('did you mean backup-root?');
});

/** What only a look at the machine shows. The value is made when the stand is there. */
const places: readonly (readonly [
  string,
  () => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>,
  RegExp,
])[] = [
  ['a home that does not exist', () => ({ 'home-path': '/no/such/home' }), /home-path.*\/no\/such\/home/],
  ['a home that is no Bitbucket home', () => ({ 'home-path': '/etc' }), /home-path.*\/etc.*shared/],
  [
    'a backup-root inside the home',
    () => ({ 'backup-root': join(stand.home.root, 'backup') }),
    /'backup-root' is .*, which lies in the home/,
  ],
  [
    'an archive-root inside the home',
    () => ({ 'archive-root': join(stand.home.root, 'archives') }),
    /'archive-root' is .*, which lies in .* choose a folder outside of it/,
  ],
  [
    'a home inside backup-root',
    () => ({ 'backup-root': stand.folder }),
    /'backup-root' is .*, and the home .* lies in it/,
  ],
  [
    'a backup-root that is a file',
    async () => {
      const path = join(stand.folder, 'a file');
      await writeFile(path, '');
      return { 'backup-root': path };
    },
    /backup-root.*not a folder/,
  ],
  [
    'a backup-root that anybody may write to',
    async () => {
      const path = join(stand.folder, 'open');
      await mkdir(path);
      await runProgram('chmod', ['0777', path]);
      return { 'backup-root': path };
    },
    /backup-root.*anybody may write/,
  ],
  [
    'a database that does not answer',
    () => ({ 'database-port': '1' }),
    /PostgreSQL at 127\.0\.0\.1:1 cannot be reached; check database-host and database-port/,
  ],
  [
    'a wrong database password',
    () => ({ 'database-password': 'wrong' }),
    /rejected user 'bitbucket'; check database-username and database-password/,
  ],
  [
    'a database that does not exist',
    () => ({ 'database-name': 'nowhere' }),
    /has no database 'nowhere'; correct database-name/,
  ],
  [
    'a database that is not Bitbucket’s',
    () => ({ 'database-name': 'postgres' }),
    /Database 'postgres' is not Bitbucket's.*as database-name/,
  ],
  [
    'a Bitbucket that does not answer',
    () => ({ 'bitbucket-url': 'http://127.0.0.1:1' }),
    /Cannot reach http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED/,
  ],
  [
    'a wrong context path',
    () => ({ 'bitbucket-url': `${stand.simulator.url}/elsewhere` }),
    /There is no Bitbucket at .*elsewhere.*context path/,
  ],
];

test.each(places)('%s', async (_name, changes, sentence) => {
  const { errors } = await refused(await changes());
  expect(errors.join('\n')).toMatch(sentence);
  expect(errors).toHaveLength(1);
});

test('a wrong Bitbucket password is tried once, because of the CAPTCHA', async () => {
  const before = stand.simulator.requests.length;
  const { errors } = await refused({ 'bitbucket-password': 'wrong' });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/rejected user 'backup' \(401\)/);
  const asked = stand.simulator.requests.slice(before).filter(({ status }) => status === 401);
  expect(asked).toHaveLength(1);
});

test('a Bitbucket that is too old is refused', async () => {
  const old = await startBitbucketSimulator({ version: '3.11.0', legacyApiOnly: true });
  try {
    const { errors } = await refused({ 'bitbucket-url': old.url });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/Bitbucket 3\.11\.0 is too old; this action backs up 4\.0 to 10\.x/);
    expect(old.snapshot().lockCount).toBe(0);
  } finally {
    await old.close();
  }
});

test('a database user who may not read everything is refused by the name of what he may not read', async () => {
  await stand.postgres.sql('postgres', "CREATE ROLE reader LOGIN PASSWORD 'reads little'");
  const { errors } = await refused({ 'database-username': 'reader', 'database-password': 'reads little' });
  // One sentence each for tables, sequences and large objects.
  expect(errors).toHaveLength(3);
  for (const error of errors) {
    expect(error).toMatch(
      /'reader'.*grant it SELECT, or give the user that Bitbucket uses as database-username/,
    );
    expect(error).not.toContain('reads little');
  }
});

test('tools that are missing are named', async () => {
  const bin = join(stand.folder, 'bin');
  await mkdir(bin);
  await runProgram('ln', ['-s', process.execPath, join(bin, 'node')]);
  const { errors } = await refused({}, { PATH: bin });
  expect(errors.join('\n')).toMatch(/rsync/);
  expect(errors.join('\n')).toMatch(/tar/);
});

test('a backup-root on a disk that is mounted read-only', async () => {
  const readOnly = join(stand.folder, 'read-only');
  await mkdir(readOnly);
  await runProgram('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', readOnly]);
  try {
    const { errors } = await refused({ 'backup-root': join(readOnly, 'backup') });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/backup-root.*does not exist and cannot be created in/);
  } finally {
    await runProgram('umount', [readOnly]);
  }
});

test('a disk that is too small is refused with figures before the lock', async () => {
  const small = join(stand.folder, 'small');
  await mkdir(small);
  await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', small]);
  try {
    const { errors } = await refused({ 'backup-root': join(small, 'backup') });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/Not enough space: about .* needed \(.*copy of the home .*\), .* free on /);
    expect(await readdir(small)).toEqual([]);
  } finally {
    await runProgram('umount', [small]);
  }
});

test('a dry run checks all of this, prints the plan, locks nothing and writes nothing', async () => {
  const result = await runAction({
    actionFolder: PROJECT_ROOT,
    inputs: { ...stand.inputs, 'dry-run': 'true' },
  });
  expect(result.exitCode).toBe(0);
  expect(result.outputs['result']).toBe('dry-run');
  expect(result.summary).toContain('with rsync into');
  expect(result.log.join('\n')).toContain('nothing was locked or changed');
});
