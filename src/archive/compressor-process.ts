/**
 * A program between another one's output and us. The two are joined by the pipe itself: bytes that went through this
 * process first would cost a third of the throughput, and tar's own `--use-compress-program` goes through a shell.
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { ActionError, asError } from '../errors.ts';
import { childEnvironment } from '../host/environment.ts';
import { endGroup, forgetGroup, registerGroup } from '../host/process-groups.ts';
import { forEachLine, TailBuffer } from '../host/stream-lines.ts';

export interface CompressorProgram {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
}

/**
 * Starts the program on `input`, which must be the unread output of a child, and lets `consume` read what it writes.
 * It carries no marker for a later run to find it by: when we die its output breaks, and with it the program.
 * @throws ActionError ARCHIVE_FAILED or CHILD_KILLED when it does not end with 0; whatever `consume` throws
 */
export async function throughProgram(
  program: CompressorProgram,
  input: Readable,
  consume: (output: Readable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(program.path, [...program.args], {
    detached: true,
    env: childEnvironment(),
    stdio: [input, 'pipe', 'pipe'],
  });
  // Our end goes at once: as long as it is open a dead compressor is no broken pipe to tar.
  input.destroy();
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
  const consumed = consume(child.stdout);
  consumed.catch(end);
  const spoken = forEachLine(child.stderr, (line) => complaints.push(line));
  // All of them, so that nothing of it still runs or writes when this function has returned.
  const [exit, consumption] = await Promise.allSettled([exited, consumed, spoken]);
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
  throwIfFailed(program.name, ...exit.value, complaints.lines());
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
