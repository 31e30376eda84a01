/** The built cancel action beside the built backup: what it ends, what it leaves alone, and what both say. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type ActionResult,
  type ActionRun,
  runAction,
  startAction,
} from '../support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../support/backup-stand.ts';

const CANCEL_FOLDER = join(PROJECT_ROOT, 'cancel');
const WRONG = 'ab'.repeat(20);
/** Bitbucket's own doing, as an administrator who reads the log of the backup would say it. */
const CANCELED_IN_BITBUCKET =
  /The backup was (?:cancelled|ended) in http\S+ while .*cancel action|The lock on http\S+ was lifted while .*cancel action/;

let stand: BackupStand;
let unblock: () => Promise<void> = async () => {
  await Promise.resolve();
};

beforeAll(async () => {
  stand = await startStand({ repositories: 2, simulator: { drainMs: 800 } });
});

afterAll(async () => {
  await stand.close();
});

afterEach(async () => {
  await unblock();
  stand.simulator.drainNormally();
  expect(stand.simulator.snapshot()).toMatchObject({ locked: false, taskState: undefined });
  await Promise.all(
    [stand.backupRoot, stand.archiveRoot].map(async (folder) => {
      await rm(folder, { recursive: true, force: true });
    }),
  );
});

type Inputs = Readonly<Record<string, string>>;

function startCancel(inputs: Inputs, env: Inputs = {}): ActionRun {
  const { url, username, password } = stand.simulator;
  const run = startAction({
    actionFolder: CANCEL_FOLDER,
    inputs: {
      'bitbucket-url': url,
      'bitbucket-username': username,
      'bitbucket-password': password,
      ...inputs,
    },
    env,
  });
  onTestFinished(async () => await run.dispose());
  return run;
}

async function cancelWith(inputs: Inputs, env: Inputs = {}): Promise<ActionResult> {
  const result = await startCancel(inputs, env).finish();
  expectNoSecrets(result);
  return result;
}

function startBackup(): ActionRun {
  const run = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  onTestFinished(async () => await run.dispose());
  return run;
}

/** The database dump stands still, as long as another client has a table for itself. */
function blockDump(): void {
  const stop = stand.simulator.onBackupStarted(() => {
    stop();
    const blocking = stand.postgres
      .sql(stand.database, 'BEGIN; LOCK TABLE project IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)')
      .catch(() => undefined);
    unblock = async () => {
      await stand.postgres.sql(
        'postgres',
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
      );
      await blocking;
      unblock = async () => {
        await Promise.resolve();
      };
    };
  });
}

/** @returns a backup that is copying, and goes on doing so */
async function copying(): Promise<ActionRun> {
  blockDump();
  const run = startBackup();
  await run.waitForLine(/Performed backup of home/);
  return run;
}

/** @returns a backup that waits for a drain which does not come */
async function draining(): Promise<ActionRun> {
  stand.simulator.neverDrain('both');
  const run = startBackup();
  await run.waitForLine(/backup started with '/);
  return run;
}

function token(line: string): string {
  return /with '([^']+)'/.exec(line)?.[1] ?? '';
}

async function tokensIn(run: ActionRun): Promise<{ 'unlock-token': string; 'cancel-token': string }> {
  const locked = await run.waitForLine(/locked with '/);
  const started = await run.waitForLine(/backup started with '/);
  return { 'unlock-token': token(locked), 'cancel-token': token(started) };
}

function expectNoSecrets(result: ActionResult): void {
  // The first lines of a log tell the runner what to mask; nobody sees them.
  const raw = result.rawLog.filter((line) => !line.startsWith('::add-mask::'));
  const told = [...raw, result.summary, JSON.stringify(result.outputs)].join('\n');
  expect(told).not.toContain(stand.simulator.password);
  expect(told).not.toContain(
    Buffer.from(`${stand.simulator.username}:${stand.simulator.password}`).toString('base64'),
  );
}

function expectFree(): void {
  const { locked, taskState, dbState, scmState } = stand.simulator.snapshot();
  expect({ locked, taskState, dbState, scmState }).toEqual({
    locked: false,
    taskState: undefined,
    dbState: 'AVAILABLE',
    scmState: 'AVAILABLE',
  });
}

function expectGreen(result: ActionResult, task: string, lock: string): void {
  expect(result.log.join('\n')).not.toContain('##[error]');
  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ task, lock, result: 'success', 'error-code': '' });
  expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(0);
  expect(result.annotations).toEqual([]);
}

/** The last line of the log, which is also the last error. */
function expectRed(result: ActionResult, code: string, sentence: RegExp): void {
  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ result: 'failure', 'error-code': code });
  expect(result.log.at(-1)).toMatch(/^##\[error\]/);
  expect(result.log.at(-1)).toMatch(sentence);
  expect(result.summary).toContain('❌ The cancel failed');
  expect(result.summary).toContain(code);
}

/** Stopped, discarded, red, and said so; Bitbucket is free, and nothing looks like a backup. */
async function expectStoppedBackup(run: ActionRun): Promise<void> {
  const result = await run.finish();
  expectNoSecrets(result);
  expect(result.exitCode).toBe(1);
  expect(result.postExitCode).toBe(0);
  expect(result.outputs).toMatchObject({
    result: 'failure',
    archive: '',
    'archive-sha256': '',
    manifest: '',
  });
  expect(['BACKUP_CANCELED_BY_SERVER', 'LOCK_LOST']).toContain(result.outputs['error-code']);
  expect(result.log.at(-1)).toMatch(CANCELED_IN_BITBUCKET);
  expect(result.log.at(-1)).toContain('Bitbucket is unlocked');
  expect(result.log.at(-1)).toContain('No archive was made');
  expect(result.summary).toContain('cancel action');
  expectFree();
  expect(await stand.archives()).toEqual([]);
  expect(existsSync(join(stand.backupRoot, 'manifest.json'))).toBe(false);
  expect(existsSync(join(stand.backupRoot, '.journal.json'))).toBe(false);
}

async function expectNextBackupSucceeds(): Promise<void> {
  await unblock();
  stand.simulator.drainNormally();
  const next = await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
  expect(next.log.join('\n')).not.toContain('##[error]');
  expect(next.exitCode).toBe(0);
  expect(existsSync(next.outputs['archive'] ?? '')).toBe(true);
}

const moments = [
  ['copies', copying],
  ['drains', draining],
] as const;

describe.each(moments)('a backup that %s', (_moment, begin) => {
  test('is cancelled with the tokens from its log', async () => {
    const run = await begin();
    const result = await cancelWith(await tokensIn(run));
    expectGreen(result, 'canceled', 'unlocked');
    expect(result.log.at(-1)).toMatch(
      /The backup task was running and is cancelled\. Bitbucket was locked and is unlocked/,
    );
    expect(result.summary).toMatch(/^## ✅ The backup is cancelled, Bitbucket is unlocked\n/);
    expect(result.summary).toContain('| Backup task | running | **cancelled** |');
    await expectStoppedBackup(run);
    await expectNextBackupSucceeds();
  });

  test('is cancelled with what its journal says', async () => {
    const run = await begin();
    const result = await cancelWith({ 'backup-root': stand.backupRoot });
    expectGreen(result, 'canceled', 'unlocked');
    expect(result.log.at(-1)).toMatch(/Cancel of backup bitbucket-\d{8}-.* still lives: it notices/);
    await expectStoppedBackup(run);
    await expectNextBackupSucceeds();
  });
});

describe('a backup that copies', () => {
  test('is ended by its unlock token alone', async () => {
    const run = await copying();
    const { 'unlock-token': unlockToken } = await tokensIn(run);
    const result = await cancelWith({ 'unlock-token': unlockToken });
    expectGreen(result, 'canceled', 'unlocked');
    expect(result.log.at(-1)).toContain('is ended, with the unlock token');
    await expectStoppedBackup(run);
  });

  test('unlocks by itself when it is cancelled by its cancel token alone', async () => {
    const run = await copying();
    const { 'cancel-token': cancelToken } = await tokensIn(run);
    const result = await cancelWith({ 'cancel-token': cancelToken });
    expectGreen(result, 'canceled', 'unlocked');
    expect(result.log.at(-1)).toContain('is unlocked; not by this run');
    await expectStoppedBackup(run);
  });

  test('is unlocked in spite of a wrong cancel token, which is named', async () => {
    const run = await copying();
    const result = await cancelWith({ ...(await tokensIn(run)), 'cancel-token': WRONG });
    expectRed(
      result,
      'WRONG_TOKEN',
      /Input 'cancel-token' is wrong: .* \[WRONG_TOKEN\]\. .*Bitbucket was locked and is unlocked/,
    );
    expect(result.log.at(-1)).not.toContain("'unlock-token'");
    expect(result.outputs).toMatchObject({ task: 'canceled', lock: 'unlocked' });
    await expectStoppedBackup(run);
  });

  test('is cancelled in spite of a wrong unlock token, which is named', async () => {
    const run = await copying();
    const result = await cancelWith({ ...(await tokensIn(run)), 'unlock-token': WRONG });
    expectRed(result, 'WRONG_TOKEN', /Input 'unlock-token' is wrong: /);
    expect(result.log.at(-1)).not.toContain("'cancel-token'");
    expect(result.outputs).toMatchObject({ task: 'canceled', lock: 'unlocked' });
    await expectStoppedBackup(run);
  });

  test('goes on when both tokens are wrong, and both are named', async () => {
    const run = await copying();
    const result = await cancelWith({ 'unlock-token': WRONG, 'cancel-token': WRONG });
    expectRed(
      result,
      'WRONG_TOKEN',
      /Input 'unlock-token' is wrong: .*Input 'cancel-token' is wrong: .*BITBUCKET IS STILL LOCKED/,
    );
    const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors).toHaveLength(3);
    expect(errors[0]).toContain("Input 'unlock-token' is wrong");
    expect(errors[1]).toContain("Input 'cancel-token' is wrong");
    expect(result.outputs).toMatchObject({ task: 'running', lock: 'held' });
    expect(result.summary).toMatch(/^# 🚨 BITBUCKET IS STILL LOCKED/);
    expect(stand.simulator.snapshot()).toMatchObject({ locked: true, taskState: 'RUNNING' });
    await unblock();
    expect((await run.finish()).outputs['result']).toBe('success');
  });

  test('is no more by the second time', async () => {
    const run = await copying();
    const tokens = await tokensIn(run);
    await cancelWith(tokens);
    const again = await cancelWith(tokens);
    expectGreen(again, 'none', 'was-unlocked');
    expect(again.log.at(-1)).toContain(
      'nothing had to be done. No backup task was running. Bitbucket was already unlocked.',
    );
    expect(again.summary).toMatch(/^## ✅ Nothing had to be cancelled\n/);
    await expectStoppedBackup(run);
  });

  test('and died is cancelled from its journal, which is left to the next run', async () => {
    const run = await copying();
    run.kill();
    await run.finish({ skipPost: true });
    const path = join(stand.backupRoot, '.journal.json');
    const before = readFileSync(path, 'utf8');
    const result = await cancelWith({ 'backup-root': stand.backupRoot });
    expectGreen(result, 'canceled', 'unlocked');
    expect(result.log.at(-1)).toContain('is over without having ended in order; the next backup run removes');
    expectFree();
    expect(readFileSync(path, 'utf8')).toBe(before);
    await expectNextBackupSucceeds();
    expect(existsSync(path)).toBe(false);
  });

  test('is left alone by a cancel with a wrong password, which is sent once', async () => {
    const run = await copying();
    const before = stand.simulator.requests.length;
    const result = await cancelWith({ ...(await tokensIn(run)), 'bitbucket-password': 'wrong' });
    expectRed(result, 'AUTH_FAILED', /rejected user 'backup' \(401\)/);
    expect(result.outputs).toMatchObject({ task: 'unknown', lock: 'unknown' });
    const asked = stand.simulator.requests.slice(before);
    expect(asked.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(asked.filter(({ endpoint }) => endpoint === 'cancel' || endpoint === 'unlock')).toEqual([]);
    await unblock();
    expect((await run.finish()).outputs['result']).toBe('success');
  });
});

describe('a backup that is asking for the lock', () => {
  test('is waited for, and cancelled as soon as its token is known', async () => {
    const late = stand.simulator.order({ on: 'lock', do: { kind: 'lateAnswer', ms: 3_000 } });
    stand.simulator.neverDrain('both');
    const locked = new Promise<void>((resolve) => {
      const stop = stand.simulator.onLocked(() => {
        stop();
        resolve();
      });
    });
    const run = startBackup();
    await locked;
    const result = await cancelWith({ 'backup-root': stand.backupRoot });
    expect(late.fired).toBe(1);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ lock: 'unlocked', result: 'success' });
    expect(result.log.join('\n')).toContain('is asking for the lock; waiting for its token for up to 90 s');
    const backup = await run.finish();
    expect(backup.exitCode).toBe(1);
    expect(backup.log.at(-1)).toMatch(
      /The lock on http\S+ was lifted (?:before the backup had started|while it was draining) \(by the cancel action|was (?:cancelled|ended) in http\S+ while it was draining/,
    );
    expectFree();
    expect(await stand.archives()).toEqual([]);
  });
});

describe('where nothing is locked', () => {
  test('a journal that is not there leaves nothing to cancel', async () => {
    const result = await cancelWith({ 'backup-root': stand.backupRoot });
    expectGreen(result, 'unknown', 'was-unlocked');
    expect(result.log.at(-1)).toMatch(
      /nothing had to be done\. Bitbucket was already unlocked\. There is no journal of a backup in /,
    );
    expect(result.log.at(-1)).toContain('stopped by cancelling its workflow run');
    expect(existsSync(stand.backupRoot)).toBe(false);
  });

  test('tokens are not wrong, and it is said that all was so already', async () => {
    const result = await cancelWith({ 'unlock-token': WRONG, 'cancel-token': WRONG });
    expectGreen(result, 'none', 'was-unlocked');
    expect(result.log.join('\n')).toContain('Bitbucket instance was already unlocked');
  });
});

describe('what is not ours', () => {
  test('the lock of somebody else stays, with a wrong unlock token and with no journal', async () => {
    const theirs = stand.simulator.adminLock();
    const wrong = await cancelWith({ 'unlock-token': WRONG });
    expectRed(
      wrong,
      'WRONG_TOKEN',
      /'unlock-token' is wrong: .* is locked with another token by 'Administrator', and that lock was left alone/,
    );
    const none = await cancelWith({ 'backup-root': stand.backupRoot });
    expectRed(
      none,
      'ALREADY_LOCKED',
      /is locked by 'Administrator', and no token of that lock is known here/,
    );
    expect(none.outputs['lock']).toBe('held');
    expect(stand.simulator.snapshot()).toMatchObject({ locked: true, unlockToken: theirs });
    stand.simulator.adminUnlock();
  });

  test('a journal of another Bitbucket is refused by the names of both', async () => {
    const run = await copying();
    const before = stand.simulator.requests.length;
    const other = stand.simulator.url.replace('127.0.0.1', 'localhost');
    const result = await cancelWith({ 'backup-root': stand.backupRoot, 'bitbucket-url': other });
    expectRed(
      result,
      'UNSAFE_STATE',
      new RegExp(`is of a backup of ${stand.simulator.url}, not of ${other}`),
    );
    expect(stand.simulator.requests.slice(before).some(({ endpoint }) => endpoint === 'unlock')).toBe(false);
    await unblock();
    expect((await run.finish()).outputs['result']).toBe('success');
  });
});

describe('wrong inputs', () => {
  test.each<[string, Inputs, string[]]>([
    ['nothing to go by', {}, ['backup-root']],
    [
      'no credentials',
      { 'bitbucket-username': '', 'bitbucket-password': '', 'unlock-token': WRONG },
      ['bitbucket-username'],
    ],
    [
      'several, in one go',
      { 'bitbucket-url': 'x', 'unlock-token': "'quoted'", 'cancel-token': 'no', 'backup-root': 'x' },
      ['bitbucket-url', 'unlock-token', 'cancel-token', 'backup-root'],
    ],
  ])('%s', async (_what, inputs, names) => {
    const before = stand.simulator.requests.length;
    const result = await cancelWith(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      result: 'failure',
      'error-code': 'INPUT_INVALID',
      task: 'unknown',
      lock: 'unknown',
    });
    const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors.slice(0, -1).map((message) => /^Input '([^']+)'/.exec(message)?.[1])).toEqual(names);
    expect(result.summary).not.toContain('🚨');
    expect(stand.simulator.requests.length).toBe(before);
  });
});

test('a Bitbucket that does not answer is an error that says so', async () => {
  const result = await cancelWith({ 'unlock-token': WRONG, 'bitbucket-url': 'http://127.0.0.1:1' });
  expectRed(result, 'BITBUCKET_UNREACHABLE', /Cannot reach http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED/);
  expect(result.outputs).toMatchObject({ task: 'unknown', lock: 'unknown' });
});

test('a server that repeats the password makes nobody tell it, on a runner that masks nothing', async () => {
  const unlockToken = stand.simulator.adminLock();
  const body = { errors: [{ message: `Not for ${stand.simulator.password}` }] };
  const fault = stand.simulator.order({
    on: ['cancel', 'poll'],
    times: Infinity,
    do: { kind: 'httpStatus', status: 400, body },
  });
  const result = await cancelWith(
    { 'unlock-token': unlockToken, 'cancel-token': WRONG },
    { GITHUB_ACTIONS: 'false' },
  );
  fault.lift();
  expectRed(result, 'UNEXPECTED_RESPONSE', /Whether a backup task runs .* answered 400: Not for \*\*\*/);
  expect(result.summary).toContain('Not for &#42;&#42;&#42;');
  expect(result.outputs).toMatchObject({ task: 'unknown', lock: 'unlocked' });
});

describe('a cancel that is itself cancelled', () => {
  test('while it unlocks goes on until users are let in', async () => {
    const run = await copying();
    const tokens = await tokensIn(run);
    // The backup learns of it late, so that the unlock is this action's.
    stand.simulator.order({ on: 'unlock', do: { kind: 'delay', ms: 600 } });
    const action = startCancel(tokens);
    await action.waitForLine(/Backup task cancelled in Bitbucket/);
    process.kill(action.pid, 'SIGINT');
    const result = await action.finish();
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      task: 'canceled',
      lock: 'unlocked',
      result: 'canceled',
      'error-code': 'CANCELED',
    });
    expect(result.log.at(-1)).toContain('Bitbucket was locked and is unlocked');
    await expectStoppedBackup(run);
  });
});
