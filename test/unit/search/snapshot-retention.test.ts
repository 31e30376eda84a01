import { describe, expect, test } from 'vitest';
import { pruneSnapshots, surplus } from '../../../src/search/snapshot-retention.ts';
import type { SnapshotInfo } from '../../../src/search/snapshots.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { searchHttpTo, startScriptedServer } from '../../support/search/scripted-server.ts';
import { errorAnswer, REPOSITORY, SNAPSHOT_MISSING } from '../../support/search/snapshot-answers.ts';

function taken(day: string, state = 'SUCCESS', instance = 'bitbucket'): SnapshotInfo {
  const name = `${instance}-202611${day}-020000-000`;
  return { name, state, indices: [], failures: [], shards: { total: 1, failed: 0 }, reason: undefined };
}

function idOf(day: string): string {
  return `Bitbucket-202611${day}-020000-000`;
}

/** @returns the days of those that go */
function goes(
  snapshots: readonly SnapshotInfo[],
  { keep, kept = [], made = '09' }: { keep: number; kept?: readonly string[]; made?: string },
): string[] {
  return surplus(snapshots, { keep, kept, backupId: idOf(made) }).map(({ name }) => name.slice(-13, -11));
}

describe('of the snapshots of an instance', () => {
  const four = ['02', '04', '01', '03'].map((day) => taken(day));

  test.each([
    [0, []],
    [1, ['03', '02', '01']],
    [3, ['01']],
    [4, []],
    [9, []],
  ])('the newest %i stay, and 0 means all', (keep, gone) => {
    expect(goes(four, { keep, made: '04' })).toEqual(gone);
  });

  test('those stay whose archives do', () => {
    expect(goes(four, { keep: 1, kept: [idOf('01')], made: '04' })).toEqual(['03', '02']);
  });

  test('the one just made stays, even where it is not among the newest', () => {
    expect(goes([taken('01'), taken('02'), taken('09')], { keep: 1, made: '01' })).toEqual(['02']);
  });

  test('those that failed go and count as none, and those that are being taken stay', () => {
    const mixed = [
      taken('01'),
      taken('02'),
      taken('03', 'PARTIAL'),
      taken('04', 'FAILED'),
      taken('05', 'IN_PROGRESS'),
    ];
    expect(goes(mixed, { keep: 2 })).toEqual(['04', '03']);
  });

  test('those of another instance and those by hand are none', () => {
    const others = [taken('01', 'SUCCESS', 'bitbucket-2'), taken('02', 'FAILED', 'x'), taken('03')];
    expect(goes(others, { keep: 1 })).toEqual([]);
  });
});

const ALL = `GET /_snapshot/${REPOSITORY}/_all`;

function path(day: string): string {
  return `DELETE /_snapshot/${REPOSITORY}/bitbucket-202611${day}-020000-000`;
}

function listed(...days: readonly string[]): { body: unknown } {
  const names = days.map((day) => `bitbucket-202611${day}-020000-000`);
  return { body: { snapshots: names.map((snapshot) => ({ snapshot, state: 'SUCCESS' })) } };
}

describe('deleting them', () => {
  test('goes on after one that is gone already', async () => {
    const server = await startScriptedServer({
      [ALL]: listed('01', '02', '03'),
      [path('02')]: SNAPSHOT_MISSING,
      [path('01')]: {},
    });
    const { log, lines } = createMemoryLog();
    const retention = { keep: 1, kept: [], backupId: idOf('03'), log };
    expect(await pruneSnapshots(searchHttpTo(server), REPOSITORY, retention)).toEqual([
      'bitbucket-20261102-020000-000',
      'bitbucket-20261101-020000-000',
    ]);
    expect(server.calls()).toEqual([ALL, path('02'), path('01')]);
    expect(lines).toEqual([]);
  });

  test('that fails is a warning, and what was deleted is told', async () => {
    const server = await startScriptedServer({
      [ALL]: listed('01', '02', '03'),
      [path('02')]: {},
      [path('01')]: errorAnswer(403, 'security_exception', 'no rights'),
    });
    const { log, lines } = createMemoryLog();
    const retention = { keep: 1, kept: [], backupId: idOf('03'), log };
    expect(await pruneSnapshots(searchHttpTo(server), REPOSITORY, retention)).toEqual([
      'bitbucket-20261102-020000-000',
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^warning: Old search snapshots could not be deleted: .*no rights/);
  });
});
