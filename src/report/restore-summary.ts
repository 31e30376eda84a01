/** The job summary of a restore: what stands where, what differs, and what to do next, in order. */
import { formatBytes, formatCount, formatDuration } from './format.ts';
import { renderGantt } from './gantt.ts';
import { bulletList, code, codeBlock, plain, table } from './markdown.ts';
import { remainsSentence, type RestoredPartReport, type RestoreReport } from './restore-report.ts';
import { joinSections, section } from './sections.ts';
import { renderFailureOf } from './summary-failure.ts';
import { REBUILT, renderSteps } from './summary-tables.ts';

/** Rows of a list that are shown; the log and the output have all. */
const MOST_BACKUPS = 100;

/** @returns markdown. Give it a report that `redactRestoreReport` has cleaned of secrets. */
export function renderRestoreSummary(report: RestoreReport): string {
  const chart = renderGantt(report.timeline);
  return joinSections([
    headline(report),
    section('What failed', renderFailureOf(report.failure, adviceOf(report))),
    section('Available backups', available(report)),
    section('Plan', report.plan === undefined ? undefined : bulletList(report.plan, plain, 200)),
    section('Next steps', nextSteps(report)),
    section('Change in bitbucket.properties', properties(report)),
    section('What was restored', report.outcome === 'success' ? parts(report) : undefined),
    section('From', from(report)),
    section('Warnings', bulletList(report.warnings)),
    section(
      'Where the time went',
      chart === undefined ? undefined : `${chart}\n\n${renderSteps(report.timeline)}`,
    ),
  ]);
}

function headline(report: RestoreReport): string {
  const what = code(report.archive?.path.split('/').at(-1) ?? report.instanceName);
  const took = `The run took ${formatDuration(report.timeline.totalMs())}.`;
  switch (report.outcome) {
    case 'success':
      return `## ${successMark(report)}\n\nRestored from ${what}. ${took}`;
    case 'dry-run':
      return `## ✅ Dry run: ${what} can be restored\n\n**Nothing was changed.** ${took}`;
    case 'failure':
      return `## ❌ The restore of ${what} failed\n\n**${plain(remainsSentence(report))}** ${took}`;
    case 'canceled':
      return `## ⚠️ The restore of ${what} was canceled\n\n**${plain(remainsSentence(report))}** ${took}`;
  }
}

function successMark(report: RestoreReport): string {
  if (report.kind === 'restore-post') {
    return '✅ Cleaned up after the restore';
  }
  const missing = report.parts
    .filter(({ slot, included }) => !included && slot !== 'search')
    .map(({ slot }) => slot);
  const but = [
    ...missing.map((slot) => `the ${slot} was not restored`),
    ...(report.properties?.changed === false ? ['bitbucket.properties has to be changed'] : []),
  ];
  return but.length === 0
    ? '✅ The restore is complete'
    : `⚠️ The restore is complete, but ${but.join(' and ')}`;
}

function adviceOf({ failure }: RestoreReport): readonly string[] {
  return failure?.advice === undefined ? [] : [failure.advice];
}

function nextSteps({ nextSteps: steps }: RestoreReport): string | undefined {
  return steps.length === 0
    ? undefined
    : steps.map((step, index) => `${index + 1}. ${plain(step)}`).join('\n');
}

function properties({ properties: found }: RestoreReport): string | undefined {
  if (found === undefined) {
    return undefined;
  }
  const sentence = found.changed
    ? `Changed in ${code(found.file)} to fit the restored database:`
    : `**${code(found.file)} still names another database.** Before Bitbucket is started, it has to say:`;
  return `${sentence}\n\n${codeBlock(found.lines, 'properties')}`;
}

function parts({ parts: restored }: RestoreReport): string {
  const rows = restored.flatMap((part) => [partRow(part), ...countRows(part)]);
  return table(['Part', 'Restored to', 'In the backup', 'Restored'], rows);
}

function partRow({ slot, included, place, strategy }: RestoredPartReport): string[] {
  return included
    ? [`**${plain(slot)}**`, plain(place ?? ''), '', '']
    : [
        `**${plain(slot)}**`,
        `${code(strategy)}: ${slot === 'search' ? REBUILT : '**not restored**'}`,
        '',
        '',
      ];
}

function countRows({ counts }: RestoredPartReport): string[][] {
  return counts.map(({ what, recorded, restored }) => [
    plain(what),
    '',
    recorded === undefined ? '–' : formatCount(recorded),
    `${formatCount(restored)}${recorded === undefined || recorded === restored ? '' : ' ⚠️'}`,
  ]);
}

function from({ archive, backup, outcome }: RestoreReport): string | undefined {
  if (archive === undefined) {
    return undefined;
  }
  const rows = [
    ['Size', formatBytes(archive.bytes)],
    ['SHA-256', archive.sha256 === undefined ? 'no checksum beside it' : `${code(archive.sha256)} (matches)`],
    ...(backup === undefined
      ? [['Manifest', outcome === 'success' ? "none: made by Atlassian's scripts" : '–']]
      : [
          ['Backup id', code(backup.backupId)],
          ['Bitbucket', `${code(backup.bitbucketUrl)} (version ${plain(backup.bitbucketVersion)})`],
          ['State of', plain(backup.drainedAt)],
        ]),
  ];
  return table(['Archive', code(archive.path)], rows);
}

function available({ available: backups }: RestoreReport): string | undefined {
  if (backups === undefined) {
    return undefined;
  }
  if (backups.length === 0) {
    return 'There are none in <code>archive-root</code>.';
  }
  const shown = backups.slice(0, MOST_BACKUPS);
  const rows = shown.map((backup) => [
    code(backup.name),
    plain(backup.time),
    formatBytes(backup.bytes),
    plain(backup.bitbucketVersion ?? '–'),
    plain(backup.parts?.join(', ') ?? '–'),
    backup.checksum ? 'yes' : '**no**',
  ]);
  const left = backups.length - shown.length;
  return table(
    ['Name', 'Time', 'Size', 'Bitbucket', 'Parts', 'Checksum'],
    left > 0 ? [...rows, [`and ${formatCount(left)} more`, '', '', '', '', '']] : rows,
  );
}
