/**
 * The window was taken from us: somebody cancelled the backup or lifted the lock, or a node restarted. What was copied
 * until then is no backup (DESIGN.md, law 8), and the sentences say who may have done it: it is the first question asked.
 */
import { ActionError } from '../errors.ts';

const ADVICE =
  'If nobody wanted that, find out who cancelled the backup or unlocked Bitbucket, or which node restarted; then run again.';

/** @param when such as `while data were being copied` */
export function lockLost(url: string, when: string, cause?: unknown): ActionError {
  return new ActionError(
    'LOCK_LOST',
    `The lock on ${url} was lifted ${when} (by the cancel action, an administrator or a restart); the backup is cancelled and its copy discarded.`,
    { advice: ADVICE, cause },
  );
}

/** @param taskState what Bitbucket says of the task; undefined when it knows of none any more */
export function taskLost(url: string, taskState: string | undefined, when: string): ActionError {
  const what =
    taskState === 'CANCELED'
      ? `The backup was cancelled in ${url} ${when} (by the cancel action or an administrator)`
      : `The backup was ended in ${url} ${when}: its task is ${taskState ?? 'gone'} (the cancel action, an administrator or a restart)`;
  return new ActionError('BACKUP_CANCELED_BY_SERVER', `${what}; its copy is discarded.`, { advice: ADVICE });
}
