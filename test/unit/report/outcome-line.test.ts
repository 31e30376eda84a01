import { beforeAll, expect, test } from 'vitest';
import { outcomeLine } from '../../../src/report/outcome-line.ts';
import type { RunReport } from '../../../src/report/run-report.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import { ARCHIVE, failedReport, FAILURE, reportOf, usualTimeline } from './fake-run.ts';

let timeline: Timeline;
beforeAll(async () => {
  timeline = await usualTimeline();
});

const SUBJECT = 'bitbucket-20261122-021305-250 of https://bitbucket.example.com/scm';

test('a success is told with its times and its archive', () => {
  expect(outcomeLine(reportOf(timeline))).toBe(
    `Backup ${SUBJECT} complete: locked 1.8 s (0.9 s after the drain), 42 s in all, archive ${ARCHIVE.path} (1.2 GiB).`,
  );
  expect(outcomeLine(reportOf(timeline, { archive: undefined }))).toMatch(/in all, no archive asked for\.$/);
});

test('a failure is told with its reasons, the lock, the archives and what to do', () => {
  expect(outcomeLine(failedReport(timeline))).toBe(
    `Backup ${SUBJECT} failed at 'capture database': pg_dump failed on 'bitbucket': The connection was lost [DB_FAILED]. ` +
      'Bitbucket is unlocked; users were locked out for 1.8 s. No archive was made; archives of earlier runs are untouched. ' +
      'Look into the log of PostgreSQL.',
  );
});

const lockStates: readonly (readonly [RunReport['lockState'], RegExp])[] = [
  ['never-locked', /Bitbucket was not locked\./],
  ['unlocked', /Bitbucket is unlocked/],
  ['still-locked', /BITBUCKET IS STILL LOCKED.*Unlock Bitbucket now.*\/backup\/\.journal\.json/],
  ['locked-by-other', /locked by somebody else.*left alone/],
  ['unknown', /WHETHER BITBUCKET IS LOCKED IS UNKNOWN.*Ask Bitbucket for its lock/],
];

test.each(lockStates)(
  'a failure or a cancel always tells the lock and the archive: %s',
  (lockState, told) => {
    for (const outcome of ['failure', 'canceled'] as const) {
      const line = outcomeLine(failedReport(timeline, { outcome, lockState }));
      expect(line).toMatch(told);
      expect(line).toContain('No archive was made');
      expect(outcomeLine(failedReport(timeline, { outcome, lockState, archive: ARCHIVE }))).toContain(
        `The archive of this run is complete: ${ARCHIVE.path}.`,
      );
    }
  },
);

test('a success that left a lock behind does not hide it', () => {
  expect(outcomeLine(reportOf(timeline, { lockState: 'unknown' }))).toContain('IS UNKNOWN');
});

test('what could not be undone is told', () => {
  const failure = { ...FAILURE, undoFailures: ['Unlock: 503.', 'Copy: busy'] };
  expect(outcomeLine(failedReport(timeline, { failure }))).toContain('Not undone: Unlock: 503; Copy: busy.');
});

test('a dry run and the clean-up step are told as what they are', () => {
  expect(outcomeLine(reportOf(timeline, { outcome: 'dry-run' }))).toBe(
    `Dry run of backup ${SUBJECT}: nothing was locked or changed.`,
  );
  expect(outcomeLine(reportOf(timeline, { kind: 'post', archive: undefined }))).toBe(
    `Clean-up after backup ${SUBJECT} complete. Bitbucket is unlocked; users were locked out for 1.8 s.`,
  );
  expect(outcomeLine(failedReport(timeline, { kind: 'post' }))).toContain('This step makes no archive');
});

test('it is one line, whatever a tool said', () => {
  const failure = { ...FAILURE, messages: ['first\n::error::second\r\nthird'] };
  const line = outcomeLine(failedReport(timeline, { failure }));
  expect(line).not.toMatch(/[\r\n]/);
  expect(line).toContain('first : :error::second');
});
