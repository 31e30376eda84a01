import { beforeAll, expect, test } from 'vitest';
import { restoreOutcomeLine } from '../../../src/report/restore-outcome-line.ts';
import type { RestoreReport } from '../../../src/report/restore-report.ts';
import type { FailureReport } from '../../../src/report/run-report.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import {
  available,
  FAILED,
  failedRestore,
  NOT_RESTORED,
  PROPERTIES,
  restoreReport,
  restoreTimeline,
} from './fake-restore-report.ts';

let timeline: Timeline;
beforeAll(async () => {
  timeline = await restoreTimeline();
});

const WHAT = 'bitbucket from /archives/bitbucket-20261122-021305-250.tar.zst';
const PLACES = "home at /srv/bitbucket, database 'bb' at db:5432, owner 'bb'";

function line(changes: Partial<RestoreReport> = {}): string {
  return restoreOutcomeLine(restoreReport(timeline, changes));
}

test('a success is told with its places and its time', () => {
  expect(line()).toBe(`Restore of ${WHAT} complete: ${PLACES}, in 2 min 1 s.`);
});

test('a success that leaves properties to change tells which, and one that changed them does not', () => {
  expect(line({ properties: PROPERTIES })).toBe(
    `Restore of ${WHAT} complete: ${PLACES}, in 2 min 1 s. Change shared/bitbucket.properties before Bitbucket is started: jdbc.url=jdbc:postgresql://db:5432/bb jdbc.user=bb`,
  );
  expect(line({ properties: { ...PROPERTIES, changed: true } })).toBe(line());
});

test('a home alone does not hide that the database is missing', () => {
  const [home] = restoreReport(timeline).parts;
  expect(line({ parts: home === undefined ? [] : [home, NOT_RESTORED] })).toBe(
    `Restore of ${WHAT} complete: home at /srv/bitbucket, in 2 min 1 s. The database was not restored.`,
  );
});

test('a failure is told with its reasons, what is left, and what to do', () => {
  const why =
    "at 'restore database': Loading the dump into database 'bb' failed: The connection was lost [DB_FAILED].";
  const advice = 'Correct what pg_restore names and run again.';
  expect(restoreOutcomeLine(failedRestore(timeline))).toBe(
    `Restore of ${WHAT} failed ${why} What this run had made was removed; the targets are as they were. ${advice}`,
  );
  const undoFailures = ['restored database removed: no connection.', 'restored home removed: busy'];
  expect(restoreOutcomeLine(failedRestore(timeline, { failure: { ...FAILED, undoFailures } }))).toBe(
    `Restore of ${WHAT} failed ${why} NOT EVERYTHING THAT THIS RUN MADE COULD BE REMOVED; the next restore tries again. ` +
      `Not removed: restored database removed: no connection; restored home removed: busy. ${advice}`,
  );
});

test('a failure before anything was made says so, and names no step that there was none of', () => {
  const failure: FailureReport = {
    code: 'ARCHIVE_NOT_FOUND',
    messages: ['No.'],
    advice: undefined,
    undone: [],
    undoFailures: [],
  };
  expect(
    restoreOutcomeLine(failedRestore(timeline, { archive: undefined, failure, available: available(3) })),
  ).toBe('Restore of bitbucket failed: No [ARCHIVE_NOT_FOUND]. Nothing was changed.');
});

test('a cancel is told as one', () => {
  const failure: FailureReport = {
    ...FAILED,
    code: 'CANCELED',
    messages: ['Cancelled by SIGINT.'],
    advice: undefined,
  };
  expect(restoreOutcomeLine(failedRestore(timeline, { outcome: 'canceled', failure }))).toBe(
    `Restore of ${WHAT} was canceled at 'restore database': Cancelled by SIGINT [CANCELED]. What this run had made was removed; the targets are as they were.`,
  );
});

test('a dry run is told as one', () => {
  expect(line({ outcome: 'dry-run' })).toBe(
    `Dry run of the restore of ${WHAT}: everything fits, nothing was changed.`,
  );
});

test('a clean-up is told as one', () => {
  expect(line({ kind: 'restore-post', archive: undefined, parts: [] })).toBe(
    'Clean-up after the restore of bitbucket complete, in 2 min 1 s.',
  );
});

test('it is one line, whatever a tool said or a file is called', () => {
  const failure = { ...FAILED, messages: ['first\n::error::second\r\nthird'], undoFailures: ['a\nb'] };
  const told = restoreOutcomeLine(
    failedRestore(timeline, {
      failure,
      archive: { path: '/a\n::set-output::b', bytes: 1, sha256: undefined },
    }),
  );
  expect(told).not.toMatch(/[\r\n]/);
  expect(told).not.toMatch(/(?:^| )::/);
});
