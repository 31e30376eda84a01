/** Runs a tool for the tests' own needs; independent of `src/host`, so that a fault there cannot hide itself. */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isErrno } from '../../src/errors.ts';

export interface ProgramOptions {
  /** The whole environment; only PATH is added. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Written to standard input as it is asked for. */
  readonly input?: string | Iterable<string | Buffer>;
  readonly uid?: number;
  readonly gid?: number;
}

export interface ProgramOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** @throws Error with the program's standard error when it does not exit with 0. */
export async function runProgram(
  program: string,
  args: readonly (string | Buffer)[],
  options: ProgramOptions = {},
): Promise<ProgramOutput> {
  const { input, env, ...rest } = options;
  const child = spawn(program, args.map(String), {
    ...rest,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const outputs = Promise.all([buffer(child.stdout), text(child.stderr)]);
  const closed = new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(String(code ?? signal)));
  });
  const [end, [stdout, stderr]] = await Promise.all([
    closed,
    outputs,
    feed(Readable.from(typeof input === 'string' ? [input] : (input ?? [])), child.stdin),
  ]);
  if (end !== '0') {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${end}:\n${stderr.trim() || stdout.toString('utf8').trim()}`,
    );
  }
  return { stdout, stderr };
}

/** Standard output as text, without the last line break. */
export async function programText(
  program: string,
  args: readonly (string | Buffer)[],
  options: ProgramOptions = {},
): Promise<string> {
  const { stdout } = await runProgram(program, args, options);
  return stdout.toString('utf8').replace(/\n$/, '');
}

/** A program that ends without reading its input says by its exit code whether that was right. */
async function feed(source: Readable, stdin: NodeJS.WritableStream): Promise<void> {
  try {
    await pipeline(source, stdin);
  } catch (error) {
    if (!isErrno(error, 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE')) {
      throw error;
    }
  }
}
