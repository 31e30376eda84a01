/**
 * Runs programs: argument arrays and no shell, a group of its own for each, an explicit environment, output that cannot
 * flood memory, an end that is always awaited. `@actions/exec` serves the short version queries (`tools.ts`); it can
 * neither signal a child nor end it, so nothing long may run through it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { isErrno } from '../errors.ts';
import { feed, type InputSource, standardInput } from './child-input.ts';
import { consume, drained, type OutputConsumers } from './child-output.ts';
import { leaveBehind, StuckError, watchForEnd } from './child-watch.ts';
import { hangsInKernel, throwIfFailed, tookTooLong, toolMissing } from './command-error.ts';
import { childEnvironment } from './environment.ts';
import { forgetGroup, registerGroup, signalGroup } from './process-groups.ts';

export interface CommandOptions extends OutputConsumers, InputSource {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
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
    stdio: [standardInput(options), 'pipe', 'pipe'],
  });
  const unfed = feed(child, options.stdin);
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
    options.signal?.throwIfAborted();
    if (watch.timedOut()) {
      throw tookTooLong(ended, options.deadlineMs ?? 0);
    }
    const cut = unfed();
    if (cut !== undefined) {
      throw cut;
    }
    throwIfFailed(ended, options.okCodes ?? []);
    return { exitCode: code ?? 0, stdout: output.stdout.lines().join('\n'), stderr: ended.stderr };
  } catch (error) {
    // The program is gone, but workers of its own may not be: a pg_dump that was killed leaves some.
    if (child.pid !== undefined) {
      signalGroup(child.pid, 'SIGKILL');
    }
    if (error instanceof StuckError) {
      leaveBehind(child);
      const stuck = hangsInKernel(program, child.pid);
      runner.onStuck?.(stuck.message);
      options.signal?.throwIfAborted();
      throw stuck;
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
