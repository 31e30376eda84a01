/** The job summary of a cancel: what is still locked first, then what was and what is, then why. */
import type { CancelReport, TaskOutcome } from './cancel-report.ts';
import { cancelLockSentence, didSomething, foundLock, taskSentence } from './cancel-sentences.ts';
import { formatDuration } from './format.ts';
import { renderGantt } from './gantt.ts';
import { renderRelease } from './manual-release.ts';
import { bulletList, code, plain, table } from './markdown.ts';
import { renderFailureOf } from './summary-failure.ts';
import { renderSteps } from './summary-tables.ts';

/** @returns markdown for GITHUB_STEP_SUMMARY. Give it a report that `redactCancelReport` has cleaned of secrets. */
export function renderCancelSummary(report: CancelReport): string {
  const sections = [
    ...urgentRelease(report),
    headline(report),
    states(report),
    section('What failed', failure(report)),
    section('Good to know', bulletList(report.notes)),
    section('Warnings', bulletList(report.warnings)),
    section('Where the time went', timings(report)),
  ];
  return `${sections.filter((text) => text !== undefined).join('\n\n')}\n`;
}

/** Only what is known to be locked is told with alarm; wrong inputs lock nobody out. */
function urgentRelease(report: CancelReport): string[] {
  const { lock, unlockToken, cancelToken, bitbucketUrl, journalPath } = report;
  if (lock !== 'held') {
    return [];
  }
  const tokens = unlockToken === undefined ? undefined : { unlockToken, cancelToken };
  const commands = renderRelease({ lockState: 'still-locked', tokens, bitbucketUrl, journalPath });
  return [
    `# 🚨 ${plain(cancelLockSentence(report))}`,
    `## Check and unlock Bitbucket by hand\n\n${commands ?? ''}`,
  ];
}

function headline(report: CancelReport): string {
  const took = `The run took ${formatDuration(report.timeline.totalMs())}.`;
  return `## ${result(report)}\n\n**${plain(cancelLockSentence(report))}** ${plain(taskSentence(report))} ${took}`;
}

function result(report: CancelReport): string {
  switch (report.outcome) {
    case 'success':
      if (!didSomething(report)) {
        return '✅ Nothing had to be cancelled';
      }
      return report.task === 'canceled' || report.task === 'completed'
        ? '✅ The backup is cancelled, Bitbucket is unlocked'
        : '✅ Bitbucket is unlocked';
    case 'failure':
      return '❌ The cancel failed';
    case 'canceled':
      return '⚠️ The cancel was itself cancelled';
  }
}

const TASKS: { readonly [outcome in TaskOutcome]: readonly [was: string, isNow: string] } = {
  canceled: ['running', '**cancelled**'],
  completed: ['running', '**ended**'],
  none: ['none running', 'none running'],
  running: ['running', '**running still**'],
  unknown: ['not found out', 'not found out'],
};

function states(report: CancelReport): string {
  const of = report.backupId === undefined ? 'On' : `Backup ${code(report.backupId)} on`;
  const rows = [
    ['Backup task', ...TASKS[report.task]],
    ['Lock', plain(foundLock(report.found)), lockNow(report)],
  ];
  return `${of} ${code(report.bitbucketUrl)}:\n\n${table(['What', 'Was', 'Is now'], rows)}`;
}

function lockNow({ lock }: CancelReport): string {
  switch (lock) {
    case 'unlocked':
      return '**unlocked**';
    case 'given-back':
      return '**unlocked**, not by this run';
    case 'was-unlocked':
      return 'not locked';
    case 'held':
      return '**STILL LOCKED**';
    case 'unknown':
      return 'not found out';
  }
}

function failure({ failure: told }: CancelReport): string | undefined {
  return renderFailureOf(told, told?.advice === undefined ? [] : [told.advice]);
}

function timings({ timeline }: CancelReport): string | undefined {
  const chart = renderGantt(timeline);
  return chart === undefined ? undefined : `${chart}\n\n${renderSteps(timeline)}`;
}

function section(title: string, body: string | undefined): string | undefined {
  return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}
