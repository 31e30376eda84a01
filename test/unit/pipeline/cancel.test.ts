/** Every case of a cancel against the simulator, with short waits: what is done, what is left alone, what is told. */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ActionError, asError, CanceledError } from '../../../src/errors.ts';
import { Journal, journalPath, readJournal } from '../../../src/host/journal.ts';
import type { JournalEntry } from '../../../src/host/journal-entry.ts';
import { Redactor } from '../../../src/host/redactor.ts';
import { cancel } from '../../../src/pipeline/cancel.ts';
import { CANCEL_LIMITS, CancelFailed, type CancelJob } from '../../../src/pipeline/cancel-job.ts';
import { cancelReportOf } from '../../../src/pipeline/cancel-job-report.ts';
import type { CancelOptions } from '../../../src/pipeline/cancel-options.ts';
import type { CancelReport } from '../../../src/report/cancel-report.ts';
import { Timeline } from '../../../src/report/timeline.ts';
import { clientFor, connectionTo, startSimulator } from '../../support/bitbucket-client.ts';
import type { BitbucketSimulator } from '../../support/bitbucket-simulator/simulator.ts';
import { deadProcess, journalEntry } from '../../support/journal-fixture.ts';
import { SHORT_LIMITS } from '../../support/maintenance-fixture.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LIMITS = { ...CANCEL_LIMITS, ...SHORT_LIMITS, tokenWaitMs: 1_000, tokenPollMs: 20, giveBackMs: 700 };
const WRONG = 'ab'.repeat(20);

let simulator: BitbucketSimulator;
let backupRoot: string;
let abort: AbortController;
let tokens: { unlockToken: string; cancelToken: string };

/** A backup has locked and its task runs. */
beforeEach(async () => {
  simulator = await startSimulator();
  backupRoot = temporaryFolder();
  abort = new AbortController();
  const client = clientFor(connectionTo(simulator));
  const unlockToken = (await client.lock()) ?? '';
  tokens = { unlockToken, cancelToken: (await client.startBackup(unlockToken)) ?? '' };
});

type Given = Partial<Pick<CancelOptions, 'unlockToken' | 'cancelToken' | 'backupRoot' | 'connection'>>;

interface Ended {
  readonly report: CancelReport;
  readonly error: ActionError | undefined;
  readonly lines: readonly string[];
  /** What was sent to Bitbucket, without questions. */
  readonly sent: readonly string[];
}

async function perform(given: Given): Promise<Ended> {
  const { log, lines } = createMemoryLog();
  const connection = given.connection ?? connectionTo(simulator);
  const job: CancelJob = {
    log,
    redactor: new Redactor(),
    timeline: new Timeline(),
    interruption: { signal: abort.signal, onInterrupt: () => () => undefined, dispose: () => undefined },
    options: { unlockToken: undefined, cancelToken: undefined, backupRoot: undefined, ...given, connection },
    client: clientFor(connection),
    limits: LIMITS,
    found: { task: 'unknown', lock: 'unknown', failures: [], notes: [] },
  };
  const before = simulator.requests.length;
  const error = await cancel(job).then(
    () => undefined,
    (thrown: unknown) => asError(thrown),
  );
  if (error !== undefined && !(error instanceof ActionError)) {
    throw error;
  }
  const sent = simulator.requests.slice(before).map(({ endpoint }) => endpoint);
  return {
    error,
    lines,
    report: cancelReportOf(job, error),
    sent: sent.filter((endpoint) => ['cancel', 'progress', 'unlock', 'lock', 'start'].includes(endpoint)),
  };
}

/** The journal as the run that took the lock has written it; ours is a process that lives. */
function journal(change: Partial<JournalEntry> = {}): Journal {
  const claimed = Journal.claim(
    backupRoot,
    journalEntry({
      url: simulator.url,
      runId: randomUUID(),
      lock: { phase: 'locked', ...tokens },
      ...change,
    }),
  );
  onTestFinished(() => claimed.abandon());
  return claimed;
}

function expectFree(): void {
  const { locked, taskState, dbState } = simulator.snapshot();
  expect({ locked, taskState, dbState }).toEqual({
    locked: false,
    taskState: undefined,
    dbState: 'AVAILABLE',
  });
}

describe('with both tokens', () => {
  test('cancels, unlocks and checks, in this order', async () => {
    const { report, error, lines } = await perform(tokens);
    expect(error).toBeUndefined();
    expect(report).toMatchObject({
      outcome: 'success',
      task: 'canceled',
      lock: 'unlocked',
      found: { locked: true, owner: 'backup' },
    });
    expect(report.timeline.spans.map(({ name, phase, outcome }) => [name, phase, outcome])).toEqual([
      ['check Bitbucket', 'check', 'ok'],
      ['end task', 'release', 'ok'],
      ['unlock', 'release', 'ok'],
      ['check that users are served', 'release', 'ok'],
    ]);
    expect(report.timeline.marks.unlocked).toBeDefined();
    expect(lines).toEqual([
      'info: Backup task cancelled in Bitbucket',
      'info: Bitbucket instance unlocked',
      'info: Bitbucket is unlocked and serves users',
    ]);
    expect(simulator.requests.slice(-5).map(({ endpoint }) => endpoint)).toEqual([
      'lockState',
      'cancel',
      'unlock',
      'lockState',
      'status',
    ]);
    expectFree();
  });

  test('a second time finds both done already', async () => {
    await perform(tokens);
    const { report, error, lines } = await perform(tokens);
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', task: 'none', lock: 'was-unlocked' });
    expect(lines).toContain('info: Bitbucket has no backup task to cancel');
    expect(lines).toContain('info: Bitbucket instance was already unlocked');
  });

  test('a task that runs on without its lock is cancelled', async () => {
    simulator.adminUnlock();
    const { report } = await perform(tokens);
    expect(report).toMatchObject({ outcome: 'success', task: 'canceled', lock: 'was-unlocked' });
    expect(simulator.snapshot().dbState).toBe('AVAILABLE');
  });

  test('a lock whose task has ended is lifted', async () => {
    simulator.adminCancelBackup();
    const { report } = await perform(tokens);
    expect(report).toMatchObject({ outcome: 'success', task: 'none', lock: 'unlocked' });
    expectFree();
  });

  test('a lock that the backup itself gives back meanwhile is told as that', async () => {
    simulator.onTaskEnded(() => simulator.adminUnlock());
    const { report, error } = await perform(tokens);
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ task: 'canceled', lock: 'given-back' });
  });
});

describe('a wrong token', () => {
  test('that should cancel is named, and users are let in all the same', async () => {
    const { report, error } = await perform({ ...tokens, cancelToken: WRONG });
    expect(error).toMatchObject({
      code: 'WRONG_TOKEN',
      message: `Input 'cancel-token' is wrong: ${simulator.url} runs a backup task with another token.`,
      advice: "Copy cancel-token from the log of the backup that is running ('backup started with').",
    });
    expect(report).toMatchObject({
      outcome: 'failure',
      task: 'completed',
      lock: 'unlocked',
      unlockToken: tokens.unlockToken,
      cancelToken: undefined,
    });
    expect(report.timeline.spans.find(({ name }) => name === 'end task')?.outcome).toBe('failed');
    expectFree();
  });

  test('that should unlock is named, and the lock of somebody else is left alone', async () => {
    simulator.adminUnlock();
    simulator.adminCancelBackup();
    const theirs = simulator.adminLock();
    const { report, error } = await perform({ unlockToken: tokens.unlockToken });
    expect(error).toMatchObject({
      code: 'WRONG_TOKEN',
      message: `Input 'unlock-token' is wrong: ${simulator.url} is locked with another token by 'Administrator', and that lock was left alone.`,
    });
    expect(report).toMatchObject({
      outcome: 'failure',
      task: 'unknown',
      lock: 'held',
      unlockToken: undefined,
    });
    expect(simulator.snapshot()).toMatchObject({ locked: true, unlockToken: theirs });
  });

  test('that should unlock costs nothing when the cancelled backup unlocks by itself, and is named', async () => {
    simulator.onTaskEnded(() => setTimeout(() => simulator.adminUnlock(), 150));
    const { report, error } = await perform({ ...tokens, unlockToken: WRONG });
    expect(error?.message).toMatch(/^Input 'unlock-token' is wrong/);
    expect(report).toMatchObject({ outcome: 'failure', task: 'canceled', lock: 'given-back' });
    expectFree();
  });

  test('both are named, and nothing was changed', async () => {
    const { report, error } = await perform({ unlockToken: WRONG, cancelToken: WRONG });
    expect(error).toBeInstanceOf(CancelFailed);
    expect(error?.code).toBe('WRONG_TOKEN');
    expect(report.failure?.problems?.map(({ subject }) => subject)).toEqual(['unlock-token', 'cancel-token']);
    expect(report.failure?.problems?.map(({ message }) => message).join('\n')).toMatch(
      /^Input 'unlock-token' is wrong: .*\nInput 'cancel-token' is wrong: /,
    );
    expect(report).toMatchObject({ task: 'running', lock: 'held', unlockToken: undefined });
    expect(simulator.snapshot()).toMatchObject({ locked: true, taskState: 'RUNNING' });
  });

  test('where nothing is locked and no task runs there is nothing that it could be wrong for', async () => {
    await perform(tokens);
    const { report, error } = await perform({ unlockToken: WRONG, cancelToken: WRONG });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', task: 'none', lock: 'was-unlocked' });
  });

  test('that a journal names is told with the journal', async () => {
    const { path } = journal();
    simulator.adminCancelBackup();
    simulator.adminUnlock();
    simulator.adminLock();
    const { error, report } = await perform({ backupRoot });
    expect(error).toMatchObject({ code: 'WRONG_TOKEN' });
    expect(error?.message).toContain(`The unlock-token in ${path} does not fit any more: `);
    expect(report.lock).toBe('held');
  });
});

describe('with one token', () => {
  test('the one that unlocks ends the task too, so that nothing stays latched', async () => {
    const { report, error, sent } = await perform({ unlockToken: tokens.unlockToken });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', task: 'completed', lock: 'unlocked' });
    expect(sent).toEqual(['progress', 'unlock']);
    expectFree();
  });

  test('the one that unlocks cannot end a task whose lock is gone, and says so', async () => {
    simulator.adminUnlock();
    const { report, error } = await perform({ unlockToken: tokens.unlockToken });
    expect(error?.message).toBe(`Whether a backup task runs in ${simulator.url} could not be settled.`);
    expect(error?.advice).toContain('give cancel-token');
    expect(report).toMatchObject({ task: 'unknown', lock: 'was-unlocked' });
  });

  test('the one that cancels is enough when the backup unlocks by itself', async () => {
    simulator.onTaskEnded(() => setTimeout(() => simulator.adminUnlock(), 150));
    const { report, error, sent } = await perform({ cancelToken: tokens.cancelToken });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', task: 'canceled', lock: 'given-back' });
    expect(sent).toEqual(['cancel']);
  });

  test('the one that cancels leaves a lock that nobody lifts, and asks for the other', async () => {
    const { report, error } = await perform({ cancelToken: tokens.cancelToken });
    expect(error).toMatchObject({
      code: 'UNLOCK_FAILED',
      message: `${simulator.url} is still locked by 'backup': cancel-token cancels the task, and cannot unlock.`,
      advice: 'Give unlock-token as well, from the log of the backup.',
    });
    expect(report).toMatchObject({ outcome: 'failure', task: 'canceled', lock: 'held' });
  });

  test.each(['unlock', 'cancel'] as const)('the other of %s comes from the journal', async (kind) => {
    journal();
    const { report } = await perform(
      kind === 'unlock'
        ? { unlockToken: tokens.unlockToken, backupRoot }
        : { cancelToken: tokens.cancelToken, backupRoot },
    );
    expect(report).toMatchObject({ outcome: 'success', task: 'canceled', lock: 'unlocked' });
    expectFree();
  });

  test.each([
    [
      'of another lock',
      { lock: { phase: 'locked', unlockToken: WRONG, cancelToken: WRONG } },
      'names another unlock token',
    ],
    [
      'of another Bitbucket',
      { url: 'https://other.example.com' },
      'is of a backup of https://other.example.com',
    ],
  ] as const)('a journal %s is not used, and said to be so', async (_what, change, sentence) => {
    journal(change);
    const { report, lines } = await perform({ unlockToken: tokens.unlockToken, backupRoot });
    expect(report).toMatchObject({ outcome: 'success', task: 'completed', lock: 'unlocked' });
    expect(lines.join('\n')).toContain(sentence);
  });
});

describe('from the journal alone', () => {
  test.each(['alive', 'dead'] as const)('cancels and unlocks; the run is %s', async (state) => {
    const { entry } = journal(state === 'dead' ? { process: deadProcess() } : {});
    const { report, error, lines } = await perform({ backupRoot });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({
      outcome: 'success',
      backupId: entry.backupId,
      task: 'canceled',
      lock: 'unlocked',
    });
    expect(report.notes.join(' ')).toContain(
      state === 'alive' ? 'still lives: it notices' : 'is over without',
    );
    expect(lines[0]).toBe(
      `info: Cancelling backup ${entry.backupId}, with the tokens in ${journalPath(backupRoot)}`,
    );
    expect(readJournal(backupRoot)).toEqual(entry);
    expectFree();
  });

  test('a journal of another Bitbucket is an error that names both, and nothing is asked', async () => {
    journal({ url: 'https://other.example.com' });
    const before = simulator.requests.length;
    const { error } = await perform({ backupRoot });
    expect(error).toMatchObject({
      code: 'UNSAFE_STATE',
      message: `${journalPath(backupRoot)} is of a backup of https://other.example.com, not of ${simulator.url}.`,
    });
    expect(simulator.requests.length).toBe(before);
  });

  test('a damaged journal is an error', async () => {
    writeFileSync(journalPath(backupRoot), '{', { mode: 0o600 });
    expect((await perform({ backupRoot })).error?.code).toBe('UNSAFE_STATE');
  });

  test('a lock that no journal knows is left alone', async () => {
    const { error, report, sent } = await perform({ backupRoot });
    expect(error?.code).toBe('ALREADY_LOCKED');
    expect(error?.message).toMatch(
      / is locked by 'backup', and no token of that lock is known here: there is no journal of a backup in .* on .*\. The lock was left alone\.$/,
    );
    expect(error?.advice).toContain('unlock-token and cancel-token from its log');
    expect(report).toMatchObject({ task: 'unknown', lock: 'held' });
    expect(sent).toEqual([]);
  });

  test.each([
    ['none', 'has not locked yet'],
    ['unlocked', 'has given its lock back and is making its archive'],
  ] as const)(
    'a run in phase %s holds no lock: nothing to do, when Bitbucket is not locked',
    async (phase, sentence) => {
      await perform(tokens);
      journal({ lock: { phase } });
      const { report, error, sent } = await perform({ backupRoot });
      expect(error).toBeUndefined();
      expect(report).toMatchObject({ outcome: 'success', task: 'none', lock: 'was-unlocked' });
      expect(report.notes).toHaveLength(1);
      expect(report.notes[0]).toContain(sentence);
      expect(report.notes[0]).toContain('stopped by cancelling its workflow run');
      expect(sent).toEqual([]);
    },
  );

  test('a run that holds no lock is no reason to lift the lock of somebody else', async () => {
    journal({ lock: { phase: 'none' } });
    const { error, sent } = await perform({ backupRoot });
    expect(error?.code).toBe('ALREADY_LOCKED');
    expect(error?.message).toContain('has not locked yet');
    expect(sent).toEqual([]);
  });

  test('without journal and lock there is nothing to do', async () => {
    await perform(tokens);
    const { report, error } = await perform({ backupRoot });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', lock: 'was-unlocked' });
    expect(report.notes[0]).toMatch(/^There is no journal of a backup in /);
  });
});

describe('while the backup asks for the lock', () => {
  test('its token is waited for', async () => {
    const claimed = journal({ lock: { phase: 'locking' } });
    setTimeout(() => claimed.update({ lock: { phase: 'locked', ...tokens } }), 200);
    const { report, error } = await perform({ backupRoot });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ task: 'canceled', lock: 'unlocked' });
    expect(report.timeline.spans.map(({ name }) => name)).toContain('wait for the token');
    expectFree();
  });

  test('a run that ends instead leaves nothing to do', async () => {
    await perform(tokens);
    const claimed = journal({ lock: { phase: 'locking' } });
    setTimeout(() => rmSync(claimed.path), 200);
    const { report, error } = await perform({ backupRoot });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', lock: 'was-unlocked' });
  });

  test('a token that does not come is an error', async () => {
    journal({ lock: { phase: 'locking' } });
    const { error, report, sent } = await perform({ backupRoot });
    expect(error?.code).toBe('LOCK_RESPONSE_LOST');
    expect(error?.advice).toContain('Cancel its workflow run');
    expect(report.lock).toBe('held');
    expect(sent).toEqual([]);
  });

  test('a dead run is not waited for: the lock may be anybody’s', async () => {
    journal({ lock: { phase: 'locking' }, process: deadProcess() });
    const begun = performance.now();
    const { error, lines } = await perform({ backupRoot });
    expect(performance.now() - begun).toBeLessThan(LIMITS.tokenWaitMs);
    expect(lines).toEqual([]);
    expect(error?.code).toBe('LOCK_RESPONSE_LOST');
    expect(error?.message).toContain('died');
  });

  test('a dead run that was not granted it holds none', async () => {
    await perform(tokens);
    journal({ lock: { phase: 'locking' }, process: deadProcess() });
    const { error, report } = await perform({ backupRoot });
    expect(error).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'success', lock: 'was-unlocked' });
  });
});

describe('when Bitbucket fails', () => {
  test('a cancel that fails does not keep users out, and fails the run', async () => {
    simulator.order({ on: 'cancel', times: Infinity, do: { kind: 'httpStatus', status: 500 } });
    const { report, error } = await perform(tokens);
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
    expect(error?.message).toContain('Whether a backup task runs');
    expect(report).toMatchObject({ outcome: 'failure', task: 'unknown', lock: 'unlocked' });
    expect(simulator.snapshot().locked).toBe(false);
  });

  test('an unlock that fails is tried again, and then told with the way out by hand', async () => {
    const fault = simulator.order({ on: 'unlock', times: Infinity, do: { kind: 'httpStatus', status: 503 } });
    const { report, error } = await perform(tokens);
    expect(fault.fired).toBeGreaterThan(2);
    expect(error?.code).toBe('UNLOCK_FAILED');
    expect(error?.advice).toContain(`token=${tokens.unlockToken}`);
    expect(report).toMatchObject({ task: 'canceled', lock: 'held', unlockToken: tokens.unlockToken });
  });

  test('both failures are told, the lock first', async () => {
    simulator.order({ on: ['unlock', 'cancel'], times: Infinity, do: { kind: 'httpStatus', status: 401 } });
    const { report, error } = await perform(tokens);
    expect(error?.code).toBe('UNLOCK_FAILED');
    expect(report.failure?.problems?.map(({ subject }) => subject)).toEqual(['lock', 'task']);
  });

  test('an unlock that does not let users in is an error', async () => {
    simulator.reportStatus('ERROR');
    const { report, error } = await perform(tokens);
    expect(error?.code).toBe('UNLOCK_NOT_EFFECTIVE');
    expect(report).toMatchObject({ outcome: 'failure', lock: 'unlocked' });
  });

  test('a wrong password is sent once, and nothing is done', async () => {
    const credentials = { kind: 'basic', username: simulator.username, password: 'wrong' } as const;
    const { error, report, sent } = await perform({
      ...tokens,
      connection: { url: simulator.url, credentials },
    });
    expect(error?.code).toBe('AUTH_FAILED');
    expect(report).toMatchObject({ task: 'unknown', lock: 'unknown' });
    expect(sent).toEqual([]);
    expect(simulator.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });
});

function interrupt(): void {
  abort.abort(new CanceledError('Cancelled by SIGINT.'));
}

describe('a signal', () => {
  test('before anything was sent keeps everything from being sent', async () => {
    interrupt();
    const { report, sent } = await perform(tokens);
    expect(report.outcome).toBe('canceled');
    expect(sent).toEqual([]);
  });

  test('while the task is cancelled does not keep Bitbucket locked', async () => {
    simulator.onTaskEnded(interrupt);
    const { report, sent } = await perform(tokens);
    expect(report).toMatchObject({ outcome: 'canceled', task: 'canceled', lock: 'unlocked' });
    expect(sent).toEqual(['cancel', 'unlock']);
    expectFree();
  });

  test('while the token is waited for ends the waiting', async () => {
    journal({ lock: { phase: 'locking' } });
    setTimeout(interrupt, 100);
    const begun = performance.now();
    const { report } = await perform({ backupRoot });
    expect(report.outcome).toBe('canceled');
    expect(performance.now() - begun).toBeLessThan(LIMITS.tokenWaitMs);
  });
});
