/**
 * The lock on Bitbucket as long as we may hold it: taken once, written down before and after, given back exactly once,
 * whoever asks for it first: the normal end, an error, or a signal in the middle of the request that takes it.
 */
import { ActionError, asError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import type { BitbucketClient } from './client.ts';
import { HttpError, statusOf } from './http-error.ts';
import type { WindowLimits } from './limits.ts';
import type { LockRecord } from './lock-record.ts';
import { endTask, type UnlockOutcome, unlock } from './release.ts';
import { lockLost } from './window-lost.ts';

export interface LeaseOptions {
  readonly client: BitbucketClient;
  readonly log: Log;
  readonly limits: WindowLimits;
  readonly record: LockRecord;
}

/** `unknown`: the request may have locked the instance, but its answer, and with it the token, was lost. */
export type LeaseState = 'none' | 'locking' | 'held' | 'unknown' | 'released' | 'lifted' | 'foreign';

export class Lease {
  readonly #options: LeaseOptions;
  #state: LeaseState = 'none';
  #unlockToken: string | undefined;
  #cancelToken: string | undefined;
  #taskEnded = false;
  #answer: Promise<void> | undefined;
  #starting: Promise<void> | undefined;
  #release: Promise<UnlockOutcome | undefined> | undefined;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  get state(): LeaseState {
    return this.#state;
  }

  get unlockToken(): string | undefined {
    return this.#unlockToken;
  }

  get cancelToken(): string | undefined {
    return this.#cancelToken;
  }

  /** Locks. @throws ActionError ALREADY_LOCKED, LOCK_RESPONSE_LOST, LOCK_FAILED or what the call failed with */
  async acquire(): Promise<void> {
    const { client, record, log } = this.#options;
    if (this.#release !== undefined) {
      throw new ActionError('CANCELED', `${client.url} was not locked: the run was cancelled before.`);
    }
    record.locking();
    this.#state = 'locking';
    this.#answer = this.#requestLock();
    await this.#answer;
    log.info(`locked with '${this.#unlockToken ?? ''}'`);
    if (this.#release !== undefined) {
      throw new ActionError('CANCELED', `${client.url} was locked while the run was being cancelled.`);
    }
  }

  /**
   * Starts the task that drains. Never aborted once sent: its answer holds the only token that cancels it.
   * @throws ActionError BACKUP_START_FAILED, LOCK_LOST
   */
  async startBackup(): Promise<void> {
    this.#starting = this.#requestBackup();
    await this.#starting;
  }

  async #requestBackup(): Promise<void> {
    const { client, record, log } = this.#options;
    try {
      this.#cancelToken = await client.startBackup(this.#unlockToken ?? '');
    } catch (cause) {
      throw await this.#notStarted(cause);
    }
    if (this.#cancelToken === undefined) {
      log.warning(
        'Bitbucket named no cancel token; the backup goes on, but its task cannot be cancelled by hand.',
      );
      return;
    }
    record.backupStarted(this.#cancelToken);
    log.info(`backup started with '${this.#cancelToken}'`);
  }

  /** 409: a lock that is not ours, or none any more, starts nothing. */
  async #notStarted(cause: unknown): Promise<ActionError> {
    const { client } = this.#options;
    const state = statusOf(cause) === 409 ? await client.lockState().catch(() => undefined) : undefined;
    if (state?.locked === false) {
      return lockLost(client.url, 'before the backup had started', cause);
    }
    return new ActionError('BACKUP_START_FAILED', `${client.url} is locked but did not start the backup.`, {
      advice: 'Look into atlassian-bitbucket.log for the reason.',
      cause,
    });
  }

  /** Progress 100 has completed the task: there is nothing left to cancel. */
  taskCompleted(): void {
    this.#taskEnded = true;
  }

  /**
   * Gives the lock back; the first call acts, later ones wait for the same end.
   * @param urgent cancel and unlock go out together in this tick, without waiting for each other
   * @returns undefined when there was nothing to give back
   * @throws ActionError UNLOCK_FAILED, UNLOCK_REFUSED
   */
  release(urgent = false): Promise<UnlockOutcome | undefined> {
    this.#release ??= this.#giveBack(urgent);
    // Whoever waits for it sees the failure; nobody has to.
    this.#release.catch(() => undefined);
    return this.#release;
  }

  /** After a release that failed: the next call tries again. */
  retryRelease(): Promise<UnlockOutcome | undefined> {
    this.#release = undefined;
    return this.release();
  }

  async #giveBack(urgent: boolean): Promise<UnlockOutcome | undefined> {
    if (this.#state === 'locking') {
      // The token is on its way. The request itself is never aborted: its answer is the only way to the token.
      await this.#answer?.catch(() => undefined);
    }
    if (this.#state !== 'held' || this.#unlockToken === undefined) {
      return undefined;
    }
    const canceling = this.#cancel();
    if (!urgent) {
      await canceling;
    }
    const outcome = await unlock(this.#options, this.#unlockToken);
    this.#state = STATE_AFTER[outcome];
    this.#noteReleased();
    await canceling;
    return outcome;
  }

  /** Users are back; a disk that is full cannot change that. A journal that still names the lock is put right by the next run. */
  #noteReleased(): void {
    try {
      this.#options.record.released();
    } catch (error) {
      this.#options.log.warning(
        `That Bitbucket is unlocked could not be written down: ${asError(error).message}`,
      );
    }
  }

  /** A task whose start is under way is cancelled as soon as its token is known: an orphan would stay latched. */
  async #cancel(): Promise<void> {
    if (this.#cancelToken === undefined) {
      await this.#starting?.catch(() => undefined);
    }
    // Without a request to start there is no task either.
    if (this.#starting !== undefined && !this.#taskEnded && this.#unlockToken !== undefined) {
      await endTask(this.#options, { unlockToken: this.#unlockToken, cancelToken: this.#cancelToken });
    }
  }

  async #requestLock(): Promise<void> {
    const { client, record } = this.#options;
    let token: string | undefined;
    try {
      token = await client.lock();
    } catch (error) {
      if (!(error instanceof HttpError) || isCertainlyUnlocked(error)) {
        this.#state = 'none';
        this.#noteReleased();
        throw statusOf(error) === 409 ? await this.#alreadyLocked(error) : error;
      }
      throw await this.#afterLostAnswer(error);
    }
    if (token === undefined) {
      throw await this.#afterLostAnswer(undefined);
    }
    // Held before it is written down: a journal that cannot be written must not hide a lock from the release.
    this.#unlockToken = token;
    this.#state = 'held';
    record.locked(token);
  }

  async #alreadyLocked(cause: unknown): Promise<ActionError> {
    const { client } = this.#options;
    const state = await client.lockState().catch(() => undefined);
    const owner = state?.locked === true && state.owner !== undefined ? ` by '${state.owner}'` : '';
    return new ActionError(
      'ALREADY_LOCKED',
      `${client.url} is already locked${owner}; that lock was not touched.`,
      {
        advice: 'Find out who maintains Bitbucket now; run again when it is unlocked.',
        cause,
      },
    );
  }

  /** The request may have been carried out. It is not repeated: the server is asked instead. */
  async #afterLostAnswer(cause: unknown): Promise<ActionError> {
    const { client } = this.#options;
    const state = await client.lockState().catch(() => undefined);
    if (state?.locked === false) {
      this.#state = 'none';
      this.#noteReleased();
      return new ActionError(
        'LOCK_FAILED',
        `${client.url} did not lock: the request failed and no lock is there.`,
        {
          advice: 'Run again; look into atlassian-bitbucket.log if it fails again.',
          cause,
        },
      );
    }
    this.#state = 'unknown';
    const found = state === undefined ? 'may be locked' : 'is locked, probably';
    return new ActionError(
      'LOCK_RESPONSE_LOST',
      `${client.url} ${found} by this run, but its answer with the unlock token did not arrive.`,
      {
        advice:
          'Find the unlock token in atlassian-bitbucket.log (search for "locked") and unlock by hand; the lock was not asked for twice.',
        cause,
      },
    );
  }
}

const STATE_AFTER: Readonly<Record<UnlockOutcome, LeaseState>> = {
  unlocked: 'released',
  'was-unlocked': 'lifted',
  foreign: 'foreign',
};

/** Either nothing reached the server, or it said no in words that leave no doubt. */
function isCertainlyUnlocked(error: HttpError): boolean {
  const { status } = error;
  // 408 comes from a proxy that gave up waiting; the server behind it may not have.
  const refused = status !== undefined && status >= 300 && status < 500 && status !== 408;
  return !error.maybeSent || refused;
}
