/** Repeats a call where repeating is safe: reads, progress, cancel, unlock. Never POST lock, never POST backups. */
import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { HttpError } from './http-error.ts';

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number;
  /** Before the first repetition, in ms; doubles each time, with jitter. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** No new attempt after this long, in ms; one that is under way may still succeed. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Told each failure that will be followed by another attempt. */
  readonly onRetry?: (error: HttpError, attempt: number) => void;
}

/** Some seconds in all: long enough for a restart of a proxy, short enough to wait for. */
export const SHORT_RETRIES: RetryPolicy = { retries: 2, firstDelayMs: 500, longestDelayMs: 4_000 };

/** For those who ask again anyway, and decide themselves how long failures may last. */
export const NO_RETRIES: RetryPolicy = { ...SHORT_RETRIES, retries: 0 };

/** No server may make us wait longer than this at one go. */
const LONGEST_RETRY_AFTER_MS = 30_000;

/** @throws the last error, or at once one that another attempt would not change */
export async function retrying<T>(policy: RetryPolicy, call: () => Promise<T>): Promise<T> {
  return await pRetry(call, {
    retries: policy.retries,
    minTimeout: policy.firstDelayMs,
    maxTimeout: policy.longestDelayMs,
    factor: 2,
    randomize: true,
    ...(policy.budgetMs === undefined ? {} : { maxRetryTime: policy.budgetMs }),
    ...(policy.signal === undefined ? {} : { signal: policy.signal }),
    shouldRetry: ({ error }) => error instanceof HttpError && error.retryable,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (!(error instanceof HttpError) || !error.retryable || retriesLeft === 0) {
        return;
      }
      policy.onRetry?.(error, attemptNumber);
      if (error.retryAfterMs !== undefined) {
        const options = policy.signal === undefined ? {} : { signal: policy.signal };
        await delay(Math.min(error.retryAfterMs, LONGEST_RETRY_AFTER_MS), undefined, options);
      }
    },
  });
}
