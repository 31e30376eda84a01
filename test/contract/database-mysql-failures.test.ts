/** What goes wrong between us and a MySQL or MariaDB: one clear sentence each, and nothing left that looks like a dump. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMysql, type MysqlOptions } from '../../src/database/mysql/mysql.ts';
import type { Finding } from '../../src/strategies/contract.ts';
import { failureOf } from '../support/failure.ts';
import { quoteName, quoteText, startMariadb, type TestMariadb } from '../support/mariadb/mariadb.ts';
import { dataSql, schemaSql } from '../support/mariadb/schema.ts';
import { mountTmpfs } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { type SlowProxy, startSlowProxy } from './slow-proxy.ts';

const never = new AbortController().signal;
const SOURCE = 'bitbucket';
let mariadb: TestMariadb;
let proxy: SlowProxy;
let context: TestContext;

beforeAll(async () => {
  mariadb = await startMariadb();
  proxy = await startSlowProxy({ ...mariadb, only: 'mysqldump' });
  await mariadb.createDatabase(SOURCE);
  await mariadb.sql(SOURCE, schemaSql());
  await mariadb.sql(
    SOURCE,
    dataSql({ projects: 3, repositories: 5, pullRequests: 20, bytes: 40 * 1024 * 1024 }),
  );
});
afterAll(async () => {
  await proxy.close();
  await mariadb.close();
});
beforeEach(async () => {
  context = await makeContext();
});
afterEach(async () => {
  proxy.release();
  await context.remove();
});

function options(changes: Partial<MysqlOptions> = {}): MysqlOptions {
  return {
    host: mariadb.host,
    port: mariadb.port,
    database: SOURCE,
    username: mariadb.username,
    password: mariadb.password,
    optionsFile: undefined,
    compressDump: false,
    blockDdl: false,
    clientFolders: undefined,
    ...changes,
  };
}

async function preflight(changes: Partial<MysqlOptions>): Promise<readonly Finding[]> {
  return await createMysql(options(changes), context).preflight();
}

it.each([
  [
    'password',
    { password: 'wrong' },
    'database-password',
    "rejected user 'bitbucket'; check database-username and database-password",
  ],
  ['password that is missing', { password: undefined }, 'database-password', "rejected user 'bitbucket'"],
  ['user', { username: 'nobody' }, 'database-password', "rejected user 'nobody'"],
  [
    'database',
    { database: 'bitbucket2' },
    'database-name',
    "has no database 'bitbucket2'; correct database-name",
  ],
  [
    'database without rights',
    { database: 'mysql' },
    'database-username',
    "does not let user 'bitbucket' into database 'mysql'",
  ],
  ['port', { port: 1 }, 'database-host', 'cannot be reached; check database-host and database-port'],
  [
    'host',
    { host: 'no.such.host.invalid' },
    'database-host',
    'is not known to this machine; correct database-host',
  ],
  [
    'options file',
    { optionsFile: '/no/such/file' },
    'database-options-file',
    'There is no file /no/such/file',
  ],
  ['lock against DDL', { blockDdl: true }, 'database-block-ddl', 'grant it RELOAD on *.*'],
] as const)('names a wrong %s in one sentence', async (_what, changes, subject, words) => {
  const findings = await preflight(changes);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ severity: 'error', subject });
  expect(findings[0]?.message).toContain(words);
  expect(findings[0]?.message).not.toContain('\n');
  expect(findings[0]?.message).not.toContain(mariadb.password);
});

it('says that there is no client, and names one that is older than the server', async () => {
  const folder = temporaryFolder();
  const [none] = await preflight({ clientFolders: [folder] });
  expect(none).toMatchObject({ severity: 'error', subject: 'mysqldump' });
  expect(none?.message).toContain('install mariadb-client or mysql-client');
  const clients: [string, string][] = [
    ['mariadb', 'exec mariadb "$@"'],
    ['mariadb-dump', 'echo "mariadb-dump  Ver 10.19 Distrib 10.3.39-MariaDB, for debian-linux-gnu (x86_64)"'],
  ];
  for (const [name, body] of clients) {
    await writeFile(join(folder, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(folder, name), 0o755);
  }
  const [old, ...more] = await preflight({ clientFolders: [folder] });
  expect(more).toEqual([]);
  expect(old?.severity).toBe('error');
  expect(old?.message).toMatch(
    /^mariadb-dump of MariaDB 10\.3\.39 in .* is older than the server, which is MariaDB 10\.11\.\d+; install mariadb-client 10\.11 or later\.$/,
  );
});

it('names tables that no snapshot holds still, a view that does not work, and a database that is not of Bitbucket', async () => {
  await mariadb.createDatabase('bitbucket_odd');
  await mariadb.sql(
    'bitbucket_odd',
    `${schemaSql()} ALTER TABLE AO_C77861_AUDIT_ENTITY ENGINE=MyISAM; CREATE SEQUENCE late;
     CREATE TABLE gone (a int); CREATE VIEW broken AS SELECT a FROM gone; DROP TABLE gone, app_property;`,
  );
  const messages = (await preflight({ database: 'bitbucket_odd' })).map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringContaining("is not Bitbucket's"),
    expect.stringContaining('2 tables (AO_C77861_AUDIT_ENTITY: MyISAM, late: SEQUENCE)'),
    expect.stringMatching(/1 table or view \(broken\) \(View .* references invalid/),
  ]);
});

it('names what a user may not read', async () => {
  await mariadb.sql(
    'mysql',
    `CREATE USER poor@'127.0.0.1' IDENTIFIED BY 'poor';
     ${['app_property', 'repository'].map((table) => `GRANT SELECT ON ${SOURCE}.${table} TO poor@'127.0.0.1';`).join('')}
     GRANT INSERT ON ${SOURCE}.project TO poor@'127.0.0.1';`,
  );
  const messages = (await preflight({ username: 'poor', password: 'poor' })).map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(
      /^User 'poor@127\.0\.0\.1' cannot read 1 table or view \(project\) \(SELECT command denied/,
    ),
    expect.stringContaining('not seen to hold TRIGGER and EVENT'),
  ]);
});

it.each([
  ['plain', false],
  ['compressed', true],
])('tells of a server that stops in the middle of a dump (%s)', async (_how, compressDump) => {
  const strategy = createMysql(options({ port: proxy.port, compressDump }), context);
  expect(await strategy.preflight()).toEqual([]);
  proxy.holdAfter(5 * 1024 * 1024);
  const captured = await strategy.capture(never);
  await proxy.held();
  await mariadb.stop('kill');
  proxy.release();
  const failure = await failureOf(captured.settle(never));
  await mariadb.start();
  expect(failure).toMatchObject({ code: 'DB_FAILED' });
  expect(failure.message).toMatch(/lost its connection|ended before the dump did/);
  expect(failure.message).not.toContain('\n');
  await captured.discard();
  expect(await readdir(context.backupRoot)).toEqual([]);
});

it.each([
  ['plain', false],
  ['compressed', true],
])('tells of a disk that is full in the middle of a dump (%s)', async (_how, compressDump) => {
  const disk = await mountTmpfs(temporaryFolder());
  const small = { ...context, backupRoot: join(disk, 'root') };
  await mkdir(small.backupRoot);
  await writeFile(join(disk, 'fill'), Buffer.alloc(40 * 1024 * 1024));
  const strategy = createMysql(options({ compressDump }), small);
  expect(await strategy.preflight()).toEqual([]);
  const failure = await failureOf(
    strategy.capture(never).then(async (captured) => {
      try {
        return await captured.settle(never);
      } finally {
        await captured.discard();
      }
    }),
  );
  expect(failure).toMatchObject({ code: 'DISK_FULL' });
  expect(await readdir(small.backupRoot)).toEqual([]);
});

it.each(['half of it', 'its completion line'] as const)(
  'does not believe an exit code of 0 without %s',
  async (what) => {
    const folder = temporaryFolder();
    const cut = what === 'half of it' ? 'head -c 3000000' : "grep -v '^-- Dump completed'";
    const script = `#!/bin/sh
case "$*" in *--version*) exec /usr/bin/mariadb-dump "$@";; esac
for a; do case "$a" in --result-file=*) f="\${a#--result-file=}";; esac; done
/usr/bin/mariadb-dump "$@" || exit
${cut} "$f" > "$f.cut"; mv "$f.cut" "$f"
`;
    await writeFile(join(folder, 'mariadb-dump'), script);
    await writeFile(join(folder, 'mariadb'), '#!/bin/sh\nexec /usr/bin/mariadb "$@"\n');
    await chmod(join(folder, 'mariadb-dump'), 0o755);
    await chmod(join(folder, 'mariadb'), 0o755);
    const strategy = createMysql(options({ clientFolders: [folder] }), context);
    expect(await strategy.preflight()).toEqual([]);
    const captured = await strategy.capture(never);
    const failure = await failureOf(captured.settle(never));
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toBe(
      "The dump of database 'bitbucket' is not whole: its completion line is missing.",
    );
    await captured.discard();
    expect(await readdir(context.backupRoot)).toEqual([]);
  },
);

it('compresses as it streams where the archive does not, and reads it again', async () => {
  const strategy = createMysql(options({ compressDump: true }), context);
  await strategy.preflight();
  const part = await (await strategy.capture(never)).settle(never);
  expect(await readdir(join(context.backupRoot, 'bitbucket-db'))).toEqual(['dump.sql.zst']);
  expect(part.details['compression']).toBe('zstd');
  expect(part.bytes).toBeGreaterThan(1024);
});

const ODD = [`odd 'quoted' "name" \`tick\``, 'odd $x %y% ;# \\ ünï 数', '-odd=--leading'];

it.each(ODD)('takes odd names: %s', async (name) => {
  const username = name.slice(0, 30);
  const password = `${name}\\' #;`;
  await mariadb.sql(
    'mysql',
    `CREATE DATABASE ${quoteName(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
     CREATE USER ${quoteText(username)}@'127.0.0.1' IDENTIFIED BY ${quoteText(password)};
     GRANT ALL ON *.* TO ${quoteText(username)}@'127.0.0.1';`,
  );
  await runSql(name, schemaSql());
  await runSql(name, dataSql({ projects: 1, repositories: 1, pullRequests: 1 }));
  const strategy = createMysql(options({ database: name, username, password }), context);
  expect(await strategy.preflight()).toEqual([]);
  const part = await (await strategy.capture(never)).settle(never);
  expect(part.details).toMatchObject({ database: name, tables: 12 });
  expect(await readFile(join(context.backupRoot, 'bitbucket-db', 'dump.sql'), 'utf8')).toContain(
    '-- Dump completed',
  );
});

async function runSql(database: string, text: string): Promise<void> {
  await mariadb.sql('mysql', `USE ${quoteName(database)};\n${text}`);
}
