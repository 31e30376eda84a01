import { beforeAll, describe, expect, test } from 'vitest';
import { redactRestoreReport, type RestoreReport } from '../../../src/report/restore-report.ts';
import { renderRestoreSummary } from '../../../src/report/restore-summary.ts';
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

function summary(changes: Partial<RestoreReport> = {}): string {
  return renderRestoreSummary(restoreReport(timeline, changes));
}

/** The sections in their order. */
function sectionsOf(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('#'));
}

describe('of a success', () => {
  test('says what to do next, then what stands where, and how it differs from the backup', () => {
    const text = summary();
    expect(text.split('\n').slice(0, 8)).toEqual([
      '## ✅ The restore is complete',
      '',
      'Restored from <code>bitbucket-20261122-021305-250.tar.zst</code>. The run took 2 min 1 s.',
      '',
      '### Next steps',
      '',
      '1. See that BITBUCKET_HOME is /srv/bitbucket.',
      '2. Start Bitbucket 9.4.1 or later.',
    ]);
    expect(text).toContain(
      [
        '| Part | Restored to | In the backup | Restored |',
        '| --- | --- | --- | --- |',
        '| **home** | at /srv/bitbucket |  |  |',
        '| files |  | 512,345 | 512,345 |',
        '| repositories |  | – | 1,042 |',
        '| **database** | &#39;bb&#39; at db:5432, owner &#39;bb&#39; |  |  |',
        '| tables |  | 210 | 209 ⚠️ |',
      ].join('\n'),
    );
    expect(text).toContain(`| SHA-256 | <code>${'e3'.repeat(32)}</code> (matches) |`);
    expect(text).toContain('| State of | 2026-11-22T02:13:05.250Z |');
    expect(text).toContain('```mermaid');
    expect(sectionsOf(text)).toEqual([
      '## ✅ The restore is complete',
      '### Next steps',
      '### What was restored',
      '### From',
      '### Where the time went',
    ]);
  });

  test('that leaves properties to change says so before everything else, with the lines to copy', () => {
    const text = summary({ properties: PROPERTIES });
    expect(text.split('\n')[0]).toBe(
      '## ⚠️ The restore is complete, but bitbucket.properties has to be changed',
    );
    expect(text).toContain(
      [
        '### Change in bitbucket.properties',
        '',
        '**<code>shared/bitbucket.properties</code> still names another database.** Before Bitbucket is started, it has to say:',
        '',
        '```properties',
        'jdbc.url=jdbc:postgresql://db:5432/bb',
        'jdbc.user=bb',
        '```',
      ].join('\n'),
    );
  });

  test('that has changed them shows them, and is complete', () => {
    const text = summary({ properties: { ...PROPERTIES, changed: true } });
    expect(text.split('\n')[0]).toBe('## ✅ The restore is complete');
    expect(text).toContain(
      'Changed in <code>shared/bitbucket.properties</code> to fit the restored database:',
    );
  });

  test('of a home alone does not hide that the database is missing', () => {
    const [home] = restoreReport(timeline).parts;
    const text = summary({ parts: home === undefined ? [] : [home, NOT_RESTORED], properties: PROPERTIES });
    expect(text.split('\n')[0]).toBe(
      '## ⚠️ The restore is complete, but the database was not restored and bitbucket.properties has to be changed',
    );
    expect(text).toContain('| **database** | <code>none</code>: **not restored** |  |  |');
  });

  test("from an archive of Atlassian's scripts says what it does not know", () => {
    const text = summary({
      backup: undefined,
      archive: { path: '/archives/b.tar.gz', bytes: 8, sha256: undefined },
    });
    expect(text).toContain('| SHA-256 | no checksum beside it |');
    expect(text).toContain("| Manifest | none: made by Atlassian's scripts |");
  });

  test('shows the warnings', () => {
    expect(summary({ warnings: ['The archive is of another instance.'] })).toContain(
      '### Warnings\n\n- The archive is of another instance.',
    );
  });
});

describe('of a failure', () => {
  test('says first what is left behind, then why, and promises no next steps', () => {
    const text = renderRestoreSummary(failedRestore(timeline));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '## ❌ The restore of <code>bitbucket-20261122-021305-250.tar.zst</code> failed',
      '',
      '**What this run had made was removed; the targets are as they were.** The run took 2 min 1 s.',
    ]);
    expect(text).toContain('<code>DB_FAILED</code> in step <code>restore database</code>');
    expect(text).toContain('**What to do next**\n\n- Correct what pg_restore names and run again.');
    expect(text).toContain('**Undone**\n\n- restored home removed\n- unpacked archive removed');
    expect(text).not.toContain('What was restored');
    expect(text).not.toContain('### Next steps');
  });

  test('that could not be undone shouts', () => {
    const failure = { ...FAILED, undoFailures: ['restored database removed: no connection.'] };
    const text = renderRestoreSummary(failedRestore(timeline, { failure }));
    expect(text.split('\n')[2]).toMatch(
      /^\*\*NOT EVERYTHING THAT THIS RUN MADE COULD BE REMOVED; the next restore tries again\.\*\*/,
    );
    expect(text).toContain(
      '**Could not be undone: look after it by hand**\n\n- restored database removed: no connection.',
    );
  });

  test('before anything was made says that nothing was changed, and names every problem', () => {
    const failure: FailureReport = {
      ...FAILED,
      code: 'PREFLIGHT_FAILED',
      undone: [],
      problems: [
        { subject: 'home-path', message: 'Not empty.' },
        { subject: 'database-name', message: 'In use.' },
      ],
    };
    const text = renderRestoreSummary(failedRestore(timeline, { failure, backup: undefined }));
    expect(text.split('\n')[2]).toMatch(/^\*\*Nothing was changed\.\*\*/);
    expect(text).toContain('| <code>home-path</code> | Not empty. |');
    expect(text).toContain('| <code>database-name</code> | In use. |');
    expect(text).toContain('| Manifest | – |');
  });

  test('that was a cancel is told as one', () => {
    const failure: FailureReport = { ...FAILED, code: 'CANCELED', messages: ['Cancelled.'], undone: [] };
    expect(
      renderRestoreSummary(failedRestore(timeline, { outcome: 'canceled', failure })).split('\n')[0],
    ).toBe('## ⚠️ The restore of <code>bitbucket-20261122-021305-250.tar.zst</code> was canceled');
  });

  test('that found no archive names the instance', () => {
    expect(renderRestoreSummary(failedRestore(timeline, { archive: undefined })).split('\n')[0]).toBe(
      '## ❌ The restore of <code>bitbucket</code> failed',
    );
  });
});

describe('of a dry run', () => {
  test('says what would happen, and that nothing has', () => {
    const text = summary({ outcome: 'dry-run', plan: ['Restore it.', 'Leave the rest.'], nextSteps: [] });
    expect(text.split('\n').slice(0, 3)).toEqual([
      '## ✅ Dry run: <code>bitbucket-20261122-021305-250.tar.zst</code> can be restored',
      '',
      '**Nothing was changed.** The run took 2 min 1 s.',
    ]);
    expect(text).toContain('### Plan\n\n- Restore it.\n- Leave the rest.');
    expect(text).not.toContain('What was restored');
  });
});

test('of a clean-up is told as one', () => {
  expect(summary({ kind: 'restore-post', parts: [], nextSteps: [] }).split('\n')[0]).toBe(
    '## ✅ Cleaned up after the restore',
  );
});

describe('the available backups', () => {
  test('are none', () => {
    expect(renderRestoreSummary(failedRestore(timeline, { available: [] }))).toContain(
      '### Available backups\n\nThere are none in <code>archive-root</code>.',
    );
  });

  test('are listed with what is known of them', () => {
    const [first, second, third] = available(3);
    const strange = { bitbucketVersion: null, parts: null, checksum: false };
    const listed = [first, second, third].flatMap((one) => (one === undefined ? [] : [one]));
    const text = renderRestoreSummary(
      failedRestore(timeline, {
        available: listed.map((one, index) => (index === 2 ? { ...one, ...strange } : one)),
      }),
    );
    expect(text).toContain(
      [
        '| Name | Time | Size | Bitbucket | Parts | Checksum |',
        '| --- | --- | --- | --- | --- | --- |',
        '| <code>bitbucket-202611000.tar.zst</code> | 2026-11-22T02:13:05.250Z | 1.2 GiB | 9.4.1 | home, database | yes |',
        '| <code>bitbucket-202611001.tar.zst</code> | 2026-11-22T02:13:05.250Z | 1.2 GiB | 9.4.1 | home, database | yes |',
        '| <code>bitbucket-202611002.tar.zst</code> | 2026-11-22T02:13:05.250Z | 1.2 GiB | – | – | **no** |',
      ].join('\n'),
    );
    expect(text.indexOf('### Available backups')).toBeLessThan(text.indexOf('### From'));
  });

  test('are cut after a hundred, and the rest is counted', () => {
    const text = renderRestoreSummary(failedRestore(timeline, { available: available(150) }));
    expect(text).toContain('bitbucket-202611099');
    expect(text).not.toContain('bitbucket-202611100');
    expect(text).toContain('| and 50 more |  |  |  |  |  |');
    expect(renderRestoreSummary(failedRestore(timeline, { available: available(100) }))).not.toContain(
      ' more |',
    );
  });
});

test('nothing from outside becomes markdown, a row or a line of its own', () => {
  const hostile = 'x | y\n# head\n<script>`code`</script> [a](http://b) @team';
  const [backup] = available(1);
  const texts = [
    summary({
      instanceName: hostile,
      archive: { path: `/a/${hostile}`, bytes: 1, sha256: undefined },
      backup: { backupId: hostile, bitbucketUrl: hostile, bitbucketVersion: hostile, drainedAt: hostile },
      parts: [
        {
          slot: 'home',
          strategy: hostile,
          included: true,
          place: hostile,
          counts: [{ what: hostile, recorded: 1, restored: 2 }],
        },
        { ...NOT_RESTORED, strategy: hostile },
      ],
      nextSteps: [hostile],
      warnings: [hostile],
      properties: { file: hostile, lines: [hostile, '``` ````'], changed: false },
    }),
    renderRestoreSummary(
      failedRestore(timeline, {
        failure: {
          ...FAILED,
          messages: [hostile, hostile],
          advice: hostile,
          undone: [hostile],
          undoFailures: [hostile],
          failedStep: hostile,
          problems: [{ subject: hostile, message: hostile }],
        },
        plan: [hostile],
        available:
          backup === undefined
            ? []
            : [{ ...backup, name: hostile, parts: [hostile], bitbucketVersion: hostile }],
      }),
    ),
  ];
  for (const text of texts) {
    // Code to copy stands in a fence that nothing in it can end.
    const prose = text.replace(/^(`{3,})[^`]*\n[^]*?\n\1$/gm, '');
    expect(prose).not.toMatch(/<script|\[a\]\(|^# head|`code`|@team/m);
    expect(prose.split('\n').filter((line) => line.includes('x | y'))).toEqual([]);
    expect(text).toContain('&#124;');
  }
});

test('secrets are taken out of what came from tools, servers and files', () => {
  const secret = 'hunter2';
  const redacted = redactRestoreReport(
    failedRestore(timeline, {
      nextSteps: [secret],
      warnings: [secret],
      properties: { ...PROPERTIES, lines: [`jdbc.url=...?password=${secret}`] },
      failure: {
        ...FAILED,
        messages: [secret],
        advice: secret,
        problems: [{ subject: 'x', message: secret }],
      },
    }),
    (text) => text.replaceAll(secret, '***'),
  );
  expect(JSON.stringify({ ...redacted, timeline: undefined })).not.toContain(secret);
  expect(redacted.properties?.lines).toEqual(['jdbc.url=...?password=***']);
});
