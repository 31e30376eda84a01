/** Reports of restores, for tests that change one thing of them. */
import type { AvailableReport, RestoreReport } from '../../../src/report/restore-report.ts';
import type { FailureReport } from '../../../src/report/run-report.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import { fakeClock } from './fake-run.ts';

export async function restoreTimeline(): Promise<Timeline> {
  const run = fakeClock();
  await run.step('check', 'check archive', 20_000);
  await run.step('unpack', 'unpack archive', 30_000);
  await run.step('load', 'restore database', 70_000);
  await run.step('place', 'put home in place', 500);
  return run.timeline;
}

export const FAILED: FailureReport = {
  code: 'DB_FAILED',
  messages: ["Loading the dump into database 'bb' failed.", 'The connection was lost.'],
  advice: 'Correct what pg_restore names and run again.',
  failedStep: 'restore database',
  undone: ['restored home removed', 'unpacked archive removed'],
  undoFailures: [],
};

export function restoreReport(timeline: Timeline, changes: Partial<RestoreReport> = {}): RestoreReport {
  return {
    kind: 'restore',
    outcome: 'success',
    instanceName: 'bitbucket',
    timeline,
    archive: {
      path: '/archives/bitbucket-20261122-021305-250.tar.zst',
      bytes: 1_288_490_189,
      sha256: 'e3'.repeat(32),
    },
    backup: {
      backupId: 'bitbucket-20261122-021305-250',
      bitbucketUrl: 'https://bitbucket.example.com/scm',
      bitbucketVersion: '9.4.1',
      drainedAt: '2026-11-22T02:13:05.250Z',
    },
    parts: [
      {
        slot: 'home',
        strategy: 'rsync',
        included: true,
        place: 'at /srv/bitbucket',
        counts: [
          { what: 'files', recorded: 512_345, restored: 512_345 },
          { what: 'repositories', recorded: undefined, restored: 1_042 },
        ],
      },
      {
        slot: 'database',
        strategy: 'postgresql',
        included: true,
        place: "'bb' at db:5432, owner 'bb'",
        counts: [{ what: 'tables', recorded: 210, restored: 209 }],
      },
    ],
    nextSteps: ['See that BITBUCKET_HOME is /srv/bitbucket.', 'Start Bitbucket 9.4.1 or later.'],
    warnings: [],
    ...changes,
  };
}

export function failedRestore(timeline: Timeline, changes: Partial<RestoreReport> = {}): RestoreReport {
  return restoreReport(timeline, { outcome: 'failure', failure: FAILED, nextSteps: [], ...changes });
}

export const NOT_RESTORED = {
  slot: 'database',
  strategy: 'none',
  included: false,
  place: undefined,
  counts: [],
} as const;

export const PROPERTIES = {
  file: 'shared/bitbucket.properties',
  lines: ['jdbc.url=jdbc:postgresql://db:5432/bb', 'jdbc.user=bb'],
  changed: false,
};

export function available(count: number): readonly AvailableReport[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `bitbucket-202611${String(index).padStart(3, '0')}.tar.zst`,
    path: `/archives/bitbucket-202611${String(index).padStart(3, '0')}.tar.zst`,
    time: '2026-11-22T02:13:05.250Z',
    bytes: 1_288_490_189,
    instanceName: 'bitbucket',
    bitbucketVersion: '9.4.1',
    parts: ['home', 'database'],
    checksum: true,
  }));
}
