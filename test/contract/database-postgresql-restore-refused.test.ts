/** Everything that speaks against a restore into a PostgreSQL, found before anything is changed. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PostgresqlRestoreOptions } from '../../src/database/postgresql/postgresql-restore.ts';
import type { ArchivedPart } from '../../src/strategies/restore.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type RestoreServer, startRestoreServer } from './postgresql-restore-server.ts';

let server: RestoreServer;
let database: string;
let count = 0;

beforeAll(async () => {
  // Autovacuum comes and goes in databases by itself, every second here.
  server = await startRestoreServer({ settings: { autovacuum: 'on', autovacuum_naptime: '1s' } });
  const { postgres } = server;
  await postgres.sql(
    'postgres',
    `CREATE ROLE plain LOGIN PASSWORD 'x'; CREATE ROLE other; CREATE ROLE team; CREATE ROLE distant;
     CREATE ROLE member LOGIN PASSWORD 'x' CREATEDB IN ROLE team;
     CREATE ROLE aloof LOGIN PASSWORD 'x' CREATEDB NOINHERIT IN ROLE distant;`,
  );
});
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  count += 1;
  database = `refused ${count}`;
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('PG'))) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const where = (): string => `'${database}' at 127.0.0.1:${server.postgres.port}`;

/** Nothing is changed, whatever is found. */
async function findings(
  changes: Partial<PostgresqlRestoreOptions> = {},
  part: ArchivedPart = server.whole.part,
): Promise<readonly string[]> {
  const before = await server.state(database);
  const { strategy } = server.startWith(server.options(database, changes));
  const found = await strategy.preflight(part);
  expect(await server.state(database)).toEqual(before);
  return found.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

function partWith(details: Readonly<Record<string, string>>): ArchivedPart {
  const { recorded } = server.whole.part;
  return {
    drained: true,
    recorded: recorded && { ...recorded, details: { ...recorded.details, ...details } },
  };
}

describe('a database that is not empty', () => {
  it.each([
    ['a table', 'CREATE TABLE t (id serial)', '2 objects: public.t, public.t_id_seq'],
    ['a view', 'CREATE VIEW v AS SELECT 1', '1 objects: public.v'],
    ['a function', `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`, '1 objects: public.f()'],
    ['a schema', 'CREATE SCHEMA s', '1 objects: schema s'],
    ['a type', `CREATE TYPE t AS ENUM ('a')`, '1 objects: type public.t'],
    ['a composite type', 'CREATE TYPE t AS (a int)', '1 objects: type public.t'],
    ['a large object', 'SELECT lo_create(4711)', '1 objects: large object 4711'],
    [
      'many of them',
      'CREATE TABLE f (); CREATE TABLE e (); CREATE TABLE d (); CREATE TABLE c (); CREATE TABLE b (); CREATE TABLE a ();',
      '6 objects: public.a, public.b, public.c, public.d, public.e ...',
    ],
  ])('is refused, and what it holds is named: %s', async (_what, sql, named) => {
    await server.postgres.createDatabase(database, { withSchema: false });
    await server.postgres.sql(database, sql);
    expect(await findings()).toEqual([
      `error database-name: Database ${where()} is not empty (${named}); nothing is overwritten: drop or rename it, or choose another database-name.`,
    ]);
  });

  it('may hold extensions with all that is theirs', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    await server.postgres.sql(
      database,
      'CREATE EXTENSION pg_trgm; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hstore;',
    );
    expect(await findings()).toEqual([]);
  });
});

describe('a database that is there', () => {
  it('has another encoding', async () => {
    await server.postgres.sql(
      'postgres',
      `CREATE DATABASE "${database}" OWNER bitbucket TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`,
    );
    expect(await findings()).toEqual([
      `error database-name: Database ${where()} has the encoding SQL_ASCII, and Bitbucket needs UTF8; drop it and let the restore create it.`,
    ]);
  });

  it('is in use', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    const first = await server.connect(database);
    const inUse = `error database-name: Database ${where()} is in use by`;
    const stop = 'stop Bitbucket and whatever else is connected.';
    expect(await findings()).toEqual([`${inUse} 1 other session; ${stop}`]);
    const second = await server.connect(database);
    expect(await findings()).toEqual([`${inUse} 2 other sessions; ${stop}`]);
    await first();
    await second();
    expect(await findings()).toEqual([]);
  });

  it('is not in use because the server looks after it by itself', async () => {
    const { postgres } = server;
    await postgres.createDatabase(database, { withSchema: false });
    await postgres.sql(
      database,
      `CREATE TABLE t (a int) WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
         autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
       INSERT INTO t SELECT generate_series(1, 100000); DELETE FROM t;`,
    );
    const worker = `SELECT count(*) FROM pg_stat_activity
      WHERE datname = '${database}' AND backend_type = 'autovacuum worker' AND query LIKE '%public.t%'`;
    while ((await postgres.sql('postgres', worker)) === '0') {
      await sleep(50);
    }
    const found = await findings();
    expect(await postgres.sql('postgres', worker)).toBe('1');
    expect(found).toEqual([expect.stringContaining('is not empty (1 objects: public.t)')]);
    await postgres.dropDatabase(database);
  });

  it('belongs to somebody else, and the user may not make tables in it', async () => {
    await server.postgres.sql('postgres', `CREATE DATABASE "${database}" TEMPLATE template0`);
    expect(await findings()).toEqual([
      `error database-username: User 'bitbucket' may not create tables in database ${where()}; give its owner as database-username.`,
      "error database-owner: User 'bitbucket' may not act as 'postgres', who owns the database; give 'postgres' as database-username, or make 'bitbucket' a member of that role, with INHERIT.",
    ]);
  });

  it('may not be entered', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    await server.postgres.sql('postgres', `REVOKE CONNECT ON DATABASE "${database}" FROM PUBLIC`);
    expect(await findings({ username: 'plain', password: 'x' })).toEqual([
      expect.stringMatching(
        /^error database-username: User 'plain' may not connect to database 'refused \d+'/,
      ),
    ]);
  });
});

describe('a database that is to be created', () => {
  it('takes the right to create one', async () => {
    expect(await findings({ username: 'plain', password: 'x' })).toEqual([
      `error database-username: There is no database ${where()}, and user 'plain' may not create one; create it empty, or grant CREATEDB.`,
    ]);
  });

  it('takes an owner that exists', async () => {
    expect(await findings({ owner: 'nobody here' })).toEqual([
      `error database-owner: There is no role 'nobody here' at 127.0.0.1:${server.postgres.port} to own the database; create it, or set database-owner.`,
    ]);
  });

  it('takes an owner whom the user may act as', async () => {
    expect(await findings({ owner: 'other' })).toEqual([
      "error database-owner: User 'bitbucket' may not act as 'other', who owns the database; give 'other' as database-username, or make 'bitbucket' a member of that role, with INHERIT.",
    ]);
    expect(await findings({ owner: 'team', username: 'member', password: 'x' })).toEqual([]);
  });

  it('takes the rights of that owner, not only a membership: the mark has to be set and the database dropped again', async () => {
    expect(await findings({ owner: 'distant', username: 'aloof', password: 'x' })).toEqual([
      expect.stringContaining("User 'aloof' may not act as 'distant'"),
    ]);
  });

  it('gets the user as its owner where that of the archive is out of reach', async () => {
    expect(await findings({ username: 'member', password: 'x' }, partWith({ owner: 'gone' }))).toEqual([]);
    expect(await findings({ username: 'member', password: 'x' }, partWith({ owner: 'other' }))).toEqual([]);
  });
});

describe('versions', () => {
  it('of the server: a dump comes from a newer one', async () => {
    expect(await findings({}, partWith({ serverVersion: '99.1' }))).toEqual([
      expect.stringMatching(
        /^error database-host: The dump comes from PostgreSQL 99, and 127\.0\.0\.1:\d+ has \d+\.\d+; restore to 99 or later\.$/,
      ),
    ]);
  });

  it('of the client: it is older than the one that wrote the dump', async () => {
    const { version } = {
      version: /\d+\.\d+/.exec(await server.postgres.sql('postgres', 'SHOW server_version'))?.[0],
    };
    expect(await findings({}, partWith({ clientVersion: '99.1' }))).toEqual([
      `error pg_restore: pg_restore ${version ?? ''}, the newest on this machine, is too old for this dump; install postgresql-client-99.`,
    ]);
  });

  it('of a client that is older than the server, for a dump that does not say what wrote it', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(server.postgres.binFolder, 'psql'), join(folder, 'psql'));
    for (const program of ['pg_dump', 'pg_restore']) {
      writeFileSync(join(folder, program), `#!/bin/sh\necho '${program} (PostgreSQL) 9.6.24'\n`, {
        mode: 0o755,
      });
    }
    expect(await findings({ clientFolders: [folder] }, { recorded: undefined, drained: false })).toEqual([
      'error pg_restore: pg_restore 9.6.24, the newest on this machine, is too old for this dump; install a later postgresql-client.',
    ]);
  });

  it('of no client at all', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    chmodSync(folder, 0o755);
    expect(await findings({ clientFolders: [join(folder, 'bin')] })).toEqual([
      'error pg_restore: No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on this machine.',
    ]);
  });
});

describe('the connection', () => {
  it('leads nowhere', async () => {
    expect(await findings({ port: 1 })).toEqual([
      expect.stringMatching(
        /^error database-host: PostgreSQL at 127\.0\.0\.1:1 cannot be reached; .*refused/,
      ),
    ]);
  });

  it('is refused for a wrong password, which nobody prints', async () => {
    const [found, ...more] = await findings({ password: 'wr0ng' });
    expect(more).toEqual([]);
    expect(found).toMatch(/^error database-password: PostgreSQL at .* rejected user 'bitbucket'; check/);
    expect(found).not.toContain('wr0ng');
  });

  it('is not made for a database without a name', async () => {
    const unknown = { recorded: undefined, drained: false };
    expect(await findings({ database: undefined }, unknown)).toEqual([
      "error database-name: Input 'database-name' is empty, and the archive does not name its database; set it.",
    ]);
    const { strategy } = server.startWith(server.options(database, { database: undefined }));
    expect(await strategy.preflight(undefined)).toEqual([]);
  });

  it('leads to the database that the archive names, when nobody names another', async () => {
    expect(await findings({ database: undefined })).toEqual([
      expect.stringContaining("Database 'bitbucket' at"),
    ]);
  });

  it('tells a missing database in any language of the server', async () => {
    const folder = temporaryFolder();
    for (const program of ['pg_dump', 'pg_restore']) {
      symlinkSync(join(server.postgres.binFolder, program), join(folder, program));
    }
    // As a German server does.
    writeFileSync(
      join(folder, 'psql'),
      `#!/bin/bash\nexec ${server.postgres.binFolder}/psql "$@" 2> >(sed -E 's/database "(.*)" does not exist/Datenbank »\\1« existiert nicht/' >&2)\n`,
      { mode: 0o755 },
    );
    expect(await findings({ clientFolders: [folder] })).toEqual([]);
  });
});
