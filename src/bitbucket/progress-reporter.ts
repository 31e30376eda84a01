/** Bitbucket's own progress bar: never backwards, at most once a second, and never worth failing a backup for. */
import { asError } from '../errors.ts';
import type { Log } from '../host/log.ts';

export interface ProgressReporter {
  /** Work done inside the lock, 0 to 1. Returns at once. */
  update(fraction: number): void;
  /** No more reports; waits for one that is under way. */
  stop(): Promise<void>;
  readonly percentage: number;
}

const INTERVAL_MS = 1_000;
/** 100 completes the backup: only the window itself sends it. */
const HIGHEST = 99;
/** Log lines at these steps only; every per cent would be spam. */
const LOGGED_STEP = 10;

export function createProgressReporter(
  send: (percentage: number) => Promise<void>,
  log: Log,
): ProgressReporter {
  let wanted = 0;
  let sent = 0;
  let logged = 0;
  let broken = false;
  let underWay: Promise<void> | undefined;

  const report = async (percentage: number): Promise<void> => {
    try {
      await send(percentage);
      sent = percentage;
      if (percentage >= logged + LOGGED_STEP) {
        logged = percentage;
        log.info(`Backup progress updated to ${percentage}`);
      }
    } catch (error) {
      broken = true;
      log.warning(
        `Progress is no longer reported to Bitbucket, the backup goes on: ${asError(error).message}`,
      );
    } finally {
      underWay = undefined;
    }
  };
  const timer = setInterval(() => {
    if (wanted > sent && !broken && underWay === undefined) {
      underWay = report(wanted);
    }
  }, INTERVAL_MS);
  return {
    get percentage() {
      return sent;
    },
    update: (fraction) => {
      const percentage = Math.min(HIGHEST, Math.floor(fraction * 100));
      // Not Math.max: NaN (a share of nothing) would stay for ever.
      wanted = percentage > wanted ? percentage : wanted;
    },
    stop: async () => {
      clearInterval(timer);
      await underWay;
    },
  };
}
