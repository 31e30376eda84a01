/** Backup and restore by the built action of the databases that are not PostgreSQL, found in the home's own properties. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { escapeValue } from 'properties-file/escape';
import { readManifest } from '../../src/report/manifest-reader.ts';
import { type ActionResult, runAction, startAction } from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';
import { databaseFingerprint } from '../support/mariadb/fingerprint.ts';
import { startMariadb } from '../support/mariadb/mariadb.ts';
import { dataSql, schemaSql } from '../support/mariadb/schema.ts';
import { PASSWORD, startMssqlStandIn } from '../support/mssql/stand-in.ts';
import { commandLinesDuring, makeBitbucketDatabase, mssqlFingerprint } from '../contract/mssql-server.ts';

let stand: BackupStand;
let count = 0;

beforeAll(async () => {
  stand = await startStand();
});
afterAll(async () => {
  await stand.close();
});

/** What Bitbucket is told; inputs name no database. */
async function inputsFor(
  jdbc: Readonly<Record<'driver' | 'url' | 'user' | 'password', string>>,
): Promise<Readonly<Record<string, string>>> {
  const lines = Object.entries(jdbc).map(([key, value]) => `jdbc.${key}=${escapeValue(value, true)}\n`);
  await writeFile(join(stand.home.root, 'shared/bitbucket.properties'), lines.join(''), 'latin1');
  const none = Object.fromEntries(
    ['host', 'port', 'name', 'username', 'password'].map((name) => [`database-${name}`, '']),
  );
  return { ...stand.inputs, ...none, 'database-strategy': 'auto' };
}

async function backUp(
  jdbc: Parameters<typeof inputsFor>[0],
  env: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  return await runAction({ actionFolder: PROJECT_ROOT, inputs: await inputsFor(jdbc), env });
}

async function restore(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<ActionResult & { readonly home: string }> {
  count += 1;
  const machine = join(stand.folder, `machine ${count}`);
  await mkdir(machine);
  const home = join(machine, 'home');
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive: 'latest',
      'archive-root': stand.archiveRoot,
      'home-path': home,
      'update-properties': 'true',
      ...inputs,
    },
    env,
  });
  return { ...result, home };
}

async function databasePart(backup: ActionResult): Promise<unknown> {
  const { parts } = readManifest(await readFile(backup.outputs['manifest'] ?? '', 'utf8'));
  return parts.find(({ slot }) => slot === 'database');
}

function expectSuccess(result: ActionResult): void {
  expect(result.log.filter((line) => line.startsWith('##[error]'))).toEqual([]);
  expect(result.exitCode).toBe(0);
}

function expectSecret(password: string, said: readonly string[]): void {
  expect(said.filter((line) => line.includes(password))).toEqual([]);
}

describe('MariaDB', () => {
  test('is found, backed up, restored equal under another name, and named in the restored home', async () => {
    const mariadb = await startMariadb();
    onTestFinished(async () => await mariadb.close());
    await mariadb.createDatabase('bitbucket');
    await mariadb.sql('bitbucket', schemaSql());
    await mariadb.sql(
      'bitbucket',
      dataSql({ projects: 2, repositories: 4, pullRequests: 12, bytes: 1_000_000 }),
    );
    const { host, port, username, password } = mariadb;
    let backup: ActionResult | undefined;
    let restored: Awaited<ReturnType<typeof restore>> | undefined;
    const lines = await commandLinesDuring(async () => {
      backup = await backUp({
        driver: 'org.mariadb.jdbc.Driver',
        url: `jdbc:mariadb://${host}:${port}/bitbucket?useUnicode=true`,
        user: username,
        password,
      });
      restored = await restore({
        'database-host': host,
        'database-port': String(port),
        'database-name': 'restored again',
        'database-username': username,
        'database-password': password,
      });
    });
    if (backup === undefined || restored === undefined) {
      throw new Error('Neither was run.');
    }
    expectSuccess(backup);
    expect(await databasePart(backup)).toMatchObject({
      strategy: 'mysql',
      details: { rows: { project: 2, repository: 4, sta_pull_request: 48 } },
    });
    expect(backup.log.join('\n')).toContain('Bitbucket instance unlocked');
    expectSuccess(restored);
    expect(await databaseFingerprint(mariadb, 'restored again')).toEqual(
      await databaseFingerprint(mariadb, 'bitbucket'),
    );
    const properties = await readFile(join(restored.home, 'shared/bitbucket.properties'), 'latin1');
    expect(properties).toMatch(
      /jdbc\.url=jdbc:mariadb:\/\/127\.0\.0\.1:\d+\/restored(?:%20| )again\?useUnicode=true/,
    );
    expectSecret(password, [...lines, ...backup.log, ...restored.log, backup.summary, restored.summary]);
  }, 120_000);

  test('killed while its dump runs, it leaves no password after its post step', async () => {
    const mariadb = await startMariadb();
    onTestFinished(async () => await mariadb.close());
    await mariadb.createDatabase('bitbucket');
    await mariadb.sql('bitbucket', schemaSql());
    await mariadb.sql(
      'bitbucket',
      dataSql({ projects: 2, repositories: 4, pullRequests: 12, bytes: 80_000_000 }),
    );
    const { host, port, username, password } = mariadb;
    const url = `jdbc:mariadb://${host}:${port}/bitbucket`;
    const inputs = await inputsFor({ driver: 'org.mariadb.jdbc.Driver', url, user: username, password });
    const temporary = join(stand.folder, 'runner-temp');
    await mkdir(temporary);
    const run = startAction({ actionFolder: PROJECT_ROOT, inputs, env: { RUNNER_TEMP: temporary } });
    run.onLine((line) => {
      if (line.includes('Performed backup of database (mysql)')) {
        run.kill();
      }
    });
    await run.mainEnded;
    const left = (await readdir(temporary)).filter((name) => name.startsWith('bitbucket-private-'));
    expect(left).not.toEqual([]);
    const result = await run.finish();
    expect(result.signal).toBe('SIGKILL');
    expect(result.postExitCode).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  }, 120_000);
});

describe('SQL Server, by the stand-in', () => {
  test('is found, backed up, and restored equal under another name', async () => {
    const standIn = startMssqlStandIn();
    onTestFinished(() => standIn.remove());
    await makeBitbucketDatabase(standIn, 'bitbucket');
    const env = { PATH: `${standIn.binFolder}:${process.env['PATH'] ?? ''}` };
    const backup = await backUp(
      {
        driver: 'com.microsoft.sqlserver.jdbc.SQLServerDriver',
        url: 'jdbc:sqlserver://127.0.0.1:1433;databaseName=bitbucket;encrypt=true;trustServerCertificate=true',
        user: 'backup',
        password: PASSWORD,
      },
      env,
    );
    expectSuccess(backup);
    expect(await databasePart(backup)).toMatchObject({
      strategy: 'mssql',
      details: { rows: { project: 4 } },
    });
    const restored = await restore(
      {
        'database-host': '127.0.0.1',
        'database-name': 'restored again',
        'database-username': 'sa',
        'database-password': PASSWORD,
      },
      env,
    );
    expectSuccess(restored);
    expect(mssqlFingerprint(standIn, 'restored again')).toEqual(mssqlFingerprint(standIn, 'bitbucket'));
    const properties = await readFile(join(restored.home, 'shared/bitbucket.properties'), 'latin1');
    expect(properties).toContain('databaseName=restored again');
    expectSecret(PASSWORD, [...backup.log, ...restored.log, backup.summary, restored.summary]);
  }, 120_000);
});
