/** The example with a custom database command, run by act; its archive comes back by the restore action and the same command. */
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ActResult, runAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { runAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { allRefs } from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { EXAMPLE_COMMAND } from '../support/custom/example-command.ts';

const DATABASE = 'restored by a command';

let stand: BackupStand;
let command: string;

beforeAll(async () => {
  stand = await startStand({ repositories: 2 });
  await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} CREATEDB`);
  command = join(stand.folder, 'database.sh');
  cpSync(EXAMPLE_COMMAND, command);
});

afterAll(async () => {
  await stand.close();
});

async function backUp(): Promise<ActResult> {
  const { vars, secrets } = siteOf(stand);
  return await runAct({
    workflow: example('custom-database.yml'),
    event: 'schedule',
    secrets,
    vars: { ...vars, BITBUCKET_DATABASE_COMMAND: command },
  });
}

test('a command that others may change is refused before the lock', async () => {
  chmodSync(command, 0o777);
  const result = await backUp();
  chmodSync(command, 0o755);
  expect(result.exitCode).toBe(1);
  expect(result.log.outputs['backup']).toMatchObject({ 'error-code': 'PREFLIGHT_FAILED' });
  expect(result.log.lines.join('\n')).toContain(`names ${command}, which cannot be trusted`);
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount: 0 });
});

test('home and database are backed up, and both come back', async () => {
  const result = await backUp();
  expect(result.log.tail()).toContain('Job succeeded');
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount: 1, unlockCount: 1 });
  const archive = result.log.outputs['backup']?.['archive'] ?? '';
  expect(existsSync(archive)).toBe(true);
  expect(readdirSync(stand.backupRoot).filter((name) => name.startsWith('.custom'))).toEqual([]);
  const { postgres } = stand;
  const newHome = join(stand.folder, 'new home');
  const restored = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive,
      'home-path': newHome,
      'database-strategy': 'custom',
      'database-command': command,
      'database-host': postgres.host,
      'database-port': String(postgres.port),
      'database-name': DATABASE,
      'database-username': postgres.username,
      'database-password': postgres.password,
    },
  });
  expect(restored.log.filter((line) => line.startsWith('##[error]'))).toEqual([]);
  expect(restored.outputs['result']).toBe('success');
  expect(await allRefs({ root: newHome, dataStores: [] })).toEqual(await allRefs(stand.home));
  expect(await databaseFingerprint(postgres, DATABASE)).toEqual(
    await databaseFingerprint(postgres, stand.database),
  );
  expect(readdirSync(stand.folder).sort()).toEqual(['archives', 'backup', 'database.sh', 'home', 'new home']);
  for (const seen of [...result.log.lines, ...result.log.summaries, ...restored.log]) {
    expect(seen).not.toContain(postgres.password);
  }
});
