/** A real PostgreSQL beside a home on btrfs: what may go with a snapshot, and that it starts from one. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FslevelOptions } from '../../src/database/postgresql-fslevel/fslevel-options.ts';
import { PostgresqlFslevel } from '../../src/database/postgresql-fslevel/postgresql-fslevel.ts';
import { PostgresqlFslevelRestore } from '../../src/database/postgresql-fslevel/postgresql-fslevel-restore.ts';
import type { ArchivedPart } from '../../src/strategies/restore.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { failureOf } from '../support/failure.ts';
import {
  SERVICE,
  startVolumeServer,
  type VolumeServer,
} from '../support/postgresql-fslevel/volume-server.ts';
import { startPostgres } from '../support/postgres.ts';
import { runProgram } from '../support/program.ts';
import { makeContext, type TestContext } from './database-context.ts';
import { type DatabaseRestoreRun, databaseRestoreRun } from './database-restore-context.ts';

const never = new AbortController().signal;

let server: VolumeServer;
let context: TestContext;

beforeAll(async () => {
  server = await startVolumeServer();
});
afterAll(async () => {
  await server.close();
});
beforeEach(async () => {
  context = await makeContext();
  await server.control('start');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await context.remove();
});

function options(changes: Partial<FslevelOptions> = {}): FslevelOptions {
  return {
    host: server.socketFolder,
    port: server.port,
    database: 'bitbucket',
    username: 'postgres',
    password: undefined,
    dataDirectory: undefined,
    homePath: server.homePath,
    clientFolders: [server.binFolder],
    ...changes,
  };
}

async function complaints(changes: Partial<FslevelOptions> = {}): Promise<readonly string[]> {
  const findings = await new PostgresqlFslevel(options(changes), context).preflight();
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}

describe('before a backup', () => {
  it('nothing is wrong with a data directory beside the home', async () => {
    expect(await complaints()).toEqual([]);
  });

  it('a user that may not ask for it has to be told the data directory, and then may be an ordinary one', async () => {
    const ordinary = { username: 'bitbucket', password: 'b' };
    expect(await complaints(ordinary)).toEqual([expect.stringContaining('pg_read_all_settings')]);
    expect(await complaints({ ...ordinary, dataDirectory: server.dataDirectory })).toEqual([]);
  });

  it('a home on another volume is named with both', async () => {
    const homePath = await mkdtemp('/tmp/other-home-');
    onTestFinished(async () => await rm(homePath, { recursive: true }));
    expect(await complaints({ homePath })).toEqual([
      `error: Input 'postgresql-data-directory' is wrong: the data directory, ${server.dataDirectory}, lies on another volume (${server.volume.path}, not /) than the home ${homePath}, whose snapshot does not take it along.`,
    ]);
  });

  it('a home in another subvolume of the same volume is no better', async () => {
    const homePath = await server.volume.createSubvolume('other');
    onTestFinished(async () => await server.volume.deleteSubvolume('other'));
    expect(await complaints({ homePath })).toEqual([
      expect.stringContaining(`${server.dataDirectory}, lies in another subvolume than the home ${homePath}`),
    ]);
  });

  it('a tablespace elsewhere is named', async () => {
    const place = await mkdtemp('/tmp/tablespace-');
    await runProgram('chown', ['postgres', place]);
    await server.sql('postgres', `CREATE TABLESPACE elsewhere LOCATION '${place}'`);
    onTestFinished(async () => {
      await server.sql('postgres', 'DROP TABLESPACE elsewhere');
      await rm(place, { recursive: true });
    });
    const oid = await server.sql('postgres', `SELECT oid FROM pg_tablespace WHERE spcname = 'elsewhere'`);
    expect(await complaints()).toEqual([
      expect.stringContaining(`is incomplete: tablespace ${oid}, ${place}, lies on another volume`),
    ]);
  });

  it('a write-ahead log elsewhere is named', async () => {
    const place = await mkdtemp('/tmp/wal-');
    const log = join(server.dataDirectory, 'pg_wal');
    const move = async (from: string, to: string): Promise<void> => {
      await server.control('stop');
      await runProgram('cp', ['-a', '--', from, to]);
      await runProgram('rm', ['-rf', '--', from]);
    };
    await move(log, join(place, 'pg_wal'));
    await runProgram('chown', ['postgres', place]);
    await runProgram('ln', ['-s', join(place, 'pg_wal'), log]);
    await server.control('start');
    onTestFinished(async () => {
      await rm(log);
      await move(join(place, 'pg_wal'), log);
      await server.control('start');
      await rm(place, { recursive: true });
    });
    expect(await complaints()).toEqual([
      expect.stringContaining(`the write-ahead log (pg_wal), ${place}/pg_wal, lies on another volume`),
    ]);
  });

  it('a server that does not survive a power failure is refused', async () => {
    await server.sql('postgres', 'ALTER SYSTEM SET fsync = off');
    await server.sql('postgres', 'ALTER SYSTEM SET full_page_writes = off');
    await server.sql('postgres', 'SELECT pg_reload_conf()');
    onTestFinished(async () => {
      await server.sql('postgres', 'ALTER SYSTEM RESET ALL');
      await server.sql('postgres', 'SELECT pg_reload_conf()');
    });
    await vi.waitFor(async () => expect(await server.sql('postgres', 'SHOW fsync')).toBe('off'), 20_000);
    expect(await complaints()).toEqual([
      expect.stringContaining('error: PostgreSQL runs with fsync = off'),
      expect.stringContaining('warning: PostgreSQL runs with full_page_writes = off'),
    ]);
  });

  it('a data directory of another server, of none, and one that is none are told apart', async () => {
    const another = await startPostgres({ settings: { fsync: 'on', full_page_writes: 'on' } });
    const { port, host, username, password } = another;
    onTestFinished(async () => await another.close());
    await server.control('stop');
    // So that the two have not started within the same seconds.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const other = {
      host,
      port,
      username,
      password,
      database: 'postgres',
      dataDirectory: server.dataDirectory,
    };
    expect(await complaints(other)).toEqual([expect.stringContaining('on which no PostgreSQL runs')]);
    await server.control('start');
    expect(await complaints(other)).toEqual([expect.stringContaining('works with another one')]);
    expect(await complaints({ dataDirectory: server.homePath })).toEqual([
      expect.stringContaining('no data directory of PostgreSQL'),
    ]);
  });

  it('a server that does not answer is told', async () => {
    expect(await complaints({ port: 1 })).toEqual([expect.stringContaining('PostgreSQL did not answer')]);
  });
});

/**
 * After a crash a sequence may be up to 32 numbers ahead, never behind: so many are written to the log in advance
 * (SEQ_LOG_VALS in PostgreSQL's sequence.c).
 */
const SEQUENCE = 'sequence public.bb_comment_id_seq';

function position(fingerprint: Readonly<Record<string, string>>): number {
  return Number.parseInt(fingerprint[SEQUENCE] ?? '', 10);
}

function withoutSequences(fingerprint: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fingerprint).filter(([what]) => !what.startsWith('sequence ')));
}

async function capture(): Promise<ArchivedPart> {
  const strategy = new PostgresqlFslevel(options(), context);
  expect(await strategy.preflight()).toEqual([]);
  await strategy.prepare(never);
  const captured = await strategy.capture(never);
  const recorded = await captured.settle(never);
  await captured.discard();
  await captured.discard();
  return { recorded, drained: true };
}

function startRestore(service = SERVICE): DatabaseRestoreRun {
  const { host, port, database, username, password, clientFolders } = options();
  return databaseRestoreRun(
    (restoring) =>
      new PostgresqlFslevelRestore(
        { host, port, database, username, password, clientFolders, dataDirectory: undefined, service },
        restoring,
      ),
  );
}

it('the manifest says what the snapshot is of', async () => {
  const { recorded } = await capture();
  expect(recorded).toEqual({
    strategy: 'postgresql-fslevel',
    included: true,
    members: [],
    details: {
      dataDirectory: server.dataDirectory,
      serverVersion: await server.sql('postgres', 'SHOW server_version'),
      control: {
        systemIdentifier: await server.sql('postgres', 'SELECT system_identifier FROM pg_control_system()'),
        state: 'in production',
        checkpoint: await server.sql('postgres', 'SELECT checkpoint_lsn FROM pg_control_checkpoint()'),
        redo: await server.sql('postgres', 'SELECT redo_lsn FROM pg_control_checkpoint()'),
      },
    },
  });
});

describe.each(['systemctl', 'service'])('a restore with %s', (manager) => {
  beforeEach(() => {
    vi.stubEnv('PATH', `${join(server.tools, manager)}:${process.env['PATH'] ?? ''}`);
  });

  it('brings back what was committed when the snapshot was taken of a running server', async () => {
    const before = await databaseFingerprint(server, 'bitbucket');
    await server.sql('bitbucket', 'CREATE TABLE IF NOT EXISTS written (n serial PRIMARY KEY, t text)');
    let acknowledged = 0;
    const writing = new AbortController();
    const writer = (async () => {
      while (!writing.signal.aborted) {
        const n = await server.sql(
          'bitbucket',
          `INSERT INTO written (t) SELECT repeat(md5(random()::text), 50) FROM generate_series(1, 200);
           SELECT max(n) FROM written`,
        );
        acknowledged = Number(n);
      }
    })();
    await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(1_000), { timeout: 20_000 });
    const part = await capture();
    const atLeast = acknowledged;
    // As a home strategy will: all in one moment, while the server writes.
    await server.volume.snapshot('live', 'taken');
    await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(atLeast + 400), { timeout: 20_000 });
    writing.abort();
    await writer;
    await server.sql('bitbucket', 'DROP TABLE repository CASCADE');
    const { strategy } = startRestore();
    expect(await strategy.preflight(part)).toEqual([]);
    await strategy.restore(part, '/nowhere', never);
    expect(await server.control('status')).toBe(false);
    await server.volume.deleteSubvolume('live');
    await server.volume.snapshot('taken', 'live');
    await server.volume.deleteSubvolume('taken');
    const restored = await strategy.complete();
    expect(restored.place).toContain(`service '${SERVICE}'`);
    const rows = Number(await server.sql('bitbucket', 'SELECT count(*) FROM written'));
    expect(rows).toBeGreaterThanOrEqual(atLeast);
    expect(rows).toBeLessThan(acknowledged);
    expect(rows % 200).toBe(0);
    await server.sql('bitbucket', 'DROP TABLE written');
    const after = await databaseFingerprint(server, 'bitbucket');
    expect(withoutSequences(after)).toEqual(withoutSequences(before));
    expect(position(after)).toBeGreaterThanOrEqual(position(before));
    await strategy.discard();
    expect(await server.control('status')).toBe(true);
  });

  it('starts the server although its old process number is that of another process by now', async () => {
    const part = await capture();
    const { strategy } = startRestore();
    await strategy.preflight(part);
    await strategy.restore(part, '/nowhere', never);
    // Of the same user: PostgreSQL takes that for a server that lives.
    const other = spawn('sleep', ['60'], { cwd: '/', stdio: 'ignore', ...server.account });
    onTestFinished(() => void other.kill());
    await writeFile(
      join(server.dataDirectory, 'postmaster.pid'),
      `${other.pid ?? 0}\n${server.dataDirectory}\n1\n${server.port}\n${server.socketFolder}\n127.0.0.1\n`,
    );
    await strategy.complete();
    expect(await server.sql('postgres', 'SELECT 1')).toBe('1');
  });

  it('starts the server again when it fails, once', async () => {
    const part = await capture();
    const { strategy } = startRestore();
    await strategy.preflight(part);
    await strategy.restore(part, '/nowhere', never);
    expect(await server.control('status')).toBe(false);
    await strategy.discard();
    expect(await server.control('status')).toBe(true);
    const { length } = await server.calls();
    await strategy.discard();
    expect(await server.calls()).toHaveLength(length);
  });

  it('is started by the next run when it died, and only then', async () => {
    const part = await capture();
    const dead = startRestore();
    await dead.strategy.preflight(part);
    await dead.strategy.restore(part, '/nowhere', never);
    const other = startRestore('another');
    expect(await other.strategy.recover(dead.record(), dead.runId)).toEqual([
      `A restore that died has stopped the service '${SERVICE}'; start it by hand.`,
    ]);
    expect(await server.control('status')).toBe(false);
    const next = startRestore();
    expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual([
      `Started service '${SERVICE}' again, which a restore that died had stopped.`,
    ]);
    expect(await server.control('status')).toBe(true);
    expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual([]);
    expect(await next.strategy.recover({ placed: [] }, dead.runId)).toEqual([]);
  });

  it('does not start what was not running, when it fails', async () => {
    const part = await capture();
    await server.control('stop');
    const { strategy, record } = startRestore();
    expect(await strategy.preflight(part)).toEqual([]);
    await strategy.restore(part, '/nowhere', never);
    expect(record()).toEqual({ placed: [] });
    await strategy.discard();
    expect(await server.control('status')).toBe(false);
  });

  it('fails when the server does not come up, and tries once more when that is taken back', async () => {
    const part = await capture();
    const { strategy } = startRestore();
    await strategy.preflight(part);
    await strategy.restore(part, '/nowhere', never);
    const broken = join(server.tools, 'broken');
    await writeFile(broken, '');
    onTestFinished(async () => await rm(broken, { force: true }));
    const failure = await failureOf(strategy.complete());
    expect(failure.message).toContain(`Service '${SERVICE}' could not be started: `);
    expect(failure.message).toContain('Job failed');
    await rm(broken);
    await strategy.discard();
    expect(await server.control('status')).toBe(true);
  });

  it('fails when the service starts and another login is needed', async () => {
    const part = await capture();
    const { strategy } = startRestore();
    await strategy.preflight(part);
    await strategy.restore(part, '/nowhere', never);
    // The volume that came back is of a time when there was no such database.
    await server.control('start');
    await server.sql('postgres', 'ALTER DATABASE bitbucket RENAME TO renamed');
    onTestFinished(async () => {
      await server.sql('postgres', 'ALTER DATABASE renamed RENAME TO bitbucket');
    });
    const failure = await failureOf(strategy.complete());
    expect(failure).toMatchObject({ code: 'RESTORE_VERIFY' });
    expect(failure.message).toContain('database "bitbucket" does not exist');
  });

  it('knows an unknown service before anything happens', async () => {
    const part = await capture();
    const findings = await startRestore('postgresq').strategy.preflight(part);
    expect(findings).toMatchObject([{ severity: 'error', subject: 'postgresql-service' }]);
    expect(findings[0]?.message).toContain("Input 'postgresql-service' is 'postgresq'");
    expect(await server.control('status')).toBe(true);
  });

  it('is cancelled before the server is stopped', async () => {
    const part = await capture();
    const { strategy } = startRestore();
    await strategy.preflight(part);
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(strategy.restore(part, '/nowhere', cancelled)).rejects.toThrow('cancelled');
    expect(await server.control('status')).toBe(true);
  });
});

it('a service that is not that of the server is seen, and nothing happens to the files', async () => {
  const tools = join(server.volume.path, 'umbrella');
  await mkdir(tools);
  await writeFile(
    join(tools, 'systemctl'),
    `#!/bin/sh\ncase "$1" in show) echo loaded ;; is-active) exit 0 ;; esac\n`,
    { mode: 0o755 },
  );
  vi.stubEnv('PATH', `${tools}:${process.env['PATH'] ?? ''}`);
  const part = await capture();
  const { strategy } = startRestore();
  expect(await strategy.preflight(part)).toEqual([]);
  const failure = await failureOf(strategy.restore(part, '/nowhere', never));
  expect(failure).toMatchObject({ code: 'TARGET_IN_USE' });
  expect(failure.message).toContain(`still works with ${server.dataDirectory}`);
  await strategy.discard();
});
