/** The example for SQL Server, run by act against the stand-in. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { makeBitbucketDatabase } from '../contract/mssql-server.ts';
import { runAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { type BackupStand, startStand } from '../support/backup-stand.ts';
import { type MssqlStandIn, PASSWORD, startMssqlStandIn } from '../support/mssql/stand-in.ts';

let stand: BackupStand;
let standIn: MssqlStandIn;

beforeAll(async () => {
  stand = await startStand({ repositories: 2 });
  standIn = startMssqlStandIn();
  await makeBitbucketDatabase(standIn, 'bitbucket');
});

afterAll(async () => {
  standIn.remove();
  await stand.close();
});

test('home and database are backed up, and the server keeps none of its files', async () => {
  const { vars, secrets } = siteOf(stand);
  const result = await runAct({
    workflow: example('sql-server.yml'),
    event: 'schedule',
    vars: {
      ...vars,
      BITBUCKET_DATABASE_HOST: '127.0.0.1',
      BITBUCKET_DATABASE_PORT: '1433',
      BITBUCKET_DATABASE_NAME: 'bitbucket',
      BITBUCKET_DATABASE_USERNAME: 'backup',
      BITBUCKET_SQL_SERVER_PATH: standIn.backupFolder,
      BITBUCKET_SQL_SERVER_FOLDER: standIn.backupFolder,
    },
    secrets: { ...secrets, BITBUCKET_DATABASE_PASSWORD: PASSWORD },
    env: { PATH: `${standIn.binFolder}:${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}` },
  });
  expect(result.log.tail()).toContain('Job succeeded');
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount: 1, unlockCount: 1 });
  expect(existsSync(result.log.outputs['backup']?.['archive'] ?? '')).toBe(true);
  const { parts } = readManifest(await readFile(join(stand.backupRoot, 'manifest.json'), 'utf8'));
  expect(parts.find(({ slot }) => slot === 'database')).toMatchObject({
    strategy: 'mssql',
    details: { rows: { project: 4 } },
  });
  expect(readdirSync(standIn.backupFolder)).toEqual([]);
  expect([...result.log.lines, ...result.log.summaries].filter((line) => line.includes(PASSWORD))).toEqual(
    [],
  );
});
