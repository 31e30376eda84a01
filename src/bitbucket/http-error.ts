/** A call to Bitbucket that failed, with what the callers need to know to act on it. */
import { ActionError, type ErrorCode, type ErrorDetails } from '../errors.ts';

export interface HttpErrorFacts {
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** Could the request have reached the server? If so, a call that is not idempotent must not be repeated. */
  readonly maybeSent: boolean;
  /** Is it worth asking again? Never for a 401: Bitbucket answers repeated ones with a CAPTCHA. */
  readonly retryable: boolean;
  /** What the server asked to wait, in ms. */
  readonly retryAfterMs?: number;
  /** Parsed JSON of an answer with another status than asked for. */
  readonly body?: unknown;
}

export class HttpError extends ActionError {
  override readonly name = 'HttpError';
  readonly status: number | undefined;
  readonly maybeSent: boolean;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly body: unknown;

  constructor(code: ErrorCode, message: string, facts: HttpErrorFacts, details: ErrorDetails = {}) {
    super(code, message, details);
    this.status = facts.status;
    this.maybeSent = facts.maybeSent;
    this.retryable = facts.retryable;
    this.retryAfterMs = facts.retryAfterMs;
    this.body = facts.body;
  }
}

/** The status of a failed call; undefined when there was no answer or it was not a call. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof HttpError ? error.status : undefined;
}
