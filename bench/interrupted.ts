/**
 * What a benchmark leaves behind when it is stopped would be gigabytes and mounts. So a signal ends what is running, and
 * the benchmark fails by that and clears up on its way out; a second signal ends it at once.
 */
import { descendantsOf } from '../test/support/action-runner/run-action.ts';
import { signalIfAlive } from '../test/support/action-runner/processes.ts';

export interface Interruption {
  /** @throws Error when a signal has come: for between two steps, where nothing runs that could fail by it. */
  check(): void;
  /** From now on signals are none of our business. */
  stop(): void;
}

/** @param spared processes that are needed for clearing up, and end by themselves; with their descendants */
export function watchInterruption(spared: () => readonly number[]): Interruption {
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    received = signal;
    stop();
    const kept = new Set(spared().flatMap((pid) => [pid, ...descendantsOf(pid)]));
    for (const pid of descendantsOf(process.pid).filter((id) => !kept.has(id))) {
      signalIfAlive(pid, 'SIGKILL');
    }
  };
  const stop = (): void => {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    check: () => {
      if (received !== undefined) {
        throw new Error(`Stopped by ${received}.`);
      }
    },
    stop,
  };
}
