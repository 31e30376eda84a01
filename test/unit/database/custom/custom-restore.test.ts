/** A restore by a command: what is counted, what is told, and what a journal may have it do. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CustomRestore } from '../../../../src/database/custom/custom-restore.ts';
import type { ArchivedPart } from '../../../../src/strategies/restore.ts';
import { type DatabaseRestoreRun, databaseRestoreRun } from '../../../contract/database-restore-context.ts';
import { WELL_DONE, writtenCommand, wrongIn } from '../../../support/custom/written-command.ts';
import { failureOf } from '../../../support/failure.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const never = new AbortController().signal;
const PART: ArchivedPart = {
  drained: true,
  recorded: {
    strategy: 'custom',
    included: true,
    members: ['bitbucket-db'],
    details: { scn: 7, counts: { tables: 3 } },
  },
};
const NO_MANIFEST: ArchivedPart = { drained: false, recorded: undefined };

let folder: string;
let unpacked: string;

beforeEach(() => {
  folder = temporaryFolder();
  unpacked = join(folder, '.bitbucket-restore.partial-x');
  mkdirSync(join(unpacked, 'bitbucket-db'), { recursive: true });
});

function start(body: string): DatabaseRestoreRun {
  const settings = writtenCommand(folder, body, {
    variables: { BITBUCKET_BACKUP_DATABASE_HOST: 'db', BITBUCKET_BACKUP_DATABASE_NAME: 'bb' },
  });
  return databaseRestoreRun((context) => new CustomRestore(settings, context));
}

function calls(): string[] {
  const path = join(folder, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function counting(answer: string): string {
  return wrongIn('restore', `echo '${answer}'; exit 0`);
}

test('what was counted before is compared with what is counted now', async () => {
  const { strategy } = start(counting('{"counts":{"tables":3,"rows":9}}'));
  await strategy.restore(PART, unpacked, never);
  const { counts, place } = await strategy.complete();
  expect(counts).toEqual([
    { what: 'rows', recorded: undefined, restored: 9 },
    { what: 'tables', recorded: 3, restored: 3 },
  ]);
  expect(place).toContain("'bb' at db");
});

test.each([
  [
    'another number',
    '{"counts":{"tables":2}}',
    'counted 2 tables after the restore, and the manifest says 3.',
  ],
  ['nothing', '{}', 'counted no tables after the restore, and the manifest says 3.'],
])('%s is a failure', async (_what, answer, sentence) => {
  const failure = await failureOf(start(counting(answer)).strategy.restore(PART, unpacked, never));
  expect(failure).toMatchObject({ code: 'RESTORE_VERIFY' });
  expect(failure.message).toContain(sentence);
});

test('an archive without a manifest has nothing to be compared with', async () => {
  const { strategy } = start(WELL_DONE);
  await strategy.restore(NO_MANIFEST, unpacked, never);
  expect((await strategy.complete()).counts).toEqual([]);
});

test('the command can read what the manifest records', async () => {
  const copying = `if [[ -v BITBUCKET_BACKUP_RECORDED ]]; then cp "$BITBUCKET_BACKUP_RECORDED" '${folder}/seen.'"$1"; fi`;
  const { strategy } = start(`${copying}\n${counting('{"counts":{"tables":3}}')}`);
  expect(await strategy.preflight(PART)).toEqual([]);
  await strategy.restore(PART, unpacked, never);
  for (const phase of ['restore-check', 'restore']) {
    const seen: unknown = JSON.parse(readFileSync(join(folder, `seen.${phase}`), 'utf8'));
    expect(seen).toEqual(PART.recorded);
  }
});

test('before the restore it is not asked to take anything back', async () => {
  const { strategy } = start(WELL_DONE);
  await strategy.preflight(PART);
  await strategy.discard();
  expect(calls()).toEqual(['restore-check']);
});

test.each([
  ['fails', 'exit 1', { code: 'DB_FAILED' }],
  ['is killed', 'kill -KILL $$', { code: 'CHILD_KILLED' }],
])('one that %s is taken back once, and leaves no state', async (_what, body, error) => {
  const { strategy } = start(wrongIn('restore', body));
  expect(await failureOf(strategy.restore(PART, unpacked, never))).toMatchObject(error);
  await strategy.discard();
  await strategy.discard();
  expect(calls()).toEqual(['restore', 'restore-discard']);
  expect(readdirSync(folder).filter((name) => name.startsWith('.custom'))).toEqual([]);
});

test('one that is complete has left its state where the pipeline removes it', async () => {
  const { strategy } = start(counting('{"counts":{"tables":3}}'));
  await strategy.restore(PART, unpacked, never);
  await strategy.complete();
  expect(readdirSync(folder).filter((name) => name.startsWith('.custom'))).toEqual([]);
});

test('a restore-complete that has to be failed leaves all to be taken back', async () => {
  const { strategy } = start(
    wrongIn('restore-complete', 'exit 1').replace(
      'case',
      `[[ "$1" != restore ]] || { echo '{"counts":{"tables":3}}'; exit; }\ncase`,
    ),
  );
  await strategy.restore(PART, unpacked, never);
  expect(await failureOf(strategy.complete())).toMatchObject({ code: 'DB_FAILED' });
  await strategy.discard();
  expect(calls()).toEqual(['restore', 'restore-complete', 'restore-discard']);
});

/** Tells what it is given when it is to take something back. */
function telling(): string {
  return wrongIn(
    'restore-discard',
    `echo "$BITBUCKET_BACKUP_ID $(ls "$BITBUCKET_BACKUP_STATE")" >'${folder}/told'; echo '{"messages":["Dropped it."]}'; exit 0`,
  );
}

async function die(): Promise<DatabaseRestoreRun> {
  const dead = start(wrongIn('restore', 'touch "$BITBUCKET_BACKUP_STATE/mine"; kill -KILL $$'));
  await failureOf(dead.strategy.restore(PART, unpacked, never));
  return dead;
}

describe('what a dead run left', () => {
  test('is taken back with its id and its state', async () => {
    const dead = await die();
    const next = start(telling());
    expect(await next.strategy.recover(dead.record(), dead.runId)).toEqual(['Dropped it.']);
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe(`${dead.runId} mine\nrecorded.json\n`);
    expect(readdirSync(folder).filter((name) => name.startsWith('.custom'))).toEqual([]);
  });

  test('with an empty state, when that is lost or the journal names a folder of somebody else', async () => {
    const dead = await die();
    const theirs = mkdtempSync(join(folder, 'theirs-'));
    mkdirSync(join(theirs, 'kept'));
    const { database } = dead.record();
    const forged = {
      placed: [],
      ...(database === undefined ? {} : { database: { ...database, state: theirs } }),
    };
    const next = start(telling());
    await next.strategy.recover(forged, dead.runId);
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe(`${dead.runId} \n`);
    expect(readdirSync(theirs)).toEqual(['kept']);
  });

  test('of another database is left alone, and told', async () => {
    const dead = await die();
    const { database } = dead.record();
    const other = { placed: [], ...(database === undefined ? {} : { database: { ...database, name: 'x' } }) };
    const next = start(telling());
    expect(await next.strategy.recover(other, dead.runId)).toEqual([
      expect.stringContaining("left database 'x' at db"),
    ]);
    expect(existsSync(join(folder, 'told'))).toBe(false);
  });
});
