/** Every step of the sequence is failed once: the targets are as they were, and the first error is told. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CanceledError } from '../../../src/errors.ts';
import { Journal, journalPath, readJournal } from '../../../src/host/journal.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { restore } from '../../../src/pipeline/restore.ts';
import type { RestoreOptions } from '../../../src/pipeline/restore-options.ts';
import { restoreReportOf } from '../../../src/pipeline/restore-report.ts';
import { type RestoreRun, startRestore } from '../../../src/pipeline/restore-run.ts';
import type { RestoreReport } from '../../../src/report/restore-report.ts';
import { Timeline } from '../../../src/report/timeline.ts';
import type { Finding } from '../../../src/strategies/contract.ts';
import { notRestored } from '../../../src/strategies/not-restored.ts';
import type { DatabaseLocation } from '../../../src/strategies/restore.ts';
import { startBitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { createInputReader } from '../../contract/input-reader.ts';
import {
  BACKUP_ID,
  countOf,
  dumpAhead,
  type FakeArchive,
  fakeArchiveOf,
  fakeDatabaseRestore,
  fakeHomeRestore,
  fakeManifest,
  fakeRestoreArchive,
  type RestorePlan,
} from '../../support/fake-restores.ts';
import { deadProcess, journalEntry } from '../../support/journal-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { mountTmpfs } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
let home: string;
let database: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, 'home');
  database = join(folder, 'database');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const JOURNAL = '.bitbucket-restore.home.journal.json';

interface Settings extends Partial<RestorePlan> {
  readonly archive?: Partial<FakeArchive>;
  readonly options?: Partial<RestoreOptions>;
  readonly controller?: AbortController;
  readonly location?: DatabaseLocation;
}

interface Ended {
  readonly run: RestoreRun;
  readonly report: RestoreReport;
  readonly error: unknown;
  readonly steps: readonly string[];
  readonly lines: readonly string[];
}

async function perform({
  at = () => undefined,
  findings = {},
  archive = {},
  options = {},
  controller = new AbortController(),
  location,
}: Settings = {}): Promise<Ended> {
  const steps: string[] = [];
  const plan: RestorePlan = {
    findings,
    at: async (step, signal) => {
      steps.push(step);
      await at(step, signal);
      signal?.throwIfAborted();
    },
  };
  const { log, lines } = createMemoryLog();
  const run = startRestore(
    {
      log,
      redactor: new Redactor(),
      timeline: new Timeline(),
      interruption: {
        signal: controller.signal,
        onInterrupt: () => () => undefined,
        dispose: () => undefined,
      },
    },
    {
      instanceName: 'bitbucket',
      archive: 'latest',
      restoreRoot: undefined,
      updateProperties: false,
      outsideLinks: 'refuse',
      dryRun: false,
      bitbucket: undefined,
      source: fakeRestoreArchive(plan, fakeArchiveOf(archive)),
      home: fakeHomeRestore(plan, home),
      database: fakeDatabaseRestore(plan, database, location),
      search: notRestored.read(createInputReader({})),
      ...options,
    },
  );
  let error: unknown;
  try {
    await restore(run);
  } catch (thrown) {
    error = thrown;
  }
  return { run, report: restoreReportOf(run, error), error, steps, lines };
}

async function names(path: string = folder): Promise<string[]> {
  return existsSync(path) ? (await readdir(path)).toSorted() : [];
}

async function expectRestored(): Promise<void> {
  expect(await names()).toEqual(['database', 'home']);
  expect(await names(home)).toEqual(['data']);
  expect(await readFile(database, 'utf8')).toBe('complete');
}

test('checks everything, unpacks, loads, puts in place, the database last, and leaves nothing else', async () => {
  const { error, report, steps } = await perform({
    at: (step) => {
      // Until all is loaded nothing has its name.
      expect(existsSync(home)).toBe(['home complete', 'database complete', 'close'].includes(step));
    },
  });
  expect(error).toBeUndefined();
  expect(steps.filter((step) => !step.endsWith(' restore'))).toEqual([
    'open',
    'peek',
    'archive preflight',
    'home preflight',
    'database preflight',
    'verify',
    'read manifest',
    'archive preflight',
    'home preflight',
    'database preflight',
    'unpack',
    'home complete',
    'database complete',
    'close',
  ]);
  expect(steps.filter((step) => step.endsWith(' restore')).toSorted()).toEqual([
    'database restore',
    'home restore',
  ]);
  expect(report).toMatchObject({
    outcome: 'success',
    backup: { backupId: BACKUP_ID, bitbucketVersion: '9.4.1' },
    parts: [
      { slot: 'home', included: true, place: `at ${home}` },
      { slot: 'database', included: true, place: `in ${database}` },
      { slot: 'search', included: false },
    ],
  });
  expect(report.nextSteps).toEqual(
    expect.arrayContaining(['Look at the home.', expect.stringContaining('Start Bitbucket 9.4.1 or later')]),
  );
  await expectRestored();
});

const failing = [
  'open',
  'peek',
  'archive preflight',
  'home preflight',
  'database preflight',
  'verify',
  'read manifest',
  'unpack',
  'home restore',
  'database restore',
  'home complete',
  'database complete',
] as const;

/** From here on there is something to take back. */
const changing = failing.slice(failing.indexOf('home restore'));

function breaking(broken: string): Settings {
  return {
    at: (step) => {
      if (step === broken) {
        throw new Error(`${step} went wrong`);
      }
    },
  };
}

describe.each(failing)('when %s fails', (failed) => {
  test('the targets are as before, the first error is told, and the next run succeeds', async () => {
    const { error, report } = await perform(breaking(failed));
    expect(error).toMatchObject({ message: `${failed} went wrong` });
    expect(await names()).toEqual([]);
    expect(report).toMatchObject({ outcome: 'failure', nextSteps: [], failure: { undoFailures: [] } });
    expect(report.failure?.messages[0]).toBe(`${failed} went wrong`);
    expect((await perform()).error).toBeUndefined();
    await expectRestored();
  });
});

describe.each(changing)('when %s fails and its undoing as well', (failed) => {
  test.each(['home', 'database'])(
    'of the %s, the first error is kept, the rest is undone, and the next run takes back what is left',
    async (slot) => {
      const { error, report, steps } = await perform({
        at: (step) => {
          if (step === failed || step === `${slot} discard`) {
            throw new Error(`${step} went wrong`);
          }
        },
      });
      expect(error).toMatchObject({ message: `${failed} went wrong` });
      expect(steps).toEqual(expect.arrayContaining(['home discard', 'database discard']));
      expect(report.failure?.undoFailures).toEqual([`restored ${slot} removed: ${slot} discard went wrong`]);
      expect(report.failure?.undone).toContain('unpacked archive removed');
      expect(await names()).toContain(JOURNAL);
      await bury();
      const next = await perform();
      expect(next.error).toBeUndefined();
      expect(next.steps.slice(0, 2)).toEqual(['home recover', 'database recover']);
      await expectRestored();
    },
  );
});

/** Neither of the two ends before both have begun. */
function together(then: (step: string) => void = () => undefined): RestorePlan['at'] {
  const both = ['unpack bitbucket-home', 'database restore'];
  const all = Promise.withResolvers<undefined>();
  const begun = new Set<string>();
  return async (step) => {
    if (both.includes(step)) {
      begun.add(step);
      if (begun.size === both.length) {
        all.resolve(undefined);
      }
      await all.promise;
    }
    then(step);
  };
}

describe('an archive with the dump ahead of the home', () => {
  test('has its database loaded while the home is unpacked', async () => {
    const { error, steps, lines, run } = await perform({
      archive: { contents: dumpAhead() },
      at: together(),
    });
    expect(error).toBeUndefined();
    expect(steps.filter((step) => /unpack|restore|complete/.test(step)).toSorted()).toEqual(
      [
        'unpack bitbucket-db',
        'unpack bitbucket-home',
        'database restore',
        'home restore',
        'home complete',
        'database complete',
      ].toSorted(),
    );
    expect(steps.indexOf('unpack bitbucket-db')).toBeLessThan(steps.indexOf('database restore'));
    expect(steps.indexOf('unpack bitbucket-home')).toBeLessThan(steps.indexOf('home restore'));
    expect(steps.slice(-3)).toEqual(['home complete', 'database complete', 'close']);
    expect(lines.filter((line) => line.includes('Unpacked'))).toEqual([
      expect.stringContaining('Unpacked bitbucket-db into '),
      expect.stringContaining('Unpacked bitbucket-home into '),
    ]);
    expect(run.timeline.spans.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
      expect.arrayContaining(['unpack dump ok', 'unpack home ok', 'restore database ok', 'restore home ok']),
    );
    await expectRestored();
  });

  test.each([
    ['database restore', ['home discard', 'database discard']],
    ['unpack bitbucket-home', ['home discard', 'database discard']],
    ['home restore', ['home discard', 'database discard']],
    ['unpack bitbucket-db', []],
  ])('whose %s fails beside the other is undone as a whole', async (failed, undone) => {
    const archive = { contents: dumpAhead() };
    const { error, steps, report } = await perform({
      archive,
      at: together((step) => {
        if (step === failed) {
          throw new Error(`${step} went wrong`);
        }
      }),
    });
    expect(error).toMatchObject({ message: `${failed} went wrong` });
    expect(steps.filter((step) => step.endsWith('discard'))).toEqual(undone);
    expect(report.failure?.undone).toContain('unpacked archive removed');
    expect(await names()).toEqual([]);
    expect((await perform({ archive })).error).toBeUndefined();
    await expectRestored();
  });

  test.each(['unpack bitbucket-db', 'unpack bitbucket-home', 'database restore'])(
    'that is cancelled in %s leaves nothing',
    async (step) => {
      const controller = new AbortController();
      const { report } = await perform({
        archive: { contents: dumpAhead() },
        controller,
        at: (reached) => {
          if (reached === step) {
            controller.abort(new CanceledError('Cancelled.'));
          }
        },
      });
      expect(report).toMatchObject({ outcome: 'canceled', failure: { code: 'CANCELED', undoFailures: [] } });
      expect(await names()).toEqual([]);
    },
  );

  test('has the unpacked home fitted to the database, and not before it is there', async () => {
    const properties = join('bitbucket-home', 'shared', 'bitbucket.properties');
    const { error, report } = await perform({
      archive: { contents: dumpAhead() },
      location: { kind: 'postgresql', host: 'db', port: 5432, name: 'bitbucket2', owner: 'bitbucket' },
      at: async (step) => {
        if (step === 'unpack bitbucket-home') {
          const [partial = ''] = (await names()).filter((name) => name.includes('partial'));
          const file = join(folder, partial, properties);
          await mkdir(join(file, '..'), { recursive: true });
          await writeFile(file, 'jdbc.url=jdbc:postgresql://db:5432/bitbucket\njdbc.user=bitbucket\n');
        }
      },
    });
    expect(error).toBeUndefined();
    expect(report.warnings).toEqual([
      expect.stringContaining('names another database than the restored one'),
    ]);
  });
});

/** As if the process that wrote the journal had died since. */
async function bury(place: string = folder): Promise<void> {
  const entry = readJournal(place, JOURNAL);
  await rm(journalPath(place, JOURNAL));
  Journal.claim(place, { ...(entry ?? journalEntry()), process: deadProcess() }, JOURNAL).abandon();
}

describe('a cancel', () => {
  test.each([
    'peek',
    'verify',
    'read manifest',
    'home preflight',
    'unpack',
    'home restore',
    'database restore',
  ])('in %s stops the run and leaves nothing', async (step) => {
    const controller = new AbortController();
    const { report } = await perform({
      controller,
      at: (reached) => {
        if (reached === step) {
          controller.abort(new CanceledError('Cancelled.'));
        }
      },
    });
    expect(report).toMatchObject({ outcome: 'canceled', failure: { code: 'CANCELED', undoFailures: [] } });
    expect(await names()).toEqual([]);
  });

  test.each(['home complete', 'database complete'])(
    'in %s is too late: what is whole stays',
    async (step) => {
      const controller = new AbortController();
      const { report } = await perform({
        controller,
        at: (reached) => {
          if (reached === step) {
            controller.abort(new CanceledError('Cancelled.'));
          }
        },
      });
      expect(report.outcome).toBe('success');
      await expectRestored();
    },
  );
});

describe('when all is in its place', () => {
  test('a folder that cannot be removed is told, and costs nothing', async () => {
    let unpacked = '';
    const { error, lines } = await perform({
      at: async (step) => {
        if (step === 'database complete') {
          unpacked = join(folder, (await names()).find((name) => name.includes('partial')) ?? '');
          await mountTmpfs(join(unpacked, 'in use'));
        }
      },
    });
    expect(error).toBeUndefined();
    expect(lines.filter((line) => line.startsWith('warning: '))).toEqual([
      expect.stringMatching(
        new RegExp(`^warning: ${unpacked} could not be removed: .* Remove it by hand\\.$`),
      ),
    ]);
    expect(await names(home)).toEqual(['data']);
    expect(await readFile(database, 'utf8')).toBe('complete');
    expect(await names()).not.toContain(JOURNAL);
  });

  test('a run that dies then has nothing that the next one would take back', async () => {
    const seen = temporaryFolder();
    const bin = temporaryFolder();
    // What the journal says while the unpacked archive is removed.
    await writeFile(
      join(bin, 'rm'),
      `#!/bin/sh\ncp '${join(folder, JOURNAL)}' '${seen}/journal'\nexec /bin/rm "$@"\n`,
    );
    await chmod(join(bin, 'rm'), 0o755);
    vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`);
    expect((await perform()).error).toBeUndefined();
    const journal: unknown = JSON.parse(await readFile(join(seen, 'journal'), 'utf8'));
    expect(journal).toMatchObject({ restore: { placed: [] } });
    expect(journal).not.toMatchObject({ restore: { database: {} } });
    await expectRestored();
  });
});

describe('a dry run', () => {
  test('checks everything, changes nothing and tells its plan', async () => {
    const { error, report, steps } = await perform({ options: { dryRun: true } });
    expect(error).toBeUndefined();
    expect(steps.at(-2)).toBe('database preflight');
    expect(steps).toContain('verify');
    expect(await names()).toEqual([]);
    expect(report.outcome).toBe('dry-run');
    expect(report.nextSteps).toEqual([]);
    expect(report.plan).toEqual([
      `Restore /archives/${BACKUP_ID}.tar.zst (8 B, made of Bitbucket 9.4.1).`,
      `Unpack it into ${folder}.`,
      `Restore the home with fake to ${home}.`,
      'Restore the database with fake.',
      'Leave bitbucket.properties as it is, and print the lines that do not fit.',
      'Not restored: search (strategy none); Bitbucket builds its search index anew by itself.',
    ]);
  });

  test('makes no restore-root, and says what is left out', async () => {
    const restoreRoot = join(folder, 'not/there');
    const none = notRestored.read(createInputReader({}));
    const { report } = await perform({
      options: { dryRun: true, restoreRoot, database: none, updateProperties: true },
    });
    expect(await names()).toEqual([]);
    expect(report.plan).toEqual(
      expect.arrayContaining([
        `Unpack it into ${restoreRoot}.`,
        'Change jdbc.url and jdbc.user in bitbucket.properties where they do not fit.',
        'Not restored: database (strategy none).',
      ]),
    );
  });

  test('leaves what a dead run left to the next one, and says so', async () => {
    leave({ restore: { placed: [] } });
    const { error, steps, lines } = await perform({ options: { dryRun: true } });
    expect(error).toBeUndefined();
    expect(steps).not.toContain('home recover');
    expect(lines).toContain(
      'warning: A restore of bitbucket-20261122-021305-000 died; the next one removes what it left.',
    );
    expect(await names()).toEqual([JOURNAL]);
  });
});

/** Leaves the journal that a run would have left which was killed. */
function leave(change: Parameters<typeof journalEntry>[0], place: string = folder): void {
  Journal.claim(place, journalEntry({ process: deadProcess(), ...change }), JOURNAL).abandon();
}

describe('another restore', () => {
  test('that still lives refuses this one, and keeps its journal', async () => {
    leave({ process: journalEntry().process, restore: { placed: [] } });
    const { error, steps } = await perform();
    expect(error).toMatchObject({ code: 'ALREADY_RUNNING' });
    expect(String(error)).toContain('A restore of bitbucket-20261122-021305-000 (process');
    expect(steps).toEqual([]);
    expect(await names()).toEqual([JOURNAL]);
  });

  test('that begins while this one checks wins, and loses nothing by it', async () => {
    const { error } = await perform({
      at: (step) => {
        if (step === 'read manifest') {
          leave({ process: journalEntry().process, restore: { placed: [] } });
        }
      },
    });
    expect(error).toMatchObject({ code: 'ALREADY_RUNNING' });
    expect(await names()).toEqual([JOURNAL]);
  });

  test.each(['in the restore-root', 'beside the home', 'in the home'])(
    'that died is taken back first, with its journal %s',
    async (where) => {
      const restoreRoot = join(folder, 'root');
      const place =
        { 'in the restore-root': restoreRoot, 'beside the home': folder, 'in the home': home }[where] ?? '';
      await mkdir(place, { recursive: true });
      const partial = join(place, '.bitbucket-restore.partial-dead');
      const foreign = join(place, 'precious');
      await mkdir(partial);
      await mkdir(foreign);
      await writeFile(database, 'dead-run data');
      leave(
        {
          runId: 'dead-run',
          partials: [partial, foreign],
          restore: { placed: [], database: { server: 'fake', name: database, created: true } },
        },
        place,
      );
      let found: readonly string[] = [];
      const { steps, lines } = await perform({
        options: { restoreRoot },
        at: async (step) => {
          if (step === 'open') {
            found = [...(await names(place)), ...(await names(folder))];
            throw new Error('far enough');
          }
        },
      });
      expect(steps).toEqual(['home recover', 'database recover', 'open']);
      expect(found).toContain('precious');
      expect(found.join()).not.toMatch(/partial|journal|database/);
      expect(lines.at(-1)).toBe(
        'notice: Removed what a restore of bitbucket-20261122-021305-000 that died had left behind.',
      );
    },
  );

  test('that died and cannot be taken back keeps its journal, and the database that belongs to the home', async () => {
    leave({ restore: { placed: [] } });
    const { error, steps } = await perform({
      at: (step) => {
        if (step === 'home recover') {
          throw new Error('in use');
        }
      },
    });
    expect(error).toMatchObject({ message: 'in use' });
    expect(steps).toEqual(['home recover']);
    expect(await names()).toEqual([JOURNAL]);
  });

  test('is none, when the journal is that of something else', async () => {
    leave({});
    const { error, steps } = await perform();
    expect(error).toMatchObject({ code: 'UNSAFE_STATE' });
    expect(steps).toEqual([]);
    expect(await names()).toEqual([JOURNAL]);
  });
});

function problem(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}

describe('what the archive says', () => {
  test.each<[string, Partial<FakeArchive>, string, RegExp]>([
    ['ours without its checksum', { sha256: undefined }, 'ARCHIVE_CORRUPT', /has no checksum file beside it/],
    [
      'another name than its backup',
      { name: 'bitbucket-20200101-000000-000.tar.zst' },
      'ARCHIVE_RENAMED',
      /holds the backup bitbucket-20261122-021305-250: somebody has renamed it/,
    ],
    [
      'a name that only begins like its backup',
      { name: `${BACKUP_ID}-copy.tar.zst` },
      'ARCHIVE_RENAMED',
      /somebody has renamed it/,
    ],
    [
      'fewer files than its manifest says',
      {
        manifest: fakeManifest({
          parts: fakeManifest().parts.map((part) => (part.included ? { ...part, files: 2 } : part)),
        }),
      },
      'ARCHIVE_INCOMPLETE',
      /holds 1 files of the home, and its manifest says 2/,
    ],
    [
      'no home',
      { contents: { counts: new Map([['bitbucket-db', countOf()]]) } },
      'ARCHIVE_INCOMPLETE',
      /holds no bitbucket-home \(but bitbucket-db\)/,
    ],
    [
      'nothing that belongs to Bitbucket',
      { contents: { counts: new Map([['etc', countOf()]]) }, manifest: undefined, sha256: undefined },
      'ARCHIVE_INCOMPLETE',
      /holds no bitbucket-home and no bitbucket-db \(but etc\)/,
    ],
    [
      'links that lead out of the home',
      { contents: { linksOut: ['a -> /x', 'b -> /y', 'c -> /z', 'd -> /1', 'e -> /2', 'f -> /3'] } },
      'ARCHIVE_UNSAFE',
      /holds 6 symbolic links that lead out of the home \(a -> \/x, .*, e -> \/2 and 1 more\)/,
    ],
  ])('%s: refused before anything is written', async (_what, archive, code, message) => {
    const ended = await perform({ archive });
    expect(ended.error).toMatchObject({ code });
    expect(String(ended.error)).toMatch(message);
    expect(ended.steps).not.toContain('unpack');
    expect(ended.steps.at(-1)).toBe('close');
    expect(await names()).toEqual([]);
  });

  test("without checksum and manifest it is one of Atlassian's scripts: a warning", async () => {
    const { error, report } = await perform({
      archive: { manifest: undefined, sha256: undefined, peeks: false },
    });
    expect(error).toBeUndefined();
    expect(report.warnings).toEqual([
      expect.stringMatching(/has neither a checksum nor a manifest, as those of Atlassian's scripts/),
    ]);
    expect(report.nextSteps).toContain(
      'Start Bitbucket, in the version that made the backup or a later one.',
    );
    await expectRestored();
  });

  test('links that lead out stay when outside-links says so: a warning', async () => {
    const { error, report } = await perform({
      archive: { contents: { linksOut: ['a -> /x'] } },
      options: { outsideLinks: 'keep' },
    });
    expect(error).toBeUndefined();
    expect(report.warnings).toEqual([
      'The archive holds 1 symbolic link that leads out of the home (a -> /x), kept because outside-links says so.',
    ]);
  });

  test.each([true, false])('another instance: a warning, once (peeks: %s)', async (peeks) => {
    const { error, report } = await perform({
      archive: { manifest: fakeManifest({ instanceName: 'staging' }), peeks },
    });
    expect(error).toBeUndefined();
    expect(report.warnings).toEqual([
      "The archive is of instance 'staging', and instance-name is 'bitbucket'; make sure that it is the one you want.",
    ]);
  });

  test.each([true, false])('a part that is not in it, or made otherwise (peeks: %s)', async (peeks) => {
    const manifest = fakeManifest({
      parts: fakeManifest().parts.map((part) =>
        part.slot === 'home'
          ? { ...part, strategy: 'zfs' }
          : { ...part, strategy: 'none', included: false, members: [] },
      ),
    });
    const { error, steps } = await perform({ archive: { manifest, peeks } });
    expect(error).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      problems: [
        problem(
          'home-strategy',
          "The home in the archive was made by 'zfs', not by 'fake'; set home-strategy: zfs.",
        ),
        problem(
          'database-strategy',
          "The archive holds no database (its strategy was 'none'); set database-strategy: none to restore the rest.",
        ),
      ],
    });
    expect(steps.includes('verify')).toBe(!peeks);
    expect(await names()).toEqual([]);
  });

  test('all that speaks against it is told at once, warnings as well', async () => {
    const ended = await perform({
      findings: {
        archive: [problem('tar', 'No tar.')],
        home: [problem('home-path', 'Not empty.'), { severity: 'warning', subject: 'x', message: 'Beware.' }],
        database: [problem('database-name', 'In use.')],
      },
    });
    expect(ended.error).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      problems: [
        problem('tar', 'No tar.'),
        problem('home-path', 'Not empty.'),
        problem('database-name', 'In use.'),
      ],
    });
    expect(ended.report.warnings).toEqual(['Beware.']);
    expect(ended.report.failure?.problems).toHaveLength(3);
  });

  test('more bytes than there is room for', async () => {
    const manifest = fakeManifest();
    const counts = new Map([
      ['bitbucket-home', countOf({ bytes: 1e18 })],
      ['bitbucket-db', countOf()],
    ]);
    const { error, report } = await perform({ archive: { manifest, contents: { counts } } });
    expect(error).toMatchObject({ code: 'PREFLIGHT_FAILED', problems: [{ subject: 'restore-root' }] });
    expect(report.failure?.problems?.[0]?.message).toMatch(
      /^Not enough space: about .* needed \(unpacked archive .*\), .* free on .*; free some or choose another restore-root\.$/,
    );
    expect(await names()).toEqual([]);
  });
});

describe('a Bitbucket at bitbucket-url', () => {
  test.each(['RUNNING', 'MAINTENANCE', 'STARTING', 'ERROR'] as const)(
    'in state %s refuses the restore before anything is looked at',
    async (state) => {
      const simulator = await startBitbucketSimulator();
      simulator.reportStatus(state);
      const bitbucket = { url: simulator.url, credentials: { kind: 'none' } as const };
      const { error, steps } = await perform({ options: { bitbucket } });
      await simulator.close();
      expect(error).toMatchObject({
        code: 'TARGET_RUNNING',
        message: `A Bitbucket answers at ${simulator.url}, in state ${state}.`,
      });
      expect(steps).toEqual([]);
      expect(await names()).toEqual([]);
    },
  );

  test('that does not answer is as it should be', async () => {
    const simulator = await startBitbucketSimulator();
    await simulator.close();
    const bitbucket = { url: simulator.url, credentials: { kind: 'none' } as const };
    const { error, lines } = await perform({ options: { bitbucket } });
    expect(error).toBeUndefined();
    expect(lines).toContain(`info: No Bitbucket answers at ${simulator.url}, as it should be`);
  });
});

/** As a home in an archive has it. */
async function laying(step: string, text: string): Promise<void> {
  if (step === 'unpack') {
    const unpacked = (await names()).find((name) => name.includes('partial')) ?? '';
    await mkdir(join(folder, unpacked, 'bitbucket-home/shared'));
    await writeFile(join(folder, unpacked, 'bitbucket-home/shared/bitbucket.properties'), text);
  }
}

describe('bitbucket.properties', () => {
  const location: DatabaseLocation = {
    kind: 'postgresql',
    host: 'db2.example.com',
    port: 5433,
    name: 'restored',
    owner: 'bb2',
  };

  const OLD = 'jdbc.url=jdbc:postgresql://db1:5432/bitbucket\njdbc.user=bitbucket\njdbc.password=s3cret\n';

  test('that names another database is told, with what to write there', async () => {
    const { report } = await perform({ location, at: async (step) => await laying(step, OLD) });
    expect(report.properties).toMatchObject({ file: 'shared/bitbucket.properties', changed: false });
    expect(report.properties?.lines.join('\n')).toContain('db2.example.com');
    expect(report.nextSteps[0]).toContain('Change shared/bitbucket.properties as told below');
    expect(await readFile(join(home, 'shared/bitbucket.properties'), 'utf8')).toBe(OLD);
  });

  test('is changed before the home has its name, when update-properties says so', async () => {
    const { report } = await perform({
      location,
      options: { updateProperties: true },
      at: async (step) => await laying(step, OLD),
    });
    expect(report.properties).toMatchObject({ changed: true });
    const text = await readFile(join(home, 'shared/bitbucket.properties'), 'utf8');
    expect(text).toMatch(/^jdbc\.url=.*db2\.example\.com.*5433\/restored$/m);
    expect(text).toMatch(/^jdbc\.user=bb2$/m);
    expect(text).toContain('jdbc.password=s3cret');
  });
});

test('a part that is left out on purpose is not touched, and the next steps say so', async () => {
  const none = notRestored.read(createInputReader({}));
  const { error, report, steps } = await perform({ options: { database: none } });
  expect(error).toBeUndefined();
  expect(steps.filter((step) => step.startsWith('database'))).toEqual([]);
  expect(await names()).toEqual(['home']);
  expect(report.parts[1]).toMatchObject({ slot: 'database', strategy: 'none', included: false });
  expect(report.nextSteps).toContain('Restore the database that belongs to this home as well.');
});
