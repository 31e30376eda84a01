/** The last line of a restore's log: the whole outcome for somebody who reads nothing else. */
import { formatDuration } from './format.ts';
import { oneLine } from './markdown.ts';
import { remainsSentence, type RestoreReport } from './restore-report.ts';

export function restoreOutcomeLine(report: RestoreReport): string {
  return oneLine(sentences(report).join(' '), 6_000);
}

function sentences(report: RestoreReport): string[] {
  const { kind, archive, instanceName, outcome } = report;
  const what = archive === undefined ? instanceName : `${instanceName} from ${archive.path}`;
  const subject = kind === 'restore' ? `Restore of ${what}` : `Clean-up after the restore of ${what}`;
  switch (outcome) {
    case 'success':
      return [
        `${subject} complete${places(report)}, in ${formatDuration(report.timeline.totalMs())}.`,
        ...reservations(report),
      ];
    case 'dry-run':
      return [`Dry run of the restore of ${what}: everything fits, nothing was changed.`];
    case 'failure':
      return [`${subject} failed${where(report)}: ${why(report)}`, ...owed(report)];
    case 'canceled':
      return [`${subject} was canceled${where(report)}: ${why(report)}`, ...owed(report)];
  }
}

function places({ parts }: RestoreReport): string {
  const placed = parts.filter(({ included, place }) => included && place !== undefined);
  return placed.length === 0
    ? ''
    : `: ${placed.map(({ slot, place }) => `${slot} ${place ?? ''}`).join(', ')}`;
}

function reservations({ parts, properties }: RestoreReport): string[] {
  return [
    ...parts
      .filter(({ slot, included }) => !included && slot !== 'search')
      .map(({ slot }) => `The ${slot} was not restored.`),
    ...(properties !== undefined && !properties.changed
      ? [`Change ${properties.file} before Bitbucket is started: ${properties.lines.join(' ')}`]
      : []),
  ];
}

function where({ failure }: RestoreReport): string {
  return failure?.failedStep === undefined ? '' : ` at '${failure.failedStep}'`;
}

function why({ failure }: RestoreReport): string {
  if (failure === undefined) {
    return 'no reason was given.';
  }
  return `${failure.messages.map(withoutFullStop).join(': ')} [${failure.code}].`;
}

function owed(report: RestoreReport): string[] {
  const { failure } = report;
  const left = failure?.undoFailures ?? [];
  return [
    remainsSentence(report),
    ...(left.length === 0 ? [] : [`Not removed: ${left.map(withoutFullStop).join('; ')}.`]),
    ...(failure?.advice === undefined ? [] : [failure.advice]),
  ];
}

function withoutFullStop(message: string): string {
  return message.trim().replace(/\.$/, '');
}
