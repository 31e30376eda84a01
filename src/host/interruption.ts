/**
 * The end that comes from outside. The runner cancels with SIGINT to our process alone, SIGTERM 7.5 s later, and kills
 * 2.5 s after that; so what unlocks Bitbucket goes out in the tick of the first signal, and only then the children end.
 */
import { ActionError, asError, CanceledError } from '../errors.ts';
import type { Log } from './log.ts';
import { endAllGroups } from './process-groups.ts';

export interface Interruption {
  /** Aborted with the reason to stop. */
  readonly signal: AbortSignal;
  /** Runs in the tick of the signal, before children are ended. Returns what takes it back. */
  onInterrupt(callback: () => void): () => void;
  /** Takes the handlers off again. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Between SIGTERM and SIGKILL for our children: nothing may write a second after we were told to stop. */
const CHILD_GRACE_MS = 400;

export interface Consequence {
  /** What a signal makes the run do, such as `the run stops`. */
  readonly what: string;
  readonly advice: string;
}

const OF_BACKUP: Consequence = {
  what: 'the run stops, cancels the backup and unlocks Bitbucket',
  advice: 'Start the backup again when it suits.',
};

export function watchForInterruption(log: Log, consequence: Consequence = OF_BACKUP): Interruption {
  const controller = new AbortController();
  const callbacks = new Set<() => void>();
  const interrupt = (reason: ActionError): void => {
    if (controller.signal.aborted) {
      return;
    }
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        // Thrown from here it would end the process with the children alive and Bitbucket locked.
        log.error(`While stopping: ${asError(error).message}`);
      }
    }
    endAllGroups(CHILD_GRACE_MS);
    log.warning(reason.message);
    controller.abort(reason);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    interrupt(
      new CanceledError(`Cancelled by ${signal}: ${consequence.what}.`, { advice: consequence.advice }),
    );
  };
  // A bug of ours must not leave Bitbucket locked either.
  const onBug = (thrown: unknown): void => {
    const cause = asError(thrown);
    interrupt(new ActionError('INTERNAL', `Unexpected error: ${cause.message}.`, { cause }));
  };
  for (const signal of SIGNALS) {
    process.on(signal, onSignal);
  }
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  return {
    signal: controller.signal,
    onInterrupt: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    dispose: () => {
      for (const signal of SIGNALS) {
        process.off(signal, onSignal);
      }
      process.off('uncaughtException', onBug);
      process.off('unhandledRejection', onBug);
    },
  };
}
