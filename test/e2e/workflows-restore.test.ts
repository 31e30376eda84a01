/** The restore example, run by act: what the nightly example backed up comes back in another home and database. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActResult, runAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { type BackupStand, startStand } from '../support/backup-stand.ts';
import { allRefs } from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';

const DATABASE = 'restored by a workflow';

let stand: BackupStand;
let archive: string;
let newHome: string;

beforeAll(async () => {
  stand = await startStand({ repositories: 3 });
  newHome = join(stand.folder, 'new home');
  const backup = await runAct({
    workflow: example('nightly-backup.yml'),
    event: 'schedule',
    ...siteOf(stand),
  });
  archive = backup.log.outputs['backup']?.['archive'] ?? '';
  expect(existsSync(archive)).toBe(true);
});

afterAll(async () => {
  await stand.close();
});

async function restore(inputs: Readonly<Record<string, string>>): Promise<ActResult> {
  const { postgres } = stand;
  const { vars } = siteOf(stand);
  return await runAct({
    workflow: example('restore.yml'),
    event: 'workflow_dispatch',
    inputs,
    vars: {
      ...vars,
      BITBUCKET_RESTORE_HOME: newHome,
      BITBUCKET_RESTORE_DATABASE_HOST: postgres.host,
      BITBUCKET_RESTORE_DATABASE_PORT: String(postgres.port),
      BITBUCKET_RESTORE_DATABASE_NAME: DATABASE,
      BITBUCKET_RESTORE_DATABASE_USERNAME: postgres.username,
    },
    secrets: { BITBUCKET_RESTORE_DATABASE_PASSWORD: postgres.password },
  });
}

/** Red, told, and nothing touched. */
async function expectRefused(result: ActResult, code: string): Promise<void> {
  expect(result.exitCode).toBe(1);
  expect(result.log.outputs['restore']).toMatchObject({ result: 'failure', 'error-code': code });
  expect(result.log.summaries).toHaveLength(1);
  expect(existsSync(newHome)).toBe(false);
  const tables = await stand.postgres.sql(
    DATABASE,
    "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'",
  );
  expect(tables).toBe('0');
}

describe('before anything is restored', () => {
  beforeAll(async () => {
    await stand.postgres.createDatabase(DATABASE, { withSchema: false });
  });

  test.each([
    ['a wrong confirmation', 'bitbuckets'],
    ['a confirmation that was left empty', ''],
  ])('%s is refused', async (_what, confirm) => {
    const result = await restore({ archive: 'latest', confirm });
    expect(result.log.lines.join('\n')).toContain("Input 'confirm'");
    await expectRefused(result, 'INPUT_INVALID');
  });

  test('an empty archive lists what there is, and fails', async () => {
    const result = await restore({ archive: '', confirm: 'bitbucket' });
    await expectRefused(result, 'ARCHIVE_NOT_FOUND');
    expect(result.log.lines.join('\n')).toContain(basename(archive));
    const available: unknown = JSON.parse(result.log.outputs['restore']?.['available'] ?? '');
    expect(available).toEqual([expect.objectContaining({ path: archive, instanceName: 'bitbucket' })]);
  });

  test('a dry run checks the archive and changes nothing', async () => {
    const result = await restore({ archive: 'latest', confirm: 'bitbucket', 'dry-run': 'true' });
    expect(result.exitCode).toBe(0);
    expect(result.log.outputs['restore']).toMatchObject({ result: 'dry-run', archive });
    expect(existsSync(newHome)).toBe(false);
  });
});

test('the named archive is restored: refs and rows are those of the backup', async () => {
  const result = await restore({ archive: basename(archive), confirm: 'bitbucket' });
  expect(result.log.tail()).toContain('Job succeeded');
  expect(result.exitCode).toBe(0);
  expect(result.log.jobs).toEqual({ restore: 'success' });
  expect(result.log.outputs['restore']).toMatchObject({ result: 'success', archive });
  expect(await allRefs({ root: newHome, dataStores: [] })).toEqual(await allRefs(stand.home));
  expect(await databaseFingerprint(stand.postgres, DATABASE)).toEqual(
    await databaseFingerprint(stand.postgres, stand.database),
  );
  // Post ran and found nothing to do; nothing of the unpacking is left beside the new home.
  expect(result.log.steps.map(({ stage, result: end }) => [stage, end])).toEqual([
    ['Main', 'success'],
    ['Post', 'success'],
  ]);
  expect((await readdir(stand.folder)).sort()).toEqual(['archives', 'backup', 'home', 'new home']);
  expect(result.log.summaries).toHaveLength(1);
  expect(result.log.summaries.join('\n')).toContain('Restore');
  expect([...result.log.lines, ...result.log.summaries].join('\n')).not.toContain(stand.postgres.password);
});

test('what is restored is not overwritten by the next restore', async () => {
  const before = await allRefs({ root: newHome, dataStores: [] });
  const result = await restore({ archive: 'latest', confirm: 'bitbucket' });
  expect(result.exitCode).toBe(1);
  expect(result.log.outputs['restore']).toMatchObject({ result: 'failure' });
  expect(result.log.lines.join('\n')).toContain(newHome);
  expect(await allRefs({ root: newHome, dataStores: [] })).toEqual(before);
});
