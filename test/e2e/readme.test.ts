/** The examples of the READMEs, run as they stand there; only host names, paths and secrets are those of the test. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkWorkflow } from '../../scripts/metadata-rules.ts';
import { runAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { allRefs } from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { runProgram } from '../support/program.ts';

const readme = readFileSync(join(PROJECT_ROOT, 'README.md'), 'utf8');

/** The first block of a language below a heading. */
function example(heading: string, language: string, text = readme): string {
  const section = text.slice(text.indexOf(`# ${heading}\n`));
  const block = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1];
  if (block === undefined) {
    throw new Error(`The README has no ${language} example below '${heading}'.`);
  }
  return block;
}

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({ repositories: 2 });
});

afterAll(async () => {
  await stand.close();
});

/** The example's `with:`, its values replaced by those of the stand. */
function exampleInputs(
  given: unknown = at(parse(example('Use', 'yaml')), 'jobs', 'backup', 'steps', '0', 'with'),
): Record<string, string> {
  if (typeof given !== 'object' || given === null) {
    throw new Error('The example has no with.');
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, stand.inputs[name] ?? String(value)]),
  );
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    const next: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
    return next;
  }, value);
}

test('the workflow is a valid one, and the action takes its inputs', async () => {
  const path = join(stand.folder, 'backup.yml');
  await writeFile(path, example('Use', 'yaml'));
  expect(await checkWorkflow({ path: 'README.md', text: example('Use', 'yaml') })).toEqual([]);
  await runProgram('actionlint', [
    '-no-color',
    '-shellcheck=',
    '-pyflakes=',
    '-config-file',
    await labels(),
    path,
  ]);
  const inputs = exampleInputs();
  // The test's PostgreSQL has another port than the default that the example relies on.
  const result = await runAction({
    actionFolder: PROJECT_ROOT,
    inputs,
    env: { PGPORT: String(stand.postgres.port) },
  });
  expect(result.log.join('\n')).not.toContain('##[error]');
  expect(result.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
  expect(result.outputs['result']).toBe('success');
});

/** actionlint does not know the labels of self-hosted runners. */
async function labels(): Promise<string> {
  const path = join(stand.folder, 'actionlint.yaml');
  await writeFile(path, 'self-hosted-runner:\n  labels: [bitbucket]\n');
  return path;
}

test('the commands for a restore by hand restore', async () => {
  const { outputs } = await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  const archive = outputs['archive'] ?? '';
  const restored = join(stand.folder, 'restored-home');
  const { postgres } = stand;
  const script = example('Restoring by hand', 'sh')
    .replaceAll('/backup/archives', stand.archiveRoot)
    .replaceAll(/bitbucket-\d{8}-\d{6}-\d{3}\.tar\.zst/g, archive.split('/').at(-1) ?? '')
    .replaceAll('/restore', join(stand.folder, 'restore'))
    .replaceAll('/var/atlassian/application-data/bitbucket/', `${restored}/`)
    .replace('createdb --owner bitbucket bitbucket', `createdb --owner ${postgres.username} by_readme`)
    .replace('-d bitbucket ', '-d by_readme ');
  await runProgram('bash', ['-euo', 'pipefail', '-c', script], {
    env: {
      PATH: `${postgres.binFolder}:${process.env['PATH'] ?? ''}`,
      PGHOST: postgres.socketFolder,
      PGPORT: String(postgres.port),
      PGUSER: postgres.superuser,
    },
  });
  expect(await allRefs({ root: restored, dataStores: [] })).toEqual(await allRefs(stand.home));
  expect(await databaseFingerprint(postgres, 'by_readme')).toEqual(
    await databaseFingerprint(postgres, stand.database),
  );
});

/** The steps of the READMEs that restore: what they restore to is on the test's machine. */
const restores = [
  {
    where: 'the main one',
    step: at(parse(example('Restore and cancel', 'yaml')), '0'),
    database: 'from_readme',
  },
  {
    where: 'its own',
    step: at(
      parse(example('Restore', 'yaml', readFileSync(join(PROJECT_ROOT, 'restore', 'README.md'), 'utf8'))),
      'jobs',
      'restore',
      'steps',
      '0',
    ),
    database: 'from_own_readme',
  },
];

test.each(restores)('the restore step of $where restores', async ({ step, database }) => {
  expect(at(step, 'uses')).toMatch(/^OWNER\/bitbucket-backup-action\/restore@0{40}$/);
  await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  const home = join(stand.folder, database);
  const { postgres } = stand;
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB`);
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      ...exampleInputs(at(step, 'with')),
      'home-path': home,
      'database-name': database,
      ...(at(step, 'with', 'home-owner') === undefined ? {} : { 'home-owner': 'nobody:nogroup' }),
    },
    env: { PGPORT: String(postgres.port) },
  });
  expect(result.log.filter((line) => line.startsWith('##[error]'))).toEqual([]);
  expect(result.outputs['result']).toBe('success');
  expect(await allRefs({ root: home, dataStores: [] })).toEqual(await allRefs(stand.home));
  expect(await databaseFingerprint(postgres, database)).toEqual(
    await databaseFingerprint(postgres, stand.database),
  );
});

test('the cancel step of its README finds nothing to cancel', async () => {
  const text = readFileSync(join(PROJECT_ROOT, 'cancel', 'README.md'), 'utf8');
  const step = at(parse(example('Cancel', 'yaml', text)), 'jobs', 'cancel', 'steps', '0');
  expect(at(step, 'uses')).toMatch(/^OWNER\/bitbucket-backup-action\/cancel@0{40}$/);
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'cancel'),
    inputs: exampleInputs(at(step, 'with')),
  });
  expect(result.outputs).toMatchObject({ result: 'success', lock: 'was-unlocked' });
});
