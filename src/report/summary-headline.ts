/** The first lines of the summary: how it ended, and for how long users were locked out. */
import { counted, formatDuration } from './format.ts';
import { code, plain } from './markdown.ts';
import { lockedMs, type RunReport } from './run-report.ts';
import { archiveSentence, lockSentence } from './states.ts';

export function headline(report: RunReport): string {
  return `## ${result(report)}\n\n${opening(report).join(' ')}`;
}

function result(report: RunReport): string {
  const subject = report.kind === 'post' ? 'Clean-up after the backup' : 'Backup';
  const of = code(report.backupId);
  switch (report.outcome) {
    case 'success': {
      const but = reservations(report);
      return but.length === 0
        ? `✅ ${subject} ${of} is complete`
        : `⚠️ ${subject} ${of} is complete, but ${but.join(' and ')}`;
    }
    case 'dry-run':
      return report.warnings.length === 0
        ? `✅ Dry run: the backup of ${code(report.instanceName)} can run`
        : `⚠️ Dry run: the backup of ${code(report.instanceName)} can run, with ${counted(report.warnings.length, 'warning')}`;
    case 'failure':
      return `❌ ${subject} ${of} failed`;
    case 'canceled':
      return `⚠️ ${subject} ${of} was canceled`;
  }
}

/** What keeps a success from being a plain one. Bitbucket rebuilds its search index, so that is none. */
function reservations(report: RunReport): string[] {
  const missing = report.parts.filter(({ slot, included }) => !included && slot !== 'search');
  return [
    ...missing.map(({ slot }) => `the ${slot} was not backed up`),
    ...(report.warnings.length === 0 ? [] : [`there ${are(report.warnings.length)}`]),
  ];
}

function are(count: number): string {
  return `${count === 1 ? 'is' : 'are'} ${counted(count, 'warning')}`;
}

function opening(report: RunReport): string[] {
  const took = `The run took ${formatDuration(report.timeline.totalMs())}.`;
  switch (report.outcome) {
    case 'success':
      return report.kind === 'post' ? [plain(lockSentence(report))] : [...lockedOut(report), took];
    case 'dry-run':
      return ['**Nothing was locked or changed.**', took];
    case 'failure':
    case 'canceled':
      return [`**${plain(lockSentence(report))}**`, plain(archiveSentence(report)), took];
  }
}

function lockedOut(report: RunReport): string[] {
  const ms = lockedMs(report);
  if (ms === undefined) {
    return [`**${plain(lockSentence(report))}**`];
  }
  const afterDrain = report.timeline.lockedAfterDrainMs();
  const drain = afterDrain === undefined ? '' : `, of it ${formatDuration(afterDrain)} after the drain`;
  const still = report.lockState === 'unlocked' ? [] : [`**${plain(lockSentence(report))}**`];
  return [`**Users were locked out for ${formatDuration(ms)}**${drain}.`, ...still];
}
