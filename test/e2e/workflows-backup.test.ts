/** The reusable backup workflow and the examples that back up, run by act against real parts. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActOptions, type ActResult, runAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { processesWithEnvironment } from '../support/action-runner/run-action.ts';
import { type ArtifactService, startArtifactService } from '../support/artifact-service.ts';
import { type BackupStand, startStand } from '../support/backup-stand.ts';
import { allRefs } from '../support/bitbucket-home.ts';
import { runProgram } from '../support/program.ts';
import { unpackArchive } from '../support/restore-by-hand.ts';

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({ repositories: 3, dataStores: 2, simulator: { contextPath: '/bitbucket' } });
});

afterAll(async () => {
  await stand.close();
});

async function act(workflow: string, options: Partial<ActOptions> = {}): Promise<ActResult> {
  const { vars, secrets } = siteOf(stand);
  return await runAct({
    workflow,
    event: 'workflow_dispatch',
    secrets,
    ...options,
    vars: { ...vars, ...options.vars },
  });
}

const POST_LINE = 'The backup step ended in order; nothing to clean up.';

/** A caller that hands on what the reusable workflow gave it, as text that the log shows. */
function caller(wanted: Readonly<Record<string, string | number>> = {}): string {
  const more = Object.entries(wanted).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`);
  const given = example('nightly-backup.yml').replace(
    /^ {4}with:\n/m,
    (line) => `${line}${more.join('\n')}\n`,
  );
  return `${given}
  tell:
    needs: backup
    if: always()
    runs-on: self-hosted
    steps:
      - env:
          OUTPUTS: \${{ toJSON(needs.backup.outputs) }}
        run: echo "$OUTPUTS"
`;
}

/** What the job after the backup saw. */
function told(result: ActResult): unknown {
  const { lines } = result.log;
  const from = lines.indexOf('{');
  return JSON.parse(lines.slice(from, lines.indexOf('}', from) + 1).join('\n'));
}

async function expectWhole(archive: string): Promise<void> {
  await runProgram('sha256sum', ['--check', '--strict', `${basename(archive)}.sha256`], {
    cwd: dirname(archive),
  });
}

describe('the nightly example, as GitHub starts it by its schedule,', () => {
  let result: ActResult;
  let artifacts: ArtifactService;
  let archive: string;

  beforeAll(async () => {
    artifacts = await startArtifactService();
    result = await act(example('nightly-backup.yml'), { event: 'schedule', env: artifacts.env });
    archive = result.log.outputs['backup']?.['archive'] ?? '';
  });

  afterAll(async () => {
    await artifacts.close();
  });

  test('is green, and Bitbucket is unlocked', () => {
    expect(result.log.tail()).toContain('Job succeeded');
    expect(result.exitCode).toBe(0);
    expect(result.log.jobs).toEqual({ backup: 'success' });
    expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount: 1, unlockCount: 1 });
  });

  test('wrote one archive, which its checksum fits', async () => {
    expect(await stand.archives()).toEqual([basename(archive), `${basename(archive)}.sha256`]);
    await expectWhole(archive);
  });

  test('ran the post step', () => {
    expect(result.log.steps).toEqual([
      { jobId: 'backup', step: 'Back up', stage: 'Main', result: 'success' },
      { jobId: 'backup', step: 'Back up', stage: 'Post', result: 'success' },
    ]);
    expect(result.log.postLines).toContain(POST_LINE);
  });

  test('shows the job summary', () => {
    expect(result.log.summaries).toHaveLength(1);
    const [summary = ''] = result.log.summaries;
    expect(summary).toMatch(/^## .*Backup/);
    expect(summary).toContain('locked out for');
    expect(summary).toContain(result.log.outputs['backup']?.['unlock-token'] ?? 'no token');
  });

  test('uploaded the manifest', () => {
    expect([...artifacts.artifacts.keys()]).toEqual([expect.stringContaining('manifest')]);
  });

  test('left neither a process nor a secret', () => {
    const seen = [...result.log.lines, ...result.log.summaries, JSON.stringify(result.log.outputs)].join(
      '\n',
    );
    for (const secret of Object.values(siteOf(stand).secrets)) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
    expect(processesWithEnvironment(result.marker)).toEqual([]);
  });
});

describe('the nightly example, started by hand,', () => {
  test('backs up', async () => {
    const before = await stand.archives();
    const { exitCode, log } = await act(example('nightly-backup.yml'));
    expect(log.tail()).toContain('Job succeeded');
    expect(exitCode).toBe(0);
    expect(await stand.archives()).toHaveLength(before.length + 2);
    await expectWhole(log.outputs['backup']?.['archive'] ?? '');
    expect(log.postLines).toContain(POST_LINE);
  });

  test('only checks when dry-run is ticked', async () => {
    const before = [await stand.archives(), stand.simulator.snapshot().lockCount];
    const { exitCode, log } = await act(example('nightly-backup.yml'), { inputs: { 'dry-run': 'true' } });
    expect(exitCode).toBe(0);
    expect(log.outputs['backup']).toMatchObject({ result: 'dry-run', archive: '' });
    expect([await stand.archives(), stand.simulator.snapshot().lockCount]).toEqual(before);
  });
});

describe('the reusable workflow', () => {
  test('hands every output to the job that follows', async () => {
    const result = await act(caller());
    expect(result.exitCode).toBe(0);
    expect(result.log.jobs).toEqual({ backup: 'success', tell: 'success' });
    expect(told(result)).toEqual(result.log.outputs['backup']);
    expect(result.log.outputs['backup']).toMatchObject({ result: 'success' });
    expect(result.log.outputs['backup']?.['backup-id']).toMatch(/^bitbucket-\d{8}-/);
  });

  test('is red when the backup fails, and says with what', async () => {
    const before = await stand.archives();
    const { secrets } = siteOf(stand);
    const result = await act(caller(), { secrets: { ...secrets, BITBUCKET_DATABASE_PASSWORD: 'wrong' } });
    expect(result.exitCode).toBe(1);
    expect(result.log.jobs).toMatchObject({ backup: 'failure' });
    expect(result.log.outputs['backup']).toMatchObject({
      result: 'failure',
      'error-code': 'PREFLIGHT_FAILED',
      archive: '',
    });
    expect(result.log.summaries.join('\n')).toContain('failed');
    expect(result.log.postLines).toContain(POST_LINE);
    expect(await stand.archives()).toEqual(before);
    expect(stand.simulator.snapshot()).toMatchObject({ locked: false });
  });

  test('passes inputs on as they were written, numbers and truth values too', async () => {
    const result = await act(
      caller({ 'instance-name': 'other-one', 'max-locked-minutes': 7, 'exclude-repositories': '2' }),
      { inputs: { 'dry-run': 'true' } },
    );
    expect(result.exitCode).toBe(0);
    expect(result.log.outputs['backup']?.['backup-id']).toMatch(/^other-one-/);
    expect(result.log.lines.join('\n')).toContain('locked at most 7 minutes');
  });

  test.each([
    ['one label', 'bitbucket', ['bitbucket']],
    ['several labels', '["linux", "bitbucket"]', ['bitbucket']],
  ])('runs on a runner chosen by %s', async (_what, runsOn, labels) => {
    const result = await act(caller({ 'runs-on': runsOn }), {
      labels: [...labels, 'self-hosted'],
      inputs: { 'dry-run': 'true' },
    });
    expect(told(result)).toMatchObject({ result: 'dry-run' });
  });

  test.each(['bitbucket', '["linux", "bitbucket"]'])(
    'does not run elsewhere when %s is asked for',
    async (runsOn) => {
      const { log } = await act(caller({ 'runs-on': runsOn }), { inputs: { 'dry-run': 'true' } });
      expect(log.lines.join('\n')).toMatch(/Skipping unsupported platform.*bitbucket/);
      expect(log.outputs['backup']).toBeUndefined();
    },
  );
});

test('the example with steps of its own copies the archive off-site', async () => {
  const offsite = join(stand.folder, 'off-site');
  const { exitCode, log } = await act(example('backup-with-own-steps.yml'), {
    event: 'schedule',
    vars: { BITBUCKET_OFFSITE: offsite },
  });
  expect(log.tail()).toContain('Job succeeded');
  expect(exitCode).toBe(0);
  const name = basename(log.outputs['backup']?.['archive'] ?? 'none');
  expect((await readdir(offsite)).sort()).toEqual([name, `${name}.sha256`]);
  await expectWhole(join(offsite, name));
  expect(log.postLines).toContain(POST_LINE);
  expect(log.summaries.join('\n')).toContain('locked out for');
});

test('the example with data stores backs up the repositories in all of them', async () => {
  const [first = '', second = ''] = stand.home.dataStores;
  const { exitCode, log } = await act(example('data-stores.yml'), {
    labels: ['bitbucket'],
    vars: { BITBUCKET_DATA_STORE_1: first, BITBUCKET_DATA_STORE_2: second },
  });
  expect(log.tail()).toContain('Job succeeded');
  expect(exitCode).toBe(0);
  const unpacked = join(stand.folder, 'unpacked');
  await unpackArchive(log.outputs['backup']?.['archive'] ?? '', unpacked);
  const restored = {
    root: join(unpacked, 'bitbucket-home'),
    dataStores: stand.home.dataStores.map((store) => join(unpacked, 'bitbucket-data-stores', store)),
  };
  expect(await allRefs(restored)).toEqual(await allRefs(stand.home));
  expect(log.postLines).toContain(POST_LINE);
});
