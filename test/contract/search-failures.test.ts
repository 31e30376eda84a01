/** What can go wrong on a real server, each told in a sentence, and nothing left of the run. */
import { chmod, chown, mkdir, readdir, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { SnapshotBackup } from '../../src/search/snapshot-backup.ts';
import { readSearchSettings } from '../../src/search/search-settings.ts';
import type { BackupStrategy } from '../../src/strategies/contract.ts';
import { failureOf } from '../support/failure.ts';
import { BUCKET, type BucketServer, startBucketServer } from '../support/search/bucket-server.ts';
import { whyMissing } from '../support/search/installed.ts';
import { SearchFixture } from '../support/search/search-fixture.ts';
import { type SearchServer, startSearchServer } from '../support/search/search-server.ts';
import { makeContext } from './database-context.ts';
import { createInputReader } from './input-reader.ts';
import { ALIAS, INDEX, REPOSITORY } from './search.contract.ts';
import { backupRun, defaultsOf, type Inputs, never } from './search-context.ts';

describe('on a server with a folder', () => {
  const missing = whyMissing('opensearch-2.19.6');
  let server: SearchServer;
  let fixture: SearchFixture;
  beforeAll(async () => {
    if (missing === undefined) {
      server = await startSearchServer({ version: 'opensearch-2.19.6' });
      fixture = new SearchFixture({ url: server.url, typed: false });
    }
  }, 180_000);
  afterAll(async () => {
    if (missing === undefined) {
      await server.stop();
    }
  });
  beforeEach(async ({ skip }) => {
    skip(missing !== undefined, missing);
    await fixture.clear();
    await fixture.makeIndex(INDEX, ALIAS, { documents: 60 });
  });
  const inputs = (folder: string): Inputs => ({
    'elasticsearch-url': server.url,
    'elasticsearch-location': join(server.pathRepo, folder),
  });
  it('a folder outside of path.repo', async () => {
    const { strategy } = await backupRun('fs', {
      ...inputs('x'),
      'elasticsearch-location': '/srv/elsewhere',
    });
    expect(await strategy.preflight()).toEqual([]);
    const failure = await failureOf(strategy.prepare(never));
    expect(failure.message).toMatch(
      /^The search server cannot use the snapshot repository 'bitbucket-snapshots': .*location \[\/srv\/elsewhere\] doesn't match any of the locations specified by path\.repo\.$/,
    );
    expect(failure.advice).toContain('path.repo of every node');
    expect(await fixture.repositories()).toEqual([]);
  });

  it('a folder that the server may not write to', async () => {
    await mkdir(join(server.pathRepo, 'closed'), { mode: 0o555 });
    const { strategy } = await backupRun('fs', inputs('closed/deep'));
    const failure = await failureOf(strategy.prepare(never));
    expect(failure.message).toContain(`access denied ${join(server.pathRepo, 'closed/deep')}`);
    expect(failure.advice).toContain('be writable by the user that the search server runs as');
    expect(await fixture.repositories()).toEqual([]);
  });

  it('a folder that was closed after it was registered', async () => {
    await prepared(inputs('closing'));
    await chown(join(server.pathRepo, 'closing'), 0, 0);
    await chmod(join(server.pathRepo, 'closing'), 0o555);
    const [finding] = await (await backupRun('fs', inputs('closing'))).strategy.preflight();
    expect(finding).toMatchObject({ severity: 'error', subject: 'elasticsearch-repository' });
    expect(finding?.message).toMatch(/cannot use the snapshot repository 'bitbucket-snapshots'/);
    expect(finding?.message).toMatch(/runs as\.$/);
  });

  it('a repository that is registered for reading only', async () => {
    await fixture.tell('PUT', `/_snapshot/${REPOSITORY}?verify=false`, {
      type: 'fs',
      settings: { location: join(server.pathRepo, 'read-only'), readonly: 'true' },
    });
    const [finding] = await (await backupRun('fs', inputs('read-only'))).strategy.preflight();
    expect(finding?.message).toMatch(/is registered as read-only, so that no snapshot can be written there;/);
  });

  it('a shard that cannot be read: the snapshot is partial, and no backup', async () => {
    await fixture.tell('POST', `/${INDEX}/_flush?force=true`);
    await truncateShard(join(dirname(server.pathRepo), 'data'));
    const strategy = await prepared(inputs('partial'));
    const captured = await strategy.capture(never);
    const failure = await failureOf(captured.settle(never));
    expect(failure.code).toBe('SEARCH_FAILED');
    expect(failure.message).toMatch(
      /^Snapshot 'bitbucket-20261126-020000-000' in repository 'bitbucket-snapshots' ended as (?:PARTIAL|FAILED).*: 1 of 2 shards are missing\. \[bitbucket-search-v1\]\[[01]\]: /,
    );
    expect(await fixture.snapshots(REPOSITORY)).toEqual([]);
  });

  it('a server that is killed while the snapshot runs', async () => {
    await fixture.addDocuments(INDEX, { from: 60, to: 400, bytes: 2_000 });
    await fixture.tell('PUT', `/_snapshot/${REPOSITORY}`, {
      type: 'fs',
      settings: { location: join(server.pathRepo, 'killed'), max_snapshot_bytes_per_sec: '50kb' },
    });
    const context = await makeContext('Bitbucket-20261126-020000-000');
    onTestFinished(async () => await context.remove());
    const settings = readSearchSettings(createInputReader({ ...defaultsOf('backup'), ...inputs('killed') }), {
      strategy: 'fs',
      action: 'backup',
      ca: undefined,
    });
    const limits = { graceMs: 3_000, longestPollMs: 500 };
    const strategy = new SnapshotBackup(settings, context, limits);
    await strategy.prepare(never);
    const captured = await strategy.capture(never);
    const settled = failureOf(captured.settle(never));
    await vi.waitFor(
      async () => {
        expect(JSON.stringify(await fixture.ask('GET', `/_snapshot/${REPOSITORY}/_status`))).toContain(
          'STARTED',
        );
      },
      { timeout: 20_000, interval: 50 },
    );
    await server.kill('SIGKILL');
    const failure = await settled;
    expect(failure.code).toBe('SEARCH_UNREACHABLE');
    expect(failure.message).toMatch(
      /^The search server has not answered for 3 s while its snapshot was being taken/,
    );
    expect(context.lines.join('\n')).toContain('could not be deleted, and is to be deleted by hand');
    await server.start();
  }, 120_000);

  it('nobody at the address', async () => {
    const { strategy } = await backupRun('fs', { ...inputs('x'), 'elasticsearch-url': 'http://127.0.0.1:9' });
    const [finding, ...others] = await strategy.preflight();
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(
      /^Cannot reach the search server http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED 127\.0\.0\.1:9\)/,
    );
  });
});

it('a server without path.repo', async ({ skip }) => {
  const missing = whyMissing('elasticsearch-6.8.23');
  skip(missing !== undefined, missing);
  const server = await startSearchServer({ version: 'elasticsearch-6.8.23', pathRepo: false });
  onTestFinished(async () => await server.stop());
  await new SearchFixture({ url: server.url, typed: true }).makeIndex(INDEX, ALIAS, { documents: 1 });
  const { strategy } = await backupRun('fs', {
    'elasticsearch-url': server.url,
    'elasticsearch-location': '/srv/snapshots',
  });
  expect(await strategy.preflight()).toEqual([]);
  const failure = await failureOf(strategy.prepare(never));
  expect(failure.message).toMatch(/locations specified by path\.repo because this setting is empty/);
  expect(failure.advice).toContain('path.repo of every node');
}, 180_000);

describe('with a bucket', () => {
  const missing = whyMissing('opensearch-3.6.0', 'versitygw');
  let server: BucketServer;
  beforeAll(async () => {
    if (missing === undefined) {
      server = await startBucketServer();
    }
  }, 180_000);
  afterAll(async () => {
    if (missing === undefined) {
      await server.close();
    }
  });
  beforeEach(async ({ skip }) => {
    skip(missing !== undefined, missing);
    await server.fixture.clear();
    await server.fixture.makeIndex(INDEX, ALIAS, { documents: 60 });
  });

  it('that does not exist', async () => {
    const { strategy } = await backupRun('s3', {
      ...server.inputs(),
      'elasticsearch-s3-bucket': 'not-there',
    });
    const failure = await failureOf(strategy.prepare(never));
    expect(failure.message).toContain('The specified bucket does not exist');
    expect(failure.advice).toMatch(/^The bucket must exist/);
    expect(await server.fixture.repositories()).toEqual([]);
  });

  it('that goes after the lock', async () => {
    const { strategy } = await backupRun('s3', server.inputs());
    expect(await strategy.preflight()).toEqual([]);
    await strategy.prepare(never);
    await rm(join(server.buckets.folder, BUCKET), { recursive: true });
    const failure = await failureOf((async () => await (await strategy.capture(never)).settle(never))());
    expect(failure.code).toBe('SEARCH_FAILED');
    expect(failure.message).toMatch(
      /is gone: the server has given it up|bucket does not exist|shards are missing/,
    );
    await server.buckets.createBucket(BUCKET);
  }, 120_000);
});

async function prepared(given: Inputs): Promise<BackupStrategy> {
  const { strategy } = await backupRun('fs', given);
  expect(await strategy.preflight()).toEqual([]);
  await strategy.prepare(never);
  return strategy;
}

/** The segments of one shard, as a disk that fails leaves them. */
async function truncateShard(data: string): Promise<void> {
  const files = await readdir(data, { recursive: true });
  const segments = files.filter((file) => /\/0\/index\/.*\.(?:cfs|fdt|doc)$/.test(file));
  expect(segments.length).toBeGreaterThan(0);
  await Promise.all(segments.map(async (file) => await truncate(join(data, file), 10)));
}
