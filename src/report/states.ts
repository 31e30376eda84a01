/** The three sentences that every report owes the administrator: may users work, is there an archive, what now. */
import { formatDuration } from './format.ts';
import { lockedMs, type RunReport } from './run-report.ts';

export function lockSentence(report: RunReport): string {
  const ms = lockedMs(report);
  switch (report.lockState) {
    case 'never-locked':
      return 'Bitbucket was not locked.';
    case 'unlocked':
      return ms === undefined
        ? 'Bitbucket is unlocked.'
        : `Bitbucket is unlocked; users were locked out for ${formatDuration(ms)}.`;
    case 'still-locked':
      return `BITBUCKET IS STILL LOCKED${ms === undefined ? '' : `, by now for ${formatDuration(ms)}`}: users cannot work until it is unlocked.`;
    case 'locked-by-other':
      return 'Bitbucket is locked by somebody else; that lock is not of this run and was left alone.';
    case 'unknown':
      return 'WHETHER BITBUCKET IS LOCKED IS UNKNOWN: it could not be asked. Check it now.';
  }
}

export function archiveSentence(report: RunReport): string {
  if (report.archive !== undefined) {
    return `The archive of this run is complete: ${report.archive.path}.`;
  }
  if (report.kind === 'post') {
    return 'This step makes no archive; one of this run exists only if the backup step reported it.';
  }
  switch (report.outcome) {
    case 'success':
      return 'No archive was asked for.';
    case 'dry-run':
      return 'No archive was made.';
    case 'failure':
    case 'canceled':
      return 'No archive was made; archives of earlier runs are untouched.';
  }
}

/** What to do next, most urgent first. */
export function nextSteps(report: RunReport): string[] {
  const advice = report.failure?.advice;
  const fromError = advice === undefined ? [] : [advice];
  switch (report.lockState) {
    case 'still-locked':
      return [releaseAdvice(report), ...fromError];
    case 'unknown':
      return ['Ask Bitbucket for its lock, and release it when it is the one of this run.', ...fromError];
    case 'locked-by-other':
      return fromError.length > 0
        ? fromError
        : ['Ask your colleagues who is doing maintenance, and run the backup when they are done.'];
    case 'never-locked':
    case 'unlocked':
      return fromError;
  }
}

function releaseAdvice(report: RunReport): string {
  if (report.tokens === undefined) {
    return 'Unlock Bitbucket by hand; the token of the lock is in the log of Bitbucket.';
  }
  return report.journalPath === undefined
    ? 'Unlock Bitbucket now with the commands in the job summary.'
    : `Unlock Bitbucket now with the commands in the job summary; otherwise the next run unlocks it from ${report.journalPath}.`;
}
