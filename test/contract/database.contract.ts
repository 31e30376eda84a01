/** What every database strategy must do, whatever the database: one suite, run against every driver. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackedUp, BackupStrategy, Captured, StrategyContext } from '../../src/strategies/contract.ts';
import { makeContext, type TestContext } from './database-context.ts';

/** A real server and a database of which backups are made. */
export interface DatabaseUnderTest {
  /** Resets the database that is backed up to a known state, with some MB of rows. */
  makeSource(): Promise<void>;
  /** Contents and structure: equal for equal databases. */
  fingerprint(database: string): Promise<Record<string, string>>;
  readonly sourceName: string;
  /** As an administrator would: with the vendor's tools, into a new database. */
  restoreByHand(dumpFolder: string, newDatabase: string): Promise<void>;
  makeStrategy(context: StrategyContext): BackupStrategy;
  /** Makes the next dump stop until it is released: before its moment is fixed, or half-way through the rows. */
  hold(when: 'before its moment' | 'half-way'): void;
  held(): Promise<void>;
  release(): void;
  /** Changes, adds and deletes rows in tables that refer to each other, and advances sequences. */
  writeRows(): Promise<void>;
  /** Drop and alter tables that a dump which is held half-way has not read yet. */
  readonly schemaChanges: readonly string[];
  /** Resolves when the server has done it. */
  changeSchema(statement: string): Promise<void>;
  /** Of the main tables that there are; a command of the administrator counts what it likes. */
  countRows?(): Promise<Record<string, number>>;
  /** How many sessions wait for a lock. */
  countWaiting(): Promise<number>;
  /** Ends the dump's sessions on the server. */
  breakSessions(): Promise<void>;
  /** How many sessions of the backup the server has. */
  countSessions(): Promise<number>;
  close(): Promise<void>;
}

export interface DatabaseStrategyOptions {
  /** `in the capture`: its moment is the end of what it writes, and `half-way` is then a step of settle. */
  readonly dumps?: 'after the capture' | 'in the capture';
}

const never = new AbortController().signal;

/** A busy machine takes its time to start and end programs. */
async function patiently(check: () => Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 30_000, interval: 100 });
}

export function describeDatabaseStrategy(
  name: string,
  start: () => Promise<DatabaseUnderTest>,
  { dumps = 'after the capture' }: DatabaseStrategyOptions = {},
): void {
  const goesOn = dumps === 'after the capture';
  describe(`database strategy ${name}`, () => {
    let database: DatabaseUnderTest;
    let context: TestContext;
    let strategy: BackupStrategy;

    beforeAll(async () => {
      database = await start();
      await database.makeSource();
    });
    afterAll(async () => {
      await database.close();
    });
    beforeEach(async () => {
      context = await makeContext();
      strategy = database.makeStrategy(context);
    });
    afterEach(async () => {
      database.release();
      await strategy.close?.();
      await context.remove();
    });

    /** The dump of an earlier run, which no failure may harm. */
    const layOldDump = async (): Promise<void> => {
      await mkdir(join(context.backupRoot, 'bitbucket-db'));
      await writeFile(join(context.backupRoot, 'bitbucket-db', 'toc.dat'), 'old');
    };
    const expectOnlyOldDump = async (): Promise<void> => {
      expect(await readdir(context.backupRoot)).toEqual(['bitbucket-db']);
      expect(await readFile(join(context.backupRoot, 'bitbucket-db', 'toc.dat'), 'utf8')).toBe('old');
    };
    const expectNobodyLeft = async (): Promise<void> => {
      await patiently(async () => expect(await everyoneLeft(database, context)).toBe(0));
    };
    /** The capture does not get to the end. */
    const startHeldCapture = async (signal: AbortSignal): Promise<{ capture: Promise<Captured> }> => {
      database.hold('before its moment');
      const capture = strategy.capture(signal);
      const failed = capture.then(
        () => undefined,
        () => undefined,
      );
      await Promise.race([database.held(), failed]);
      return { capture };
    };
    /** The capture is done, and the dump is not. */
    const captureAndHold = async (signal: AbortSignal = never): Promise<Captured> => {
      await strategy.preflight();
      await strategy.prepare(never);
      database.hold('half-way');
      const captured = await strategy.capture(signal);
      if (goesOn) {
        await database.held();
        expect(await everyoneLeft(database, context)).toBeGreaterThan(1);
      }
      return captured;
    };
    const settleAndHold = async (
      captured: Captured,
      signal: AbortSignal,
    ): Promise<{ settled: Promise<BackedUp> }> => {
      const settled = captured.settle(signal);
      settled.catch(() => undefined);
      if (!goesOn) {
        await database.held();
      }
      return { settled };
    };
    const restore = async (part: BackedUp): Promise<Record<string, string>> => {
      const restored = `restored_${Date.now()}`;
      await database.restoreByHand(join(context.backupRoot, part.members[0] ?? ''), restored);
      return await database.fingerprint(restored);
    };

    it('finds nothing wrong, and says how much room it needs', async () => {
      expect(await strategy.preflight()).toEqual([]);
      const needs = await strategy.spaceNeeds();
      expect(needs[0]).toMatchObject({ path: context.backupRoot, what: 'database dump' });
      expect(needs[0]?.bytes).toBeGreaterThan(1024 * 1024);
      expect(await readdir(context.backupRoot)).toEqual([]);
    });

    it('captures, settles, restores, and the copy is equal', async () => {
      await layOldDump();
      const before = await database.fingerprint(database.sourceName);
      expect(await strategy.preflight()).toEqual([]);
      await strategy.prepare(never);
      const captured = await strategy.capture(never);
      const part = await captured.settle(never);
      expect(part).toMatchObject({ strategy: name, included: true });
      expect(part.files).toBeGreaterThan(0);
      expect(part.bytes).toBeGreaterThan(0);
      await strategy.close?.();
      expect(await readdir(context.backupRoot)).toEqual([...part.members]);
      expect(await restore(part)).toEqual(before);
      expect(context.fractions.at(-1)).toBe(1);
      await captured.discard();
      expect(await readdir(context.backupRoot)).toEqual([...part.members]);
    });

    it('needs the lock no longer than until its moment is fixed, whatever is done to rows and tables then', async () => {
      const before = await database.fingerprint(database.sourceName);
      const rows = await database.countRows?.();
      expect(Object.keys(rows ?? {}).length > 2).toBe(rows !== undefined);
      const captured = await captureAndHold();
      await database.writeRows();
      expect(isDeepStrictEqual(await database.countRows?.(), rows)).toBe(rows === undefined);
      expect(await database.fingerprint(database.sourceName)).not.toEqual(before);
      const { schemaChanges } = database;
      const changed = Promise.all(schemaChanges.map(async (change) => await database.changeSchema(change)));
      const waiting = goesOn ? schemaChanges.length : 0;
      await patiently(async () => expect(await database.countWaiting()).toBe(waiting));
      database.release();
      const part = await captured.settle(never);
      await changed;
      expect(part.details['rows']).toEqual(rows);
      expect(Object.keys(await database.fingerprint(database.sourceName))).not.toEqual(Object.keys(before));
      expect(await restore(part)).toEqual(before);
      await database.makeSource();
    });

    it('leaves nothing that looks like a dump when it fails in capture', async () => {
      await layOldDump();
      await strategy.preflight();
      await strategy.prepare(never);
      const { capture } = await startHeldCapture(never);
      const whileHeld = await readdir(context.backupRoot);
      await database.breakSessions();
      database.release();
      await expect(capture).rejects.toMatchObject({ code: 'DB_FAILED' });
      await strategy.close?.();
      expect(whileHeld).toHaveLength(2);
      await expectOnlyOldDump();
      await expectNobodyLeft();
    });

    it('leaves nothing that looks like a dump when it fails in settle', async () => {
      await layOldDump();
      const captured = await captureAndHold();
      const whileHeld = await readdir(context.backupRoot);
      const { settled } = await settleAndHold(captured, never);
      await Promise.all([
        expect(settled).rejects.toMatchObject({ code: 'DB_FAILED' }),
        database.breakSessions().then(() => database.release()),
      ]);
      await captured.discard();
      expect(whileHeld).toHaveLength(2);
      await expectOnlyOldDump();
      await expectNobodyLeft();
    });

    const itGoesOn = goesOn ? it : undefined;
    itGoesOn?.('keeps a failure after the capture until it is asked for the dump', async () => {
      const captured = await captureAndHold();
      await database.breakSessions();
      database.release();
      await expectNobodyLeft();
      await expect(captured.settle(never)).rejects.toMatchObject({ code: 'DB_FAILED' });
      await captured.discard();
      expect(await readdir(context.backupRoot)).toEqual([]);
    });

    it('discards a capture while the dump runs, and discards it again', async () => {
      await layOldDump();
      const captured = await captureAndHold();
      const whileThere = await readdir(context.backupRoot);
      await captured.discard();
      expect(whileThere).toHaveLength(2);
      await expectOnlyOldDump();
      await expectNobodyLeft();
      await captured.discard();
      await expectOnlyOldDump();
    });

    it('goes on when the signal of the capture is aborted afterwards, for its partner may have failed', async () => {
      const controller = new AbortController();
      const captured = await captureAndHold(controller.signal);
      controller.abort(new Error('the home failed'));
      database.release();
      expect(await captured.settle(never)).toMatchObject({ included: true });
    });

    it('stops in prepare when cancelled', async () => {
      await layOldDump();
      await strategy.preflight();
      await expect(strategy.prepare(AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
      await expectOnlyOldDump();
    });

    it('stops in capture when cancelled, with its programs and sessions', async () => {
      await layOldDump();
      await strategy.preflight();
      await strategy.prepare(never);
      const controller = new AbortController();
      const { capture } = await startHeldCapture(controller.signal);
      expect(await everyoneLeft(database, context)).toBeGreaterThan(0);
      controller.abort(new Error('stop'));
      await expect(capture).rejects.toThrow('stop');
      await strategy.close?.();
      database.release();
      await expectOnlyOldDump();
      await expectNobodyLeft();
    });

    it('stops in settle when cancelled, and can still be discarded', async () => {
      await layOldDump();
      const captured = await captureAndHold();
      const controller = new AbortController();
      const { settled } = await settleAndHold(captured, controller.signal);
      controller.abort(new Error('stop'));
      await expect(settled).rejects.toThrow('stop');
      await expectNobodyLeft();
      await captured.discard();
      await expectOnlyOldDump();
    });

    it('clears away in prepare what a dead run left, and nothing else', async () => {
      await layOldDump();
      await mkdir(join(context.backupRoot, '.bitbucket-db.partial-20200101-000000-000'));
      await strategy.prepare(never);
      await strategy.close?.();
      expect(context.lines.join()).toContain('.bitbucket-db.partial-20200101-000000-000');
      await expectOnlyOldDump();
    });
  });
}

/** Programs that know the backup's folder, and sessions of the backup on the server. */
async function everyoneLeft(database: DatabaseUnderTest, context: StrategyContext): Promise<number> {
  const programs = (await commandLines()).filter((line) => line.includes(context.backupRoot));
  return programs.length + (await database.countSessions());
}

/** The command lines of all processes, as `ps` shows them to everybody on the machine. */
export async function commandLines(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    // A process may end between the two calls.
    pids.map(async (pid) => await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.map((line) => line.replaceAll('\0', ' ')).filter((line) => line !== '');
}
