/** What pg_restore is given, what comes of it, and what is left when it fails, against a real PostgreSQL. */
import { cp, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PostgresqlRestoreOptions } from '../../src/database/postgresql/postgresql-restore.ts';
import { commentsIn, ownersIn, sqlLiteral } from '../support/database-state.ts';
import { failureOf } from '../support/failure.ts';
import { runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { UnpackedDatabase } from './database-restore.contract.ts';
import type { DatabaseRestoreRun } from './database-restore-context.ts';
import { makeArchive, type RestoreServer, startRestoreServer } from './postgresql-restore-server.ts';

const never = new AbortController().signal;

let server: RestoreServer;
let database: string;
let count = 0;

beforeAll(async () => {
  server = await startRestoreServer();
});
afterAll(async () => {
  await server.close();
});
beforeEach(() => {
  count += 1;
  database = `loaded_${count}`;
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('PG'))) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function load(
  changes: Partial<PostgresqlRestoreOptions> = {},
  { part, unpacked }: UnpackedDatabase = server.whole,
): Promise<DatabaseRestoreRun> {
  const run = server.startWith(server.options(database, changes));
  expect(await run.strategy.preflight(part)).toEqual([]);
  await run.strategy.restore(part, unpacked, never);
  return run;
}

async function asText(sql: string, name: string = database): Promise<string> {
  return await server.postgres.sql(name, sql);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

describe('a database that the restore creates', () => {
  const COLUMNS = `SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider,
    daticulocale FROM pg_database WHERE datname = `;

  it('gets owner, encoding and collation of the original', async () => {
    const source = `collated_${count}`;
    await asText(
      `CREATE ROLE keeper; GRANT keeper TO bitbucket;
       CREATE DATABASE ${source} OWNER keeper TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';`,
      'postgres',
    );
    const archive = await makeArchive(server.postgres, source, '', { exists: true });
    await (await load({}, archive)).strategy.complete();
    const made = await asText(`${COLUMNS} '${database}'`, 'postgres');
    expect(made).toBe('keeper|UTF8|C|C.UTF-8|c|');
    expect(made).toBe(await asText(`${COLUMNS} '${source}'`, 'postgres'));
    expect(await ownersIn(server.postgres, database)).toEqual(['keeper']);
    await archive.remove();
  });

  it('sorts as the original does, by ICU', async () => {
    const source = `icu_${count}`;
    await asText(
      `CREATE DATABASE ${source} OWNER bitbucket TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'`,
      'postgres',
    );
    const archive = await makeArchive(server.postgres, source, '', { exists: true });
    await (await load({}, archive)).strategy.complete();
    expect(await asText(`${COLUMNS} '${database}'`, 'postgres')).toBe(
      'bitbucket|UTF8|C.UTF-8|C.UTF-8|i|de-DE',
    );
    await archive.remove();
  });

  it('is UTF8 and of the user when the archive tells nothing', async () => {
    const { unpacked } = server.whole;
    const run = await load({}, { unpacked, part: { recorded: undefined, drained: false } });
    expect((await run.strategy.complete()).counts).toMatchObject([{ what: 'tables' }]);
    expect(await asText(`${COLUMNS} '${database}'`, 'postgres')).toMatch(/^bitbucket\|UTF8\|/);
    expect(await server.fingerprint(database)).toEqual(server.original);
  });

  it('cannot be created with a collation that the server has not, and it says so', async () => {
    const { unpacked, part } = server.whole;
    const { recorded } = part;
    const strange = recorded && { ...recorded, details: { ...recorded.details, collate: 'xx_XX.UTF-8' } };
    const run = server.start(database);
    expect(await run.strategy.preflight({ recorded: strange, drained: true })).toEqual([]);
    const failure = await failureOf(
      run.strategy.restore({ recorded: strange, drained: true }, unpacked, never),
    );
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toMatch(
      /^Database 'loaded_\d+' at 127\.0\.0\.1:\d+ could not be created: invalid.* locale name: "xx_XX\.UTF-8"\.$/,
    );
    await run.strategy.discard();
    expect(await server.state(database)).toBe('absent');
  });
});

describe('what is in it', () => {
  it('has all comments, and belongs to one role alone', async () => {
    await asText('CREATE ROLE heir; GRANT heir TO bitbucket', 'postgres');
    const run = await load({ owner: 'heir' });
    const restored = await run.strategy.complete();
    expect(restored.place).toContain(`'${database}' at 127.0.0.1:${server.postgres.port}, owner 'heir'`);
    expect(await ownersIn(server.postgres, database)).toEqual(['heir']);
    // Without the first it would go on after an error, for hours, and fail in the end.
    expect(run.started.flat()).toEqual(
      expect.arrayContaining(['--exit-on-error', '--no-owner', '--no-privileges', '--role=heir']),
    );
    expect(await commentsIn(server.postgres, database)).toBe(await commentsIn(server.postgres, 'bitbucket'));
    expect(await commentsIn(server.postgres, database)).toContain("with 'quotes'");
    expect(await server.fingerprint(database)).toEqual(server.original);
    expect(run.strategy.location?.()).toEqual({
      kind: 'postgresql',
      host: '127.0.0.1',
      port: server.postgres.port,
      name: database,
      owner: 'heir',
    });
  });

  it('belongs to the owner of the empty database, whoever loads it', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    const { postgres } = server;
    const run = await load({
      host: postgres.socketFolder,
      username: postgres.superuser,
      password: undefined,
    });
    await run.strategy.complete();
    expect(await ownersIn(postgres, database)).toEqual(['bitbucket']);
    expect(await server.fingerprint(database)).toEqual(server.original);
    expect(run.strategy.location?.().host).toBeUndefined();
  });

  it('keeps its extensions, and views of theirs, when what came with the dump goes', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    await asText('CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pg_trgm');
    const before = await server.state(database);
    const archive = await makeArchive(
      server.postgres,
      `extended_${count}`,
      'CREATE EXTENSION hstore; CREATE TABLE pairs (p hstore);',
    );
    const run = await load({}, archive);
    expect(await asText('SELECT count(*) FROM pg_extension')).toBe('4');
    await run.strategy.discard();
    expect(await server.state(database)).toEqual(before);
    await archive.remove();
  });

  it('may come with another comment on plpgsql than the server has, which only a superuser could set', async () => {
    const archive = await makeArchive(
      server.postgres,
      `commented_${count}`,
      `DROP EXTENSION plpgsql; CREATE EXTENSION plpgsql; COMMENT ON EXTENSION plpgsql IS 'changed';
       COMMENT ON SCHEMA public IS 'changed as well';`,
    );
    const toc = await runProgram(join(server.postgres.binFolder, 'pg_restore'), [
      '--list',
      join(archive.unpacked, 'bitbucket-db'),
    ]);
    expect(toc.stdout.toString('utf8')).toContain('COMMENT - EXTENSION plpgsql');
    await (await load({}, archive)).strategy.complete();
    expect(await asText('SELECT count(*) FROM repository')).toBe('3');
    await archive.remove();
  });
});

const HOSTILE = [
  `o'b"r`,
  'two  words',
  'back\\slash \\',
  '%s %I %41',
  '--version',
  '-x',
  'host=evil port=1',
  'postgresql://evil/x',
  ':name',
  `$(id) \`id\` ;`,
  'Größe 日本',
];

describe('names', () => {
  it.each(HOSTILE)('%s is a database and a role like any other', async (name) => {
    database = name;
    const password = `${name} '\\" %41`;
    await asText(`CREATE ROLE ${quoted(name)} LOGIN CREATEDB PASSWORD ${sqlLiteral(password)}`, 'postgres');
    const run = await load({ username: name, password });
    await run.strategy.complete();
    expect(await server.fingerprint(name)).toEqual(server.original);
    expect(await ownersIn(server.postgres, name)).toEqual([name]);
    expect(run.started.flat().join('\n')).not.toContain(password);
    await run.strategy.discard();
    expect(await server.state(name)).toBe('absent');
    await server.postgres.createDatabase(name, { withSchema: false });
    await asText(`ALTER DATABASE ${quoted(name)} OWNER TO ${quoted(name)}`, 'postgres');
    const before = await server.state(name);
    const again = await load({ username: name, password });
    const said = await server
      .startWith(server.options(name, { username: name, password }))
      .strategy.recover(again.record(), again.runId);
    expect(said).toEqual([expect.stringContaining(`Emptied database '${name}' at`)]);
    expect(await server.state(name)).toEqual(before);
  });
});

function jobsOf({ started }: DatabaseRestoreRun): string | undefined {
  return started.flat().find((argument) => argument.startsWith('--jobs='));
}

describe('jobs', () => {
  it('are five where there is room', async () => {
    expect(jobsOf(await load())).toBe('--jobs=5');
  });

  it.each([
    [1, '--jobs=1'],
    [2, '--jobs=1'],
    [4, '--jobs=3'],
    [50, '--jobs=5'],
  ])('are so many that a role with %d connections can have them', async (limit, jobs) => {
    const role = `limited_${count}`;
    await asText(`CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'x' CONNECTION LIMIT ${limit}`, 'postgres');
    const run = await load({ username: role, password: 'x' });
    expect(jobsOf(run)).toBe(jobs);
    await run.strategy.complete();
    expect(await server.fingerprint(database)).toEqual(server.original);
  });

  it('are so many that the database takes', async () => {
    await server.postgres.createDatabase(database, { withSchema: false });
    await asText(`ALTER DATABASE ${database} CONNECTION LIMIT 2`, 'postgres');
    expect(jobsOf(await load())).toBe('--jobs=2');
  });

  it('leave others their connections', async () => {
    const small = await startRestoreServer({
      settings: { max_connections: '7', superuser_reserved_connections: '3' },
    });
    try {
      const run = small.start(database);
      expect(await run.strategy.preflight(small.whole.part)).toEqual([]);
      await run.strategy.restore(small.whole.part, small.whole.unpacked, never);
      expect(jobsOf(run)).toBe('--jobs=3');
      await run.strategy.complete();
      expect(await small.fingerprint(database)).toEqual(small.original);
    } finally {
      await small.close();
    }
  });
});

/** Loads it, takes it back, and tells how it failed. */
async function failing(archive: UnpackedDatabase): Promise<{ code: string; message: string }> {
  const run = server.start(database);
  expect(await run.strategy.preflight(archive.part)).toEqual([]);
  const { code, message } = await failureOf(run.strategy.restore(archive.part, archive.unpacked, never));
  await run.strategy.discard();
  return { code, message };
}

/** A copy of the dump to damage. */
async function damaged(): Promise<string> {
  const unpacked = temporaryFolder();
  await cp(join(server.whole.unpacked, 'bitbucket-db'), join(unpacked, 'bitbucket-db'), { recursive: true });
  return unpacked;
}

describe('a dump that cannot be loaded', () => {
  it('because its table of contents is cut off: nothing is changed', async () => {
    const unpacked = await damaged();
    await truncate(join(unpacked, 'bitbucket-db/toc.dat'), 2_000);
    const failure = await failing({ ...server.whole, unpacked });
    expect(failure.code).toBe('DB_FAILED');
    expect(failure.message).toMatch(/^The dump in the archive cannot be read by .*pg_restore\.$/);
    expect(await server.state(database)).toBe('absent');
  });

  it.each(['does not exist', 'is there and empty'])(
    'because a data file is cut off: a database that %s is as before',
    async (target) => {
      const { postgres } = server;
      await (target === 'is there and empty'
        ? postgres.createDatabase(database, { withSchema: false })
        : Promise.resolve());
      const before = await server.state(database);
      const unpacked = await damaged();
      const folder = join(unpacked, 'bitbucket-db');
      for (const name of (await readdir(folder)).filter((one) => /^\d+\.dat$/.test(one))) {
        const text = await readFile(join(folder, name), 'latin1');
        if (text.includes('repo-2\t')) {
          // In the middle of a row.
          await truncate(join(folder, name), text.indexOf('repo-2\t') + 3);
        }
      }
      const failure = await failing({ ...server.whole, unpacked });
      expect(failure.code).toBe('DB_FAILED');
      expect(failure.message).toMatch(
        /^Loading the dump into database 'loaded_\d+' at 127\.0\.0\.1:\d+ failed: .*missing data for column/,
      );
      expect(await server.state(database)).toEqual(before);
      expect(await server.everyoneLeft(database)).toBe(0);
    },
  );

  it('because a data file is missing', async () => {
    const unpacked = await damaged();
    const folder = join(unpacked, 'bitbucket-db');
    const [first = ''] = (await readdir(folder)).filter((one) => /^\d+\.dat$/.test(one));
    await truncate(join(folder, first), 0);
    await runProgram('rm', [join(folder, first)]);
    expect((await failing({ ...server.whole, unpacked })).message).toContain(first);
    expect(await server.state(database)).toBe('absent');
  });

  it('because one statement fails, for an extension that only a superuser may create', async () => {
    const archive = await makeArchive(
      server.postgres,
      `untrusted_${count}`,
      'CREATE EXTENSION pageinspect; CREATE TABLE after_it (id int);',
    );
    const failure = await failing(archive);
    expect(failure.code).toBe('DB_FAILED');
    expect(failure.message).toContain('permission denied to create extension "pageinspect"');
    expect(await server.state(database)).toBe('absent');
    await archive.remove();
  });

  it('because the server goes away, and then the discard says that something is left', async () => {
    const run = server.start(database);
    expect(await run.strategy.preflight(server.slow.part)).toEqual([]);
    const loading = failureOf(run.strategy.restore(server.slow.part, server.slow.unpacked, never));
    const busy = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${database}' AND query LIKE 'CREATE INDEX%slow%'`;
    while ((await asText(busy, 'postgres')) === '0') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await server.postgres.stop('immediate');
    expect(await loading).toMatchObject({ code: 'DB_FAILED' });
    const failure = await failureOf(run.strategy.discard());
    expect(failure).toMatchObject({ code: 'DB_FAILED' });
    expect(failure.message).toContain('cannot be reached');
    await server.postgres.start();
    await run.strategy.discard();
    expect(await server.state(database)).toBe('absent');
  });
});
