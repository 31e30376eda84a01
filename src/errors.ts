/**
 * What can go wrong, as types. Every error that reaches the administrator is one sentence of what failed, on what and
 * why, and one of what to do next. Codes are stable once published: workflows branch on the `error-code` output.
 */

export type ErrorCode =
  | 'INPUT_INVALID'
  | 'PREFLIGHT_FAILED'
  | 'ALREADY_RUNNING'
  | 'UNSAFE_STATE'
  | 'BITBUCKET_UNREACHABLE'
  | 'BITBUCKET_LOST'
  | 'TLS_UNTRUSTED'
  | 'UNEXPECTED_REDIRECT'
  | 'UNEXPECTED_RESPONSE'
  | 'AUTH_FAILED'
  | 'AUTH_CAPTCHA'
  | 'AUTH_FORBIDDEN'
  | 'VERSION_UNSUPPORTED'
  | 'ALREADY_LOCKED'
  | 'LOCK_RESPONSE_LOST'
  | 'LOCK_FAILED'
  | 'LOCK_LOST'
  | 'BACKUP_START_FAILED'
  | 'BACKUP_CANCELED_BY_SERVER'
  | 'DRAIN_FAILED'
  | 'DRAIN_TIMEOUT'
  | 'MAX_LOCKED_EXCEEDED'
  | 'UNLOCK_FAILED'
  | 'UNLOCK_REFUSED'
  | 'UNLOCK_NOT_EFFECTIVE'
  | 'WRONG_TOKEN'
  | 'HOME_FAILED'
  | 'DB_FAILED'
  | 'SEARCH_FAILED'
  | 'SEARCH_UNREACHABLE'
  | 'ARCHIVE_FAILED'
  | 'ARCHIVE_EXISTS'
  | 'ARCHIVE_NOT_FOUND'
  | 'ARCHIVE_CORRUPT'
  | 'ARCHIVE_UNSAFE'
  | 'ARCHIVE_INCOMPLETE'
  | 'ARCHIVE_RENAMED'
  | 'MANIFEST_INVALID'
  | 'TARGET_RUNNING'
  | 'TARGET_IN_USE'
  | 'RESTORE_VERIFY'
  | 'COMMAND_FAILED'
  | 'CHILD_KILLED'
  | 'TOOL_MISSING'
  | 'DISK_FULL'
  | 'DISK_SPACE'
  | 'STEP_TIMEOUT'
  | 'CANCELED'
  | 'INTERNAL';

export interface ErrorDetails {
  /** One sentence: what the administrator does next. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** An expected failure: told in a sentence, without a stack. */
export class ActionError extends Error {
  override readonly name: string = 'ActionError';
  readonly code: ErrorCode;
  readonly advice: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.advice = details.advice;
  }
}

/** One wrong input or one unmet condition: a sentence that names it and its cure. */
export interface Problem {
  readonly subject: string;
  readonly message: string;
}

/** All wrong inputs, or everything preflight found, in one go. */
export class ConfigurationError extends ActionError {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly Problem[];

  /** @param found where preflight found them */
  constructor(
    code: 'INPUT_INVALID' | 'PREFLIGHT_FAILED',
    problems: readonly Problem[],
    found = 'found before the lock',
  ) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const what = code === 'INPUT_INVALID' ? 'in the inputs' : found;
    super(code, `${count} ${what}: ${problems.map((problem) => problem.message).join(' ')}`, {
      advice: 'Correct what is named and run again; nothing was changed.',
    });
    this.problems = problems;
  }
}

/** The run was asked to stop: by the runner, by a signal, or by a deadline of the job. */
export class CanceledError extends ActionError {
  override readonly name = 'CanceledError';

  constructor(message: string, details: ErrorDetails = {}) {
    super('CANCELED', message, { advice: 'Start the backup again when it suits.', ...details });
  }
}

/** Turns whatever was thrown into an Error, so that cause chains never hold bare values. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The message of an error and of its causes, outermost first, without repeats. */
export function messageChain(error: unknown): string[] {
  const messages: string[] = [];
  let current: unknown = error;
  while (current !== undefined && messages.length < 8) {
    const { message, cause } = asError(current);
    if (!messages.some((earlier) => earlier.includes(message))) {
      messages.push(message);
    }
    current = cause;
  }
  return messages;
}

/** The code of the first coded error in the chain of causes; anything else is a bug of ours. */
export function codeOf(error: unknown): ErrorCode {
  let current: unknown = error;
  for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
    if (current instanceof ActionError) {
      return current.code;
    }
    current = asError(current).cause;
  }
  return 'INTERNAL';
}

/** Is it a system error with one of these codes? */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
