/**
 * lock -> start -> drain -> work -> proof -> 100 -> unlock, as one scope that cannot be left without the unlock.
 * Everything that users wait for happens in here, and nothing else does.
 */
import { ActionError, asError } from '../errors.ts';
import type { Interruption } from '../host/interruption.ts';
import type { Log } from '../host/log.ts';
import { sideBySide } from '../host/side-by-side.ts';
import type { BitbucketClient } from './client.ts';
import { waitForDrain } from './drain.ts';
import { Lease } from './lease.ts';
import type { WindowLimits } from './limits.ts';
import type { LockRecord } from './lock-record.ts';
import { createProgressReporter, type ProgressReporter } from './progress-reporter.ts';
import { assertServing } from './release.ts';
import { SHORT_RETRIES } from './retry.ts';
import { proveWindow, watchWindow } from './window-watch.ts';

export type WindowMark = 'lock-requested' | 'locked' | 'drained' | 'unlocked';

export interface MaintenanceOptions {
  readonly client: BitbucketClient;
  readonly log: Log;
  readonly limits: WindowLimits;
  readonly record: LockRecord;
  readonly interruption: Interruption;
  /** Told the moments that bound the window; `unlocked` as soon as the unlock was answered. */
  readonly onMark: (mark: WindowMark) => void;
  /** A named step, for the timeline. */
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

export interface LockedWork<T> {
  /** The task runs and requests are ending; for what need not wait for the drain. */
  whileDraining(signal: AbortSignal): Promise<void>;
  /** Nothing changes any more. Returns as soon as the point in time is fixed. */
  whileDrained(signal: AbortSignal, progress: (fraction: number) => void): Promise<T>;
}

export interface WindowResult<T> {
  readonly value: T;
  /** The data are good, but Bitbucket could not be unlocked: the run goes on, tries again, and fails. */
  readonly unlockFailure: ActionError | undefined;
}

export class MaintenanceWindow {
  readonly lease: Lease;
  readonly #options: MaintenanceOptions;

  constructor(options: MaintenanceOptions) {
    this.#options = options;
    this.lease = new Lease(options);
  }

  /**
   * @throws the first error of the work or of the protocol; Bitbucket is unlocked by then, or `lease.state` says why not
   */
  async run<T>(work: LockedWork<T>): Promise<WindowResult<T>> {
    const { interruption, limits } = this.#options;
    const scope = new AbortController();
    const signal = AbortSignal.any([interruption.signal, scope.signal]);
    const releaseNow = (): void => void this.lease.release(true).catch(() => undefined);
    const unhook = interruption.onInterrupt(releaseNow);
    // Whatever stops the work, users do not wait for its end: a child may hang on a file system that does not answer.
    scope.signal.addEventListener('abort', releaseNow, { once: true });
    let overtime: NodeJS.Timeout | undefined;
    try {
      signal.throwIfAborted();
      await this.#lock();
      overtime = setTimeout(() => scope.abort(lockedTooLong(limits.maxLockedMs)), limits.maxLockedMs);
      const value = await this.#locked(work, scope, signal);
      clearTimeout(overtime);
      const unlockFailure = await this.#unlock();
      return { value, unlockFailure };
    } catch (thrown) {
      clearTimeout(overtime);
      // Aborted work throws whatever was in its way; why it was aborted is what counts.
      const error: unknown = signal.aborted ? signal.reason : thrown;
      await this.#releaseAfter(error);
      throw error;
    } finally {
      unhook();
    }
  }

  /** Another attempt, after work that could go on without it. @throws ActionError UNLOCK_FAILED */
  async retryUnlock(): Promise<void> {
    if (this.lease.state === 'held') {
      await this.lease.retryRelease();
      this.#options.onMark('unlocked');
    }
  }

  async #lock(): Promise<void> {
    const { step, onMark } = this.#options;
    onMark('lock-requested');
    await step('lock', async () => {
      await this.lease.acquire();
    });
    onMark('locked');
  }

  async #locked<T>(work: LockedWork<T>, scope: AbortController, signal: AbortSignal): Promise<T> {
    const { client, log, limits, step, onMark } = this.#options;
    await step('start backup', async () => await this.lease.startBackup());
    const unlockToken = this.lease.unlockToken ?? '';
    const window = { client, unlockToken, limits, log };
    await sideBySide(signal, [
      async (shared) => await work.whileDraining(shared),
      async (shared) => {
        await step('drain', async () => await waitForDrain({ ...window, signal: shared }));
        onMark('drained');
      },
    ]);
    const progress = createProgressReporter(
      async (percentage) =>
        await client.reportProgress(unlockToken, percentage, { ...SHORT_RETRIES, signal }),
      log,
    );
    try {
      const done = (fraction: number): void => progress.update(fraction);
      const value = await this.#watched(scope, signal, async () => await work.whileDrained(signal, done));
      await step('prove window', async () => await proveWindow(window, signal));
      await progress.stop();
      await this.#complete(progress, unlockToken);
      return value;
    } finally {
      await progress.stop();
    }
  }

  /** Work, while the lock is being looked at; losing it stops the work. */
  async #watched<T>(scope: AbortController, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const { client, limits, log } = this.#options;
    const done = new AbortController();
    const window = { client, unlockToken: this.lease.unlockToken ?? '', limits, log };
    const watching = watchWindow(window, AbortSignal.any([signal, done.signal])).catch((error: unknown) => {
      if (!done.signal.aborted) {
        scope.abort(error);
      }
    });
    try {
      return await work();
    } finally {
      done.abort();
      await watching;
    }
  }

  /** Progress 100 lets users back to database and repositories. The data are complete by now, so it fails nothing. */
  async #complete(progress: ProgressReporter, unlockToken: string): Promise<void> {
    const { client, log, step } = this.#options;
    await step('complete backup', async () => {
      try {
        await client.reportProgress(unlockToken, 100, SHORT_RETRIES);
        log.info('Backup progress updated to 100');
        this.lease.taskCompleted();
      } catch (error) {
        log.warning(
          `Bitbucket did not take progress 100 (last ${progress.percentage}), so its task is cancelled; the copy is complete: ${asError(error).message}`,
        );
      }
    });
  }

  async #unlock(): Promise<ActionError | undefined> {
    const { step, onMark, client, log, limits } = this.#options;
    try {
      await step('unlock', async () => await this.lease.release());
      onMark('unlocked');
      await assertServing({ client, log, limits });
      return undefined;
    } catch (error) {
      if (error instanceof ActionError) {
        log.error(`${error.message} ${error.advice ?? ''}`);
        return error;
      }
      throw error;
    }
  }

  async #releaseAfter(error: unknown): Promise<void> {
    const { log, onMark, step } = this.#options;
    if (this.lease.state === 'none') {
      return;
    }
    log.error(`${asError(error).message} Cancelling the backup and unlocking Bitbucket.`);
    try {
      await step('cancel and unlock', async () => await this.lease.release());
      onMark('unlocked');
    } catch (failure) {
      const { message } = asError(failure);
      const advice = failure instanceof ActionError ? failure.advice : undefined;
      log.error(`${message} ${advice ?? ''}`);
    }
  }
}

function lockedTooLong(limitMs: number): ActionError {
  return new ActionError(
    'MAX_LOCKED_EXCEEDED',
    `Bitbucket has been locked for ${limitMs / 60_000} minutes, the limit (max-locked-minutes); the backup was stopped.`,
    { advice: 'Find out what was slow (see the timings), or raise max-locked-minutes.' },
  );
}
