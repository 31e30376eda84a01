/** The whole product, once: the built action as the runner runs it, on real parts, restored by hand and compared. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../src/report/manifest-reader.ts';
import {
  type ActionResult,
  processesWithEnvironment,
  startAction,
} from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import {
  allRefs,
  findRepositories,
  fingerprintTree,
  gitFsck,
  startPusher,
} from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { loadDump, sha256Of, unpackArchive } from '../support/restore-by-hand.ts';

let stand: BackupStand;
let result: ActionResult;
let unpacked: string;
let pushes = 0;
let marker = '';
/** Refs and rows photographed at the moment Bitbucket was drained. */
const drained: {
  refs: Promise<Record<string, Record<string, string>>>;
  rows: Promise<Record<string, string>>;
}[] = [];

beforeAll(async () => {
  stand = await startStand({
    repositories: 6,
    dataStores: 1,
    oddFiles: true,
    packBytesPerRepository: 3_000_000,
    databaseBytes: 5_000_000,
    simulator: { contextPath: '/bitbucket', drainMs: 300 },
  });
  const { simulator, home, postgres, database } = stand;
  simulator.onDrained(() => {
    drained.push({ refs: allRefs(home), rows: databaseFingerprint(postgres, database) });
  });
  const pusher = startPusher({
    home,
    admit: async (push) => await simulator.userRequest(push),
    intervalMs: 20,
  });
  const writer = startWriter();
  await pusher.reached(3);
  const run = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs, withoutInputsInPost: true });
  ({ marker } = run);
  result = await run.finish();
  await writer.stop();
  ({ pushes } = await pusher.stop());
  const archive = result.outputs['archive'];
  unpacked = join(stand.folder, 'unpacked');
  if (archive) {
    await unpackArchive(archive, unpacked);
  }
}, 180_000);

afterAll(async () => {
  await stand.close();
});

/** Users also change the database, over the same gate. */
function startWriter(): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const work = (async () => {
    for (let count = 0; !stopping.signal.aborted; count += 1) {
      await stand.simulator
        .userRequest(
          async () =>
            await stand.postgres.sql(
              stand.database,
              `INSERT INTO app_property VALUES ('e2e.${count}', 'written by a user')`,
            ),
        )
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await work;
    },
  };
}

test('the run is green, and Bitbucket is unlocked', () => {
  expect(result.log.join('\n')).not.toContain('##[error]');
  expect(result.exitCode).toBe(0);
  expect(result.postExitCode).toBe(0);
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, taskState: undefined, lockCount: 1 });
  expect(pushes).toBeGreaterThan(5);
});

test('a link that leads out of the home is warned of, with what a restore needs for it', () => {
  const warnings = result.annotations
    .filter(({ level }) => level === 'warning')
    .map(({ message }) => message);
  expect(warnings.join('\n')).toMatch(
    /The home holds 1 symbolic link that leads out of it \(\S+\/odd\/links\/absolute -> \/etc\/hostname\): what lies behind is not backed up, and a restore needs outside-links: keep\./,
  );
});

test('outputs name the archive, its digest, the manifest, tokens and times', async () => {
  const { outputs } = result;
  expect(outputs['result']).toBe('success');
  expect(outputs['archive']).toMatch(/\/bitbucket-\d{8}-\d{6}-\d{3}\.tar\.zst$/);
  expect(outputs['archive-sha256']).toBe(await sha256Of(outputs['archive'] ?? ''));
  expect(existsSync(outputs['manifest'] ?? '')).toBe(true);
  expect(outputs['unlock-token']).toMatch(/^[0-9a-f]{40}$/);
  expect(Number(outputs['locked-seconds'])).toBeGreaterThan(0.3);
  expect(Number(outputs['duration-seconds'])).toBeGreaterThan(Number(outputs['locked-seconds']));
});

test('archive, checksum and working copy are for our eyes only', async () => {
  const archive = result.outputs['archive'] ?? '';
  for (const [path, mode] of [
    [archive, 0o600],
    [`${archive}.sha256`, 0o600],
    [join(stand.backupRoot, 'manifest.json'), 0o600],
    [stand.backupRoot, 0o700],
    [stand.archiveRoot, 0o700],
  ] as const) {
    expect((await stat(path)).mode & 0o777).toBe(mode);
  }
});

describe('the archive, unpacked and loaded by hand,', () => {
  test('has repositories that pass git fsck and the refs of the drained moment', async () => {
    const restored = {
      root: join(unpacked, 'bitbucket-home'),
      dataStores: stand.home.dataStores.map((store) => join(unpacked, 'bitbucket-data-stores', store)),
    };
    expect(drained).toHaveLength(1);
    expect(await allRefs(restored)).toEqual(await drained[0]?.refs);
    const repositories = await findRepositories(restored);
    expect(repositories).toHaveLength(6);
    for (const { path } of repositories) {
      await gitFsck(path);
    }
  });

  test('has the rows of the drained moment', async () => {
    await loadDump(unpacked, stand.postgres, 'restored by hand');
    const rows = await databaseFingerprint(stand.postgres, 'restored by hand');
    expect(rows).toEqual(await drained[0]?.rows);
    expect(rows).not.toEqual(await databaseFingerprint(stand.postgres, stand.database));
  });

  test('keeps names, modes, owners, times, links and sparse files of what nobody changed', async () => {
    const attachments = join('shared', 'data', 'attachments');
    const options = { times: 'nanoseconds' as const, exclude: isSpecial };
    const original = await fingerprintTree(join(stand.home.root, attachments), options);
    expect(original.size).toBeGreaterThan(10);
    expect(await fingerprintTree(join(unpacked, 'bitbucket-home', attachments), options)).toEqual(original);
  });

  test('leaves out what DESIGN.md excludes', () => {
    for (const path of [
      'log',
      'caches',
      'tmp',
      '.lock',
      'shared/.lock',
      'export',
      'shared/search/data',
      'shared/data/db.mv.db',
    ]) {
      expect(`${path} ${existsSync(join(stand.home.root, path))}`).toBe(`${path} true`);
      expect(`${path} ${existsSync(join(unpacked, 'bitbucket-home', path))}`).toBe(`${path} false`);
    }
  });

  test('carries a manifest that says what it holds', async () => {
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(join(unpacked, 'manifest.json'), 'utf8');
    const manifest = readManifest(text);
    expect(manifest).toMatchObject({
      backupId: result.outputs['backup-id'],
      bitbucket: { url: stand.simulator.url, version: '9.4.1' },
      consistency: 'locked-and-drained',
    });
    expect(manifest.parts.map(({ slot, strategy, included }) => [slot, strategy, included])).toEqual([
      ['home', 'rsync', true],
      ['database', 'postgresql', true],
      ['search', 'none', false],
    ]);
    expect(manifest.notBackedUp.map(({ slot }) => slot)).toEqual(['search']);
    expect(Object.keys(manifest.tools)).toEqual(expect.arrayContaining(['rsync', 'pg_dump', 'tar', 'zstd']));
    expect(manifest.exclusions.patterns).toContain('/caches/');
    for (const secret of [stand.simulator.password, stand.postgres.password]) {
      expect(text).not.toContain(secret);
    }
  });
});

/** Sockets and FIFOs hold nothing that could be backed up. */
function isSpecial(path: string): boolean {
  return /(fifo|socket)$/i.test(path);
}

test('nothing of the run is left: no process, no journal, no temporary file, no secret', async () => {
  expect(processesWithEnvironment(marker)).toEqual([]);
  expect(existsSync(join(stand.backupRoot, '.journal.json'))).toBe(false);
  expect(await stand.archives()).toHaveLength(2);
  const everything = [
    ...result.rawLog.filter((line) => !line.startsWith('::add-mask::')),
    result.summary,
    ...Object.values(result.state),
    ...Object.values(result.outputs),
  ].join('\n');
  for (const secret of [stand.simulator.password, stand.postgres.password]) {
    expect(everything).not.toContain(secret);
  }
});

test('the summary puts the locked time first and shows the tokens and a chart', () => {
  expect(result.summary).toMatch(/^[^\n]*\n+[^\n]*locked out for/);
  expect(result.summary).toContain('```mermaid');
  expect(result.summary).toContain(result.outputs['unlock-token'] ?? 'no token');
});
