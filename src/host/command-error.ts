/** How a program that ended otherwise than it should is told: which, how, and its last words. */
import { basename } from 'node:path';
import { ActionError, type ErrorCode, type ErrorDetails } from '../errors.ts';
import { printable } from './log.ts';

/** A program that ended otherwise than it should: which, how, and its last words. */
export class CommandError extends ActionError {
  override readonly name = 'CommandError';
  readonly program: string;
  readonly exitCode: number | null;
  readonly stderr: readonly string[];

  constructor(code: ErrorCode, message: string, ended: Ended, details: ErrorDetails = {}) {
    super(code, message, details);
    this.program = ended.program;
    this.exitCode = ended.exitCode;
    this.stderr = ended.stderr;
  }
}

export interface Ended {
  readonly program: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: readonly string[];
}

/** @throws CommandError unless it ended with 0 or one of `okCodes` */
export function throwIfFailed(ended: Ended, okCodes: readonly number[]): void {
  if (ended.exitCode !== null && [0, ...okCodes].includes(ended.exitCode)) {
    return;
  }
  if (ended.signal !== null) {
    const why = ended.signal === 'SIGKILL' ? ' (out of memory?)' : '';
    throw new CommandError(
      'CHILD_KILLED',
      `${ended.program} was killed by ${ended.signal}${why}${lastWords(ended)}.`,
      ended,
    );
  }
  throw new CommandError(
    ended.stderr.some((line) => line.includes('No space left on device')) ? 'DISK_FULL' : 'COMMAND_FAILED',
    `${ended.program} failed with exit code ${ended.exitCode}${lastWords(ended)}.`,
    ended,
  );
}

/** @param limitMs what it was given */
export function tookTooLong(ended: Ended, limitMs: number): CommandError {
  const seconds = Math.round(limitMs / 1_000);
  return new CommandError(
    'STEP_TIMEOUT',
    `${ended.program} did not end within ${seconds} s and was stopped.`,
    ended,
  );
}

/** Left behind, because no signal ends it. */
export function hangsInKernel(program: string, pid: number | undefined): ActionError {
  return new ActionError(
    'STEP_TIMEOUT',
    `${basename(program)} (process ${pid ?? 'unknown'}) hangs in the kernel and cannot be ended; it was left behind.`,
    { advice: 'Look for a file system that does not answer.' },
  );
}

/** The last lines that a program said, for the error sentence. */
function lastWords(ended: Ended): string {
  const words = ended.stderr
    .map((line) => printable(line).trim())
    .filter((line) => line !== '')
    .slice(-5)
    .join(' | ')
    .replace(/\.$/, '');
  return words === '' ? '' : `: ${words}`;
}

export function toolMissing(program: string, cause: unknown): ActionError {
  return new ActionError(
    'TOOL_MISSING',
    `The program ${basename(program)} is not installed or not on PATH.`,
    {
      advice: `Install ${basename(program)} on the runner.`,
      cause,
    },
  );
}
