/** The other half of the product, on real parts: what was backed up comes back, elsewhere, and is equal. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { propertiesIn } from '../../src/bitbucket/properties.ts';
import type { ActionResult } from '../support/action-runner/run-action.ts';
import { allRefs, findRepositories, fingerprintTree, gitFsck } from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { runProgram } from '../support/program.ts';
import { readJson } from '../support/restore-by-hand.ts';
import { type RestoreStand, startRestoreStand } from '../support/restore-stand.ts';

let stand: RestoreStand;

beforeAll(async () => {
  stand = await startRestoreStand({
    repositories: 4,
    dataStores: 1,
    oddFiles: true,
    packBytesPerRepository: 2_000_000,
    databaseBytes: 3_000_000,
  });
}, 180_000);

afterAll(async () => {
  await stand.close();
});

afterEach(async () => {
  await stand.clean();
});

/** What the backup took of the home and of a store, with all that a copy has to keep. */
async function backedUp(part: string): Promise<Map<string, string>> {
  return await fingerprintTree(join(stand.backupRoot, part));
}

function succeeded(result: ActionResult): void {
  expect(result.log.filter((line) => line.startsWith('##[error]'))).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(result.postExitCode).toBe(0);
  expect(result.outputs['result']).toBe('success');
}

describe('a restore into another home and another database', () => {
  test('finds them equal: files, modes, owners, times, links, refs, rows', async () => {
    const result = await stand.restore();
    succeeded(result);
    expect(await fingerprintTree(stand.restoredHome)).toEqual(await backedUp('bitbucket-home'));
    const [store = ''] = stand.home.dataStores;
    const [restoredStore = ''] = stand.restoredStores;
    expect(await fingerprintTree(restoredStore)).toEqual(await backedUp(`bitbucket-data-stores${store}`));
    const restored = { root: stand.restoredHome, dataStores: stand.restoredStores };
    expect(await allRefs(restored)).toEqual(await allRefs(stand.home));
    for (const { path } of await findRepositories(restored)) {
      await gitFsck(path);
    }
    expect(await databaseFingerprint(stand.postgres, stand.restoredDatabase)).toEqual(
      await databaseFingerprint(stand.postgres, stand.database),
    );
    expect(await stand.remains()).toEqual(['bitbucket-home2', 'store 1']);
  });

  test('tells what was restored from what, the counts, and the next steps in order', async () => {
    const { summary, outputs, log } = await stand.restore();
    const manifest = await readJson(join(stand.backupRoot, 'manifest.json'));
    expect(outputs).toMatchObject({
      archive: stand.archive,
      'backup-id': basename(stand.archive, '.tar.zst'),
      'bitbucket-version': '9.4.1',
      'error-code': '',
      available: '',
    });
    expect(Number(outputs['duration-seconds'])).toBeGreaterThan(0);
    expect(manifest).toHaveProperty('backupId', outputs['backup-id']);
    expect(summary).toMatch(/\| files \| {2}\| (\d+) \| \1 \|/);
    expect(summary).toMatch(/\| tables \| {2}\| (\d+) \| \1 \|/);
    expect(summary).toContain('| repositories |  | 4 | 4 |');
    expect(summary).toContain('```mermaid');
    const steps = summary.slice(summary.indexOf('### Next steps'), summary.indexOf('### Change in'));
    expect(steps.match(/^\d+\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ', '6. ', '7. ']);
    expect(steps).toMatch(
      /1\. Change shared\/bitbucket\.properties[^]*BITBUCKET_HOME is [^]*Start Bitbucket 9\.4\.1 or later/,
    );
    const line = `jdbc.url=jdbc:postgresql://127.0.0.1:${stand.postgres.port}/bitbucket2`;
    expect(summary).toContain(line);
    expect(log.at(-1)).toContain(line);
  });

  test('leaves bitbucket.properties alone unless it is told to change it', async () => {
    const properties = 'shared/bitbucket.properties';
    const original = await readFile(join(stand.home.root, properties), 'utf8');
    succeeded(await stand.restore());
    expect(await readFile(join(stand.restoredHome, properties), 'utf8')).toBe(original);
    await stand.clean();
    const result = await stand.restore({ 'update-properties': 'true' });
    succeeded(result);
    const changed = await readFile(join(stand.restoredHome, properties), 'utf8');
    expect(propertiesIn(changed).get('jdbc.url')).toBe(
      `jdbc:postgresql://127.0.0.1:${stand.postgres.port}/bitbucket2`,
    );
    expect(changed.replace(/^jdbc\.url=.*$/m, '')).toBe(original.replace(/^jdbc\.url=.*$/m, ''));
    const { mode } = await stat(join(stand.restoredHome, properties));
    expect(mode & 0o777).toBe(0o600);
    expect(result.summary).toMatch(/^## ✅ The restore is complete/);
  });
});

describe('the targets', () => {
  test('may be there already when they are empty, and keep what they are', async () => {
    await mkdir(stand.restoredHome, { mode: 0o700 });
    await mkdir(join(stand.restoredHome, 'lost+found'));
    await stand.postgres.createDatabase(stand.restoredDatabase, { withSchema: false });
    await stand.postgres.sql(
      stand.restoredDatabase,
      `COMMENT ON DATABASE ${stand.restoredDatabase} IS 'mine'`,
    );
    succeeded(await stand.restore());
    const home = await fingerprintTree(stand.restoredHome, {
      exclude: (path) => path === 'lost+found',
      times: 'ignore',
    });
    expect(home).toEqual(
      await fingerprintTree(join(stand.backupRoot, 'bitbucket-home'), { times: 'ignore' }),
    );
    expect(existsSync(join(stand.restoredHome, 'lost+found'))).toBe(true);
    expect(
      await stand.postgres.sql(
        'postgres',
        `SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '${stand.restoredDatabase}'`,
      ),
    ).toBe('mine');
  });

  test('get another owner where home-owner says so, links themselves included', async () => {
    succeeded(await stand.restore({ 'home-owner': 'nobody:nogroup' }));
    const { stdout } = await runProgram('find', [
      stand.restoredHome,
      ...stand.restoredStores,
      '!',
      '(',
      '-user',
      'nobody',
      '-group',
      'nogroup',
      ')',
    ]);
    expect(stdout.toString()).toBe('');
    // The link that leads out: what it leads to belongs to whom it did.
    expect((await stat('/etc/hostname')).uid).toBe(0);
  });

  test.each([
    ['home', { 'database-strategy': 'none' }],
    ['database', { 'home-strategy': 'none' }],
  ] as const)('may be the %s alone, and the summary says what is missing', async (part, changes) => {
    const databaseInputs = ['host', 'port', 'name', 'username', 'password'].map((name) => `database-${name}`);
    const taken = part === 'home' ? databaseInputs : ['home-path', 'data-stores', 'outside-links'];
    const without = Object.fromEntries(taken.map((name) => [name, name === 'outside-links' ? 'refuse' : '']));
    const place = part === 'home' ? {} : { 'restore-root': join(stand.machine, 'unpack here') };
    const result = await stand.restore({ ...without, ...changes, ...place });
    succeeded(result);
    expect(existsSync(stand.restoredHome)).toBe(part === 'home');
    expect((await stand.databases()).includes(stand.restoredDatabase)).toBe(part === 'database');
    expect(result.summary).toContain(`but the ${part === 'home' ? 'database' : 'home'} was not restored`);
  });
});

describe('an archive of Atlassian’s scripts', () => {
  test.each([
    ['with its members', []],
    ['of a folder’s dot', ['.']],
  ])('%s restores, with a warning that there is no checksum', async (_how, members) => {
    const name = 'bitbucket-20250101-030000-123.tar.gz';
    const names = members.length > 0 ? members : ['bitbucket-home', 'bitbucket-db', 'bitbucket-data-stores'];
    const copy = join(stand.folder, 'atlassian');
    await runProgram('cp', ['--archive', stand.backupRoot, copy]);
    await runProgram('rm', ['-rf', join(copy, 'manifest.json')]);
    // Written while somebody pushed and git was packing: Atlassian's scripts do not always lock.
    const [repository] = await findRepositories({ root: join(copy, 'bitbucket-home'), dataStores: [] });
    await writeFile(join(repository?.path ?? '', 'HEAD.lock'), '');
    await writeFile(join(copy, 'bitbucket-home', '.lock'), '');
    await runProgram('tar', ['-czpf', join(stand.archiveRoot, name), '-C', copy, ...names]);
    try {
      const result = await stand.restore({ archive: name });
      succeeded(result);
      expect(result.annotations.map(({ message }) => message).join('\n')).toMatch(
        /has neither a checksum nor a manifest/,
      );
      expect(await allRefs({ root: stand.restoredHome, dataStores: stand.restoredStores })).toEqual(
        await allRefs(stand.home),
      );
      expect(await databaseFingerprint(stand.postgres, stand.restoredDatabase)).toEqual(
        await databaseFingerprint(stand.postgres, stand.database),
      );
      expect(result.log.join('\n')).toContain('Removed 2 stale lock files');
      const { stdout } = await runProgram('find', [
        stand.restoredHome,
        '-name',
        '*.lock',
        '-path',
        '*repositories*',
      ]);
      expect(stdout.toString()).toBe('');
    } finally {
      await runProgram('rm', ['-rf', copy, join(stand.archiveRoot, name)]);
    }
  });
});

describe('the archive', () => {
  test.each([
    ['by its name', (archive: string) => basename(archive)],
    ['without its ending', (archive: string) => basename(archive, '.tar.zst')],
    ['by its path', (archive: string) => archive],
  ])('can be chosen %s', async (_how, nameOf) => {
    const result = await stand.restore({ archive: nameOf(stand.archive), 'dry-run': 'true' });
    expect(result.outputs).toMatchObject({ result: 'dry-run', archive: stand.archive });
    expect(result.summary).toMatch(/Dry run: .* can be restored[^]*### Plan/);
    expect(await stand.remains()).toEqual([]);
    expect(await stand.databases()).not.toContain(stand.restoredDatabase);
  });

  test.each(['', 'bitbucket-20200101-000000-000', '/no/such/archive.tar.zst'])(
    'that is %j fails with what there is, newest first, in log, summary and as JSON',
    async (archive) => {
      const old = join(stand.archiveRoot, 'bitbucket-20240229-010203-004.tar.gz');
      await writeFile(old, 'not really');
      try {
        const result = await stand.restore({ archive });
        expect(result.exitCode).toBe(1);
        expect(result.outputs).toMatchObject({ result: 'failure', 'error-code': 'ARCHIVE_NOT_FOUND' });
        const manifest = await readJson(join(stand.backupRoot, 'manifest.json'));
        const available: unknown = JSON.parse(result.outputs['available'] ?? '');
        expect(available).toEqual([
          {
            name: basename(stand.archive),
            path: stand.archive,
            time: drainedAt(manifest),
            bytes: (await stat(stand.archive)).size,
            instanceName: 'bitbucket',
            bitbucketVersion: '9.4.1',
            parts: ['home', 'database'],
            checksum: true,
          },
          {
            name: basename(old),
            path: old,
            time: '2024-02-29T01:02:03.004Z',
            bytes: 10,
            instanceName: 'bitbucket',
            bitbucketVersion: null,
            parts: null,
            checksum: false,
          },
        ]);
        expect(result.log.join('\n')).toMatch(
          /Available backups, newest first:\n {2}bitbucket-\d{8}-\d{6}-\d{3}\.tar\.zst \(.*, Bitbucket 9\.4\.1, home and database\)\n {2}bitbucket-20240229-010203-004\.tar\.gz \(.*, no checksum\)/,
        );
        expect(result.summary).toMatch(/### Available backups[^]*bitbucket-20240229/);
        expect(await stand.remains()).toEqual([]);
      } finally {
        await runProgram('rm', ['-f', old]);
      }
    },
  );

  test('is listed by archive-root alone', async () => {
    const result = await stand.restore(
      Object.fromEntries(
        Object.keys(stand.restoreInputs())
          .filter((name) => name !== 'archive-root')
          .map((name) => [name, name === 'outside-links' ? 'refuse' : '']),
      ),
    );
    expect(result.outputs['error-code']).toBe('ARCHIVE_NOT_FOUND');
    expect(JSON.parse(result.outputs['available'] ?? '')).toHaveLength(1);
  });
});

test('secrets stay out of log, summary, outputs and state, and out of every command line', async () => {
  const seen: string[] = [];
  const run = stand.startRestore();
  const watch = setInterval(() => {
    seen.push(commandLines());
  }, 20);
  const result = await run.finish();
  clearInterval(watch);
  succeeded(result);
  expect(seen.join('\n')).toContain('pg_restore');
  const everything = [
    ...seen,
    ...result.rawLog.filter((line) => !line.startsWith('::add-mask::')),
    result.summary,
    ...Object.values(result.outputs),
    ...Object.values(result.state),
  ].join('\n');
  expect(everything).not.toContain(stand.postgres.password);
});

function drainedAt(manifest: unknown): unknown {
  const times: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'times') : {};
  return typeof times === 'object' && times !== null ? Reflect.get(times, 'drainedAt') : undefined;
}

function commandLines(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .join('\n');
}

test('what is unpacked is for our eyes only while it has no name yet', async () => {
  const run = stand.startRestore();
  const seen = new Promise<string[]>((resolve) => {
    run.onLine((line) => {
      if (line.startsWith('Unpacked bitbucket-home')) {
        // It stands still while we look.
        process.kill(run.pid, 'SIGSTOP');
        resolve(readdirSync(stand.machine));
      }
    });
  });
  const [partial = '', ...others] = (await seen).filter((name) => name.includes('.partial-'));
  const { mode } = statSync(join(stand.machine, partial));
  const [journal = ''] = readdirSync(stand.machine).filter((name) => name.endsWith('.journal.json'));
  const journalMode = statSync(join(stand.machine, journal)).mode;
  process.kill(run.pid, 'SIGCONT');
  succeeded(await run.finish());
  expect(others).toEqual([]);
  expect([(mode & 0o777).toString(8), (journalMode & 0o777).toString(8)]).toEqual(['700', '600']);
});

test('on a file system of its own the home is unpacked there, and data stores are copied to theirs', async () => {
  const disk = join(stand.machine, 'disk');
  const image = join(stand.machine, 'image');
  await mkdir(disk);
  await runProgram('truncate', ['-s', '200M', image]);
  await runProgram('mkfs.ext4', ['-q', '-F', image]);
  await runProgram('mount', ['-o', 'loop', image, disk]);
  try {
    // As a volume of the user that Bitbucket runs as.
    await chown(disk, 12_345, 12_345);
    await chmod(disk, 0o750);
    succeeded(await stand.restore({ 'home-path': disk, 'update-properties': 'true' }));
    const home = await fingerprintTree(disk, {
      exclude: (path) => path === 'lost+found' || path === 'shared/bitbucket.properties',
      times: 'ignore',
    });
    expect(home).toEqual(
      await fingerprintTree(join(stand.backupRoot, 'bitbucket-home'), {
        exclude: (path) => path === 'shared/bitbucket.properties',
        times: 'ignore',
      }),
    );
    const [store = ''] = stand.home.dataStores;
    expect(await fingerprintTree(stand.restoredStores[0] ?? '')).toEqual(
      await backedUp(`bitbucket-data-stores${store}`),
    );
  } finally {
    await runProgram('umount', [disk]);
  }
});
