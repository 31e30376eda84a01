/**
 * A program between another one's output and us. Not tar's own `--use-compress-program`, which goes through a shell even
 * without arguments.
 */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ActionError, asError } from '../errors.ts';
import { childEnvironment } from './environment.ts';
import { endGroup, forgetGroup, registerGroup } from './process-groups.ts';
import { forEachLine, TailBuffer } from './stream-lines.ts';

export interface FilterProgram {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
}

/**
 * Starts the program on `input` and lets `consume` read what it writes.
 * It carries no marker for a later run to find it by: when we die its output breaks, and with it the program.
 * @throws ActionError ARCHIVE_FAILED or CHILD_KILLED when it does not end with 0; whatever `consume` throws
 */
export async function throughProgram(
  program: FilterProgram,
  input: Readable,
  consume: (output: Readable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(program.path, [...program.args], {
    detached: true,
    env: childEnvironment(),
    stdio: [input instanceof Socket ? input : 'pipe', 'pipe', 'pipe'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) {
    throw new TypeError('Both outputs are pipes.');
  }
  const fed = child.stdin === null ? handedOver(input) : pipeline(input, child.stdin);
  const end = (): void => {
    if (child.pid !== undefined) {
      endGroup(child.pid);
    }
  };
  const exited = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => resolve([code, killedBy]));
  });
  if (child.pid !== undefined) {
    registerGroup(child.pid);
  }
  signal.addEventListener('abort', end, { once: true });
  const complaints = new TailBuffer({ maxLines: 20, maxBytes: 16 * 1024 });
  const consumed = consume(stdout);
  consumed.catch(end);
  const spoken = forEachLine(stderr, (line) => complaints.push(line));
  // All of them, so that nothing of it still runs or writes when this function has returned.
  const [exit, consumption, feeding] = await Promise.allSettled([exited, consumed, fed, spoken]);
  signal.removeEventListener('abort', end);
  if (child.pid !== undefined) {
    forgetGroup(child.pid);
  }
  if (exit.status === 'rejected') {
    throw asError(exit.reason);
  }
  if (consumption.status === 'rejected') {
    throw asError(consumption.reason);
  }
  // Before the pipe: a program that ended early has broken it, and its exit code says why.
  throwIfFailed(program.name, ...exit.value, complaints.lines());
  if (feeding.status === 'rejected') {
    // The program took the break for the end and did its work well on half of the input.
    throw new ActionError('ARCHIVE_FAILED', `${program.name} did not get all that it was to compress.`, {
      advice: 'Run again.',
      cause: feeding.reason,
    });
  }
}

/**
 * The program reads straight from the one before it: at half a gigabyte a second the way through us would cost as much as
 * the compression. Our own end is closed, so that either of the two feels the end of the other.
 */
async function handedOver(input: Readable): Promise<void> {
  input.destroy();
  await Promise.resolve();
}

function throwIfFailed(
  name: string,
  code: number | null,
  killedBy: NodeJS.Signals | null,
  complaints: readonly string[],
): void {
  if (code === 0) {
    return;
  }
  const how = killedBy === null ? `failed with exit code ${code}` : `was killed by ${killedBy}`;
  const words = complaints.length === 0 ? '' : `: ${complaints.join(' | ')}`;
  throw new ActionError(killedBy === null ? 'ARCHIVE_FAILED' : 'CHILD_KILLED', `${name} ${how}${words}.`, {
    advice: 'Look at the memory and the log of the runner, and run again.',
  });
}
