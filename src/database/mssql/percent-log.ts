/** Tells how far a statement is, now and then: it can take an hour. */
import type { Log } from '../../host/log.ts';

const INTERVAL_MS = 10_000;

/** @returns takes the percentage; tells at most once in 10 s, and nothing of a statement that is over before */
export function percentLog(log: Log, what: string): (percent: number) => void {
  let last = Date.now();
  return (percent) => {
    if (Date.now() - last >= INTERVAL_MS) {
      last = Date.now();
      log.info(`${what}: ${percent} %`);
    }
  };
}
