/** Splits a child's output into lines without ever holding more than a bounded part of it. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { isErrno } from '../errors.ts';

/** A line longer than this is handed on in pieces: a program that never ends a line must not fill memory. */
const LONGEST_LINE = 64 * 1024;

/** Calls `onLine` for every line; rsync ends its progress lines with a carriage return, so that counts too. */
export async function forEachLine(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const chunks: AsyncIterable<Buffer> = stream;
  try {
    for await (const chunk of chunks) {
      const parts = (rest + decoder.write(chunk)).split(/[\r\n]/);
      rest = parts.pop() ?? '';
      for (const line of parts) {
        if (line !== '') {
          onLine(line);
        }
      }
      if (rest.length > LONGEST_LINE) {
        onLine(rest);
        rest = '';
      }
    }
  } catch (error) {
    // Destroyed because a grandchild held the pipe after the program had ended: what was said is complete.
    // (What onLine throws destroys the stream as well, and must not be lost.)
    if (!isErrno(error, 'ERR_STREAM_PREMATURE_CLOSE')) {
      throw error;
    }
  }
  rest += decoder.end();
  if (rest !== '') {
    onLine(rest);
  }
}

export interface TailLimits {
  readonly maxLines: number;
  readonly maxBytes: number;
}

/** Keeps the last lines within limits. */
export class TailBuffer {
  readonly #limits: TailLimits;
  #lines: string[] = [];
  #bytes = 0;

  constructor(limits: TailLimits) {
    this.#limits = limits;
  }

  push(line: string): void {
    this.#lines.push(line);
    this.#bytes += line.length;
    if (this.#lines.length > 2 * this.#limits.maxLines || this.#bytes > 2 * this.#limits.maxBytes) {
      this.#trim();
    }
  }

  lines(): readonly string[] {
    this.#trim();
    return this.#lines;
  }

  #trim(): void {
    let first = this.#lines.length;
    let bytes = 0;
    while (first > 0 && this.#lines.length - first < this.#limits.maxLines && bytes < this.#limits.maxBytes) {
      first -= 1;
      bytes += this.#lines[first]?.length ?? 0;
    }
    this.#lines = this.#lines.slice(first);
    this.#bytes = bytes;
  }
}
