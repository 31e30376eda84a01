/** A call to the search server that failed, with what the callers need to know to act on it. */
import { ActionError, type ErrorCode, type ErrorDetails } from '../errors.ts';

export interface SearchErrorFacts {
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** The server's own name of the error, such as `repository_missing_exception`. */
  readonly type?: string;
  /** Could the request have reached the server? */
  readonly maybeSent: boolean;
  /** Is it worth asking again? */
  readonly retryable: boolean;
}

export class SearchError extends ActionError {
  override readonly name = 'SearchError';
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly maybeSent: boolean;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, facts: SearchErrorFacts, details: ErrorDetails = {}) {
    super(code, message, details);
    this.status = facts.status;
    this.type = facts.type;
    this.maybeSent = facts.maybeSent;
    this.retryable = facts.retryable;
  }
}

/** Did the server answer that what was asked for is not there? */
export function isMissing(error: unknown): boolean {
  return error instanceof SearchError && error.status === 404;
}
