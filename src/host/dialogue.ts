/** A program that is kept running and talked to in lines: an open session of psql, or our own scan. */
import { PassThrough } from 'node:stream';
import type { CommandOptions, CommandRunner } from './command.ts';

export interface Dialogue {
  /** Writes a line to its standard input. What a program that has ended is told is lost; `next` then tells of the end. */
  send(line: string): void;
  /**
   * The next line that it prints; lines that nobody waits for are kept.
   * @throws CommandError when it has ended, well or not, before it printed one; the signal's reason when it was aborted
   */
  next(): Promise<string>;
  /** Settles when the program has ended, as `CommandRunner.run` does. Nobody has to look at it: a failure is not unhandled. */
  readonly ended: Promise<void>;
  /** Ends its input and waits until it has ended by itself. @throws as `ended` */
  finish(): Promise<void>;
}

/** The program runs until `finish`, until it ends by itself, or until the signal is aborted. */
export function startDialogue(
  commands: CommandRunner,
  program: string,
  args: readonly string[],
  options: Omit<CommandOptions, 'input' | 'stdin' | 'onLine' | 'onStdout'>,
): Dialogue {
  const input = new PassThrough();
  const lines = new LineQueue();
  const ended = commands
    .run(program, args, { ...options, stdin: input, onLine: (line) => lines.push(line) })
    .then(
      () => lines.end(new Error(`${program} ended although more was expected of it.`)),
      (error: unknown) => {
        lines.end(error);
        throw error;
      },
    );
  ended.catch(() => undefined);
  return {
    send: (line) => {
      if (!input.destroyed) {
        input.write(`${line}\n`);
      }
    },
    next: async () => await lines.next(),
    ended,
    finish: async () => {
      input.end();
      await ended;
    },
  };
}

class LineQueue {
  readonly #lines: string[] = [];
  #waiting: { resolve: (line: string) => void; reject: (error: unknown) => void }[] = [];
  #end: { readonly error: unknown } | undefined;

  push(line: string): void {
    const first = this.#waiting.shift();
    if (first === undefined) {
      this.#lines.push(line);
    } else {
      first.resolve(line);
    }
  }

  end(error: unknown): void {
    this.#end = { error };
    for (const { reject } of this.#waiting.splice(0)) {
      reject(error);
    }
  }

  async next(): Promise<string> {
    const line = this.#lines.shift();
    if (line !== undefined) {
      return line;
    }
    if (this.#end !== undefined) {
      throw this.#end.error;
    }
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }
}
