/** The internal database for real: H2 in a home, held open and written to as Bitbucket does, copied with the home by rsync. */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { internalRestore } from '../../src/database/internal/internal-restore.ts';
import { internal } from '../../src/database/internal/internal.ts';
import { rsync } from '../../src/home/rsync.ts';
import { createCommandRunner } from '../../src/host/command.ts';
import type { BackedUp, BackupStrategy, Captured, StrategyContext } from '../../src/strategies/contract.ts';
import { failureOf } from '../support/failure.ts';
import {
  H2_VERSIONS,
  type H2Version,
  openDatabase,
  type OpenDatabase,
  queryDatabase,
} from '../support/h2/h2.ts';
import { createMemoryLog } from '../support/memory-log.ts';
import { databaseRestoreRun } from './database-restore-context.ts';
import { openWorkplace, type Workplace } from './home-context.ts';
import { createInputReader } from './input-reader.ts';

const never = new AbortController().signal;
const FILE = 'shared/data/db.mv.db';
const ROWS = "SELECT COUNT(*) || '/' || SUM(LENGTH(name)) AS answer FROM project";

const ANY_NUMBER: unknown = expect.any(Number);
const containing = (text: string): unknown => expect.stringContaining(text);
const matching = (form: RegExp): unknown => expect.stringMatching(form);

async function makeHome(place: Workplace): Promise<void> {
  await mkdir(join(place.homePath, 'shared/data/repositories'), { recursive: true });
  await writeFile(join(place.homePath, 'shared/bitbucket.properties'), 'setup.displayName=x\n');
}

async function makeDatabase(version: H2Version, place: Workplace): Promise<OpenDatabase> {
  await makeHome(place);
  const database = await openDatabase(version, place.homePath);
  await database.run('CREATE TABLE project (id INT PRIMARY KEY, name VARCHAR(4000))');
  await insert(database, 1, 2_000);
  return database;
}

async function insert(database: OpenDatabase, from: number, to: number): Promise<void> {
  await database.run(
    `INSERT INTO project SELECT x, 'Project ' || x || SPACE(MOD(x, 500)) FROM SYSTEM_RANGE(${from}, ${to})`,
  );
}

/** Both strategies, as a run has them. */
interface Both {
  readonly home: BackupStrategy;
  readonly database: BackupStrategy;
  capture(signal?: AbortSignal): Promise<readonly [Captured, Captured]>;
}

function startBoth(place: Workplace, inputs: Readonly<Record<string, string>> = {}): Both {
  const context: StrategyContext = {
    log: createMemoryLog().log,
    commands: createCommandRunner(),
    backupId: 'bitbucket-20261122-021305-123',
    backupRoot: place.backupRoot,
    internalDatabase: true,
    progress: () => undefined,
  };
  const reader = createInputReader({
    'home-strategy': 'rsync',
    'home-path': place.homePath,
    'home-delta': 'git-aware',
    ...inputs,
  });
  const home = rsync.read(reader).create(context);
  const database = internal.read(reader).create(context);
  reader.finish();
  place.strategies.push(home, database);
  return {
    home,
    database,
    capture: async (signal = never) => await Promise.all([home.capture(signal), database.capture(signal)]),
  };
}

async function rowsOf(version: H2Version, home: string): Promise<string> {
  return /\d+\/\d+/.exec(await queryDatabase(version, home, ROWS))?.[0] ?? 'none';
}

describe.each(H2_VERSIONS)('H2 %s', (version) => {
  test.each(['git-aware', 'full'])(
    'the copy is what the drained database was (home-delta: %s)',
    async (delta) => {
      await using place = await openWorkplace();
      const database = await makeDatabase(version, place);
      const both = startBoth(place, { 'home-delta': delta });
      expect(await both.database.preflight()).toMatchObject([
        { severity: 'warning', message: containing('for evaluation only') },
      ]);
      expect(await both.home.preflight()).toEqual([]);
      // Users are working: the first copy is of a file that is being written.
      const working = insert(database, 2_001, 30_000);
      await both.home.prepare(never);
      await both.database.prepare(never);
      await working;
      // The last thing that Bitbucket does before it is drained is not in the file yet.
      await insert(database, 30_001, 30_500);
      const captured = await both.capture();
      await insert(database, 30_501, 40_000);
      await database.run('UPDATE project SET name = NULL WHERE id < 100');
      const [, part] = await Promise.all(captured.map(async (one) => await one.settle(never)));
      await database.close();
      expect(part).toMatchObject({ strategy: 'internal', included: true, members: [] });
      expect(part?.details['files']).toContainEqual({
        path: FILE,
        bytes: ANY_NUMBER,
        sha256: matching(/^[0-9a-f]{64}$/),
      });
      const copy = join(place.backupRoot, 'bitbucket-home');
      const restored = restoreOf();
      await restored.strategy.restore({ recorded: part, drained: true }, place.backupRoot, never);
      expect(await restored.strategy.complete()).toMatchObject({
        place: 'in the home',
        counts: [{ what: 'database files', recorded: 1, restored: 1 }],
      });
      const sum = Array.from({ length: 30_500 }, (_, n) => `Project ${n + 1}`.length + ((n + 1) % 500));
      expect(await rowsOf(version, copy)).toBe(`30500/${sum.reduce((total, one) => total + one, 0)}`);
    },
    60_000,
  );
});

function restoreOf(): ReturnType<typeof databaseRestoreRun> {
  const reader = createInputReader({ 'home-strategy': 'rsync' });
  return databaseRestoreRun((context) => internalRestore.read(reader).create(context));
}

/** A file that looks like one is enough where nobody opens it. */
async function layDatabase(place: Workplace, file = FILE): Promise<string> {
  await makeHome(place);
  const path = join(place.homePath, file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, 'H:2,block:1\n');
  return path;
}

async function backUp(place: Workplace): Promise<BackedUp> {
  const both = startBoth(place);
  await both.home.prepare(never);
  const [, part] = await Promise.all((await both.capture()).map(async (one) => await one.settle(never)));
  if (part === undefined) {
    throw new Error('Two were captured.');
  }
  return part;
}

describe('the files', () => {
  test.each(['shared/data/db.mv.db', 'shared/data/db.h2.db', 'data/db.mv.db'])(
    '%s is found, and copied',
    async (file) => {
      await using place = await openWorkplace();
      await layDatabase(place, file);
      const part = await backUp(place);
      expect(part.details['files']).toMatchObject([{ path: file, bytes: 12 }]);
      expect(existsSync(join(place.backupRoot, 'bitbucket-home', file))).toBe(true);
    },
  );

  test('none of them is an error, never silence', async () => {
    await using place = await openWorkplace();
    await makeHome(place);
    await writeFile(join(place.homePath, 'shared/data/db.trace.db'), 'x');
    expect(await startBoth(place).database.preflight()).toMatchObject([
      { severity: 'error', message: matching(/has no internal database .*JDBC_URL/) },
    ]);
  });

  test('that are never still are waited for, and no longer than the signal lasts', async () => {
    await using place = await openWorkplace();
    const path = await layDatabase(place);
    const both = startBoth(place);
    await both.home.prepare(never);
    const writing = setInterval(() => void appendFile(path, 'x'), 50);
    try {
      const canceling = new AbortController();
      const captured = Promise.allSettled([
        both.home.capture(canceling.signal),
        both.database.capture(canceling.signal),
      ]);
      await sleep(2_500);
      canceling.abort(new Error('cancelled'));
      expect((await captured).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    } finally {
      clearInterval(writing);
    }
  });

  test('that somebody wrote to while they were copied are no backup', async () => {
    await using place = await openWorkplace();
    const path = await layDatabase(place);
    const both = startBoth(place);
    await both.home.prepare(never);
    const [, database] = await both.capture();
    await appendFile(join(place.backupRoot, 'bitbucket-home', FILE), 'x');
    expect(await failureOf(database.settle(never))).toMatchObject({
      code: 'DB_FAILED',
      message: containing(`${FILE} differs`),
    });
    await rm(join(place.backupRoot, 'bitbucket-home', FILE));
    expect(await failureOf(database.settle(never))).toMatchObject({
      message: containing(`${FILE} is missing`),
    });
    await database.discard();
    await database.discard();
    expect(existsSync(path)).toBe(true);
  });

  test('that are gone at the lock fail the capture', async () => {
    await using place = await openWorkplace();
    const path = await layDatabase(place);
    const both = startBoth(place);
    await both.home.prepare(never);
    await rm(path);
    expect(await failureOf(both.database.capture(never))).toMatchObject({
      code: 'DB_FAILED',
      message: containing('is gone since preflight'),
    });
  });

  test('are left out again when the database is another one', async () => {
    await using place = await openWorkplace();
    await layDatabase(place);
    await backUp(place);
    const context: StrategyContext = {
      log: createMemoryLog().log,
      commands: createCommandRunner(),
      backupId: 'bitbucket-20261123-021305-123',
      backupRoot: place.backupRoot,
      internalDatabase: false,
      progress: () => undefined,
    };
    const reader = createInputReader({ 'home-path': place.homePath, 'home-delta': 'full' });
    const home = rsync.read(reader).create(context);
    place.strategies.push(home);
    expect(await home.preflight()).toMatchObject([
      { severity: 'warning', message: containing('set database-strategy: internal') },
    ]);
    await home.prepare(never);
    expect(existsSync(join(place.backupRoot, 'bitbucket-home', FILE))).toBe(false);
  });
});

describe('a restore', () => {
  test.each<[string, string, (path: string) => Promise<void>]>([
    ['lacks the file', 'ARCHIVE_INCOMPLETE', async (path) => await rm(path)],
    ['holds another one', 'RESTORE_VERIFY', async (path) => await writeFile(path, 'H:2,block:2\n')],
  ])('fails when the home in the archive %s', async (_what, code, damage) => {
    await using place = await openWorkplace();
    await layDatabase(place);
    const recorded = await backUp(place);
    await damage(join(place.backupRoot, 'bitbucket-home', FILE));
    const restored = restoreOf().strategy.restore({ recorded, drained: true }, place.backupRoot, never);
    expect(await failureOf(restored)).toMatchObject({ code });
  });

  test('reads no other files than those of a database, whatever the manifest names', async () => {
    await using place = await openWorkplace();
    await layDatabase(place);
    const recorded = await backUp(place);
    const forged = {
      ...recorded,
      details: { files: [{ path: '../../../etc/passwd', bytes: 1, sha256: 'a'.repeat(64) }] },
    };
    const run = restoreOf();
    await run.strategy.restore({ recorded: forged, drained: true }, place.backupRoot, never);
    expect(run.started).toEqual([]);
  });

  test('without the home is a wrong input', () => {
    for (const definition of [internal, internalRestore]) {
      const reader = createInputReader({ 'home-strategy': 'none' });
      definition.read(reader);
      expect(() => reader.finish()).toThrow(
        "Input 'database-strategy' is 'internal', and the internal database lies",
      );
    }
  });
});
