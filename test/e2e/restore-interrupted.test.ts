/** A restore that is cancelled takes back what it made; after one that is killed the next restore succeeds. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ActionRun, processesWithEnvironment } from '../support/action-runner/run-action.ts';
import { allRefs, fingerprintTree } from '../support/bitbucket-home.ts';
import { databaseFingerprint } from '../support/bitbucket-schema.ts';
import { type RestoreStand, startRestoreStand } from '../support/restore-stand.ts';

let stand: RestoreStand;

beforeAll(async () => {
  stand = await startRestoreStand({
    repositories: 3,
    dataStores: 1,
    packBytesPerRepository: 15_000_000,
    databaseBytes: 30_000_000,
  });
}, 180_000);

afterAll(async () => {
  await stand.close();
});

afterEach(async () => {
  await stand.clean();
});

type Moment = (run: ActionRun) => Promise<void>;

const line =
  (pattern: RegExp): Moment =>
  async (run) => {
    await run.waitForLine(pattern);
  };

/** As soon as something is so on disk, or main has ended. */
const once =
  (isSo: () => boolean): Moment =>
  async (run) => {
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (isSo()) {
          clearInterval(timer);
          resolve();
        }
      }, 1);
      void run.mainEnded.then(() => {
        clearInterval(timer);
        resolve();
      });
    });
  };

/** As soon as PostgreSQL says so. Not before the checks are over: they refuse a database that somebody is connected to. */
const whenDatabase =
  (query: string): Moment =>
  async (run) => {
    await run.waitForLine(/Unpacked/);
    const ended = { yet: false };
    void run.mainEnded.then(() => {
      ended.yet = true;
    });
    while (!ended.yet) {
      const answer = await stand.postgres.sql(stand.restoredDatabase, query).catch(() => '');
      if (answer === 't') {
        return;
      }
    }
  };

function partial(): string | undefined {
  return readdirSync(stand.machine).find((name) => name.includes('.partial-'));
}

const unpacking = (member: string) => (): boolean => {
  const name = partial();
  return name !== undefined && existsSync(join(stand.machine, name, member));
};

const TABLES = "SELECT count(*) > 3 FROM pg_tables WHERE schemaname = 'public'";
const MARKED = "SELECT to_regclass('public.bitbucket_restore_incomplete') IS NOT NULL";

/** From the first look at the archive to the last rename. */
const moments: readonly (readonly [string, Moment])[] = [
  ['at its first line', line(/bitbucket-backup-action/)],
  ['while it checks the archive', line(/Restoring '/)],
  ['when the archive is checked', line(/Checked the archive/)],
  ['when it has its folder', once(() => partial() !== undefined)],
  ['while it unpacks the dump', once(unpacking('bitbucket-db/toc.dat'))],
  ['while it unpacks the home', once(unpacking('bitbucket-home/shared'))],
  ['when the dump is unpacked', line(/Unpacked bitbucket-db/)],
  ['when all is unpacked', line(/Unpacked bitbucket-home/)],
  ['when the database is there', whenDatabase('SELECT true')],
  ['when the database is marked', whenDatabase(MARKED)],
  ['while it loads', whenDatabase(TABLES)],
  ['when the database is loaded', line(/Restored database/)],
  ['when the home has its name', once(() => existsSync(stand.restoredHome))],
];

async function expectRestored(): Promise<void> {
  expect(await fingerprintTree(stand.restoredHome)).toEqual(
    await fingerprintTree(join(stand.backupRoot, 'bitbucket-home')),
  );
  expect(await allRefs({ root: stand.restoredHome, dataStores: stand.restoredStores })).toEqual(
    await allRefs(stand.home),
  );
  expect(await databaseFingerprint(stand.postgres, stand.restoredDatabase)).toEqual(
    await databaseFingerprint(stand.postgres, stand.database),
  );
  expect(await stand.remains()).toEqual(['bitbucket-home2', 'store 1']);
}

describe('killed (SIGKILL of all that it runs)', () => {
  test.each(moments)('%s: the next restore succeeds', async (_when, moment) => {
    const run = stand.startRestore();
    await moment(run);
    await run.killGroup();
    await run.finish({ skipPost: true });
    const next = await stand.restore();
    expect(next.log.filter((text) => text.startsWith('##[error]'))).toEqual([]);
    expect(next.outputs['result']).toBe('success');
    await expectRestored();
  });

  test.each(['while it unpacks the home', 'while it loads'])(
    '%s: its post step removes what lies on disk, its children included',
    async (when) => {
      const moment = moments.find(([name]) => name === when)?.[1];
      const run = stand.startRestore();
      await moment?.(run);
      run.kill();
      const result = await run.finish();
      expect(result.postExitCode).toBe(0);
      expect(partial()).toBeUndefined();
      expect(processesWithEnvironment(run.marker)).toEqual([]);
      expect(result.postSummary).toContain('Cleaned up after the restore');
      const next = await stand.restore();
      expect(next.outputs['result']).toBe('success');
      await expectRestored();
    },
  );

  test('over an empty database that was there: the next restore succeeds, and it is still the same one', async () => {
    await stand.postgres.createDatabase(stand.restoredDatabase, { withSchema: false });
    const oid = `SELECT oid FROM pg_database WHERE datname = '${stand.restoredDatabase}'`;
    const original = await stand.postgres.sql('postgres', oid);
    const run = stand.startRestore();
    await whenDatabase(TABLES)(run);
    await run.killGroup();
    await run.finish({ skipPost: true });
    const next = await stand.restore();
    expect(next.outputs['result']).toBe('success');
    expect(next.log.join('\n')).toContain("Emptied database 'bitbucket2'");
    expect(await stand.postgres.sql('postgres', oid)).toBe(original);
    await expectRestored();
  });
});

describe('cancelled by the runner', () => {
  test.each(moments.slice(0, -1))('%s: it removes what it made, and nothing else', async (_when, moment) => {
    await mkdir(join(stand.machine, 'neighbour'));
    const run = stand.startRestore();
    await moment(run);
    const signals = await run.cancel();
    const result = await run.finish();
    expect(signals).toEqual(['SIGINT']);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ result: 'canceled', 'error-code': 'CANCELED' });
    expect(await stand.remains()).toEqual(['neighbour']);
    expect(await stand.databases()).not.toContain(stand.restoredDatabase);
    expect(processesWithEnvironment(run.marker)).toEqual([]);
    expect(result.log.at(-1)).toMatch(/was canceled.*(?:Nothing was changed|the targets are as they were)/);
  });

  test('while it loads into an empty database that was there: it is empty again, and still there', async () => {
    await stand.postgres.createDatabase(stand.restoredDatabase, { withSchema: false });
    const run = stand.startRestore();
    await whenDatabase(TABLES)(run);
    await run.cancel();
    const result = await run.finish();
    expect(result.outputs['result']).toBe('canceled');
    expect(
      await stand.postgres.sql(
        stand.restoredDatabase,
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
      ),
    ).toBe('0');
  });
});

test('a second restore beside a live one is refused and leaves it alone', async () => {
  const first = stand.startRestore();
  await first.waitForLine(/Unpacked/);
  const second = await stand.restore();
  expect(second.outputs['error-code']).toBe('ALREADY_RUNNING');
  expect((await first.finish()).outputs['result']).toBe('success');
  await expectRestored();
});
