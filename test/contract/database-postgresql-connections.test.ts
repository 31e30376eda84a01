/** Every way in which libpq connects, and what is said when it cannot, against a real PostgreSQL. */
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPostgresql, type PostgresqlOptions } from '../../src/database/postgresql/postgresql.ts';
import type { BackupStrategy, Finding } from '../../src/strategies/contract.ts';
import { bitbucketDataSql } from '../support/bitbucket-schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { commandLines } from './database.contract.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { startSlowProxy } from './slow-proxy.ts';

const SOURCE = 'bitbucket';
const CLOSED_PORT = 1;
const never = new AbortController().signal;

let postgres: TestPostgres;
let folder: string;
let context: TestContext;

beforeAll(async () => {
  postgres = await startPostgres({ tls: true });
  await postgres.createDatabase(SOURCE, { withSchema: true });
  await postgres.sql(SOURCE, bitbucketDataSql({ projects: 2, repositories: 2, pullRequests: 2 }));
});
afterAll(async () => {
  await postgres.close();
});
beforeEach(async () => {
  context = await makeContext();
  folder = await mkdtemp(join(tmpdir(), 'connections-'));
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('PG'))) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await context.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Given everything; a test takes away or changes what it is about. */
function options(changes: Partial<PostgresqlOptions> = {}): PostgresqlOptions {
  return {
    host: postgres.host,
    port: postgres.port,
    database: SOURCE,
    username: postgres.username,
    password: postgres.password,
    compressDump: false,
    lockWaitSeconds: 1,
    clientFolders: [postgres.binFolder],
    ...changes,
  };
}

const NO_INPUTS = {
  host: undefined,
  port: undefined,
  database: undefined,
  username: undefined,
  password: undefined,
};

function strategyWith(changes: Partial<PostgresqlOptions>): BackupStrategy {
  return createPostgresql(options(changes), context);
}

async function findingsWith(changes: Partial<PostgresqlOptions>): Promise<readonly Finding[]> {
  return await strategyWith(changes).preflight();
}

/** Preflight, dump and verification, all with the same connection. */
async function backUp(changes: Partial<PostgresqlOptions>): Promise<unknown> {
  const strategy = strategyWith(changes);
  expect(await strategy.preflight()).toEqual([]);
  const captured = await strategy.capture(never);
  return (await captured.settle(never)).details['database'];
}

async function writePasswordFile(): Promise<string> {
  const path = join(folder, 'pgpass');
  const escaped = postgres.password.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
  await writeFile(path, `*:*:*:*:${escaped}\n`, { mode: 0o600 });
  return path;
}

async function writeService(lines: Record<string, string>): Promise<void> {
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(join(folder, 'pg_service.conf'), `[test]\n${text.join('')}`, { mode: 0o600 });
  vi.stubEnv('PGSERVICEFILE', join(folder, 'pg_service.conf'));
  vi.stubEnv('PGSERVICE', 'test');
}

describe('connects', () => {
  it('with inputs alone', async () => {
    expect(await backUp({})).toBe(SOURCE);
  });

  it('with nothing but a password file besides the inputs', async () => {
    vi.stubEnv('PGPASSFILE', await writePasswordFile());
    expect(await backUp({ password: undefined })).toBe(SOURCE);
  });

  it('with a service file and no input at all', async () => {
    const { host, port, username, password } = postgres;
    await writeService({ host, port: `${port}`, dbname: SOURCE, user: username, password });
    expect(await backUp(NO_INPUTS)).toBe(SOURCE);
  });

  it('with the environment and no input at all', async () => {
    for (const [name, value] of Object.entries({ ...postgres.env(), PGDATABASE: SOURCE })) {
      vi.stubEnv(name, value);
    }
    expect(await backUp(NO_INPUTS)).toBe(SOURCE);
  });

  it('through a socket folder', async () => {
    expect(await backUp({ host: postgres.socketFolder })).toBe(SOURCE);
  });

  it('through a socket without a password, where the server trusts the user', async () => {
    expect(
      await backUp({ host: postgres.socketFolder, username: postgres.superuser, password: undefined }),
    ).toBe(SOURCE);
  });

  it('with TLS verified against the certificate', async () => {
    vi.stubEnv('PGSSLMODE', 'verify-full');
    vi.stubEnv('PGSSLROOTCERT', postgres.certificateFile);
    expect(await backUp({})).toBe(SOURCE);
  });

  it('with inputs that beat service file and environment, the password too', async () => {
    await writeService({
      host: 'service.invalid',
      hostaddr: '127.0.0.9',
      port: `${CLOSED_PORT}`,
      dbname: 'wrong',
      user: 'wrong',
      password: 'wrong',
    });
    vi.stubEnv('PGHOST', 'environment.invalid');
    vi.stubEnv('PGHOSTADDR', '127.0.0.9');
    vi.stubEnv('PGPASSWORD', 'wrong');
    expect(await backUp({})).toBe(SOURCE);
  });

  it.each([
    'host=evil dbname=postgres',
    'o\'brien "q" \\ $(id) `id`',
    'größe ☃',
    '-h evil',
    'postgresql://evil/x',
  ])('to a database named %s', async (name) => {
    // Renamed afterwards, for the tools of the test would take some of these names for something else.
    await postgres.createDatabase('plain', { withSchema: true });
    await postgres.sql('postgres', `ALTER DATABASE plain RENAME TO "${name.replaceAll('"', '""')}"`);
    onTestFinished(async () => {
      await postgres.dropDatabase(name);
    });
    expect(await backUp({ database: name })).toBe(name);
  });
});

describe('preflight refuses', () => {
  it('a closed port', async () => {
    const [finding, ...others] = await findingsWith({ port: CLOSED_PORT });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-host' });
    expect(finding?.message).toContain('PostgreSQL at 127.0.0.1:1 cannot be reached');
  });

  it('a wrong password, naming the user and never the password', async () => {
    const [finding] = await findingsWith({ password: 'open-sesame-9' });
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-password' });
    expect(finding?.message).toContain(`rejected user '${postgres.username}'`);
    expect(finding?.message).not.toContain('open-sesame-9');
    expect(context.lines.join()).not.toContain('open-sesame-9');
  });

  it('a missing password, without asking for one', async () => {
    expect(await findingsWith({ password: undefined })).toMatchObject([{ subject: 'database-password' }]);
  });

  it('an unknown database', async () => {
    const [finding] = await findingsWith({ database: 'nowhere' });
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-name' });
    expect(finding?.message).toContain("no database 'nowhere'");
  });

  it('a host that does not exist', async () => {
    expect(await findingsWith({ host: 'nowhere.invalid' })).toMatchObject([{ subject: 'database-host' }]);
  });

  it('a certificate that nobody vouches for', async () => {
    vi.stubEnv('PGSSLMODE', 'verify-full');
    vi.stubEnv('PGSSLROOTCERT', join(folder, 'missing.crt'));
    expect(await findingsWith({})).toMatchObject([{ severity: 'error', subject: 'PGSSLMODE' }]);
  });

  it('a service that is not in the file', async () => {
    await writeService({ host: 'x' });
    vi.stubEnv('PGSERVICE', 'other');
    expect(await findingsWith(NO_INPUTS)).toMatchObject([{ severity: 'error', subject: 'PGSERVICE' }]);
  });

  it("a database that is not Bitbucket's", async () => {
    await postgres.createDatabase('empty', { withSchema: false });
    onTestFinished(async () => {
      await postgres.dropDatabase('empty');
    });
    const [finding] = await findingsWith({ database: 'empty' });
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-name' });
    expect(finding?.message).toContain('app_property, project, repository');
  });

  it('a user without the right to one table, one sequence and the large objects', async () => {
    await postgres.sql(
      SOURCE,
      `CREATE ROLE reader LOGIN PASSWORD 'r';
       GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
       GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO reader;
       REVOKE SELECT ON project FROM reader; REVOKE SELECT ON SEQUENCE bb_unused_seq FROM reader;`,
    );
    onTestFinished(async () => {
      await postgres.sql(SOURCE, 'DROP OWNED BY reader; DROP ROLE reader;');
    });
    const findings = await findingsWith({ username: 'reader', password: 'r' });
    const messages = findings.map(({ message }) => message).join('\n');
    expect(findings.map(({ subject }) => subject)).toEqual(Array(3).fill('database-username'));
    expect(messages).toContain('1 table (public.project)');
    expect(messages).toContain('1 sequence (public.bb_unused_seq)');
    expect(messages).toContain('large objects (3 of them)');
  });

  it('clients older than the server, and takes a fitting one beside them', async () => {
    const old = await fakeClients('pg_dump', "echo 'pg_dump (PostgreSQL) 9.6.24'");
    const [finding] = await findingsWith({ clientFolders: [old] });
    expect(finding?.message).toMatch(
      /pg_dump 9\.6\.24, .* cannot dump PostgreSQL \d+\.\d+; install postgresql-client-\d+\./,
    );
    expect(await findingsWith({ clientFolders: [old, postgres.binFolder] })).toEqual([]);
  });

  it('a machine without clients', async () => {
    expect(await findingsWith({ clientFolders: [folder] })).toMatchObject([
      { severity: 'error', subject: 'pg_dump' },
    ]);
  });

  it('clients that cannot dump the snapshot of another session, even if they fit the server', async () => {
    const old = await fakeClients('pg_dump', "echo 'pg_dump (PostgreSQL) 9.4.26'");
    const [finding] = await findingsWith({ clientFolders: [old] });
    expect(finding).toMatchObject({ severity: 'error', subject: 'pg_dump' });
    expect(finding?.message).toContain('cannot dump a snapshot that another session holds');
  });

  it('a server with one free connection, because a backup needs two', async () => {
    onTestFinished(async () => {
      await postgres.sql(SOURCE, `ALTER ROLE ${postgres.username} CONNECTION LIMIT -1`);
    });
    await postgres.sql(SOURCE, `ALTER ROLE ${postgres.username} CONNECTION LIMIT 1`);
    const [finding] = await findingsWith({});
    expect(finding).toMatchObject({ severity: 'error', subject: 'database-host' });
    expect(finding?.message).toContain(`has 1 free connections for user '${postgres.username}'`);
    await postgres.sql(SOURCE, `ALTER ROLE ${postgres.username} CONNECTION LIMIT 2`);
    expect(await backUp({})).toBe(SOURCE);
  });
});

describe('the dump', () => {
  it('fails when somebody else has locked a table, and says for how long it waited', async () => {
    const holder = postgres
      .sql(SOURCE, `SET application_name = 'holder'; BEGIN; LOCK TABLE project; SELECT pg_sleep(60);`)
      .catch(() => 'ended');
    const held = `SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = 'project'::regclass`;
    await vi.waitFor(async () => expect(await postgres.sql(SOURCE, held)).toBe('1'), 20_000);
    const strategy = strategyWith({});
    expect(await strategy.preflight()).toEqual([]);
    await expect(strategy.capture(never)).rejects.toThrow(
      'waited 1 s for a table that another session has locked',
    );
    await postgres.sql(
      SOURCE,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'`,
    );
    expect(await holder).toBe('ended');
  });

  it('is compressed where the archive does not do it', async () => {
    const strategy = strategyWith({ compressDump: true });
    expect(await strategy.preflight()).toEqual([]);
    const part = await (await strategy.capture(never)).settle(never);
    const names = await readdir(join(context.backupRoot, 'bitbucket-db'));
    const compressed = names.filter((name) => /\.dat\.(gz|zst)$/.test(name));
    expect(part.details['compression']).toBe(
      compressed.some((name) => name.endsWith('.gz')) ? 'gzip' : 'zstd',
    );
    expect(compressed.length).toBeGreaterThan(10);
  });

  it('is refused when pg_dump ended well and left next to nothing', async () => {
    const real = join(postgres.binFolder, 'pg_dump');
    const stub = await fakeClients(
      'pg_dump',
      `"${real}" "$@" || exit; for a; do case "$a" in --file=*) head -c 10 /dev/zero > "\${a#--file=}/toc.dat";; esac; done`,
    );
    const strategy = strategyWith({ clientFolders: [stub] });
    expect(await strategy.preflight()).toEqual([]);
    const captured = await strategy.capture(never);
    await expect(captured.settle(never)).rejects.toThrow('is not whole');
    await captured.discard();
    expect(await readdir(context.backupRoot)).toEqual([]);
  });

  it('is refused inside the lock when pg_dump ended well and read nothing', async () => {
    const real = join(postgres.binFolder, 'pg_dump');
    const stub = await fakeClients(
      'pg_dump',
      `for a; do case "$a" in --version) exec "${real}" --version;; esac; done`,
    );
    const strategy = strategyWith({ clientFolders: [stub] });
    expect(await strategy.preflight()).toEqual([]);
    await expect(strategy.capture(never)).rejects.toThrow('ended without reading a table');
    expect(await readdir(context.backupRoot)).toEqual([]);
  });

  it('is refused inside the lock when pg_dump reads and has not locked what it reads', async () => {
    const real = join(postgres.binFolder, 'pg_dump');
    const stub = await fakeClients(
      'pg_dump',
      `for a; do case "$a" in --version) exec "${real}" --version;; esac; done
       echo 'pg_dump: dumping contents of table "public.project"' >&2; sleep 60`,
    );
    const strategy = strategyWith({ clientFolders: [stub] });
    expect(await strategy.preflight()).toEqual([]);
    await expect(strategy.capture(never)).rejects.toThrow(
      /reads tables, and \d+ of them are not locked by it \(.*app_property/,
    );
    expect(await readdir(context.backupRoot)).toEqual([]);
  });

  it('shows the password to nobody who looks at the processes', async () => {
    // Plain, so that no way of quoting it hides it from the search.
    const password = 'sesame-4711';
    await postgres.sql(SOURCE, `CREATE ROLE plain LOGIN PASSWORD '${password}' IN ROLE ${postgres.username}`);
    const proxy = await startSlowProxy(postgres);
    onTestFinished(async () => {
      await proxy.close();
      await postgres.sql(SOURCE, 'DROP ROLE plain');
    });
    const strategy = strategyWith({ port: proxy.port, username: 'plain', password });
    await strategy.preflight();
    proxy.holdAfter(50_000);
    const capture = strategy.capture(never);
    await proxy.held();
    const lines = await commandLines();
    proxy.release();
    await (await capture).discard();
    // psql that holds the snapshot, and pg_dump.
    expect(lines.filter((line) => line.includes(context.backupId)).length).toBeGreaterThanOrEqual(2);
    expect(lines.filter((line) => line.includes(context.backupRoot)).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes(password))).toEqual([]);
    expect(context.lines.join()).not.toContain(password);
  });
});

/** The real clients, with one of them replaced by a script. */
async function fakeClients(program: string, script: string): Promise<string> {
  const fake = join(folder, 'clients');
  await mkdir(fake);
  for (const name of ['pg_dump', 'pg_restore', 'psql']) {
    if (name === program) {
      await writeFile(join(fake, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(fake, name), 0o755);
    } else {
      await symlink(join(postgres.binFolder, name), join(fake, name));
    }
  }
  return fake;
}
