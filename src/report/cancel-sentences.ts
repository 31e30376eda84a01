/** How a cancel is told: task, lock, and the outcome as a whole, in the log's last line and in the summary alike. */
import type { CancelReport, LockFound } from './cancel-report.ts';
import { oneLine } from './markdown.ts';

export function taskSentence({ task }: CancelReport): string {
  switch (task) {
    case 'canceled':
      return 'The backup task was running and is cancelled.';
    case 'completed':
      return 'The backup task was running and is ended, with the unlock token.';
    case 'none':
      return 'No backup task was running.';
    case 'running':
      return 'A backup task is running still: no token fitted it.';
    case 'unknown':
      return 'Whether a backup task is running was not found out.';
  }
}

export function cancelLockSentence({ lock }: CancelReport): string {
  switch (lock) {
    case 'unlocked':
      return 'Bitbucket was locked and is unlocked.';
    case 'given-back':
      return 'Bitbucket was locked and is unlocked; not by this run, but while it was cancelling.';
    case 'was-unlocked':
      return 'Bitbucket was already unlocked.';
    case 'held':
      return 'BITBUCKET IS STILL LOCKED: users cannot work until it is unlocked.';
    case 'unknown':
      return 'Whether Bitbucket is locked was not found out.';
  }
}

export function foundLock(found: LockFound | undefined): string {
  if (found === undefined) {
    return 'not found out';
  }
  if (!found.locked) {
    return 'not locked';
  }
  return found.owner === undefined ? 'locked' : `locked by '${found.owner}'`;
}

/** Did this run find anything to do, and do it? */
export function didSomething({ task, lock }: CancelReport): boolean {
  return task === 'canceled' || task === 'completed' || lock === 'unlocked' || lock === 'given-back';
}

/** The last line of the log. */
export function cancelOutcomeLine(report: CancelReport): string {
  const of = report.backupId === undefined ? '' : ` of backup ${report.backupId}`;
  const subject = `Cancel${of} on ${report.bitbucketUrl}`;
  // Where nothing had to be done, a task that nobody asked for is no news.
  const silent = report.task === 'unknown' && report.outcome === 'success';
  const state = [...(silent ? [] : [taskSentence(report)]), cancelLockSentence(report)];
  const words = (): string[] => {
    switch (report.outcome) {
      case 'success': {
        const did = didSomething(report) ? 'complete' : 'complete, nothing had to be done';
        return [`${subject} ${did}.`, ...state, ...report.notes];
      }
      case 'failure':
        return [`${subject} failed: ${reason(report)}`, ...state, ...report.notes, ...advice(report)];
      case 'canceled':
        return [`${subject} was itself cancelled: ${reason(report)}`, ...state, ...advice(report)];
    }
  };
  return oneLine(words().join(' '), 6_000);
}

function reason({ failure }: CancelReport): string {
  const messages = failure?.messages ?? ['no reason was given'];
  return `${messages.map((message) => message.trim().replace(/\.$/, '')).join(': ')} [${failure?.code ?? 'INTERNAL'}].`;
}

function advice({ failure }: CancelReport): string[] {
  return failure?.advice === undefined ? [] : [failure.advice];
}
