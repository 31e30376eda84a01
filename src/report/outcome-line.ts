/** The last line of the log: the whole outcome for somebody who reads nothing else. */
import { formatBytes, formatDuration } from './format.ts';
import { oneLine } from './markdown.ts';
import { lockedMs, type RunReport } from './run-report.ts';
import { archiveSentence, lockSentence, nextSteps } from './states.ts';

export function outcomeLine(report: RunReport): string {
  return oneLine(sentences(report).join(' '), 6_000);
}

function sentences(report: RunReport): string[] {
  const subject = `${report.kind === 'post' ? 'Clean-up after backup' : 'Backup'} ${report.backupId} of ${report.bitbucketUrl}`;
  switch (report.outcome) {
    case 'success':
      return report.kind === 'post'
        ? [`${subject} complete.`, lockSentence(report)]
        : [`${subject} complete: ${completed(report)}.`, ...alarm(report)];
    case 'dry-run':
      return [
        `Dry run of backup ${report.backupId} of ${report.bitbucketUrl}: nothing was locked or changed.`,
      ];
    case 'failure':
      return [`${subject} failed${where(report)}: ${why(report)}`, ...owed(report)];
    case 'canceled':
      return [`${subject} was canceled${where(report)}: ${why(report)}`, ...owed(report)];
  }
}

function completed(report: RunReport): string {
  const ms = lockedMs(report);
  const afterDrain = report.timeline.lockedAfterDrainMs();
  const drain = afterDrain === undefined ? '' : ` (${formatDuration(afterDrain)} after the drain)`;
  const { archive } = report;
  return [
    ms === undefined ? 'never locked' : `locked ${formatDuration(ms)}${drain}`,
    `${formatDuration(report.timeline.totalMs())} in all`,
    archive === undefined
      ? 'no archive asked for'
      : `archive ${archive.path} (${formatBytes(archive.bytes)})`,
  ].join(', ');
}

/** A success says nothing of the lock, unless there is something to be afraid of. */
function alarm(report: RunReport): string[] {
  switch (report.lockState) {
    case 'still-locked':
    case 'unknown':
    case 'locked-by-other':
      return [lockSentence(report)];
    case 'never-locked':
    case 'unlocked':
      return [];
  }
}

function where({ failure }: RunReport): string {
  return failure?.failedStep === undefined ? '' : ` at '${failure.failedStep}'`;
}

function why({ failure }: RunReport): string {
  if (failure === undefined) {
    return 'no reason was given.';
  }
  return `${failure.messages.map(withoutFullStop).join(': ')} [${failure.code}].`;
}

function owed(report: RunReport): string[] {
  const undoFailures = report.failure?.undoFailures ?? [];
  return [
    lockSentence(report),
    archiveSentence(report),
    ...(undoFailures.length === 0 ? [] : [`Not undone: ${undoFailures.map(withoutFullStop).join('; ')}.`]),
    ...nextSteps(report),
  ];
}

function withoutFullStop(message: string): string {
  return message.trim().replace(/\.$/, '');
}
