/** What inputs change in a whole run of the built action. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { type ActionResult, runAction, startAction } from '../support/action-runner/run-action.ts';
import { startArtifactService } from '../support/artifact-service.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { findRepositories } from '../support/bitbucket-home.ts';
import { startBitbucketSimulator } from '../support/bitbucket-simulator/simulator.ts';
import { makeCertificate } from '../support/certificates.ts';
import { runProgram } from '../support/program.ts';
import { unpackArchive } from '../support/restore-by-hand.ts';

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({ repositories: 3, dataStores: 1 });
});

afterAll(async () => {
  await stand.close();
});

async function run(
  changes: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  const result = await runAction({
    actionFolder: PROJECT_ROOT,
    inputs: { ...stand.inputs, ...changes },
    env,
  });
  expect(result.log.join('\n')).not.toContain('##[error]');
  expect(result.exitCode).toBe(0);
  return result;
}

test('keep-backups keeps the newest of this instance and touches nothing else', async () => {
  const archiveRoot = await mkdtemp(join(stand.folder, 'kept-'));
  const foreign = [
    'bitbucket-mesh-20200101-000000-000.tar.zst',
    'bitbucket-mesh-20200101-000000-000.tar.zst.sha256',
    'bitbucket-20200101-000000-000.tar.zst',
    'notes.txt',
  ];
  await Promise.all(foreign.map(async (name) => await writeFile(join(archiveRoot, name), name)));
  const made: string[] = [];
  const summaries: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { outputs, summary } = await run({ 'archive-root': archiveRoot, 'keep-backups': '2' });
    made.push(outputs['archive'] ?? '');
    summaries.push(summary);
  }
  expect(summaries[2]).toContain(basename(made[2] ?? ''));
  expect(summaries[2]).toContain(basename(made[0] ?? ''));
  expect(made.map((path) => existsSync(path))).toEqual([false, true, true]);
  expect(existsSync(`${made[0]}.sha256`)).toBe(false);
  // One without a checksum is no archive of ours, whatever it is called.
  expect(foreign.map((name) => existsSync(join(archiveRoot, name)))).toEqual([true, true, true, true]);
}, 90_000);

test.each([
  ['gzip', '.tar.gz', 'gzip'],
  ['none', '.tar', 'tar'],
] as const)('archive-compression %s writes what plain tools read', async (compression, ending, tool) => {
  const { outputs } = await run({ 'archive-compression': compression });
  const archive = outputs['archive'] ?? '';
  expect(archive.endsWith(ending)).toBe(true);
  await runProgram(tool, tool === 'gzip' ? ['--test', archive] : ['--list', '--file', archive]);
  await unpackArchive(archive, join(stand.folder, `unpacked ${compression}`));
});

test.each([
  [
    'home',
    { 'home-strategy': 'none', 'home-path': '', 'data-stores': '', 'database-strategy': 'postgresql' },
  ],
  [
    'database',
    {
      'database-strategy': 'none',
      'database-host': '',
      'database-port': '',
      'database-name': '',
      'database-username': '',
      'database-password': '',
    },
  ],
] as const)('%s none: manifest and summary say that it is not backed up', async (slot, changes) => {
  const { outputs, summary } = await run(changes);
  const manifest = readManifest(await readFile(outputs['manifest'] ?? '', 'utf8'));
  expect(manifest.notBackedUp.map((part) => part.slot)).toContain(slot);
  expect(summary).toMatch(new RegExp(`\\| ${slot} \\|.*\\*\\*not backed up\\*\\*`));
});

test('exclude-repositories leaves them out of home and data stores', async () => {
  const { outputs } = await run({ 'exclude-repositories': '1, 2' });
  const folder = join(stand.folder, 'without two');
  await unpackArchive(outputs['archive'] ?? '', folder);
  const restored = {
    root: join(folder, 'bitbucket-home'),
    dataStores: stand.home.dataStores.map((store) => join(folder, 'bitbucket-data-stores', store)),
  };
  expect((await findRepositories(restored)).map(({ id }) => id)).toEqual([3]);
});

test('the manifest goes up as an artifact', async () => {
  const service = await startArtifactService();
  try {
    const { outputs } = await run({}, { ...service.env, GITHUB_SERVER_URL: 'https://github.com' });
    const name = `${outputs['backup-id']}-manifest`;
    expect([...service.artifacts.keys()]).toEqual([name]);
    expect(service.artifacts.get(name)?.subarray(0, 2).toString()).toBe('PK');
  } finally {
    await service.close();
  }
});

test('a server without artifacts (GHES) costs a warning, not the backup', async () => {
  const service = await startArtifactService();
  try {
    const { annotations } = await run(
      {},
      { ...service.env, GITHUB_SERVER_URL: 'https://github.example.com' },
    );
    const warnings = annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings.join('\n')).toContain('manifest.json was not uploaded as an artifact');
    expect(service.artifacts.size).toBe(0);
  } finally {
    await service.close();
  }
});

test('a certificate of an authority of one’s own works with ca-file', async () => {
  const certificate = await makeCertificate(await mkdtemp(join(stand.folder, 'tls-')));
  const simulator = await startBitbucketSimulator({
    tls: certificate,
    bearerToken: 'a-token-of-an-administrator',
    bearerIsSysadmin: true,
  });
  try {
    const caFile = join(stand.folder, 'ca.pem');
    await writeFile(caFile, certificate.cert);
    const changes = {
      'bitbucket-url': simulator.url,
      'bitbucket-username': '',
      'bitbucket-password': '',
      'bitbucket-token': 'a-token-of-an-administrator',
    };
    await run({ ...changes, 'ca-file': caFile });
    expect(simulator.snapshot()).toMatchObject({ lockCount: 1, locked: false });
    const refused = await runAction({ actionFolder: PROJECT_ROOT, inputs: { ...stand.inputs, ...changes } });
    expect(refused.outputs['error-code']).toBe('PREFLIGHT_FAILED');
    expect(refused.log.join('\n')).toMatch(/certificate of 127\.0\.0\.1:\d+ is not trusted.*ca-file/);
    expect(simulator.snapshot().lockCount).toBe(1);
  } finally {
    await simulator.close();
  }
});

test('no program is ever started with a password in its arguments', async () => {
  const action = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  const seen = new Set<string>();
  const sampling = setInterval(() => {
    void runProgram('sh', ['-c', "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'"]).then(
      ({ stdout }) => {
        for (const word of stdout.toString('utf8').split('\n')) {
          seen.add(word);
        }
      },
      () => undefined,
    );
  }, 15);
  const result = await action.finish();
  clearInterval(sampling);
  expect(result.exitCode).toBe(0);
  const words = [...seen].join('\n');
  expect(words).toMatch(/rsync|pg_dump/);
  for (const secret of [stand.simulator.password, stand.postgres.password]) {
    expect(words).not.toContain(secret);
  }
});
