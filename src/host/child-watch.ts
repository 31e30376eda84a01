/** Ends a child that is to end, and gives up on one that nobody can end. */
import type { ChildProcess } from 'node:child_process';
import { endGroup, TERMINATION_GRACE_MS } from './process-groups.ts';

/**
 * After SIGTERM, SIGKILL and some patience: a process that is still there hangs in the kernel, on a dead file system say.
 * Nobody can end it, and Bitbucket must not stay locked for it.
 */
const STUCK_AFTER_MS = TERMINATION_GRACE_MS + 2_000;

/** The child was told to end, and did not. */
export class StuckError extends Error {}

export interface Watch {
  /** Rejects when the program was told to end and did not. */
  readonly stuck: Promise<never>;
  stop(): void;
  timedOut(): boolean;
}

/** Ends the program's group when the run is aborted or the deadline has passed. */
export function watchForEnd(
  child: ChildProcess,
  options: { readonly signal?: AbortSignal; readonly deadlineMs?: number },
): Watch {
  const { pid } = child;
  let timedOut = false;
  let patience: NodeJS.Timeout | undefined;
  const stuck = Promise.withResolvers<never>();
  stuck.promise.catch(() => undefined);
  const end = (): void => {
    if (pid !== undefined) {
      endGroup(pid);
      patience ??= setTimeout(() => stuck.reject(new StuckError()), STUCK_AFTER_MS);
    }
  };
  const deadline =
    options.deadlineMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, options.deadlineMs);
  options.signal?.addEventListener('abort', end, { once: true });
  return {
    stuck: stuck.promise,
    stop: () => {
      clearTimeout(deadline);
      clearTimeout(patience);
      options.signal?.removeEventListener('abort', end);
    },
    timedOut: () => timedOut,
  };
}

/** Without this its pipes would keep our process from ending. */
export function leaveBehind(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
