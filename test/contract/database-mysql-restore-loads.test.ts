/** Dumps of all kinds, and what is refused before anything is touched. */
import { chmod, mkdtemp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMysql } from '../../src/database/mysql/mysql.ts';
import type { ArchivedPart } from '../../src/strategies/restore.ts';
import { messageChain } from '../../src/errors.ts';
import { failureOf } from '../support/failure.ts';
import { quoteName } from '../support/mariadb/mariadb.ts';
import { runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeContext } from './database-context.ts';
import { makeArchive, type MysqlRestoreServer, startMysqlRestoreServer } from './mysql-restore-server.ts';

const never = new AbortController().signal;
const OTHERS: ArchivedPart = { recorded: undefined, drained: false };
let server: MysqlRestoreServer;
let database: string;
let count = 0;

beforeAll(async () => {
  server = await startMysqlRestoreServer();
});
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  count += 1;
  database = `target ${count}`;
});

async function dumpText(): Promise<string> {
  return await readFile(join(server.whole.unpacked, 'bitbucket-db', 'dump.sql'), 'utf8');
}

/** An unpacked archive with this dump. */
async function withDump(name: string, content: string | Buffer): Promise<string> {
  const unpacked = temporaryFolder();
  await mkdir(join(unpacked, 'bitbucket-db'));
  await writeFile(join(unpacked, 'bitbucket-db', name), content);
  return unpacked;
}

async function load(unpacked: string, part: ArchivedPart = OTHERS): Promise<void> {
  const { strategy } = server.start(database);
  expect(await strategy.preflight(part)).toEqual([]);
  try {
    await strategy.restore(part, unpacked, never);
    await strategy.complete();
  } catch (error) {
    await strategy.discard();
    throw error;
  }
}

it('tells rows of the main tables beside those of the manifest, and where the database is', async () => {
  const { strategy } = server.start(database);
  await strategy.preflight(server.whole.part);
  await strategy.restore(server.whole.part, server.whole.unpacked, never);
  const { counts } = await strategy.complete();
  expect(counts).toEqual([
    { what: 'tables', recorded: 12, restored: 12 },
    { what: 'rows of project', recorded: 2, restored: 2 },
    { what: 'rows of repository', recorded: 3, restored: 3 },
    { what: 'rows of sta_pull_request', recorded: 12, restored: 12 },
    { what: 'rows of sta_normal_user', recorded: 20, restored: 20 },
    { what: 'rows of changeset', recorded: 12, restored: 12 },
  ]);
  expect(strategy.location?.()).toEqual({
    kind: 'mysql',
    host: '127.0.0.1',
    port: server.mariadb.port,
    name: database,
    owner: 'bitbucket',
  });
  expect(
    await server.mariadb.sql(
      'information_schema',
      `SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM SCHEMATA WHERE SCHEMA_NAME = '${database}'`,
    ),
  ).toBe('utf8mb4\tutf8mb4_bin');
});

it('fails when the rows are not those of the manifest, and leaves nothing', async () => {
  const { recorded } = server.whole.part;
  const part: ArchivedPart = {
    drained: true,
    recorded: recorded && { ...recorded, details: { ...recorded.details, rows: { project: 3 } } },
  };
  const failure = await failureOf(load(server.whole.unpacked, part));
  expect(failure).toMatchObject({ code: 'RESTORE_VERIFY' });
  expect(failure.message).toBe(
    `Database '${database}' has 2 rows of project after the restore, and the manifest says 3.`,
  );
  expect(await server.state(database)).toBe('absent');
});

it('loads a dump that somebody has compressed by gzip', async () => {
  await load(await withDump('any.sql.gz', gzipSync(await dumpText())));
  expect(await server.fingerprint(database)).toEqual(server.original);
});

it('loads a dump that the backup has compressed', async () => {
  const archive = await makeArchive(server.mariadb, 'bitbucket zst', '', { compressDump: true });
  expect(await readdir(join(archive.unpacked, 'bitbucket-db'))).toEqual(['dump.sql.zst']);
  await load(archive.unpacked, archive.part);
  expect(await server.fingerprint(database)).toEqual(await server.fingerprint('bitbucket zst'));
  await archive.remove();
});

it("loads what Atlassian's scripts write: a file, with its database created and used, under another name", async () => {
  const unpacked = temporaryFolder();
  const { stdout: dump } = await runProgram('mysqldump', [
    '--no-defaults',
    `--socket=${server.mariadb.socket}`,
    '-uroot',
    '--routines',
    '--events',
    '--databases',
    'bitbucket',
  ]);
  expect(dump.toString('latin1')).toContain('USE `bitbucket`');
  await writeFile(join(unpacked, 'bitbucket-db'), dump);
  const before = await server.fingerprint('bitbucket');
  await load(unpacked);
  expect(await server.fingerprint(database)).toEqual(before);
  expect(await server.fingerprint('bitbucket')).toEqual(before);
});

it.each([
  [
    'ends without its completion line',
    (text: string) => text.replace(/^-- Dump completed.*\n/m, ''),
    'ends without its completion line',
  ],
  ['is cut', (text: string) => text.slice(0, text.length / 2), 'ends without its completion line'],
  [
    'uses another database',
    (text: string) => text.replace('\n-- Dump completed', '\nuse mysql;\n-- Dump completed'),
    'leads out of its database ("use mysql;")',
  ],
  [
    'uses two databases',
    (text: string) => text.replace('\n-- Dump completed', '\nUSE `a`;\nUSE `b`;\n-- Dump completed'),
    'leads out of its database',
  ],
  [
    'drops a database',
    (text: string) =>
      text.replace('\n-- Dump completed', '\n/*!40000 DROP DATABASE IF EXISTS `a`*/;\n-- Dump completed'),
    'leads out of its database',
  ],
])('refuses a dump that %s, before it touches anything', async (_what, change, words) => {
  const text = await dumpText();
  const changed = change(text);
  expect(changed).not.toBe(text);
  const failure = await failureOf(load(await withDump('dump.sql', changed)));
  expect(failure.message).toContain(words);
  expect(await server.state(database)).toBe('absent');
});

it.each([
  ['\\! touch <file>'],
  ['system touch <file>'],
  ['source <file>'],
  ['tee <file>'],
  ['pager touch <file>'],
  ["CREATE TABLE stolen (line text); LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE stolen;"],
])('lets a dump do nothing on this machine: %s', async (line) => {
  const file = join(temporaryFolder(), 'made');
  const text = (await dumpText()).replace(
    '\n-- Dump completed',
    `\n${line.replace('<file>', file)}\n-- Dump completed`,
  );
  const failure = await failureOf(load(await withDump('dump.sql', text)));
  expect(failure).toMatchObject({ code: 'DB_FAILED' });
  expect(existsSync(file)).toBe(false);
  expect(await server.state(database)).toBe('absent');
});

it('tells why a statement failed, and none of the rows in it', async () => {
  const text = (await dumpText()).replace(
    '\n-- Dump completed',
    "\nINSERT INTO `gone` VALUES\n(1,'secret row');\n-- Dump completed",
  );
  const failure = await failureOf(load(await withDump('dump.sql', text)));
  expect(messageChain(failure).join()).toContain(`Table '${database}.gone' doesn't exist`);
  expect(messageChain(failure).join()).not.toContain('secret row');
});

it.each([
  ['is not empty', 'CREATE TABLE mine (a int);', 'is not empty (1 objects: mine)'],
  ['has a view', 'CREATE VIEW mine AS SELECT 1;', 'is not empty (1 objects: mine)'],
  ['has a routine', 'CREATE PROCEDURE mine() SELECT 1;', 'is not empty (1 objects: mine())'],
  [
    'has the wrong character set',
    'ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci;',
    'Bitbucket needs utf8',
  ],
  ['does not tell cases apart', 'ALTER DATABASE COLLATE utf8mb4_general_ci;', 'with its _bin collation'],
])('refuses a database that %s', async (_what, sql, words) => {
  await server.mariadb.createDatabase(database);
  await server.mariadb.sql(database, sql);
  const before = await server.state(database);
  const findings = await server.start(database).strategy.preflight(server.whole.part);
  expect(findings.map(({ severity }) => severity)).toEqual(['error']);
  expect(findings[0]?.message).toContain(words);
  expect(await server.state(database)).toEqual(before);
});

it('says before it begins that the user may not create the database', async () => {
  const findings = await server.start('elsewhere').strategy.preflight(server.whole.part);
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^There is no database 'elsewhere' at .* user 'bitbucket@127\.0\.0\.1' may not create it/,
    ),
  ]);
});

it('restores databases with odd names', async () => {
  const name = `target '"\`$x;#\\ ünï --`;
  await server.mariadb.sql('mysql', `GRANT ALL ON *.* TO bitbucket@'127.0.0.1';`);
  const { strategy } = server.start(name);
  await strategy.preflight(server.whole.part);
  await strategy.restore(server.whole.part, server.whole.unpacked, never);
  await strategy.complete();
  const tables = await server.mariadb.sql('mysql', `SHOW TABLES FROM ${quoteName(name)}`);
  expect(tables.split('\n')).toHaveLength(14);
  await server.mariadb.sql('mysql', `REVOKE ALL ON *.* FROM bitbucket@'127.0.0.1';`);
});

it('shows the password to nobody, in no command line, and leaves no file with it', async () => {
  const { mariadb } = server;
  const context = await makeContext();
  const temporary = await mkdtemp(join(tmpdir(), 'watched-'));
  await chmod(temporary, 0o700);
  const before = process.env['RUNNER_TEMP'];
  process.env['RUNNER_TEMP'] = temporary;
  const seen = { lines: 0, environments: 0, files: 0, leaks: [] as string[] };
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        if (/(?:mariadb|mysqldump|mysql)(?:-dump)?\0--defaults-file=/.test(line)) {
          seen.lines += 1;
          const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
          seen.environments += environment === '' ? 0 : 1;
          if (`${line}${environment}`.includes(mariadb.password)) {
            seen.leaks.push(line);
          }
        }
      }
      for (const folder of await readdir(temporary)) {
        const file = join(temporary, folder, 'my.cnf');
        const stats = await stat(file).catch(() => undefined);
        seen.files += stats === undefined ? 0 : 1;
        if (stats !== undefined && (stats.mode & 0o077) !== 0) {
          seen.leaks.push(`${file} ${stats.mode.toString(8)}`);
        }
      }
      await sleep(1);
    }
  })();
  try {
    const strategy = createMysql(
      {
        ...server.options('bitbucket'),
        database: 'bitbucket slow',
        compressDump: true,
        blockDdl: false,
      },
      context,
    );
    expect(await strategy.preflight()).toEqual([]);
    const recorded = await (await strategy.capture(never)).settle(never);
    await load(context.backupRoot, { recorded, drained: true });
    expect(JSON.stringify(recorded) + context.lines.join('\n')).not.toContain(mariadb.password);
  } finally {
    over.abort();
    await watching;
    if (before === undefined) {
      delete process.env['RUNNER_TEMP'];
    } else {
      process.env['RUNNER_TEMP'] = before;
    }
    await context.remove();
  }
  expect(seen.leaks).toEqual([]);
  expect(seen.lines).toBeGreaterThan(3);
  expect(seen.environments).toBeGreaterThan(0);
  expect(seen.files).toBeGreaterThan(3);
  expect(await readdir(temporary)).toEqual([]);
  await rm(temporary, { recursive: true });
});
