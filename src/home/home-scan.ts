/** The scan of home and data stores, which runs as a process of its own from the first look to the end of the run. */
import { type Dialogue, startDialogue } from '../host/dialogue.ts';
import type { CommandRunner } from '../host/command.ts';
import { ownProgram } from '../host/own-program.ts';
import {
  type CountAnswer,
  type FirstLookAnswer,
  parseAnswer,
  type ScanAnswer,
  type ScanRequest,
  type SecondLookAnswer,
} from './scan/scan-protocol.ts';

export interface SecondLookRequest {
  /** Its number, as in the first look. */
  readonly tree: number;
  readonly copyRoot: string;
  /** What vanished during the first pass, in bytes. */
  readonly suspects: readonly string[];
  /** Nothing of this name, with or without an ending, may exist. */
  readonly listFile: string;
}

/** Little of what it makes lives long: room for less of it at a time costs next to nothing. */
const NODE_OPTIONS = ['--max-semi-space-size=2'];

interface Running {
  readonly dialogue: Dialogue;
  readonly stop: AbortController;
}

/** Starts with the first question, and ends with `close`. A failure of it is the answer to the question. */
export class HomeScan {
  readonly #commands: CommandRunner;
  #running: Running | undefined;

  constructor(commands: CommandRunner) {
    this.#commands = commands;
  }

  /** @throws Error with what the system said; the signal's reason when it was aborted */
  async firstLook(
    tree: number,
    { source, exclusions }: { readonly source: string; readonly exclusions: readonly string[] },
    signal: AbortSignal,
  ): Promise<FirstLookAnswer> {
    const answer = await this.#ask({ ask: 'first look', tree, source, exclusions }, signal);
    if (!('firstLook' in answer)) {
      throw unexpected(answer);
    }
    return answer.firstLook;
  }

  /** @throws as `firstLook` */
  async secondLook(
    request: SecondLookRequest,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<SecondLookAnswer> {
    const answer = await this.#ask({ ask: 'second look', ...request }, signal, onProgress);
    if (!('secondLook' in answer)) {
      throw unexpected(answer);
    }
    return answer.secondLook;
  }

  /** @throws as `firstLook` */
  async count(folder: string, signal: AbortSignal): Promise<CountAnswer> {
    const isOld = this.#running !== undefined;
    const answer = await this.#ask({ ask: 'count', folder }, signal).catch(async (error: unknown) => {
      signal.throwIfAborted();
      // One that died since it was asked last took nothing with it that counting needs.
      if (!isOld) {
        throw error;
      }
      return await this.#ask({ ask: 'count', folder }, signal);
    });
    if (!('count' in answer)) {
      throw unexpected(answer);
    }
    return answer.count;
  }

  /** Ends it, wherever it stands, and waits for that; what it remembered is lost. Idempotent; never throws. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.stop.abort(new Error('The scan is not needed any more.'));
    await running?.dialogue.ended.catch(() => undefined);
  }

  async #ask(
    request: ScanRequest,
    signal: AbortSignal,
    onProgress: (fraction: number) => void = () => undefined,
  ): Promise<ScanAnswer> {
    signal.throwIfAborted();
    this.#running ??= this.#start();
    const { dialogue, stop } = this.#running;
    const onAbort = (): void => stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      dialogue.send(JSON.stringify(request));
      for (;;) {
        const answer = parseAnswer(await dialogue.next());
        if (!('progress' in answer)) {
          return answer;
        }
        onProgress(answer.progress);
      }
    } catch (error) {
      // An answer that nobody waits for any more would be taken for that to the next question.
      await this.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #start(): Running {
    const stop = new AbortController();
    const dialogue = startDialogue(
      this.#commands,
      process.execPath,
      [...NODE_OPTIONS, ownProgram('home-scan')],
      {
        signal: stop.signal,
      },
    );
    return { dialogue, stop };
  }
}

function unexpected(answer: ScanAnswer): Error {
  return new Error(
    'failed' in answer
      ? answer.failed
      : `The scan answered what it was not asked: ${JSON.stringify(answer)}.`,
  );
}
