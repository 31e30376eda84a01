/** What a child reads: nothing, an open file, another program's output, or a stream. */
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';

export interface InputSource {
  /** Written to standard input, which is closed after it. */
  readonly input?: string | Uint8Array;
  /**
   * What it reads: an open file, another program's output (handed over as it is, our own end is closed), or any stream,
   * which is destroyed when the program ends before it. Excludes `input`.
   */
  readonly stdin?: number | Readable;
}

/** As `spawn` takes it. */
export function standardInput({ input, stdin }: InputSource): 'ignore' | 'pipe' | number | Socket {
  if (typeof stdin === 'number' || stdin instanceof Socket) {
    return stdin;
  }
  return stdin === undefined && input === undefined ? 'ignore' : 'pipe';
}

/**
 * Between two programs nothing goes through us: at half a gigabyte a second that would cost as much as what they do. Our
 * own end of the pipe is closed, so that either of the two feels the end of the other.
 * @returns asks why the stream did not come to its end; undefined as long as it did, or the program wanted no more of it
 */
export function feed(child: ChildProcess, stdin: InputSource['stdin']): () => Error | undefined {
  let failure: Error | undefined;
  if (stdin instanceof Socket) {
    stdin.destroy();
  } else if (stdin instanceof Readable && child.stdin !== null) {
    const into = child.stdin;
    let over = false;
    // The program takes the break for the end, and may be content with half of its input.
    const broken = (error: Error): void => {
      failure ??= over ? undefined : error;
      into.destroy();
    };
    const closed = (): void => {
      if (!stdin.readableEnded) {
        broken(new Error('The stream was closed before its end.'));
      }
    };
    stdin.on('error', broken);
    stdin.on('close', closed);
    const enough = (): void => {
      over = true;
      stdin.destroy();
    };
    into.on('close', enough);
    child.once('exit', enough);
    if (stdin.destroyed) {
      broken(new Error('The stream was closed before it was read.'));
    } else {
      stdin.pipe(into);
    }
  }
  return () => failure;
}
