/** Backup and restore of the search index by the built action, against a real OpenSearch. */
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALIAS, INDEX, REPOSITORY } from '../contract/search.contract.ts';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { type ActionResult, runAction, startAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { whyMissing } from '../support/search/installed.ts';
import { SearchFixture } from '../support/search/search-fixture.ts';
import { type SearchServer, startSearchServer } from '../support/search/search-server.ts';

type Inputs = Readonly<Record<string, string>>;

const missing = whyMissing('opensearch-2.19.6');
let stand: BackupStand;
let server: SearchServer;
let fixture: SearchFixture;
let machines = 0;

beforeAll(async () => {
  if (missing !== undefined) {
    return;
  }
  stand = await startStand({ simulator: { drainMs: 400 } });
  await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} CREATEDB`);
  server = await startSearchServer({ version: 'opensearch-2.19.6' });
  fixture = new SearchFixture({ url: server.url, typed: false });
  const properties = join(stand.home.root, 'shared/bitbucket.properties');
  await appendFile(properties, `plugin.search.config.baseurl=${server.url}\n`);
}, 180_000);

afterAll(async () => {
  if (missing === undefined) {
    await server.stop();
    await stand.close();
  }
});

beforeEach(async ({ skip }) => {
  skip(missing !== undefined, missing);
  await fixture.makeIndex(INDEX, ALIAS, { documents: 200, bytes: 500 });
});

afterEach(async () => {
  if (missing === undefined) {
    await fixture.clear();
    for (const folder of [stand.backupRoot, stand.archiveRoot]) {
      await rm(folder, { recursive: true, force: true });
    }
  }
});

/** The address stands in the home's own properties. */
function backupInputs(changes: Inputs = {}): Inputs {
  return {
    ...stand.inputs,
    'elasticsearch-strategy': 'fs',
    'elasticsearch-location': join(server.pathRepo, 'snapshots'),
    ...changes,
  };
}

async function backUp(changes: Inputs = {}): Promise<ActionResult> {
  return await runAction({ actionFolder: PROJECT_ROOT, inputs: backupInputs(changes) });
}

async function restore(changes: Inputs = {}): Promise<ActionResult & { readonly machine: string }> {
  machines += 1;
  const machine = join(stand.folder, `machine ${machines}`);
  await mkdir(machine);
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive: 'latest',
      'archive-root': stand.archiveRoot,
      'home-path': join(machine, 'home'),
      'database-host': stand.inputs['database-host'] ?? '',
      'database-port': stand.inputs['database-port'] ?? '',
      'database-name': `restored ${machines}`,
      'database-username': stand.inputs['database-username'] ?? '',
      'database-password': stand.inputs['database-password'] ?? '',
      'elasticsearch-strategy': 'fs',
      'elasticsearch-url': server.url,
      'elasticsearch-location': join(server.pathRepo, 'snapshots'),
      ...changes,
    },
  });
  return { ...result, machine };
}

async function expectNothing(backup: ActionResult): Promise<void> {
  expect(backup.exitCode).toBe(1);
  expect(stand.simulator.snapshot().locked).toBe(false);
  expect(await stand.archives()).toEqual([]);
}

function errorsOf({ log }: ActionResult): string[] {
  return log.filter((line) => line.startsWith('##[error]'));
}

function placeOf(log: readonly string[], pattern: RegExp): number {
  const place = log.findIndex((line) => pattern.test(line));
  if (place < 0) {
    throw new Error(`No line of the log fits ${String(pattern)}.`);
  }
  return place;
}

test('begun inside the lock, ended after the unlock, restored with documents and aliases', async () => {
  const before = await fixture.fingerprint(INDEX);
  const backup = await backUp();
  expect(errorsOf(backup)).toEqual([]);
  expect(backup.exitCode).toBe(0);
  const { log } = backup;
  expect(placeOf(log, /Search server found in .*bitbucket\.properties/)).toBeGreaterThan(0);
  expect(placeOf(log, /locked with '/)).toBeLessThan(placeOf(log, /Search snapshot .* has begun/));
  expect(placeOf(log, /Search snapshot .* has begun/)).toBeLessThan(placeOf(log, /instance unlocked/));
  expect(placeOf(log, /instance unlocked/)).toBeLessThan(placeOf(log, /Search snapshot .* is complete/));
  const { parts } = readManifest(await readFile(backup.outputs['manifest'] ?? '', 'utf8'));
  expect(parts.find(({ slot }) => slot === 'search')).toMatchObject({
    strategy: 'fs',
    included: true,
    details: { indices: { [INDEX]: [ALIAS] }, repository: REPOSITORY },
  });
  await fixture.tell('DELETE', `/${INDEX}`);
  await fixture.tell('DELETE', `/_snapshot/${REPOSITORY}`);
  const restored = await restore();
  expect(errorsOf(restored)).toEqual([]);
  expect(restored.exitCode).toBe(0);
  expect(await fixture.fingerprint(INDEX)).toEqual(before);
  expect(await fixture.repositories()).toEqual([]);
  expect(restored.log.join('\n')).toContain(`search ${INDEX} at ${server.url}`);
  expect(restored.summary).toContain('brings the restored search index up to date');
}, 120_000);

test('nothing is restored where the index is already', async () => {
  await backUp();
  const restored = await restore();
  expect(restored.exitCode).toBe(1);
  expect(errorsOf(restored).join('\n')).toContain(`has an index '${INDEX}' already`);
  expect(restored.log.join('\n')).toContain('nothing was changed');
}, 120_000);

test('without a strategy the restore says that Bitbucket builds its index anew', async () => {
  await backUp();
  const restored = await restore({
    'elasticsearch-strategy': 'none',
    'elasticsearch-url': '',
    'elasticsearch-location': '',
  });
  expect(errorsOf(restored)).toEqual([]);
  expect(restored.summary).toContain('The search index is built anew by itself');
}, 120_000);

describe('Bitbucket is unlocked, and nothing looks like a backup', () => {
  test('when the index goes while Bitbucket is being locked', async () => {
    const stop = stand.simulator.onRequest(({ endpoint }) => {
      if (endpoint === 'lock') {
        void fixture.ask('DELETE', `/${INDEX}`);
      }
    });
    const backup = await backUp();
    stop();
    expect(errorsOf(backup).join('\n')).toMatch(/no such index \[bitbucket-search-v1\]/);
    await expectNothing(backup);
    expect(await fixture.snapshots(REPOSITORY)).toEqual([]);
  }, 120_000);

  test('when the search server dies while Bitbucket is being locked', async () => {
    const stop = stand.simulator.onRequest(({ endpoint }) => {
      if (endpoint === 'lock') {
        void server.kill('SIGKILL');
      }
    });
    const backup = await backUp();
    stop();
    await server.start();
    expect(errorsOf(backup).join('\n')).toMatch(/Cannot reach the search server/);
    await expectNothing(backup);
  }, 120_000);

  test('when the search server is killed while its snapshot runs, and starts again', async () => {
    await fixture.addDocuments(INDEX, { from: 200, to: 600, bytes: 3_000 });
    await fixture.tell('PUT', `/_snapshot/${REPOSITORY}`, {
      type: 'fs',
      settings: { location: join(server.pathRepo, 'snapshots'), max_snapshot_bytes_per_sec: '50kb' },
    });
    const run = startAction({ actionFolder: PROJECT_ROOT, inputs: backupInputs() });
    await run.waitForLine(/Bitbucket instance unlocked/);
    await server.kill('SIGKILL');
    await server.start();
    const backup = await run.finish();
    expect(errorsOf(backup).join('\n')).toMatch(
      /Snapshot 'bitbucket-[\d-]+' in repository 'bitbucket-snapshots' (?:is gone|ended as)/,
    );
    await expectNothing(backup);
  }, 120_000);

  test('when Bitbucket does not drain: a snapshot that had begun is deleted', async () => {
    stand.simulator.failDrain();
    const backup = await backUp();
    stand.simulator.drainNormally();
    await expectNothing(backup);
    expect(await fixture.snapshots(REPOSITORY)).toEqual([]);
  }, 120_000);
});

test('killed when the snapshot has begun, the next run succeeds, and prunes what is left', async () => {
  const run = startAction({ actionFolder: PROJECT_ROOT, inputs: backupInputs() });
  run.onLine((line) => {
    if (/Search snapshot .* has begun/.test(line)) {
      run.kill();
    }
  });
  await run.finish();
  expect(stand.simulator.snapshot().locked).toBe(false);
  expect(await stand.archives()).toEqual([]);
  expect(await fixture.snapshots(REPOSITORY)).toHaveLength(1);
  const first = await backUp({ 'keep-backups': '1' });
  expect(errorsOf(first)).toEqual([]);
  expect(await fixture.snapshots(REPOSITORY)).toEqual([first.outputs['backup-id']?.toLowerCase()]);
}, 180_000);

test('a dry run takes no snapshot and registers nothing', async () => {
  const backup = await backUp({ 'dry-run': 'true' });
  expect(errorsOf(backup)).toEqual([]);
  expect(backup.summary).toContain('Have the search server take a snapshot (fs)');
  expect(await fixture.repositories()).toEqual([]);
}, 60_000);
