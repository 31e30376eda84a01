/** The cancel example, run by act beside a backup that another act is running and that would never end. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ActResult, type ActRun, runAct, startAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { processesWithEnvironment } from '../support/action-runner/run-action.ts';
import { type BackupStand, startStand } from '../support/backup-stand.ts';

let stand: BackupStand;
let backup: ActRun;

beforeAll(async () => {
  stand = await startStand({ repositories: 2 });
  stand.simulator.neverDrain('both');
});

afterEach(async () => {
  await backup.dispose();
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false });
});

afterAll(async () => {
  await stand.close();
});

async function startBackup(): Promise<void> {
  backup = await startAct({
    workflow: example('nightly-backup.yml'),
    event: 'schedule',
    ...siteOf(stand),
  });
  await backup.log.waitFor(/backup started with/);
}

async function cancel(
  inputs: Readonly<Record<string, string>>,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<ActResult> {
  const { vars, secrets } = siteOf(stand);
  return await runAct({
    workflow: example('cancel.yml'),
    event: 'workflow_dispatch',
    inputs,
    vars: { ...vars, ...elsewhere },
    secrets,
  });
}

/** @param lockCount how many backups have locked so far, this one included */
async function expectCancelled(cancelling: ActResult, lockCount: number): Promise<void> {
  expect(cancelling.log.tail()).toContain('Job succeeded');
  expect(cancelling.exitCode).toBe(0);
  expect(cancelling.log.outputs['cancel']).toMatchObject({
    result: 'success',
    task: 'canceled',
    lock: 'unlocked',
  });
  expect(cancelling.log.summaries).toHaveLength(1);
  // The backup sees its task gone and ends by itself: nobody killed it.
  const { exitCode, log } = await backup.finish();
  expect(exitCode).toBe(1);
  expect(log.jobs).toEqual({ backup: 'failure' });
  expect(log.outputs['backup']).toMatchObject({ archive: '' });
  expect(log.outputs['backup']?.['result']).not.toBe('success');
  expect(log.summaries).toHaveLength(1);
  expect(log.postLines).toContain('The backup step ended in order; nothing to clean up.');
  expect(await stand.archives()).toEqual([]);
  expect(processesWithEnvironment(backup.marker)).toEqual([]);
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount, unlockCount: lockCount });
}

test('takes the tokens from the journal of the backup', async () => {
  await startBackup();
  expect(stand.simulator.snapshot()).toMatchObject({ locked: true, taskState: 'RUNNING' });
  await expectCancelled(await cancel({}), 1);
});

test('takes the tokens that somebody read in the log, where there is no journal', async () => {
  await startBackup();
  const { unlockToken = '', cancelToken = '' } = stand.simulator.snapshot();
  expect(backup.log.lines.join('\n')).toContain(`locked with '${unlockToken}'`);
  expect(backup.log.lines.join('\n')).toContain(`backup started with '${cancelToken}'`);
  const inputs = { 'unlock-token': unlockToken, 'cancel-token': cancelToken };
  await expectCancelled(await cancel(inputs, { BITBUCKET_BACKUP_ROOT: '' }), 2);
});

test('unlocks what a backup left locked whose runner died', async () => {
  await startBackup();
  const { unlockToken = '', cancelToken = '' } = stand.simulator.snapshot();
  // Kills everything of the run at once, so post does not run either.
  await backup.dispose();
  expect(stand.simulator.snapshot()).toMatchObject({ locked: true, taskState: 'RUNNING' });
  const inputs = { 'unlock-token': unlockToken, 'cancel-token': cancelToken };
  const { exitCode, log } = await cancel(inputs, { BITBUCKET_BACKUP_ROOT: '' });
  expect(exitCode).toBe(0);
  expect(log.outputs['cancel']).toMatchObject({ result: 'success', task: 'canceled', lock: 'unlocked' });
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, unlockCount: 3 });
});
