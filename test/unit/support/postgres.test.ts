import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from '../../support/action-runner/run-action.ts';
import { bitbucketDataSql, databaseFingerprint } from '../../support/bitbucket-schema.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { programText, runProgram } from '../../support/program.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres({ tls: true, settings: { max_connections: '23' } });
});

afterAll(async () => {
  await postgres.close();
});

async function psql(env: Record<string, string>, statement: string): Promise<string> {
  return await programText(join(postgres.binFolder, 'psql'), ['-X', '-w', '-Atc', statement], {
    env: { LC_ALL: 'C.UTF-8', PGDATABASE: 'postgres', ...env },
  });
}

const WHO = `SELECT current_user || ' ' || coalesce(host(inet_server_addr()), 'socket')`;

describe('the ways in', () => {
  it('takes the password over TCP and over the socket', async () => {
    expect(await psql(postgres.env(), WHO)).toBe('bitbucket 127.0.0.1');
    expect(await psql({ ...postgres.env(), PGHOST: postgres.socketFolder }, WHO)).toBe('bitbucket socket');
  });

  it('refuses a wrong password, none, and the superuser over TCP', async () => {
    await expect(psql({ ...postgres.env(), PGPASSWORD: 'wrong' }, WHO)).rejects.toThrow(
      /authentication failed/,
    );
    await expect(
      psql({ PGHOST: postgres.socketFolder, PGPORT: String(postgres.port), PGUSER: 'bitbucket' }, WHO),
    ).rejects.toThrow(/no password supplied/);
    await expect(psql({ ...postgres.env(), PGUSER: postgres.superuser }, WHO)).rejects.toThrow(
      /authentication failed/,
    );
  });

  it('offers TLS that verifies', async () => {
    const env = {
      ...postgres.env(),
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: postgres.certificateFile ?? '',
    };
    expect(await psql(env, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('t');
  });

  it('applies settings', async () => {
    expect(await postgres.sql('postgres', 'SHOW max_connections')).toBe('23');
  });
});

describe('the Bitbucket database', () => {
  it('has equal fingerprints after dump and restore, and others after any change', async () => {
    const dumps = await mkdtemp(join(tmpdir(), 'dump-'));
    await postgres.createDatabase('bitbucket', { withSchema: true });
    await postgres.createDatabase('restored', { withSchema: false });
    await postgres.sql(
      'bitbucket',
      bitbucketDataSql({ projects: 2, repositories: 4, pullRequests: 10, bytes: 300_000 }),
    );
    const before = await databaseFingerprint(postgres, 'bitbucket');
    expect(before['table public.sta_pull_request']).toMatch(/^40 rows [0-9a-f]{32}$/);
    expect(before['sequence public.bb_comment_id_seq']).toBe('40 true step 1');
    expect(Object.keys(before).filter((key) => key.startsWith('large object'))).toHaveLength(3);
    // As the owner, not as superuser: everything must belong to it, the large objects too.
    await runProgram(join(postgres.binFolder, 'pg_dump'), ['-Fd', '-f', join(dumps, 'd'), 'bitbucket'], {
      env: postgres.env(),
    });
    await runProgram(join(postgres.binFolder, 'pg_restore'), ['-e', '-d', 'restored', join(dumps, 'd')], {
      env: postgres.env(),
    });
    await rm(dumps, { recursive: true });
    expect(await databaseFingerprint(postgres, 'restored')).toEqual(before);
    const changes = {
      'table public.project': `UPDATE project SET name = 'x' WHERE id = 1`,
      'sequence public.bb_unused_seq': `SELECT nextval('bb_unused_seq')`,
      indexes: 'DROP INDEX idx_sta_activity_created',
    };
    for (const [key, change] of Object.entries(changes)) {
      await postgres.sql('restored', change);
      const after = await databaseFingerprint(postgres, 'restored');
      expect(after[key]).not.toBe(before[key]);
    }
    const attachment = await postgres.sql(
      'restored',
      "SELECT lo_put(content, 1, decode('41', 'hex')) FROM bb_attachment WHERE id = 2; SELECT content FROM bb_attachment WHERE id = 2",
    );
    const key = `large object ${attachment.trim()}`;
    expect(before[key]).toBeDefined();
    expect((await databaseFingerprint(postgres, 'restored'))[key]).not.toBe(before[key]);
    await postgres.dropDatabase('restored');
    await expect(postgres.sql('restored', 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('stops at the first statement that fails', async () => {
    await expect(postgres.sql('postgres', 'SELECT 1/0; SELECT 2;')).rejects.toThrow(/division by zero/);
  });
});

describe('the end', () => {
  it('keeps its data over a crash and leaves nothing after close', async () => {
    const other = await startPostgres();
    const { pid } = other;
    await writeFile(join(other.socketFolder, 'left-over'), '');
    await other.createDatabase('kept', { withSchema: false });
    await other.stop('immediate');
    await expect(other.sql('kept', 'SELECT 1')).rejects.toThrow(/No such file/);
    await other.start();
    expect(await other.sql('kept', 'SELECT 1')).toBe('1');
    await other.close();
    await other.close();
    expect(existsSync(other.socketFolder)).toBe(false);
    expect(isRunning(pid)).toBe(false);
  });

  it('dies with a test run that is killed', async () => {
    const script = `import { startPostgres } from ${JSON.stringify(import.meta.resolve('../../support/postgres.ts'))};
      const postgres = await startPostgres();
      console.log(postgres.pid + ' ' + postgres.socketFolder);
      process.kill(process.pid, 'SIGKILL');`;
    const error: unknown = await runProgram(process.execPath, ['--input-type=module', '-e', script]).catch(
      (reason: unknown) => reason,
    );
    const [, pid = '', folder = '/nonexistent'] = /^(\d+) (\/\S+)$/m.exec(String(error)) ?? [];
    await expect.poll(() => isRunning(Number(pid)), { timeout: 10_000 }).toBe(false);
    await rm(folder, { recursive: true });
  });
});
