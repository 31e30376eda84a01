/** What act writes with `--json`, one entry a line, turned into what a user of GitHub sees: log, outputs, summary. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type Stage = 'Pre' | 'Main' | 'Post';

export interface StepEnd {
  readonly jobId: string;
  /** The step's name. */
  readonly step: string;
  readonly stage: string;
  readonly result: string;
}

interface Entry {
  readonly message: string;
  readonly fields: ReadonlyMap<string, unknown>;
}

export class ActLog {
  /** Everything, in order, as act shows it: secrets masked. */
  readonly lines: string[] = [];
  readonly postLines: string[] = [];
  /** In the order in which they were written, unmasked: act keeps them out of its masking. */
  readonly summaries: string[] = [];
  readonly steps: StepEnd[] = [];
  /** Job id to `success` or `failure`. */
  readonly jobs: Record<string, string> = {};
  /** Step id to name to value. */
  readonly outputs: Record<string, Record<string, string>> = {};
  /** The log is complete. */
  readonly ended: Promise<void>;
  readonly #listeners = new Set<(line: string) => void>();

  constructor(stdout: Readable, stderr: Readable) {
    this.ended = Promise.all([stdout, stderr].map(async (stream) => await this.#read(stream))).then(
      () => undefined,
    );
  }

  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first line that fits, past ones included. @throws Error when the log ends without it */
  async waitFor(pattern: RegExp): Promise<string> {
    const past = this.lines.find((line) => pattern.test(line));
    return (
      past ??
      (await new Promise((resolve, reject) => {
        const stop = this.onLine((line) => {
          if (pattern.test(line)) {
            stop();
            resolve(line);
          }
        });
        void this.ended.then(() => {
          stop();
          return reject(new Error(`act ended without a line like ${String(pattern)}:\n${this.tail()}`));
        });
      }))
    );
  }

  tail(): string {
    return this.lines.slice(-40).join('\n');
  }

  async #read(stream: Readable): Promise<void> {
    for await (const line of createInterface({ input: stream })) {
      this.#take(parseEntry(line));
    }
  }

  #take({ message, fields }: Entry): void {
    const line = message.replace(/\n$/, '');
    this.lines.push(line);
    if (fields.get('stage') === 'Post') {
      this.postLines.push(line);
    }
    const command = fields.get('command');
    if (command === 'summary') {
      this.summaries.push(text(fields, 'content'));
    }
    if (command === 'set-output') {
      const step = stepId(fields);
      this.outputs[step] = { ...this.outputs[step], [text(fields, 'name')]: text(fields, 'arg') };
    }
    if (fields.has('stepResult') && fields.has('stage')) {
      this.steps.push({
        jobId: text(fields, 'jobID'),
        step: text(fields, 'step'),
        stage: text(fields, 'stage'),
        result: text(fields, 'stepResult'),
      });
    }
    if (fields.has('jobResult')) {
      this.jobs[text(fields, 'jobID')] = text(fields, 'jobResult');
    }
    for (const listener of this.#listeners) {
      listener(line);
    }
  }
}

/** What act says before it knows `--json`, and its last sentence on standard error, are no JSON. */
function parseEntry(line: string): Entry {
  const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  const fields = new Map<string, unknown>(
    typeof value === 'object' && value !== null ? Object.entries(value) : [],
  );
  return { message: fields.has('msg') ? text(fields, 'msg') : line, fields };
}

function stepId(fields: ReadonlyMap<string, unknown>): string {
  const ids: unknown = fields.get('stepID');
  return Array.isArray(ids) ? String(ids[0]) : '';
}

function text(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
