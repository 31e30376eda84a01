/** Timelines and reports of runs that took as long as a test says. */
import { type MarkName, type Phase, Timeline } from '../../../src/report/timeline.ts';
import type { FailureReport, RunReport } from '../../../src/report/run-report.ts';

export const STARTED_AT = Date.UTC(2026, 10, 22, 2, 13, 5, 250);

export interface FakeClock {
  readonly timeline: Timeline;
  pass(ms: number): void;
  /** A step that takes this long; afterwards the marks are set. */
  step(phase: Phase, name: string, ms: number, ...marks: readonly MarkName[]): Promise<void>;
  failingStep(phase: Phase, name: string, ms: number): Promise<void>;
}

export function fakeClock(): FakeClock {
  // A monotonic clock does not begin at 0.
  let now = 73_000;
  const timeline = new Timeline(() => now, STARTED_AT);
  const pass = (ms: number): void => {
    now += ms;
  };
  return {
    timeline,
    pass,
    step: async (phase, name, ms, ...marks) => {
      await timeline.span(phase, name, async () => {
        pass(ms);
        await Promise.resolve();
      });
      for (const mark of marks) {
        timeline.mark(mark);
      }
    },
    failingStep: async (phase, name, ms) => {
      const work = timeline.span(phase, name, async () => {
        pass(ms);
        await Promise.reject(new Error('broken on purpose'));
      });
      await work.catch(() => undefined);
    },
  };
}

/** Locked for 1.8 s, 0.9 s of it after the drain, 42 s in all. */
export async function usualTimeline(): Promise<Timeline> {
  const run = fakeClock();
  await run.step('preflight', 'check home', 200);
  await run.step('prepare', 'first copy', 20_000, 'lock-requested');
  await run.step('locked', 'lock', 100, 'locked');
  await run.step('locked', 'drain', 800, 'drained');
  await run.step('locked', 'capture home', 850);
  await run.step('locked', 'unlock', 50, 'unlocked');
  await run.step('settle', 'dump', 5_000);
  await run.step('archive', 'tar', 15_000);
  return run.timeline;
}

export const TOKENS = { unlockToken: 'a1'.repeat(20), cancelToken: 'b2'.repeat(20) };

export const ARCHIVE = {
  path: '/archive/bitbucket-20261122-021305-250.tar.zst',
  bytes: 1_288_490_189,
  sourceBytes: 3_865_470_567,
  sha256: 'e3'.repeat(32),
};

export const FAILURE: FailureReport = {
  code: 'DB_FAILED',
  messages: ["pg_dump failed on 'bitbucket'.", 'The connection was lost.'],
  advice: 'Look into the log of PostgreSQL.',
  failedStep: 'capture database',
  undone: ['Bitbucket was unlocked.'],
  undoFailures: [],
};

export function reportOf(timeline: Timeline, changes: Partial<RunReport> = {}): RunReport {
  return {
    kind: 'backup',
    outcome: 'success',
    instanceName: 'bitbucket',
    bitbucketUrl: 'https://bitbucket.example.com/scm',
    bitbucketVersion: '9.4.1',
    backupId: 'bitbucket-20261122-021305-250',
    timeline,
    lockState: 'unlocked',
    tokens: TOKENS,
    journalPath: '/backup/.journal.json',
    parts: [
      { slot: 'home', strategy: 'rsync', included: true, files: 512_345, bytes: 3_865_000_000 },
      { slot: 'database', strategy: 'postgresql', included: true, files: 12, bytes: 470_567 },
      { slot: 'search', strategy: 'none', included: false },
    ],
    archive: ARCHIVE,
    pruned: [],
    warnings: [],
    ...changes,
  };
}

export function failedReport(timeline: Timeline, changes: Partial<RunReport> = {}): RunReport {
  return reportOf(timeline, { outcome: 'failure', archive: undefined, failure: FAILURE, ...changes });
}
