/** What goes wrong with a backup of SQL Server: red, one clear sentence, nothing left that looks like a backup. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMssql, type MssqlOptions } from '../../src/database/mssql/mssql.ts';
import type { BackedUp, BackupStrategy } from '../../src/strategies/contract.ts';
import { everythingOf, failureOf } from '../support/failure.ts';
import type { ServerState } from '../support/mssql/server-state.ts';
import { type MssqlStandIn, PASSWORD, startMssqlStandIn } from '../support/mssql/stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { commandLinesDuring, makeBitbucketDatabase, mssqlOptions, runTsql, SOURCE } from './mssql-server.ts';

const never = new AbortController().signal;
const NAME = '[-bit\'b [u]]cket $(x) %; "ü" \\#]';

let standIn: MssqlStandIn;
let context: TestContext;

async function start(
  changes: Partial<MssqlOptions> = {},
  state: Partial<ServerState> = {},
): Promise<BackupStrategy> {
  standIn = startMssqlStandIn(state);
  await makeBitbucketDatabase(standIn);
  return createMssql(mssqlOptions(standIn, changes), context);
}

/** Until the first failure. */
async function run(
  strategy: BackupStrategy,
  between = async () => await Promise.resolve(),
): Promise<BackedUp> {
  expect((await strategy.preflight()).filter(({ severity }) => severity === 'error')).toEqual([]);
  await strategy.prepare(never);
  const captured = await strategy.capture(never);
  try {
    await between();
    return await captured.settle(never);
  } catch (error) {
    await captured.discard();
    throw error;
  }
}

async function messages(strategy: BackupStrategy): Promise<(readonly [string, string])[]> {
  return (await strategy.preflight()).map(({ subject, message }) => [subject, message]);
}

function expectNothingLeft(): void {
  expect(readdirSync(context.backupRoot)).toEqual([]);
  expect(readdirSync(standIn.backupFolder)).toEqual([]);
  expect(standIn.server.sessions()).toEqual([]);
}

beforeEach(async () => {
  context = await makeContext();
});

afterEach(async () => {
  standIn.remove();
  await context.remove();
});

describe('before the lock', () => {
  test.each<[string, Partial<MssqlOptions>, Partial<ServerState>, string, RegExp]>([
    [
      'a wrong password',
      { password: 'wrong' },
      {},
      'database-password',
      /rejected login 'sa'; check .* \(.*Login failed for user 'sa'\)\.$/,
    ],
    [
      'a wrong password, by the new sqlcmd',
      { password: 'wrong' },
      { flavour: 'go' },
      'database-password',
      /rejected login 'sa'; check .* \(mssql: login error: Login failed for user 'sa'\)\.$/,
    ],
    [
      'no login that is trusted',
      { username: undefined, password: undefined },
      {},
      'database-username',
      /does not take the trusted login of this machine; get a Kerberos ticket/,
    ],
    [
      'an unknown database',
      { database: 'nothing' },
      {},
      'database-name',
      /has no database 'nothing'; correct/,
    ],
    [
      'a server that is not there',
      { host: 'nowhere' },
      {},
      'database-host',
      /SQL Server at nowhere:1433 cannot be reached; check database-host/,
    ],
    [
      'a certificate of its own',
      {},
      { selfSigned: true },
      'database-trust-certificate',
      /certificate that this machine does not trust; .* set database-trust-certificate to true/,
    ],
    [
      'a login that is no user there',
      { username: 'stranger' },
      {},
      'database-username',
      /Login 'stranger' may not enter database .*; make it a user there/,
    ],
    [
      'a login that may not read backups',
      { username: 'operator' },
      {},
      'database-username',
      /Login 'operator' may not read the backup that it makes, .* dbcreator\.$/,
    ],
    [
      'a database of Azure',
      {},
      { engineEdition: 8, edition: 'SQL Azure' },
      'database-strategy',
      /127\.0\.0\.1:1433 is SQL Azure, which cannot back up to a disk/,
    ],
    [
      'a server that tells no folder',
      {},
      { backupFolder: null },
      'database-backup-path',
      /does not tell its default/,
    ],
    [
      'a folder of Windows',
      {},
      { backupFolder: 'E:\\Backup' },
      'database-backup-folder',
      /into its own 'E:\\Backup'; set database-backup-folder/,
    ],
    [
      'a folder that is not shared',
      { backupPath: '/not/here' },
      {},
      'database-backup-folder',
      /'\/not\/here', into which SQL Server writes, is not to be had here/,
    ],
    ['no sqlcmd', { clientFolders: ['/nowhere'] }, {}, 'sqlcmd', /No sqlcmd is on PATH/],
  ])('%s is one sentence', async (_what, changes, state, subject, message) => {
    const strategy = await start(changes, state);
    expect(await messages(strategy)).toEqual([[subject, expect.stringMatching(message)]]);
    expect(JSON.stringify(await messages(strategy))).not.toContain(PASSWORD);
  });

  test('a login with the least rights that a backup takes is enough', async () => {
    const strategy = await start({ username: 'backup' });
    expect(await strategy.preflight()).toEqual([]);
    expect(await run(strategy)).toMatchObject({ included: true });
  });

  test('a trusted login is enough, and a certificate of its own when it is trusted', async () => {
    const trusted = { name: 'DOMAIN\\runner', sid: '0x99', roles: ['sysadmin' as const] };
    const strategy = await start(
      { username: undefined, password: undefined, trustCertificate: true },
      { selfSigned: true, logins: [trusted] },
    );
    expect(await run(strategy)).toMatchObject({ included: true });
  });

  test("a database that is not Bitbucket's", async () => {
    const strategy = await start();
    await standIn.changeTables(SOURCE, () => ({ 'dbo.other': [] }));
    expect(await messages(strategy)).toEqual([
      [
        'database-name',
        expect.stringMatching(/is not Bitbucket's: no schema in it has the tables app_property/),
      ],
    ]);
  });

  test('a login that may not read the tables, nor make a backup', async () => {
    const strategy = await start({ username: 'backup' });
    await standIn.server.changeDatabase(SOURCE, (database) => ({
      ...database,
      users: database.users.map((user) => ({ ...user, roles: [] })),
    }));
    expect(await messages(strategy)).toEqual([
      [
        'database-username',
        expect.stringMatching(/may not back up database .* db_backupoperator or db_owner/),
      ],
      ['database-username', expect.stringMatching(/may not read the tables .* db_datareader there\.$/)],
    ]);
  });

  test('a database that is not online', async () => {
    const strategy = await start();
    await standIn.server.changeDatabase(SOURCE, (database) => ({ ...database, state: 'OFFLINE' }));
    expect(await messages(strategy)).toEqual([['database-name', expect.stringContaining('is OFFLINE')]]);
  });
});

describe('in the middle', () => {
  test.each(['full', 'differential'] as const)('the disk is full during the %s backup', async (fullDisk) => {
    const strategy = await start();
    standIn.order({ fullDisk });
    const failure = await failureOf(run(strategy));
    expect(failure).toMatchObject({ code: 'DISK_FULL' });
    expect(failure.message).toMatch(
      new RegExp(
        `^The ${fullDisk} backup of database '.*' at 127\\.0\\.0\\.1:1433 failed: Write on ".*" failed: 112`,
      ),
    );
    expectNothingLeft();
  });

  test.each([
    ['the differential is written', 'odbc', 'differential', 'The differential backup of'],
    ['the differential is written', 'go', 'differential', 'The differential backup of'],
    ['rows are counted beside it', 'odbc', 'select', 'Counting what is in'],
    ['rows are counted beside it', 'go', 'select', 'Counting what is in'],
  ] as const)('the server is stopped while %s (%s)', async (_when, flavour, step, subject) => {
    const strategy = await start({}, { flavour });
    await strategy.preflight();
    await strategy.prepare(never);
    standIn.hold(step);
    const captured = failureOf(strategy.capture(never));
    await standIn.held();
    // What runs beside it has ended, or it would be the one to fail.
    await vi.waitFor(() => expect(standIn.server.sessions()).toHaveLength(1), { timeout: 30_000 });
    standIn.order({ down: true });
    const failure = await captured;
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toMatch(new RegExp(`^${subject} database '.*' at \\S+ failed: .*TCP Provider`));
    standIn.release();
    expectNothingLeft();
  });

  test('the new sqlcmd is ended by a signal, says that all went well, and is not believed', async () => {
    const strategy = await start({}, { flavour: 'go' });
    await strategy.preflight();
    standIn.hold('full');
    const prepared = failureOf(strategy.prepare(never));
    await standIn.held();
    for (const { pid } of standIn.server.sessions()) {
      process.kill(pid, 'SIGTERM');
    }
    expect((await prepared).message).toMatch(
      /^The full backup of .* failed: it ended before its script did\.$/,
    );
    standIn.release();
    expectNothingLeft();
  });

  test('another tool makes a full backup in between', async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    await runTsql(
      standIn,
      `BACKUP DATABASE ${NAME} TO DISK = N'${standIn.backupFolder}/other.bak' WITH INIT;`,
    );
    const captured = await strategy.capture(never);
    const failure = await failureOf(captured.settle(never));
    expect(failure.message).toBe(
      `The differential backup of database '${SOURCE}' does not belong to the full one of this run: another tool made a full backup in between.`,
    );
    await captured.discard();
    rmSync(join(standIn.backupFolder, 'other.bak'));
    expectNothingLeft();
  });

  test("another tool's copy-only backup in between harms nothing", async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    const other = `BACKUP DATABASE ${NAME} TO DISK = N'${standIn.backupFolder}/other.bak' WITH COPY_ONLY;`;
    await runTsql(standIn, other);
    const part = await (await strategy.capture(never)).settle(never);
    expect(part).toMatchObject({ included: true });
    expect(readdirSync(standIn.backupFolder)).toEqual(['other.bak']);
  });

  test('somebody has restored the database in between, so that there is nothing to be different from', async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    await standIn.server.changeDatabase(SOURCE, (database) => ({ ...database, base: undefined }));
    const failure = await failureOf(strategy.capture(never));
    expect(failure.message).toContain('Cannot perform a differential backup for database');
    expect(failure.advice).toContain('Look for who has restored');
    expectNothingLeft();
  });

  test.each(['full', 'differential'])('the %s backup is damaged', async (kind) => {
    const strategy = await start();
    const damage = async (): Promise<void> => {
      const name = readdirSync(standIn.backupFolder).find((file) => file.endsWith(`-${kind}.bak`)) ?? '';
      const path = join(standIn.backupFolder, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('"tables":', '"tablez":'));
      await Promise.resolve();
    };
    const failure = await failureOf(run(strategy, damage));
    expect(failure.message).toMatch(
      new RegExp(`^The verification of the ${kind} backup .* Damage to the backup set`),
    );
    expectNothingLeft();
  });

  test('the file of the server is not there here: told before the lock', async () => {
    const elsewhere = temporaryFolder();
    const strategy = await start({ backupFolder: elsewhere });
    expect(await strategy.preflight()).toEqual([]);
    const failure = await failureOf(strategy.prepare(never));
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toMatch(/^SQL Server wrote '.*', and there is no '.*' here\.$/);
    expect(failure.advice).toContain('database-backup-path');
    expect(readdirSync(context.backupRoot)).toEqual([]);
  });

  test('the server goes on when sqlcmd is gone: nobody locked out waits for it, and it is ended afterwards', async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    const lingering = standIn.server.openSession({
      pid: process.pid,
      host: `bitbucket-backup ${context.backupId}`,
      login: 'sa',
      database: 'master',
    });
    standIn.order({ fullDisk: 'differential' });
    await failureOf(strategy.capture(never));
    expect(readdirSync(standIn.backupFolder)).toEqual([]);
    expect(standIn.server.isOpen(lingering.id)).toBe(true);
    // As the server does that has not heard of it yet.
    const written = `${standIn.backupFolder}/late`;
    writeFileSync(written, 'late');
    await strategy.close?.();
    expect(standIn.server.isOpen(lingering.id)).toBe(false);
    rmSync(written);
    expectNothingLeft();
  });

  test('a run that ends between prepare and capture takes its full backup away', async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    expect(readdirSync(standIn.backupFolder)).toHaveLength(1);
    await strategy.close?.();
    expectNothingLeft();
    await strategy.close?.();
  });

  test('the next run clears away what a dead one has left on the server, and nobody else’s', async () => {
    const strategy = await start();
    await strategy.preflight();
    await strategy.prepare(never);
    const [left = ''] = readdirSync(standIn.backupFolder);
    writeFileSync(join(standIn.backupFolder, 'bitbucket-backup-000000000000-x-full.bak'), 'of another');
    const next = createMssql(mssqlOptions(standIn), { ...context, backupId: '20260801-101500-000' });
    await next.prepare(never);
    const names = readdirSync(standIn.backupFolder);
    expect(names).not.toContain(left);
    expect(names).toContain('bitbucket-backup-000000000000-x-full.bak');
    expect(names).toHaveLength(2);
    expect(context.lines.join()).toContain(`Cleared away ${join(standIn.backupFolder, left)}`);
    await next.close?.();
  });
});

describe('secrets, versions and places', () => {
  test('no command line shows the password, nor does an error or the log', async () => {
    const strategy = await start();
    const seen = await commandLinesDuring(async () => await run(strategy));
    expect(seen.some((line) => line.includes('script.sql'))).toBe(true);
    expect(seen.filter((line) => line.includes(PASSWORD))).toEqual([]);
    standIn.order({ fullDisk: 'full' });
    const failure = await failureOf(strategy.prepare(never));
    expect(everythingOf(failure)).not.toContain(PASSWORD);
    expect(context.lines.join()).not.toContain(PASSWORD);
  });

  test('an Express edition makes no compressed backups and is not asked for them', async () => {
    const strategy = await start({ compressDump: true }, { edition: 'Express Edition (64-bit)' });
    expect(await run(strategy)).toMatchObject({ details: { compressed: false } });
  });

  test('a server on Windows, whose folder is mounted here', async () => {
    const here = temporaryFolder();
    const strategy = await start(
      { backupPath: 'D:\\Sql backup\\it', backupFolder: here },
      { mounts: [{ onServer: 'D:\\Sql backup\\it', here }], backupFolder: null },
    );
    const part = await run(strategy);
    expect(part).toMatchObject({ files: 2, details: { rows: { project: 4, repository: 8 } } });
    expect(readdirSync(here)).toEqual([]);
  });
});
