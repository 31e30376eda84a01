/** What a failed run takes back, in reverse order. A failure in here is told and never hides the first error. */
import { asError } from '../errors.ts';
import type { Log } from '../host/log.ts';

export interface UndoReport {
  readonly undone: readonly string[];
  readonly failures: readonly string[];
}

export class UndoStack {
  readonly #log: Log;
  readonly #steps: { readonly name: string; readonly undo: () => Promise<void> }[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  push(name: string, undo: () => Promise<void>): void {
    this.#steps.push({ name, undo });
  }

  /** Never throws. */
  async unwind(): Promise<UndoReport> {
    const undone: string[] = [];
    const failures: string[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.undo();
        undone.push(step.name);
      } catch (error) {
        const message = `${step.name}: ${asError(error).message}`;
        failures.push(message);
        this.#log.error(`Clean-up failed, ${message}`);
      }
    }
    return { undone, failures };
  }
}
