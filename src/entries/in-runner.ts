/** What every entry shares: the log, the signals, the end of the process. */
import { messageChain } from '../errors.ts';
import { maskInRunner, runnerSink } from '../host/actions.ts';
import { type Consequence, watchForInterruption } from '../host/interruption.ts';
import { createLog, type Log } from '../host/log.ts';
import { sweepPrivateFolders } from '../host/private-folder.ts';
import { PRODUCT } from '../host/product.ts';
import { Redactor } from '../host/redactor.ts';
import type { RunEnvironment } from '../pipeline/backup-run.ts';
import { Timeline } from '../report/timeline.ts';

/** A process whose threads hang on a dead file system cannot exit; only a signal ends it. */
const EXIT_GRACE_MS = 5_000;

/**
 * @param work returns whether it succeeded; it tells its own failures
 * @param onSignal what a signal makes it do, where that is not what it makes a backup do
 */
export async function inRunner(
  work: (environment: RunEnvironment) => Promise<boolean>,
  onSignal?: Consequence,
): Promise<void> {
  // Whatever is created from here on is ours alone.
  process.umask(0o077);
  const redactor = new Redactor({ onSecret: maskInRunner });
  const log = createLog(runnerSink, redactor);
  const interruption = watchForInterruption(log, onSignal);
  log.info(`${PRODUCT.name} ${PRODUCT.version}`);
  sweep(log);
  const timeline = new Timeline();
  const succeeded = await work({ log, redactor, interruption, timeline }).catch((error: unknown) => {
    log.error(`Unexpected error: ${messageChain(error).join(': ')}`);
    return false;
  });
  interruption.dispose();
  if (!succeeded) {
    process.exitCode = 1;
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_GRACE_MS).unref();
  }
}

/** Whatever comes next: a password that a killed run has left is no use to anybody. */
function sweep(log: Log): void {
  try {
    const count = sweepPrivateFolders();
    if (count > 0) {
      log.info(`Removed ${count} private folders that a killed run had left.`);
    }
  } catch (error) {
    log.warning(
      `What killed runs may have left in the temporary folder could not be looked at: ${messageChain(error).join(' ')}`,
    );
  }
}
