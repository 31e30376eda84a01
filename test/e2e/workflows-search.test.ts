/** The examples that back up the search index, run by act against real search servers, and the index brought back. */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { makeAwsCredentialsAction } from '../support/act/aws-credentials-action.ts';
import { type ActOptions, type ActResult, runAct } from '../support/act/run-act.ts';
import { example, siteOf } from '../support/act/site.ts';
import { runAction, type ActionResult } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { whyMissing } from '../support/search/installed.ts';
import { startS3Server } from '../support/search/s3-server.ts';
import { SearchFixture } from '../support/search/search-fixture.ts';
import { startSearchServer } from '../support/search/search-server.ts';
import { startSignatureVerifyingProxy } from '../support/search/signature-verifying-proxy.ts';

const INDEX = 'bitbucket-search-v1';
const AWS_ACTION = 'aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c';
const KEY = {
  accessKeyId: 'AKIAEXAMPLEOFTHETEST',
  secretAccessKey: 'a-secret-key-of-the-test',
  sessionToken: 'a-session-token-of-the-test',
};

let stand: BackupStand;

beforeAll(async () => {
  stand = await startStand({ repositories: 1 });
});

afterAll(async () => {
  await stand.close();
});

async function act(workflow: string, options: Partial<ActOptions>): Promise<ActResult> {
  const { vars, secrets } = siteOf(stand);
  return await runAct({
    workflow,
    event: 'schedule',
    secrets,
    ...options,
    vars: { ...vars, ...options.vars },
  });
}

/** The name of the snapshot that the manifest records. */
async function recordedSnapshot(): Promise<string> {
  const { parts } = readManifest(await readFile(join(stand.backupRoot, 'manifest.json'), 'utf8'));
  const details = parts.find(({ slot }) => slot === 'search')?.details;
  expect(details).toMatchObject({ indices: { [INDEX]: ['bitbucket-search'] } });
  const snapshot = details?.['snapshot'];
  return typeof snapshot === 'string' ? snapshot : 'none';
}

async function restore(name: string, inputs: Readonly<Record<string, string>>): Promise<ActionResult> {
  const { postgres } = stand;
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB`);
  return await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive: 'latest',
      'archive-root': stand.archiveRoot,
      'home-path': join(stand.folder, name),
      'database-host': postgres.host,
      'database-port': String(postgres.port),
      'database-name': name,
      'database-username': postgres.username,
      'database-password': postgres.password,
      ...inputs,
    },
  });
}

test('a folder: the server is found in bitbucket.properties, and its index comes back', async (context) => {
  const missing = whyMissing('opensearch-2.19.6');
  if (missing !== undefined) {
    context.skip(missing);
  }
  const server = await startSearchServer({ version: 'opensearch-2.19.6' });
  try {
    const fixture = new SearchFixture({ url: server.url, typed: false });
    await fixture.makeIndex(INDEX, 'bitbucket-search', { documents: 40 });
    const before = await fixture.fingerprint(INDEX);
    const properties = join(stand.home.root, 'shared/bitbucket.properties');
    await appendFile(properties, `plugin.search.config.baseurl=${server.url}\n`);
    const location = join(server.pathRepo, 'bitbucket');
    const result = await act(example('search-snapshots.yml'), {
      vars: { BITBUCKET_SEARCH_LOCATION: location },
    });
    expect(result.log.tail()).toContain('Job succeeded');
    expect(stand.simulator.snapshot()).toMatchObject({ locked: false, lockCount: 1, unlockCount: 1 });
    expect(result.log.lines.join('\n')).toContain(`Search server found in '${properties}': ${server.url}`);
    const snapshot = await recordedSnapshot();
    expect(await fixture.snapshots('bitbucket-snapshots')).toEqual([snapshot]);
    expect(result.log.summaries.join('\n')).toContain(
      `| search | <code>fs</code>: snapshot &#39;${snapshot}&#39; in repository &#39;bitbucket-snapshots&#39; | – | – |`,
    );
    await fixture.tell('DELETE', `/${INDEX}`);
    const restored = await restore('from a folder', {
      'elasticsearch-strategy': 'fs',
      'elasticsearch-url': server.url,
    });
    expect(restored.log.filter((line) => line.startsWith('##[error]'))).toEqual([]);
    expect(restored.outputs['result']).toBe('success');
    expect(await fixture.fingerprint(INDEX)).toEqual(before);
  } finally {
    await server.stop();
  }
}, 240_000);

test('Amazon: every request is signed with the session of the step before, and no key is told', async (context) => {
  const missing = whyMissing('opensearch-3.6.0', 'versitygw');
  if (missing !== undefined) {
    context.skip(missing);
  }
  const folder = await mkdtemp(join(tmpdir(), 'amazon-'));
  // Another region than the oldest, whose buckets are reached at Amazon's own address.
  const buckets = await startS3Server('eu-central-1');
  await buckets.createBucket('snapshots');
  const server = await startSearchServer({ version: 'opensearch-3.6.0', s3: buckets });
  const { region } = buckets;
  const proxy = await startSignatureVerifyingProxy({
    upstream: server.url,
    region,
    service: 'es',
    keys: [KEY],
  });
  try {
    const fixture = new SearchFixture({ url: server.url, typed: false });
    await fixture.makeIndex(INDEX, 'bitbucket-search', { documents: 40 });
    const aws = makeAwsCredentialsAction(folder, KEY);
    const result = await act(example('amazon-opensearch.yml'), {
      env: aws.env,
      actions: { [AWS_ACTION]: aws.folder },
      vars: {
        BITBUCKET_SEARCH_URL: proxy.url,
        BITBUCKET_SEARCH_REGION: region,
        BITBUCKET_SEARCH_BUCKET: 'snapshots',
        BITBUCKET_SEARCH_BACKUP_ROLE: 'arn:aws:iam::123456789012:role/backup',
        BITBUCKET_SEARCH_SNAPSHOT_ROLE: 'arn:aws:iam::123456789012:role/snapshots',
      },
    });
    expect(result.log.tail()).toContain('Job succeeded');
    expect(stand.simulator.snapshot()).toMatchObject({ locked: false });
    expect(await fixture.snapshots('bitbucket-snapshots')).toEqual([await recordedSnapshot()]);
    expect(await buckets.objects('snapshots')).not.toEqual([]);
    // act tells what the stand-in has put into the environment; that is not ours.
    const ours = result.log.lines.filter((line) => !line.includes('::set-env:: AWS_'));
    for (const seen of [...ours, ...result.log.summaries]) {
      expect(seen).not.toContain(KEY.secretAccessKey);
      expect(seen).not.toContain(KEY.sessionToken);
    }
  } finally {
    await proxy.close();
    await server.stop();
    await buckets.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);
