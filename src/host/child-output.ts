/** What a child writes: read to the end, bounded in memory, never waited for longer than the child itself. */
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { InputSource } from './child-input.ts';
import { endGroup } from './process-groups.ts';
import { forEachLine, TailBuffer } from './stream-lines.ts';

export interface OutputConsumers {
  /** Takes standard output as lines (also ended by a carriage return); otherwise it is collected. */
  readonly onLine?: (line: string) => void;
  /** Takes lines of standard error while the program runs; the last 200 are kept in any case. */
  readonly onErrorLine?: (line: string) => void;
  /**
   * Takes standard output as bytes, with back-pressure. It has to begin reading before it awaits anything: what nobody
   * reads when the program exits Node throws away.
   */
  readonly onStdout?: (stdout: Readable) => Promise<void>;
}

/** Enough for a version, a list or a JSON answer; more than this is a program gone wrong. */
const COLLECTED_LIMITS = { maxLines: 500_000, maxBytes: 16 * 1024 * 1024 };
const STDERR_LIMITS = { maxLines: 200, maxBytes: 256 * 1024 };

/** A grandchild can hold a pipe open after the program has ended; we do not wait longer than this for it. */
const PIPE_GRACE_MS = 2_000;

export interface Output {
  readonly stdout: TailBuffer;
  readonly stderr: TailBuffer;
  readonly done: Promise<void>;
}

/** Reads both outputs to their ends. What a consumer throws surfaces from `done`. */
export function consume(child: ChildProcess, options: OutputConsumers & InputSource): Output {
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
  if (options.stdin === undefined) {
    child.stdin?.end(options.input);
  }
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
export async function drained(output: Output, child: ChildProcess, options: OutputConsumers): Promise<void> {
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
