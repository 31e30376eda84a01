/** A MariaDB with archives of databases that were on it, and restores to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMysql } from '../../src/database/mysql/mysql.ts';
import { MysqlRestore, type MysqlRestoreOptions } from '../../src/database/mysql/mysql-restore.ts';
import { databaseFingerprint } from '../support/mariadb/fingerprint.ts';
import { quoteText, startMariadb, type TestMariadb } from '../support/mariadb/mariadb.ts';
import { dataSql, MORE_SQL, schemaSql } from '../support/mariadb/schema.ts';
import { commandLines } from './database.contract.ts';
import { makeContext } from './database-context.ts';
import type { UnpackedDatabase } from './database-restore.contract.ts';
import {
  type DatabaseRestoreOptions,
  type DatabaseRestoreRun,
  databaseRestoreRun,
} from './database-restore-context.ts';

const never = new AbortController().signal;

export interface MysqlRestoreServer {
  readonly mariadb: TestMariadb;
  readonly whole: UnpackedDatabase;
  readonly slow: UnpackedDatabase;
  readonly original: Record<string, string>;
  /** Everything given; a test changes what it is about. */
  options(database: string, changes?: Partial<MysqlRestoreOptions>): MysqlRestoreOptions;
  start(database: string, options?: DatabaseRestoreOptions): DatabaseRestoreRun;
  startWith(options: MysqlRestoreOptions, more?: DatabaseRestoreOptions): DatabaseRestoreRun;
  fingerprint(database: string): Promise<Record<string, string>>;
  state(database: string): Promise<unknown>;
  connect(database: string): Promise<() => Promise<void>>;
  everyoneLeft(database: string): Promise<number>;
  killPrograms(database: string): Promise<void>;
  close(): Promise<void>;
}

export async function startMysqlRestoreServer(): Promise<MysqlRestoreServer> {
  const mariadb = await startMariadb();
  const whole = await makeArchive(mariadb, 'bitbucket', MORE_SQL);
  const slow = await makeArchive(mariadb, 'bitbucket slow', '');
  await makeSlow(slow.unpacked);
  const options: MysqlRestoreServer['options'] = (database, changes = {}) => ({
    host: mariadb.host,
    port: mariadb.port,
    database,
    username: mariadb.username,
    password: mariadb.password,
    optionsFile: undefined,
    owner: undefined,
    clientFolders: undefined,
    ...changes,
  });
  return {
    mariadb,
    whole,
    slow,
    original: await databaseFingerprint(mariadb, 'bitbucket'),
    options,
    startWith,
    start: (database, more) => startWith(options(database), more),
    fingerprint: async (database) => await databaseFingerprint(mariadb, database),
    state: async (database) => await databaseState(mariadb, database),
    connect: async (database) => await connect(mariadb, database),
    everyoneLeft: async (database) => await everyoneLeft(mariadb, database),
    killPrograms: async (database) => {
      for (const pid of await pidsOf((line) => line.includes(`--database=${database}`))) {
        process.kill(pid, 'SIGKILL');
      }
    },
    close: async () => {
      await whole.remove();
      await slow.remove();
      await mariadb.close();
    },
  };
}

function startWith(chosen: MysqlRestoreOptions, more?: DatabaseRestoreOptions): DatabaseRestoreRun {
  return databaseRestoreRun((context) => new MysqlRestore(chosen, context), more);
}

/** By the backup strategy itself. */
export async function makeArchive(
  mariadb: TestMariadb,
  database: string,
  sql: string,
  { compressDump = false }: { readonly compressDump?: boolean } = {},
): Promise<UnpackedDatabase & { remove(): Promise<void> }> {
  await mariadb.createDatabase(database);
  await mariadb.sql(database, schemaSql());
  await mariadb.sql(database, dataSql({ projects: 2, repositories: 3, pullRequests: 4 }));
  await mariadb.sql(database, sql);
  const context = await makeContext();
  const strategy = createMysql(
    {
      host: mariadb.socket,
      port: undefined,
      database,
      username: 'root',
      password: undefined,
      optionsFile: undefined,
      compressDump,
      blockDdl: false,
      clientFolders: undefined,
    },
    context,
  );
  const findings = await strategy.preflight();
  if (findings.length > 0) {
    throw new Error(JSON.stringify(findings));
  }
  await strategy.prepare(never);
  const recorded = await (await strategy.capture(never)).settle(never);
  return {
    part: { recorded, drained: true },
    unpacked: context.backupRoot,
    remove: async () => await context.remove(),
  };
}

/** What follows the rows takes five minutes. */
async function makeSlow(unpacked: string): Promise<void> {
  const path = join(unpacked, 'bitbucket-db', 'dump.sql');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^-- Dump completed/m, 'DO SLEEP(300);\n-- Dump completed'));
}

/** Everything about a database that is there before anything is restored to it. */
async function databaseState(mariadb: TestMariadb, name: string): Promise<unknown> {
  const row = await mariadb.sql(
    'information_schema',
    `SELECT * FROM SCHEMATA WHERE SCHEMA_NAME = ${quoteText(name)};
     SELECT * FROM mysql.db WHERE Db = ${quoteText(name)};`,
  );
  const exists = await mariadb.sql(
    'information_schema',
    `SELECT COUNT(*) FROM SCHEMATA WHERE SCHEMA_NAME = ${quoteText(name)};`,
  );
  return exists === '0' ? 'absent' : { row, content: await databaseFingerprint(mariadb, name) };
}

/** As the user that restores: without PROCESS nobody sees the sessions of others. */
async function connect(mariadb: TestMariadb, database: string): Promise<() => Promise<void>> {
  const session = spawn(
    'mariadb',
    [
      '--no-defaults',
      `--host=${mariadb.host}`,
      `--port=${mariadb.port}`,
      `--user=${mariadb.username}`,
      '--batch',
      '--unbuffered',
      // Not `--database=`, by which the programs of a restore are known here.
      database,
    ],
    { env: { ...process.env, MYSQL_PWD: mariadb.password }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  session.stdin.write("SELECT 'here';\n");
  await once(session.stdout, 'data');
  return async () => {
    const ended = once(session, 'exit');
    session.stdin.on('error', () => undefined).end();
    await ended;
  };
}

async function pidsOf(isWanted: (commandLine: string) => boolean): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const wanted: number[] = [];
  for (const pid of pids) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (isWanted(line.replaceAll('\0', ' '))) {
      wanted.push(Number(pid));
    }
  }
  return wanted;
}

/** The server may take a moment to see that somebody has gone. */
async function everyoneLeft(mariadb: TestMariadb, database: string): Promise<number> {
  const sessions = `SELECT COUNT(*) FROM PROCESSLIST WHERE DB = ${quoteText(database)} AND USER = '${mariadb.username}'`;
  let left = 0;
  for (const deadline = Date.now() + 1_000; Date.now() < deadline; await sleep(20)) {
    const programs = (await commandLines()).filter((line) => line.includes(`--database=${database}`));
    left = programs.length + Number(await mariadb.sql('information_schema', sessions));
    if (left === 0) {
      break;
    }
  }
  return left;
}
