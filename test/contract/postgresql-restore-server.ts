/** A PostgreSQL with archives of databases that were on it, and restores to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresql } from '../../src/database/postgresql/postgresql.ts';
import {
  PostgresqlRestore,
  type PostgresqlRestoreOptions,
} from '../../src/database/postgresql/postgresql-restore.ts';
import { bitbucketDataSql, bitbucketSchemaSql, databaseFingerprint } from '../support/bitbucket-schema.ts';
import { conninfoOf, databaseState, sqlLiteral } from '../support/database-state.ts';
import { type PostgresOptions, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { commandLines } from './database.contract.ts';
import { makeContext } from './database-context.ts';
import type { UnpackedDatabase } from './database-restore.contract.ts';
import {
  type DatabaseRestoreOptions,
  type DatabaseRestoreRun,
  databaseRestoreRun,
} from './database-restore-context.ts';

const never = new AbortController().signal;

/** Besides Bitbucket's tables: schemas, comments, functions and types, as apps may bring them. */
const MORE_SQL = `
SET ROLE bitbucket;
CREATE SCHEMA "App's schema";
CREATE TABLE "App's schema"."Odd ""name""" (id serial PRIMARY KEY, at timestamptz DEFAULT now());
INSERT INTO "App's schema"."Odd ""name""" (at) VALUES ('2024-02-29 12:00+00'), (NULL);
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN positive AS integer CHECK (value > 0);
CREATE TYPE pair AS (a integer, b text);
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
CREATE PROCEDURE nothing() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE moods (id positive, mood mood, pair pair, double integer GENERATED ALWAYS AS (twice(2)) STORED);
INSERT INTO moods VALUES (1, 'glad', (1, 'x'));
CREATE MATERIALIZED VIEW gathered AS SELECT count(*) AS many FROM repository;
COMMENT ON TABLE project IS 'A comment that has to come along';
COMMENT ON COLUMN project.name IS 'with ''quotes''';
COMMENT ON VIEW repository_access IS 'of a view';
SELECT setval('bb_unused_seq', 1234);
RESET ROLE;
`;

/** An index whose making takes five minutes anywhere but here. */
const SLOW_SQL = `
SET ROLE bitbucket;
CREATE FUNCTION slow(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF current_database() <> 'slow source' THEN
    PERFORM pg_sleep(300);
  END IF;
  RETURN n;
END $$;
CREATE TABLE slow_table (id integer);
INSERT INTO slow_table VALUES (1);
CREATE INDEX slow_index ON slow_table (public.slow(id));
`;

export interface RestoreServer {
  readonly postgres: TestPostgres;
  readonly whole: UnpackedDatabase;
  readonly slow: UnpackedDatabase;
  readonly original: Record<string, string>;
  /** Everything given; a test changes what it is about. */
  options(database: string, changes?: Partial<PostgresqlRestoreOptions>): PostgresqlRestoreOptions;
  start(database: string, options?: DatabaseRestoreOptions): DatabaseRestoreRun;
  startWith(options: PostgresqlRestoreOptions, more?: DatabaseRestoreOptions): DatabaseRestoreRun;
  fingerprint(database: string): Promise<Record<string, string>>;
  state(database: string): Promise<unknown>;
  connect(database: string): Promise<() => Promise<void>>;
  everyoneLeft(database: string): Promise<number>;
  killPrograms(database: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRestoreServer(settings?: PostgresOptions): Promise<RestoreServer> {
  const postgres = await startPostgres(settings);
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB; CREATE ROLE guest;`);
  const whole = await makeArchive(postgres, 'bitbucket', MORE_SQL);
  const slow = await makeArchive(postgres, 'slow source', SLOW_SQL);
  const options: RestoreServer['options'] = (database, changes = {}) => ({
    host: postgres.host,
    port: postgres.port,
    database,
    username: postgres.username,
    password: postgres.password,
    owner: undefined,
    clientFolders: [postgres.binFolder],
    ...changes,
  });
  return {
    postgres,
    whole,
    slow,
    original: await databaseFingerprint(postgres, 'bitbucket'),
    options,
    startWith,
    start: (database, more) => startWith(options(database), more),
    fingerprint: async (database) => await databaseFingerprint(postgres, conninfoOf(database)),
    state: async (database) => await databaseState(postgres, database),
    connect: async (database) => await connect(postgres, database),
    everyoneLeft: async (database) => await everyoneLeft(postgres, database),
    killPrograms: async (database) => {
      const pids = await pidsOf((line) => line.includes(`dbname='${database}'`));
      for (const pid of pids) {
        process.kill(pid, 'SIGKILL');
      }
    },
    close: async () => {
      await whole.remove();
      await slow.remove();
      await postgres.close();
    },
  };
}

function startWith(
  chosen: PostgresqlRestoreOptions,
  more?: DatabaseRestoreOptions,
): ReturnType<RestoreServer['startWith']> {
  return databaseRestoreRun((context) => new PostgresqlRestore(chosen, context), more);
}

/** By the backup strategy itself. */
export async function makeArchive(
  postgres: TestPostgres,
  database: string,
  sql: string,
  { exists = false }: { readonly exists?: boolean } = {},
): Promise<UnpackedDatabase & { remove(): Promise<void> }> {
  if (exists) {
    await postgres.sql(database, bitbucketSchemaSql());
  } else {
    await postgres.createDatabase(database, { withSchema: true });
  }
  await postgres.sql(database, bitbucketDataSql({ projects: 2, repositories: 3, pullRequests: 4 }));
  await postgres.sql(database, sql);
  const context = await makeContext();
  const strategy = createPostgresql(
    {
      host: postgres.socketFolder,
      port: postgres.port,
      database,
      username: postgres.superuser,
      password: undefined,
      compressDump: false,
      lockWaitSeconds: 5,
      clientFolders: [postgres.binFolder],
    },
    context,
  );
  await strategy.preflight();
  await strategy.prepare(never);
  const recorded = await (await strategy.capture(never)).settle(never);
  return {
    part: { recorded, drained: true },
    unpacked: context.backupRoot,
    remove: async () => await context.remove(),
  };
}

/** As the user that restores: only a superuser may end other people's sessions. */
async function connect(postgres: TestPostgres, database: string): Promise<() => Promise<void>> {
  const target = `host=${postgres.host} port=${postgres.port} user=${postgres.username} dbname='${database}'`;
  const session = spawn(join(postgres.binFolder, 'psql'), ['-X', '-q', target], {
    env: { ...process.env, PGPASSWORD: postgres.password },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
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
async function everyoneLeft(postgres: TestPostgres, database: string): Promise<number> {
  const sessions = `SELECT count(*) FROM pg_stat_activity
    WHERE datname = ${sqlLiteral(database)} AND application_name LIKE 'bitbucket-restore%'`;
  let left = 0;
  for (const deadline = Date.now() + 1_000; Date.now() < deadline; await sleep(20)) {
    const programs = (await commandLines()).filter((line) => line.includes(`dbname='${database}'`));
    left = programs.length + Number(await postgres.sql('postgres', sessions));
    if (left === 0) {
      break;
    }
  }
  return left;
}
