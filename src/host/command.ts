/**
 * Runs programs: argument arrays and no shell, a group of its own for each, an explicit environment, output that cannot
 * flood memory, an end that is always awaited. `@actions/exec` serves the short version queries (`tools.ts`); it can
 * neither signal a child nor end it, so nothing long may run through it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { ActionError, type ErrorCode, type ErrorDetails, isErrno } from '../errors.ts';
import { childEnvironment } from './environment.ts';
import { printable } from './log.ts';
import { endGroup, forgetGroup, registerGroup, signalGroup, TERMINATION_GRACE_MS } from './process-groups.ts';
import { forEachLine, TailBuffer } from './stream-lines.ts';

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Written to standard input, which is closed after it. */
  readonly input?: string | Uint8Array;
  /** Takes standard output as lines (also ended by a carriage return); otherwise it is collected. */
  readonly onLine?: (line: string) => void;
  /** Takes lines of standard error while the program runs; the last 200 are kept in any case. */
  readonly onErrorLine?: (line: string) => void;
  /**
   * Takes standard output as bytes, with back-pressure. It has to begin reading before it awaits anything: what nobody
   * reads when the program exits Node throws away.
   */
  readonly onStdout?: (stdout: Readable) => Promise<void>;
  /** Exit codes that are no failure, each with its reason at the call. */
  readonly okCodes?: readonly number[];
  /** Milliseconds after which the program is ended and the step fails. */
  readonly deadlineMs?: number;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** The last lines of standard error. */
  readonly stderr: readonly string[];
}

/** Finds and runs programs. Passed in, so that a test can put another PATH below it. */
export interface CommandRunner {
  run(program: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
}

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

/** Enough for a version, a list or a JSON answer; more than this is a program gone wrong. */
const COLLECTED_LIMITS = { maxLines: 500_000, maxBytes: 16 * 1024 * 1024 };
const STDERR_LIMITS = { maxLines: 200, maxBytes: 256 * 1024 };

/** A grandchild can hold a pipe open after the program has ended; we do not wait longer than this for it. */
const PIPE_GRACE_MS = 2_000;

/**
 * After SIGTERM, SIGKILL and some patience: a process that is still there hangs in the kernel, on a dead file system say.
 * Nobody can end it, and Bitbucket must not stay locked for it.
 */
const STUCK_AFTER_MS = TERMINATION_GRACE_MS + 2_000;

export interface RunnerOptions {
  /** Environment that every child carries, so that a later run finds the orphans of this one. */
  readonly marker?: Readonly<Record<string, string>>;
  /** Told of a program that could not be ended and was left behind. */
  readonly onStuck?: (message: string) => void;
}

export function createCommandRunner(runner: RunnerOptions = {}): CommandRunner {
  return { run: (program, args, options) => run(program, args, runner, options ?? {}) };
}

async function run(
  program: string,
  args: readonly string[],
  runner: RunnerOptions,
  options: CommandOptions,
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const child = spawn(program, [...args], {
    detached: true,
    env: childEnvironment({ ...options.env, ...runner.marker }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) {
    registerGroup(child.pid);
  }
  const exited = exitOf(child);
  const output = consume(child, options);
  const watch = watchForEnd(child, options);
  try {
    const [code, signal] = await Promise.race([exited, watch.stuck]);
    await drained(output, child, options);
    const ended = { program: basename(program), exitCode: code, signal, stderr: output.stderr.lines() };
    throwIfFailed(ended, options, watch.timedOut());
    return { exitCode: code ?? 0, stdout: output.stdout.lines().join('\n'), stderr: ended.stderr };
  } catch (error) {
    // The program is gone, but workers of its own may not be: a pg_dump that was killed leaves some.
    if (child.pid !== undefined) {
      signalGroup(child.pid, 'SIGKILL');
    }
    if (error instanceof StuckError) {
      leaveBehind(child);
      const message = `${basename(program)} (process ${child.pid}) hangs in the kernel and cannot be ended; it was left behind.`;
      runner.onStuck?.(message);
      options.signal?.throwIfAborted();
      throw new ActionError('STEP_TIMEOUT', message, {
        advice: 'Look for a file system that does not answer.',
      });
    }
    throw isErrno(error, 'ENOENT', 'EACCES') && child.pid === undefined ? toolMissing(program, error) : error;
  } finally {
    watch.stop();
    if (child.pid !== undefined) {
      forgetGroup(child.pid);
    }
  }
}

async function exitOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    // `exit`, not `close`: a grandchild that keeps a pipe open must not keep us.
    child.once('exit', (code, signal) => resolve([code, signal]));
  });
}

interface Output {
  readonly stdout: TailBuffer;
  readonly stderr: TailBuffer;
  readonly done: Promise<void>;
}

/** Reads both outputs to their ends. What a consumer throws surfaces from `done`. */
function consume(child: ChildProcess, options: CommandOptions): Output {
  const stdout = new TailBuffer(COLLECTED_LIMITS);
  const stderr = new TailBuffer(STDERR_LIMITS);
  const { onLine, onStdout, onErrorLine } = options;
  const readers: Promise<void>[] = [];
  if (child.stdout !== null) {
    readers.push(
      onStdout === undefined
        ? forEachLine(child.stdout, onLine ?? ((line) => stdout.push(line)))
        : onStdout(child.stdout),
    );
  }
  if (child.stderr !== null) {
    readers.push(
      forEachLine(child.stderr, (line) => {
        stderr.push(line);
        onErrorLine?.(line);
      }),
    );
  }
  // A program that ends without reading its input says so by its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input);
  const done = Promise.all(readers).then(() => undefined);
  done.catch(() => {
    // The consumer failed (a full disk, say): the program must not wait for ever on a pipe that nobody reads.
    if (child.pid !== undefined) {
      endGroup(child.pid);
    }
  });
  return { stdout, stderr, done };
}

/** Waits for the rest of the output; bytes that somebody consumes are waited for to the last one. */
async function drained(output: Output, child: ChildProcess, options: CommandOptions): Promise<void> {
  if (options.onStdout !== undefined) {
    await output.done;
    return;
  }
  const grace = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, PIPE_GRACE_MS);
  try {
    await output.done;
  } finally {
    clearTimeout(grace);
  }
}

/** Without this its pipes would keep our process from ending. */
function leaveBehind(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

class StuckError extends Error {}

interface Watch {
  /** Rejects when the program was told to end and did not. */
  readonly stuck: Promise<never>;
  stop(): void;
  timedOut(): boolean;
}

/** Ends the program's group when the run is aborted or the deadline has passed. */
function watchForEnd(child: ChildProcess, options: CommandOptions): Watch {
  const { pid } = child;
  let timedOut = false;
  let patience: NodeJS.Timeout | undefined;
  const stuck = Promise.withResolvers<never>();
  stuck.promise.catch(() => undefined);
  const end = (): void => {
    if (pid !== undefined) {
      endGroup(pid);
      patience ??= setTimeout(() => stuck.reject(new StuckError()), STUCK_AFTER_MS);
    }
  };
  const deadline =
    options.deadlineMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          end();
        }, options.deadlineMs);
  options.signal?.addEventListener('abort', end, { once: true });
  return {
    stuck: stuck.promise,
    stop: () => {
      clearTimeout(deadline);
      clearTimeout(patience);
      options.signal?.removeEventListener('abort', end);
    },
    timedOut: () => timedOut,
  };
}

interface Ended {
  readonly program: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: readonly string[];
}

function throwIfFailed(ended: Ended, options: CommandOptions, timedOut: boolean): void {
  options.signal?.throwIfAborted();
  if (timedOut) {
    const seconds = Math.round((options.deadlineMs ?? 0) / 1_000);
    throw new CommandError(
      'STEP_TIMEOUT',
      `${ended.program} did not end within ${seconds} s and was stopped.`,
      ended,
    );
  }
  if (
    ended.exitCode === 0 ||
    (ended.exitCode !== null && options.okCodes?.includes(ended.exitCode) === true)
  ) {
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

function toolMissing(program: string, cause: unknown): ActionError {
  return new ActionError(
    'TOOL_MISSING',
    `The program ${basename(program)} is not installed or not on PATH.`,
    {
      advice: `Install ${basename(program)} on the runner.`,
      cause,
    },
  );
}
