/** Every step of the sequence is failed once: unlocked, nothing lost, no false archive, and the first error is told. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WindowLimits } from '../../../src/bitbucket/limits.ts';
import { CanceledError } from '../../../src/errors.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { backup } from '../../../src/pipeline/backup.ts';
import { reportOf } from '../../../src/pipeline/backup-report.ts';
import type { BackupRun } from '../../../src/pipeline/backup-run.ts';
import { startBackup } from '../../../src/pipeline/start-backup.ts';
import type { RunReport } from '../../../src/report/run-report.ts';
import { Timeline } from '../../../src/report/timeline.ts';
import type { StrategyFactory } from '../../../src/strategies/contract.ts';
import { notBackedUp } from '../../../src/strategies/not-backed-up.ts';
import {
  type BitbucketSimulator,
  startBitbucketSimulator,
} from '../../support/bitbucket-simulator/simulator.ts';
import { fakeArchive, fakeStrategy, type Plan } from '../../support/fake-strategies.ts';
import { createInputReader } from '../../contract/input-reader.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

let simulator: BitbucketSimulator;
let folder: string;

beforeEach(async () => {
  simulator = await startBitbucketSimulator({ drainMs: 40 });
  folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
});

afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly run: BackupRun;
  readonly report: RunReport;
  readonly error: unknown;
  readonly steps: readonly string[];
  /** Slots whose strategy was closed, in order. */
  readonly closed: readonly string[];
}

interface Settings {
  readonly at?: Plan['at'];
  readonly limits?: Partial<WindowLimits>;
  readonly keepBackups?: number;
  readonly controller?: AbortController;
  readonly dryRun?: boolean;
  /** Names of what the search strategy removes. */
  readonly prunedSearch?: readonly string[];
  readonly isSearchLeftOut?: boolean;
}

async function perform({
  at = () => undefined,
  limits = {},
  keepBackups = 0,
  controller = new AbortController(),
  dryRun = false,
  prunedSearch = [],
  isSearchLeftOut = false,
}: Settings = {}): Promise<Ended> {
  const steps: string[] = [];
  const closed: string[] = [];
  const plan: Plan = {
    at: async (step) => {
      const slot = /^(\w+) close$/.exec(step)?.[1];
      if (slot === undefined) {
        steps.push(step);
      } else {
        closed.push(slot);
      }
      await at(step);
    },
  };
  const run = startBackup(
    {
      log: createMemoryLog().log,
      redactor: new Redactor(),
      timeline: new Timeline(),
      interruption: {
        signal: controller.signal,
        onInterrupt: () => () => undefined,
        dispose: () => undefined,
      },
    },
    {
      connection: {
        url: simulator.url,
        credentials: { kind: 'basic', username: simulator.username, password: simulator.password },
      },
      instanceName: 'bitbucket',
      limits: { ...SHORT_LIMITS, ...limits },
      dryRun,
      backupRoot: join(folder, 'backup'),
      keepBackups,
      home: fakeStrategy('home', plan),
      database: fakeStrategy('database', plan),
      search: isSearchLeftOut
        ? notBackedUp('made anew').read(createInputReader({}))
        : pruning(fakeStrategy('search', plan), prunedSearch),
      archive: fakeArchive(join(folder, 'archives'), plan),
      uploadArtifact: 'none',
      chosen: { home: 'fake', database: 'fake', search: 'fake', archive: 'fake' },
    },
  );
  let error: unknown;
  try {
    await backup(run);
  } catch (thrown) {
    error = thrown;
  }
  await run.client.close();
  return { run, report: reportOf(run, error), error, steps, closed };
}

function pruning(factory: StrategyFactory, names: readonly string[]): StrategyFactory {
  return {
    create: (context) => ({
      ...factory.create(context),
      prune: async () => await Promise.resolve(names),
    }),
  };
}

async function archives(): Promise<string[]> {
  return existsSync(join(folder, 'archives')) ? await readdir(join(folder, 'archives')) : [];
}

test('captures the search index before the drain, home and database after it, and settles when users are back', async () => {
  const states: Record<string, string> = {};
  // A push that lasts until the search index is captured: Bitbucket cannot be drained before that.
  const pushed = Promise.withResolvers<void>();
  const push = simulator.userRequest(async () => await pushed.promise);
  const { error, report, steps } = await perform({
    at: (step) => {
      if (step === 'search capture') {
        setTimeout(() => pushed.resolve(), 100);
      }
      const { locked, dbState } = simulator.snapshot();
      states[step] = `${locked ? 'locked' : 'free'} ${dbState === 'DRAINED' ? 'drained' : 'open'}`;
    },
  });
  await push;
  expect(error).toBeUndefined();
  expect(states).toMatchObject({
    'home prepare': 'free open',
    'database prepare': 'free open',
    'search capture': 'locked open',
    'home capture': 'locked drained',
    'database capture': 'locked drained',
    'home settle': 'free open',
    'database settle': 'free open',
    'search settle': 'free open',
    archive: 'free open',
  });
  expect(steps).not.toContain('prune');
  expect(report).toMatchObject({ outcome: 'success', lockState: 'unlocked' });
  expect(existsSync(join(folder, 'backup', '.journal.json'))).toBe(false);
});

const failing = [
  'home prepare',
  'database prepare',
  'search capture',
  'home capture',
  'database capture',
  'home settle',
  'database settle',
  'search settle',
  'archive',
] as const;

/** What certainly stood when the step failed; of partners that fail side by side one may or may not have been ready. */
function capturedBefore(step: (typeof failing)[number]): readonly string[] {
  switch (step) {
    case 'home prepare':
    case 'database prepare':
    case 'search capture':
      return [];
    case 'home capture':
    case 'database capture':
      return ['search'];
    case 'home settle':
    case 'database settle':
    case 'search settle':
    case 'archive':
      return ['search', 'home', 'database'];
  }
}

describe.each(failing)('when %s fails', (failed) => {
  test('Bitbucket is unlocked, nothing looks like a backup, the next run succeeds', async () => {
    const before = await perform();
    expect(before.error).toBeUndefined();
    const [older] = await archives();
    const { error, report } = await perform({
      at: (step) => {
        if (step === failed) {
          throw new Error(`${failed} went wrong`);
        }
      },
    });
    expect(error).toMatchObject({ message: `${failed} went wrong` });
    expect(simulator.snapshot()).toMatchObject({ locked: false, dbState: 'AVAILABLE' });
    expect(await archives()).toEqual([older]);
    expect(existsSync(join(folder, 'backup', 'manifest.json'))).toBe(failed === 'archive');
    expect(report.outcome).toBe('failure');
    expect(['never-locked', 'unlocked']).toContain(report.lockState);
    expect(report.failure?.messages[0]).toBe(`${failed} went wrong`);
    expect(existsSync(join(folder, 'backup', '.journal.json'))).toBe(false);
    const next = await perform();
    expect(next.error).toBeUndefined();
    expect(await archives()).toHaveLength(2);
  });

  test('what was captured is discarded, and a discard that fails does not hide the first error', async () => {
    const { error, report, steps } = await perform({
      at: (step) => {
        if (step === failed || step === 'search discard') {
          throw new Error(`${step} went wrong`);
        }
      },
    });
    expect(error).toMatchObject({ message: `${failed} went wrong` });
    const captured = capturedBefore(failed);
    for (const slot of captured) {
      expect(steps).toContain(`${slot} discard`);
      expect(existsSync(join(folder, 'backup', slot, 'data'))).toBe(false);
    }
    const hidden = captured.includes('search')
      ? ['copy of the search discarded: search discard went wrong']
      : [];
    expect(report.failure?.undoFailures).toEqual(hidden);
  });
});

test('one partner that fails stops the other, and both have ended before the run goes on', async () => {
  let homeEnded = false;
  const { error, report } = await perform({
    at: async (step) => {
      if (step === 'database capture') {
        throw new Error('the dump failed');
      }
      if (step === 'home capture') {
        await delay(150);
        homeEnded = true;
      }
    },
  });
  expect(error).toMatchObject({ message: 'the dump failed' });
  expect(homeEnded).toBe(true);
  expect(report.failure?.failedStep).toBe('capture database');
});

test('pruning is last, and one that fails leaves the new archive', async () => {
  const { error, steps } = await perform({
    keepBackups: 1,
    at: (step) => {
      if (step === 'prune') {
        throw new Error('cannot delete');
      }
    },
  });
  expect(error).toMatchObject({ message: 'cannot delete' });
  expect(steps.at(-1)).toMatch(/prune|discard/);
  expect(await archives()).toHaveLength(1);
});

test('what a strategy removes besides archives is told with its slot', async () => {
  const { error, report } = await perform({
    keepBackups: 1,
    prunedSearch: ['bitbucket-20261101-020000-000'],
  });
  expect(error).toBeUndefined();
  expect(report.pruned).toEqual(['search: bitbucket-20261101-020000-000']);
});

test('a dry run without search index says who makes one', async () => {
  const { report } = await perform({ dryRun: true, isSearchLeftOut: true });
  expect(report.plan).toContain(
    'Not backed up: search (strategy none); Bitbucket builds its search index anew by itself.',
  );
});

test('an unlock that fails does not cost the archive, but the run, and leaves the journal to the next one', async () => {
  const fault = simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
  const { error, report } = await perform({ limits: { unlockBudgetMs: 1_200 } });
  expect(error).toMatchObject({ code: 'UNLOCK_FAILED' });
  expect(report).toMatchObject({ outcome: 'failure', lockState: 'still-locked' });
  expect(await archives()).toHaveLength(1);
  const journal = await readFile(join(folder, 'backup', '.journal.json'), 'utf8');
  expect(journal).toContain(simulator.snapshot().unlockToken);
  fault.lift();
});

test('an unlock that works at the second try is a success with a warning', async () => {
  const fault = simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
  const { error, report } = await perform({
    limits: { unlockBudgetMs: 1_200 },
    at: (step) => {
      if (step === 'home settle') {
        fault.lift();
      }
    },
  });
  expect(error).toBeUndefined();
  expect(report).toMatchObject({ outcome: 'success', lockState: 'unlocked' });
  expect(report.warnings.join(' ')).toContain('only now');
});

test('a cancel while settling stops the run and makes no archive', async () => {
  const controller = new AbortController();
  const { report } = await perform({
    controller,
    at: (step) => {
      if (step === 'home settle') {
        controller.abort(new CanceledError('Cancelled.'));
        controller.signal.throwIfAborted();
      }
    },
  });
  expect(report).toMatchObject({ outcome: 'canceled', lockState: 'unlocked' });
  expect(await archives()).toEqual([]);
});

test('a preflight that throws locks nothing', async () => {
  const { error, report } = await perform({
    at: (step) => {
      if (step === 'database preflight') {
        throw new Error('no idea');
      }
    },
  });
  expect(error).toMatchObject({ message: 'no idea' });
  expect(report.lockState).toBe('never-locked');
  expect(simulator.snapshot().lockCount).toBe(0);
  expect(existsSync(join(folder, 'backup'))).toBe(false);
});

const SLOTS = ['database', 'home', 'search'];

describe('what a strategy left running is ended once', () => {
  test('at the end of a run, when Bitbucket is unlocked, and before the run counts as over', async () => {
    const states: string[] = [];
    const { error, closed } = await perform({
      at: (step) => {
        if (step.endsWith(' close')) {
          const isClaimed = existsSync(join(folder, 'backup', '.journal.json'));
          states.push(
            `${simulator.snapshot().locked ? 'locked' : 'free'}, ${isClaimed ? 'claimed' : 'over'}`,
          );
        }
      },
    });
    expect(error).toBeUndefined();
    expect(closed.toSorted()).toEqual(SLOTS);
    expect(states).toEqual(['free, claimed', 'free, claimed', 'free, claimed']);
  });

  test.each([...failing, 'prune'])('when %s fails, after what was captured is discarded', async (failed) => {
    const stepsAtClose: (readonly string[])[] = [];
    const steps: string[] = [];
    const ended = await perform({
      keepBackups: 1,
      at: (step) => {
        steps.push(step);
        if (step.endsWith(' close')) {
          stepsAtClose.push([...steps]);
        }
        if (step === failed) {
          throw new Error(`${failed} went wrong`);
        }
      },
    });
    expect(ended.error).toMatchObject({ message: `${failed} went wrong` });
    expect(ended.closed.toSorted()).toEqual(SLOTS);
    const discards = ended.steps.filter((step) => step.endsWith(' discard'));
    expect(stepsAtClose[0]).toEqual(expect.arrayContaining(discards));
  });

  test.each([...failing])('after a cancel during %s', async (moment) => {
    const controller = new AbortController();
    const { report, closed } = await perform({
      controller,
      at: (step) => {
        if (step === moment) {
          controller.abort(new CanceledError('Cancelled.'));
          controller.signal.throwIfAborted();
        }
      },
    });
    expect(report.outcome).toBe('canceled');
    expect(closed.toSorted()).toEqual(SLOTS);
  });

  test('after an unlock that failed', async () => {
    const fault = simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    const { error, closed } = await perform({ limits: { unlockBudgetMs: 300 } });
    expect(error).toMatchObject({ code: 'UNLOCK_FAILED' });
    expect(closed.toSorted()).toEqual(SLOTS);
    fault.lift();
  });

  test('not after a dry run, nor a preflight that failed: nothing has been begun', async () => {
    const dry = await perform({ dryRun: true });
    expect(dry.error).toBeUndefined();
    expect(dry.steps).toContain('home preflight');
    expect(dry.closed).toEqual([]);
    const failed = await perform({
      at: (step) => {
        if (step === 'home preflight') {
          throw new Error('no idea');
        }
      },
    });
    expect(failed.error).toMatchObject({ message: 'no idea' });
    expect(failed.closed).toEqual([]);
  });

  test('and one that cannot be is warned of and costs nothing', async () => {
    const { error, report, closed } = await perform({
      at: (step) => {
        if (step === 'home close') {
          throw new Error('it hangs');
        }
      },
    });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', lockState: 'unlocked' });
    expect(report.warnings).toEqual(['What the backup of home left running could not be ended: it hangs']);
    expect(closed.toSorted()).toEqual(SLOTS);
    expect(await archives()).toHaveLength(1);
    expect(existsSync(join(folder, 'backup', '.journal.json'))).toBe(false);
  });

  test('and one that cannot be does not hide why the run failed', async () => {
    const { error, report, closed } = await perform({
      at: (step) => {
        if (step === 'archive' || step.endsWith(' close')) {
          throw new Error(`${step} went wrong`);
        }
      },
    });
    expect(error).toMatchObject({ message: 'archive went wrong' });
    expect(report.failure?.messages[0]).toBe('archive went wrong');
    expect(report.failure?.undoFailures).toEqual([]);
    expect(report.warnings).toHaveLength(3);
    expect(closed.toSorted()).toEqual(SLOTS);
    expect(existsSync(join(folder, 'backup', '.journal.json'))).toBe(false);
  });
});
