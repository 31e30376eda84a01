/** What a report tells of the parts, from what their strategies have recorded. */
import { expect, test } from 'vitest';
import { Redactor } from '../../../src/host/redactor.ts';
import { reportOf } from '../../../src/pipeline/backup-report.ts';
import { startBackup } from '../../../src/pipeline/start-backup.ts';
import { Timeline } from '../../../src/report/timeline.ts';
import type { BackedUp } from '../../../src/strategies/contract.ts';
import { fakeArchive, fakeStrategy } from '../../support/fake-strategies.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';

const SNAPSHOT: BackedUp = {
  strategy: 'fs',
  included: true,
  members: [],
  details: { snapshot: 'bitbucket-20261122-021305-250', repository: 'nightly', shards: 5, indices: {} },
};

/** The places that the report of a run tells, after its strategies have recorded this. */
async function placesOf(search: BackedUp | undefined): Promise<Record<string, string | undefined>> {
  const plan = { at: () => undefined };
  const run = startBackup(
    {
      log: createMemoryLog().log,
      redactor: new Redactor(),
      timeline: new Timeline(),
      interruption: {
        signal: new AbortController().signal,
        onInterrupt: () => () => undefined,
        dispose: () => undefined,
      },
    },
    {
      connection: { url: 'http://127.0.0.1:1', credentials: { kind: 'none' } },
      instanceName: 'bitbucket',
      limits: SHORT_LIMITS,
      dryRun: false,
      backupRoot: '/nowhere',
      keepBackups: 0,
      home: fakeStrategy('home', plan),
      database: fakeStrategy('database', plan),
      search: fakeStrategy('search', plan),
      archive: fakeArchive('/nowhere', plan),
      uploadArtifact: 'none',
      chosen: { home: 'fake', database: 'fake', search: 'fs', archive: 'fake' },
    },
  );
  if (search !== undefined) {
    // A custom database command may record whatever it likes; only the search index is a snapshot.
    const other: BackedUp = { ...SNAPSHOT, strategy: 'custom' };
    run.found.parts = { home: other, database: other, search };
  }
  const { parts } = reportOf(run, undefined);
  await run.client.close();
  return Object.fromEntries(parts.map(({ slot, place }) => [slot, place]));
}

test('the search index is told by its snapshot, since it is no part of the archive', async () => {
  expect(await placesOf(SNAPSHOT)).toEqual({
    home: undefined,
    database: undefined,
    search: "snapshot 'bitbucket-20261122-021305-250' in repository 'nightly'",
  });
});

test.each([
  ['left out', { ...SNAPSHOT, included: false, details: { reason: 'Bitbucket builds it anew.' } }],
  ['not settled yet', undefined],
])('one that is %s has no place', async (_what, search) => {
  expect(await placesOf(search)).toMatchObject({ search: undefined });
});
