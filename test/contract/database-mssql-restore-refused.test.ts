/** What a restore of SQL Server refuses, and archives that are not ours. */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type MssqlRestoreOptions, MssqlRestore } from '../../src/database/mssql/mssql-restore.ts';
import type { Recorded } from '../../src/strategies/contract.ts';
import type { ArchivedPart } from '../../src/strategies/restore.ts';
import { failureOf } from '../support/failure.ts';
import type { ServerState } from '../support/mssql/server-state.ts';
import {
  type MssqlStandIn,
  PASSWORD,
  bitbucketTables,
  startMssqlStandIn,
} from '../support/mssql/stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { UnpackedDatabase } from './database-restore.contract.ts';
import { type DatabaseRestoreRun, databaseRestoreRun } from './database-restore-context.ts';
import {
  commandLinesDuring,
  makeBitbucketDatabase,
  makeMssqlArchive,
  mssqlFingerprint,
  mssqlOptions,
  runTsql,
  SOURCE,
} from './mssql-server.ts';

const never = new AbortController().signal;
const NAME = '[-bit\'b [u]]cket $(x) %; "ü" \\#]';

let origin: MssqlStandIn;
let archive: UnpackedDatabase & { remove(): Promise<void> };
let target: MssqlStandIn;

beforeAll(async () => {
  origin = startMssqlStandIn();
  await makeBitbucketDatabase(origin, SOURCE, { tables: bitbucketTables(4) });
  archive = await makeMssqlArchive(origin);
});

afterAll(async () => {
  await archive.remove();
  origin.remove();
});

afterEach(() => {
  target.remove();
});

/** On another server than the one that the archive is from. */
function start(
  changes: Partial<MssqlRestoreOptions> = {},
  state: Partial<ServerState> = {},
): DatabaseRestoreRun {
  target = startMssqlStandIn(state);
  return databaseRestoreRun(
    (context) => new MssqlRestore({ ...mssqlOptions(target), database: undefined, ...changes }, context),
  );
}

function partWith(details: Readonly<Record<string, Recorded>>): ArchivedPart {
  const { recorded } = archive.part;
  return {
    drained: true,
    recorded: recorded && { ...recorded, details: { ...recorded.details, ...details } },
  };
}

async function restore(
  { strategy }: DatabaseRestoreRun,
  part = archive.part,
  unpacked = archive.unpacked,
): Promise<void> {
  expect(await strategy.preflight(part)).toEqual([]);
  try {
    await strategy.restore(part, unpacked, never);
  } catch (error) {
    await strategy.discard();
    throw error;
  }
}

function expectNothingLeft(): void {
  expect(target.server.read().databases).toEqual([]);
  expect(readdirSync(target.backupFolder)).toEqual([]);
}

/** A copy of the archive that a test may spoil. */
function copied(): string {
  const folder = temporaryFolder();
  cpSync(archive.unpacked, folder, { recursive: true });
  return folder;
}

describe('another server', () => {
  test('restores under the name that the archive has, with least rights, and says what is left to do', async () => {
    const logins = [{ name: 'backup', password: PASSWORD, sid: '0x77', roles: ['dbcreator' as const] }];
    const run = start({ username: 'backup' }, { logins, dataFolder: 'E:\\Data\\' });
    await restore(run);
    expect(target.database(SOURCE)).toMatchObject({ state: 'ONLINE', access: 'RESTRICTED_USER' });
    const { todo, place, counts } = await run.strategy.complete();
    expect(target.database(SOURCE)).toMatchObject({ state: 'ONLINE', access: 'MULTI_USER' });
    expect(mssqlFingerprint(target, SOURCE)).toEqual(mssqlFingerprint(origin, SOURCE));
    expect(place).toBe(`'${SOURCE}' at 127.0.0.1:1433`);
    expect(counts).toContainEqual({ what: 'rows of project', recorded: 5, restored: 5 });
    expect(counts).toContainEqual({ what: 'rows of changeset', recorded: 1, restored: 1 });
    expect(todo).toHaveLength(3);
    expect(todo[1]).toBe(
      `User [bitbucket] of database ${NAME} has no login, or one with another number on this server; create the login, or give the user an existing one: USE ${NAME}; ALTER USER [bitbucket] WITH LOGIN = [bitbucket];`,
    );
    expect(run.strategy.location?.()).toMatchObject({
      kind: 'mssql',
      port: 1433,
      name: SOURCE,
      owner: 'bitbucket',
    });
    const files = target.database(SOURCE)?.files.map(({ path }) => path);
    expect(files?.[0]).toMatch(new RegExp(`^E:\\\\Data\\\\[\\w-]+\\.restored-${run.runId}\\.mdf$`));
    expect(files?.[1]).toMatch(/-2\.restored-[\w-]+\.ldf$/);
    expect(readdirSync(target.backupFolder)).toEqual([]);
  });

  test('no command line shows the password', async () => {
    const run = start();
    const seen = await commandLinesDuring(async () => await restore(run));
    expect(seen.some((line) => line.includes('script.sql'))).toBe(true);
    expect([...seen, ...run.started.flat(), ...run.lines].filter((line) => line.includes(PASSWORD))).toEqual(
      [],
    );
  });

  test('by the new sqlcmd', async () => {
    const run = start({ database: 'new' }, { flavour: 'go' });
    await restore(run);
    await run.strategy.complete();
    expect(mssqlFingerprint(target, 'new')).toEqual(mssqlFingerprint(origin, SOURCE));
  });
});

describe('what preflight refuses', () => {
  test('a database that exists, even an empty one', async () => {
    const { strategy } = start({ database: 'empty' });
    await target.createDatabase('empty');
    const [finding, ...more] = await strategy.preflight(archive.part);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-name' });
    expect(finding?.message).toBe(
      "Database 'empty' at 127.0.0.1:1433 exists, and SQL Server restores into a new one only, so that even an empty one has to go; drop or rename it, or choose another database-name.",
    );
  });

  test('one that somebody else restores at the moment', async () => {
    const { strategy } = start({ database: 'busy' });
    await target.createDatabase('busy', { state: 'RESTORING' });
    const found = (await strategy.preflight(archive.part)).map(({ message }) => message);
    expect(found).toEqual([expect.stringContaining('is being restored by somebody else')]);
  });

  test.each<[string, Partial<MssqlRestoreOptions>, Partial<ServerState>, string, RegExp]>([
    [
      'an older server',
      {},
      { version: '15.0.4000.1' },
      'database-host',
      /comes from SQL Server 16\.0\.4085\.2, and .* is the older/,
    ],
    [
      'a login that may not create',
      { username: 'operator' },
      {},
      'database-username',
      /may not create database .* dbcreator/,
    ],
    ['a wrong password', { password: 'x' }, {}, 'database-password', /rejected login 'sa'/],
    [
      'a folder that is not shared',
      { backupPath: '/not/here' },
      {},
      'database-backup-folder',
      /is not to be had here/,
    ],
    ['no sqlcmd', { clientFolders: [] }, {}, 'sqlcmd', /No sqlcmd/],
  ])('%s', async (_what, changes, state, subject, message) => {
    const { strategy } = start(changes, state);
    const found = (await strategy.preflight(archive.part)).map((one) => [
      one.severity,
      one.subject,
      one.message,
    ]);
    expect(found).toEqual([['error', subject, expect.stringMatching(message)]]);
  });

  test('an archive that does not name its database, without the input', async () => {
    const { strategy } = start();
    expect(await strategy.preflight(undefined)).toEqual([]);
    expect(await strategy.preflight({ recorded: undefined, drained: false })).toEqual([
      expect.objectContaining({ subject: 'database-name' }),
    ]);
  });
});

describe('what the restore refuses', () => {
  test.each(['full', 'differential'])('a damaged %s backup', async (kind) => {
    const run = start({ database: 'x' });
    const unpacked = copied();
    const file = join(unpacked, 'bitbucket-db', `${kind}.bak`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"tables":', '"tablez":'));
    const failure = await failureOf(restore(run, archive.part, unpacked));
    expect(failure.message).toMatch(
      new RegExp(
        `^The restore of the ${kind} backup into database 'x' at 127\\.0\\.0\\.1:1433 failed: Read on`,
      ),
    );
    expectNothingLeft();
  });

  test('a differential backup of another full one', async () => {
    const other = await makeMssqlArchive(origin);
    const run = start({ database: 'x' });
    const unpacked = copied();
    cpSync(join(other.unpacked, 'bitbucket-db', 'full.bak'), join(unpacked, 'bitbucket-db', 'full.bak'));
    const failure = await failureOf(restore(run, { recorded: undefined, drained: false }, unpacked));
    expect(failure).toMatchObject({ code: 'ARCHIVE_INCOMPLETE' });
    expect(failure.message).toContain('without the full one that it belongs to');
    expectNothingLeft();
    await other.remove();
  });

  test('what is no backup at all', async () => {
    const run = start({ database: 'x' });
    const unpacked = copied();
    writeFileSync(join(unpacked, 'bitbucket-db', 'full.bak'), 'something');
    const failure = await failureOf(restore(run, archive.part, unpacked));
    expect(failure.message).toContain('is incorrectly formed');
    expectNothingLeft();
  });

  test('a link in the place of a backup', async () => {
    const run = start({ database: 'x' });
    const unpacked = copied();
    symlinkSync('/etc/passwd', join(unpacked, 'bitbucket-db', 'a.bak'));
    expect(await failureOf(restore(run, archive.part, unpacked))).toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expectNothingLeft();
  });

  test('a database that has come to be since preflight', async () => {
    const run = start({ database: 'x' });
    expect(await run.strategy.preflight(archive.part)).toEqual([]);
    await target.createDatabase('x', { recoveryModel: 'SIMPLE', tables: { 'dbo.theirs': ['row'] } });
    const theirs = target.database('x');
    const failure = await failureOf(run.strategy.restore(archive.part, archive.unpacked, never));
    expect(failure.message).toContain('There is a database of that name by now; nothing is overwritten');
    await run.strategy.discard();
    expect(target.database('x')).toEqual(theirs);
  });

  test('a server that goes on when sqlcmd is gone is ended before anything is dropped', async () => {
    const run = start({ database: 'x' });
    await restore(run);
    const host = `bitbucket-restore ${run.runId}`;
    const { id } = target.server.openSession({ pid: process.pid, host, login: 'sa', database: 'x' });
    await run.strategy.discard();
    expect(target.server.isOpen(id)).toBe(false);
    expectNothingLeft();
  });

  test.each([
    [{ tables: 4 }, "Database 'x' has 6 tables after the restore, and the manifest says 4."],
    [
      { rows: { project: 6 } },
      "Database 'x' has 5 rows of project after the restore, and the manifest says 6.",
    ],
    [
      { rows: { cwd_user: 1 } },
      "Database 'x' has 0 rows of cwd_user after the restore, and the manifest says 1.",
    ],
  ])('other counts than the manifest has: %j', async (details, message) => {
    const run = start({ database: 'x' });
    const failure = await failureOf(restore(run, partWith(details)));
    expect(failure).toMatchObject({ code: 'RESTORE_VERIFY' });
    expect(failure.message).toBe(message);
    expectNothingLeft();
  });
});

/** As `database-mssql.sh` does it, once each night: everything is appended to one file. */
async function runClassic(folder: string, nights: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'bitbucket-db');
  for (let night = 0; night < nights; night += 1) {
    await runTsql(origin, `BACKUP DATABASE ${NAME} TO DISK = '${file}'`);
    await origin.changeTables(SOURCE, (tables) => ({
      ...tables,
      'dbo.project': [...(tables['dbo.project'] ?? []), `night ${night}`],
    }));
    await runTsql(origin, `BACKUP DATABASE ${NAME} TO DISK = '${file}' WITH DIFFERENTIAL`);
  }
  return folder;
}

describe("an archive of Atlassian's scripts", () => {
  test.each([1, 2])('is restored to its last backup, after %i nights', async (nights) => {
    const unpacked = await runClassic(join(temporaryFolder(), 'unpacked'), nights);
    const run = start({ database: 'classic' });
    await restore(run, { recorded: undefined, drained: false }, unpacked);
    await run.strategy.complete();
    expect(mssqlFingerprint(target, 'classic')).toEqual(mssqlFingerprint(origin, SOURCE));
  });

  test('is restored when it holds the full backup alone', async () => {
    const folder = temporaryFolder();
    await runTsql(origin, `BACKUP DATABASE ${NAME} TO DISK = '${join(folder, 'one')}'`);
    renameSync(join(folder, 'one'), join(folder, 'bitbucket-db'));
    const run = start({ database: 'classic' });
    await restore(run, { recorded: undefined, drained: false }, folder);
    expect(target.database('classic')).toMatchObject({ state: 'ONLINE', access: 'RESTRICTED_USER' });
    await run.strategy.complete();
    expect(mssqlFingerprint(target, 'classic')).toEqual(mssqlFingerprint(origin, SOURCE));
  });
});
