/** What every strategy that loads a database again must do: one suite, run against every driver. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endAllGroups } from '../../src/host/process-groups.ts';
import type { RestoreRecord } from '../../src/host/restore-record.ts';
import type { ArchivedPart } from '../../src/strategies/restore.ts';
import { failureOf } from '../support/failure.ts';
import type { DatabaseRestoreOptions, DatabaseRestoreRun } from './database-restore-context.ts';

/** The database part of an archive, unpacked. */
export interface UnpackedDatabase {
  readonly part: ArchivedPart;
  readonly unpacked: string;
}

/** A real server, and archives of databases that were on it. */
export interface DatabaseRestoreUnderTest {
  readonly whole: UnpackedDatabase;
  /** Its restore would take minutes for its last step. */
  readonly slow: UnpackedDatabase;
  /** Contents and structure of the database that `whole` is an archive of. */
  readonly original: Record<string, string>;
  fingerprint(database: string): Promise<Record<string, string>>;
  /** Everything about it: owner, rights, settings, comment, contents. `absent` when there is none. */
  state(database: string): Promise<unknown>;
  /** An empty one with settings, a comment and rights of its own. */
  makeEmpty(database: string): Promise<void>;
  /** As by hand. */
  drop(database: string): Promise<void>;
  start(database: string, options?: DatabaseRestoreOptions): DatabaseRestoreRun;
  /** Resolves when a restore is at the slow step. */
  atSlowStep(database: string): Promise<void>;
  /** Lets nobody create a database for a second. */
  holdCreation(): Promise<unknown>;
  /** Somebody who is connected; the returned function says goodbye. */
  connect(database: string): Promise<() => Promise<void>>;
  /** As the kernel does when memory is short: the server hears nothing of it. */
  killPrograms(database: string): Promise<void>;
  /** Sessions of restores on the server, and their programs on this machine. */
  everyoneLeft(database: string): Promise<number>;
  /** In what creates the database; `CREATE DATABASE` unless it is something else. */
  readonly creation?: string;
  /** As a run leaves it that dies in the middle of creating it; `makeEmpty` unless it is something else. */
  makeBegun?(database: string, runId: string): Promise<void>;
  /** What a manifest can say that does not fit `whole`, and how that is told; another number of tables unless given. */
  readonly misfit?: { readonly details: Readonly<Record<string, string>>; readonly message: string };
  close(): Promise<void>;
}

const never = new AbortController().signal;
const TARGETS = ['does not exist', 'is there and empty'] as const;
const MOMENTS = [
  'before the restore',
  'when it is cancelled',
  'when its programs are killed',
  'after the restore',
  'after the end',
] as const;

export interface RestoreSuiteOptions {
  /** It fills a database under another name and gives it its own at the end, and takes none that is there already. */
  readonly aside?: boolean;
  /** What an administrator always has to do afterwards. */
  readonly todo?: readonly unknown[];
  /** Some databases can only be restored into a new one. */
  readonly targets?: readonly (typeof TARGETS)[number][];
}

export function describeDatabaseRestore(
  name: string,
  start: () => Promise<DatabaseRestoreUnderTest>,
  { aside = false, todo = [], targets = aside ? TARGETS.slice(0, 1) : TARGETS }: RestoreSuiteOptions = {},
): void {
  describe(`database restore ${name}`, () => {
    let server: DatabaseRestoreUnderTest;
    let database: string;
    let count = 0;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(async () => {
      await server.close();
    });
    beforeEach(() => {
      count += 1;
      database = `target ${count}`;
    });

    /** Not run where it has no meaning, rather than skipped. */
    const inPlace = aside ? [] : ['in place'];
    const makeTarget = async (target: (typeof TARGETS)[number]): Promise<unknown> => {
      if (target === 'is there and empty') {
        await server.makeEmpty(database);
      }
      return await server.state(database);
    };
    const restore = async (run: DatabaseRestoreRun): Promise<void> => {
      const { part, unpacked } = server.whole;
      expect(await run.strategy.preflight(part)).toEqual([]);
      await run.strategy.restore(part, unpacked, never);
    };
    const stopHalfway = async (
      run: DatabaseRestoreRun,
      stop: (canceling: AbortController) => unknown,
      expected: object,
    ): Promise<void> => {
      const canceling = new AbortController();
      const { part, unpacked } = server.slow;
      expect(await run.strategy.preflight(part)).toEqual([]);
      const ended = run.strategy.restore(part, unpacked, canceling.signal).then(
        () => 'ended well',
        (error: unknown) => error,
      );
      await Promise.race([server.atSlowStep(database), ended]);
      await stop(canceling);
      expect(await ended).toMatchObject(expected);
    };
    const reach = async (moment: (typeof MOMENTS)[number], run: DatabaseRestoreRun): Promise<void> => {
      switch (moment) {
        case 'before the restore':
          return void (await run.strategy.preflight(server.whole.part));
        case 'when it is cancelled':
          return await stopHalfway(run, (canceling) => canceling.abort(new Error('cancelled')), {
            message: 'cancelled',
          });
        case 'when its programs are killed':
          return await stopHalfway(run, async () => await server.killPrograms(database), {
            code: 'CHILD_KILLED',
          });
        case 'after the restore':
          return await restore(run);
        case 'after the end':
          await restore(run);
          await run.strategy.complete();
      }
    };

    describe.each(targets)('of a database that %s', (target) => {
      it('finds nothing wrong, and changes nothing', async () => {
        const before = await makeTarget(target);
        const { strategy } = server.start(database);
        expect(await strategy.preflight(undefined)).toEqual([]);
        expect(await strategy.preflight(server.whole.part)).toEqual([]);
        expect(await strategy.preflight({ recorded: undefined, drained: false })).toEqual([]);
        expect(await server.state(database)).toEqual(before);
      });

      it('loads all of it, and what was counted fits', async () => {
        await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        const restored = await run.strategy.complete();
        expect(await server.fingerprint(database)).toEqual(server.original);
        const tables = restored.counts.find(({ what }) => what === 'tables');
        const rows = restored.counts.filter(({ what }) => what.startsWith('rows of '));
        expect(Object.fromEntries(rows.map((row) => [row.what, row.restored]))).toEqual(
          recordedRows(server.whole.part),
        );
        expect(rows.every((row) => row.recorded === row.restored)).toBe(true);
        expect(tables).toMatchObject({
          what: 'tables',
          recorded: recordedTables(server.whole),
        });
        expect(tables?.restored).toBe(tables?.recorded);
        expect(restored.place).toContain(`'${database}' at `);
        expect(restored.todo).toEqual(todo);
        expect(await server.everyoneLeft(database)).toBe(0);
      });

      it.each(inPlace)(
        'fails when a table has other rows than the manifest says, and leaves nothing behind',
        async () => {
          const before = await makeTarget(target);
          const { strategy } = server.start(database);
          const { recorded } = server.whole.part;
          if (recorded === undefined) {
            throw new Error('The archive has a manifest.');
          }
          const part: ArchivedPart = {
            drained: true,
            recorded: { ...recorded, details: { ...recorded.details, rows: { project: 123_456 } } },
          };
          expect(await strategy.preflight(part)).toEqual([]);
          const failure = await failureOf(strategy.restore(part, server.whole.unpacked, never));
          expect(failure).toMatchObject({ code: 'RESTORE_VERIFY' });
          expect(String(failure)).toMatch(/\bproject\b.* after the restore, and the manifest says 123456/);
          await strategy.discard();
          expect(await server.state(database)).toEqual(before);
        },
      );

      it.each(inPlace)('says until the end that it is not complete', async () => {
        await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        const [found, ...more] = await server.start(database).strategy.preflight(server.whole.part);
        expect(more).toEqual([]);
        expect(found?.message).toContain(`holds a restore that did not end (run ${run.runId})`);
      });

      it.each(MOMENTS)(
        'takes everything back %s, and once more, and the next one is right',
        async (moment) => {
          const before = await makeTarget(target);
          const run = server.start(database);
          await reach(moment, run);
          await run.strategy.discard();
          expect(await server.state(database)).toEqual(before);
          expect(await server.everyoneLeft(database)).toBe(0);
          await run.strategy.discard();
          expect(await server.state(database)).toEqual(before);
          const next = server.start(database);
          await restore(next);
          await next.strategy.complete();
          expect(await server.fingerprint(database)).toEqual(server.original);
        },
      );

      it.each(['when it is cancelled', 'when its programs are killed', 'after the restore'] as const)(
        'takes back what a run left that died %s, and nothing twice',
        async (moment) => {
          const before = await makeTarget(target);
          const dead = server.start(database);
          await reach(moment, dead);
          const next = server.start(database);
          const said = await next.strategy.recover(dead.record(), dead.runId);
          expect(said).toEqual([
            expect.stringMatching(
              new RegExp(
                `^(?:Dropped|Emptied) database '${database}' at .*, which a restore that died had begun to fill`,
              ),
            ),
          ]);
          expect(await server.state(database)).toEqual(before);
          await next.strategy.recover(dead.record(), dead.runId);
          expect(await server.state(database)).toEqual(before);
        },
      );

      it('takes back what a run left that died when its database was complete, unless somebody uses it', async () => {
        const before = await makeTarget(target);
        const dead = server.start(database);
        await restore(dead);
        await dead.strategy.complete();
        const whole = await server.state(database);
        const next = server.start(database);
        const leave = await server.connect(database);
        expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual([
          expect.stringContaining('it was left as it is'),
        ]);
        await leave();
        expect(await server.state(database)).toEqual(whole);
        if (aside) {
          // What told it whose database that is went with the first answer.
          return await server.drop(database);
        }
        await next.strategy.recover(dead.record(), dead.runId);
        expect(await server.state(database)).toEqual(before);
      });

      it('discards while somebody else is connected', async () => {
        const before = await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        const leave = await server.connect(database);
        await run.strategy.discard();
        await leave();
        expect(await server.state(database)).toEqual(before);
      });

      it.each([
        [
          'of another run',
          (run: DatabaseRestoreRun): [RestoreRecord, string] => [run.record(), 'another-run'],
        ],
        [
          'on another server',
          (run: DatabaseRestoreRun): [RestoreRecord, string] => [elsewhere(run.record()), run.runId],
        ],
      ])('leaves a database alone that is %s, and says so', async (what, claim) => {
        await makeTarget(target);
        const dead = server.start(database);
        await restore(dead);
        const before = await server.state(database);
        const said = await server.start(database).strategy.recover(...claim(dead));
        const sentence = new RegExp(`database '${database}' at .* (?:left as it is|by hand)\\.$`);
        // What another run has aside is not even looked at.
        const isUnseen = aside && what === 'of another run';
        expect(said.map((line) => sentence.test(line))).toEqual(isUnseen ? [] : [true]);
        expect(await server.state(database)).toEqual(before);
      });

      it("leaves somebody else's database of that name alone, even an empty one", async () => {
        await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        await server.drop(database);
        await server.makeEmpty(database);
        const theirs = await server.state(database);
        await run.strategy.discard();
        expect(await server.state(database)).toEqual(theirs);
        const said = await server.start(database).strategy.recover(run.record(), run.runId);
        expect(said).toEqual([expect.stringContaining('it was left as it is')]);
        expect(await server.state(database)).toEqual(theirs);
      });

      it("leaves somebody else's alone after the end as well", async () => {
        await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        await run.strategy.complete();
        await server.drop(database);
        await server.makeEmpty(database);
        const theirs = await server.state(database);
        await run.strategy.discard();
        expect(await server.state(database)).toEqual(theirs);
      });

      it('discards nothing where somebody has dropped it', async () => {
        await makeTarget(target);
        const run = server.start(database);
        await restore(run);
        await server.drop(database);
        await run.strategy.discard();
        expect(await server.state(database)).toBe('absent');
        expect(await server.start(database).strategy.recover(run.record(), run.runId)).toEqual([]);
      });
    });

    it.each(inPlace)('takes back a database that a dead run had created and not marked yet', async () => {
      const dead = server.start(database);
      await restore(dead);
      await server.drop(database);
      await (server.makeBegun?.(database, dead.runId) ?? server.makeEmpty(database));
      const { database: recorded, ...rest } = dead.record();
      expect(recorded).toMatchObject({ name: database, created: true });
      const early = { ...rest, database: { server: recorded?.server ?? '', name: database, created: true } };
      const said = await server.start(database).strategy.recover(early, dead.runId);
      expect(said).toEqual([expect.stringContaining(`Dropped database '${database}'`)]);
      expect(await server.state(database)).toBe('absent');
    });

    it('has nothing to recover of a run that had not come to the database', async () => {
      const { strategy } = server.start(database);
      expect(await strategy.recover({ placed: [] }, 'some-run')).toEqual([]);
    });

    it('is cancelled while the database is being created, and leaves none behind', async () => {
      const canceling = new AbortController();
      const run = server.start(database, {
        onStart: (_program, input) => {
          if (input.includes(server.creation ?? 'CREATE DATABASE')) {
            setTimeout(() => canceling.abort(new Error('cancelled')), 300);
          }
        },
      });
      const { part, unpacked } = server.whole;
      expect(await run.strategy.preflight(part)).toEqual([]);
      const held = server.holdCreation();
      await expect(run.strategy.restore(part, unpacked, canceling.signal)).rejects.toThrow('cancelled');
      await run.strategy.discard();
      await held;
      // What the server had begun it would have ended by now.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await server.state(database)).toBe('absent');
    });

    it('is ended with its programs while the database is being created, and none appears afterwards', async () => {
      const run = server.start(database, {
        onStart: (_program, input) => {
          if (input.includes(server.creation ?? 'CREATE DATABASE')) {
            // As a signal of the runner does; the server goes on.
            setTimeout(() => endAllGroups(0), 300);
          }
        },
      });
      const { part, unpacked } = server.whole;
      expect(await run.strategy.preflight(part)).toEqual([]);
      const held = server.holdCreation();
      const { code } = await failureOf(run.strategy.restore(part, unpacked, never));
      expect(['DB_FAILED', 'CHILD_KILLED']).toContain(code);
      await run.strategy.discard();
      await held;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await server.state(database)).toBe('absent');
    });

    it('ends when it is cancelled, with its programs and without a database', async () => {
      const run = server.start(database);
      expect(await run.strategy.preflight(server.whole.part)).toEqual([]);
      const cancelled = AbortSignal.abort(new Error('cancelled'));
      const { part, unpacked } = server.whole;
      await expect(run.strategy.restore(part, unpacked, cancelled)).rejects.toThrow('cancelled');
      await run.strategy.discard();
      expect(await server.state(database)).toBe('absent');
      expect(await server.everyoneLeft(database)).toBe(0);
    });

    it.each(inPlace)(
      'refuses a dump that its manifest does not fit, before it changes anything',
      async () => {
        const { part, unpacked } = server.whole;
        const { recorded } = part;
        const tables = Number(recorded?.details['tables']);
        const { details, message } = server.misfit ?? {
          details: { tables: tables + 1 },
          message: `The dump in the archive has ${tables} tables, and its manifest says ${tables + 1}.`,
        };
        const more: ArchivedPart = {
          drained: true,
          recorded: recorded && { ...recorded, details: { ...recorded.details, ...details } },
        };
        const { strategy } = server.start(database);
        expect(await strategy.preflight(more)).toEqual([]);
        const failure = await failureOf(strategy.restore(more, unpacked, never));
        expect(failure).toMatchObject({ code: 'ARCHIVE_INCOMPLETE' });
        expect(failure.message).toBe(message);
        expect(await server.state(database)).toBe('absent');
        await strategy.discard();
      },
    );
  });
}

function recordedTables({ part }: UnpackedDatabase): unknown {
  const { tables, counts } = part.recorded?.details ?? {};
  return (
    tables ?? (typeof counts === 'object' && counts !== null ? Reflect.get(counts, 'tables') : undefined)
  );
}

function elsewhere({ placed, database }: RestoreRecord): RestoreRecord {
  return {
    placed,
    ...(database === undefined ? {} : { database: { ...database, server: 'elsewhere:5432' } }),
  };
}

/** `rows of project` and so on, as the manifest has them; a command of the administrator may count none. */
function recordedRows({ recorded }: ArchivedPart): Record<string, unknown> {
  const rows = recorded?.details['rows'];
  return Object.fromEntries(Object.entries(rows ?? {}).map(([table, count]) => [`rows of ${table}`, count]));
}
