import { beforeEach, describe, expect, test } from 'vitest';
import { type CancelReport, redactCancelReport } from '../../../src/report/cancel-report.ts';
import { cancelOutcomeLine } from '../../../src/report/cancel-sentences.ts';
import { renderCancelSummary } from '../../../src/report/cancel-summary.ts';
import type { FailureReport } from '../../../src/report/run-report.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import { fakeClock, TOKENS } from './fake-run.ts';

let timeline: Timeline;
beforeEach(async () => {
  const run = fakeClock();
  await run.step('preflight', 'check Bitbucket', 200);
  await run.step('finish', 'end task', 300);
  await run.step('finish', 'unlock', 1_500, 'unlocked');
  timeline = run.timeline;
});

const FAILURE: FailureReport = {
  code: 'WRONG_TOKEN',
  messages: ["Input 'cancel-token' is wrong."],
  advice: 'Copy it from the log.',
  undone: [],
  undoFailures: [],
};

function report(changes: Partial<CancelReport> = {}): CancelReport {
  return {
    outcome: 'success',
    bitbucketUrl: 'https://bitbucket.example.com/scm',
    backupId: 'bitbucket-20261122-021305-250',
    timeline,
    task: 'canceled',
    lock: 'unlocked',
    found: { locked: true, owner: 'backup' },
    ...TOKENS,
    notes: ['Backup b still lives: it notices.'],
    warnings: [],
    ...changes,
  };
}

const HELD = { outcome: 'failure', lock: 'held', task: 'running', failure: FAILURE } as const;

describe('the summary', () => {
  test('of a success says what was and what is, then how long it took', () => {
    const text = renderCancelSummary(report());
    expect(text.split('\n').slice(0, 10)).toEqual([
      '## ✅ The backup is cancelled, Bitbucket is unlocked',
      '',
      '**Bitbucket was locked and is unlocked.** The backup task was running and is cancelled. The run took 2.0 s.',
      '',
      'Backup <code>bitbucket-20261122-021305-250</code> on <code>https&#58;//bitbucket.example.com/scm</code>:',
      '',
      '| What | Was | Is now |',
      '| --- | --- | --- |',
      '| Backup task | running | **cancelled** |',
      '| Lock | locked by &#39;backup&#39; | **unlocked** |',
    ]);
    expect(text).toContain('### Good to know\n\n- Backup b still lives: it notices.');
    expect(text).toContain('```mermaid');
    expect(text).toContain('| unlock | 0.5 s | 1.5 s | done |');
    expect(text).not.toContain(TOKENS.unlockToken);
  });

  test('says plainly what was so already', () => {
    const text = renderCancelSummary(
      report({ task: 'none', lock: 'was-unlocked', found: { locked: false } }),
    );
    expect(text.split('\n')[0]).toBe('## ✅ Nothing had to be cancelled');
    expect(text).toContain('**Bitbucket was already unlocked.** No backup task was running.');
    expect(text).toContain('| Backup task | none running | none running |');
    expect(text).toContain('| Lock | not locked | not locked |');
  });

  test('begins with the way to unlock by hand while Bitbucket is locked', () => {
    const text = renderCancelSummary(report({ ...HELD, journalPath: '/backup/.journal.json' }));
    expect(text.split('\n')[0]).toBe(
      '# 🚨 BITBUCKET IS STILL LOCKED: users cannot work until it is unlocked.',
    );
    expect(text).toContain(`maintenance/lock?token=${TOKENS.unlockToken}`);
    expect(text).toContain('from its journal <code>/backup/.journal.json</code>');
    expect(text.indexOf('❌ The cancel failed')).toBeGreaterThan(text.indexOf(TOKENS.unlockToken));
    expect(text).toContain('<code>WRONG_TOKEN</code>: **Input &#39;cancel-token&#39; is wrong.**');
    expect(text).toContain('**What to do next**\n\n- Copy it from the log.');
  });

  test('tells where to look for a token that is not known, and shows none that Bitbucket refused', () => {
    const text = renderCancelSummary(report({ ...HELD, unlockToken: undefined }));
    expect(text).toContain('atlassian-bitbucket.log');
    expect(text).toContain('maintenance/lock?token=TOKEN');
    expect(text).not.toContain(TOKENS.cancelToken);
  });

  test('names every problem when there are several', () => {
    const problems = [
      { subject: 'unlock-token', message: 'This one.' },
      { subject: 'cancel-token', message: 'That one.' },
    ];
    const text = renderCancelSummary(report({ ...HELD, failure: { ...FAILURE, problems } }));
    expect(text).toContain('| <code>unlock-token</code> | This one. |');
    expect(text).toContain('| <code>cancel-token</code> | That one. |');
  });

  test('of inputs that were refused raises no alarm about a lock that nobody asked about', () => {
    const text = renderCancelSummary(
      report({ outcome: 'failure', task: 'unknown', lock: 'unknown', found: undefined, failure: FAILURE }),
    );
    expect(text.split('\n')[0]).toBe('## ❌ The cancel failed');
    expect(text).toContain('| Lock | not found out | not found out |');
  });
});

describe('the last line of the log', () => {
  test.each<[string, Partial<CancelReport>, string]>([
    [
      'of a success',
      {},
      'Cancel of backup bitbucket-20261122-021305-250 on https://bitbucket.example.com/scm complete. The backup task was running and is cancelled. Bitbucket was locked and is unlocked. Backup b still lives: it notices.',
    ],
    [
      'where nothing had to be done',
      { task: 'none', lock: 'was-unlocked', backupId: undefined, notes: [] },
      'Cancel on https://bitbucket.example.com/scm complete, nothing had to be done. No backup task was running. Bitbucket was already unlocked.',
    ],
    [
      'where nobody asked about a task',
      { task: 'unknown', lock: 'was-unlocked', backupId: undefined, notes: [] },
      'Cancel on https://bitbucket.example.com/scm complete, nothing had to be done. Bitbucket was already unlocked.',
    ],
    [
      'of a failure',
      { ...HELD, backupId: undefined, notes: [] },
      "Cancel on https://bitbucket.example.com/scm failed: Input 'cancel-token' is wrong [WRONG_TOKEN]. A backup task is running still: no token fitted it. BITBUCKET IS STILL LOCKED: users cannot work until it is unlocked. Copy it from the log.",
    ],
    [
      'of a cancel that was cancelled',
      {
        outcome: 'canceled',
        task: 'completed',
        lock: 'given-back',
        backupId: undefined,
        failure: { ...FAILURE, code: 'CANCELED', messages: ['Stopped.'] },
      },
      'Cancel on https://bitbucket.example.com/scm was itself cancelled: Stopped [CANCELED]. The backup task was running and is ended, with the unlock token. Bitbucket was locked and is unlocked; not by this run, but while it was cancelling. Copy it from the log.',
    ],
  ])('%s', (_what, changes, line) => {
    expect(cancelOutcomeLine(report(changes))).toBe(line);
  });
});

test('secrets are taken out of everything that came from outside; tokens stay', () => {
  const secret = 'hunter2';
  const told = report({
    found: { locked: true, owner: secret },
    notes: [secret],
    warnings: [secret],
    failure: {
      ...FAILURE,
      messages: [secret],
      advice: secret,
      problems: [{ subject: 'lock', message: secret }],
    },
  });
  const redacted = redactCancelReport(told, (text) => text.replaceAll(secret, '***'));
  expect(JSON.stringify({ ...redacted, timeline: undefined })).not.toContain(secret);
  expect(redacted.unlockToken).toBe(TOKENS.unlockToken);
});
