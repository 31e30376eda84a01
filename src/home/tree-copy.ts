/** One tree on its way into the working copy: copied while users work, copied again for what changed meanwhile. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../errors.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import { copyTree } from './copy-tree.ts';
import type { HomeDelta, Memory } from './home-delta.ts';
import type { PassMode, PassResult } from './rsync-pass.ts';
import type { RsyncProgram } from './rsync-program.ts';
import type { RsyncProgress } from './rsync-stats.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import type { Tree } from './trees.ts';

export interface TreeCopyOptions {
  readonly context: StrategyContext;
  readonly tree: Tree;
  /** Undefined: rsync looks at everything in each pass. */
  readonly delta: HomeDelta | undefined;
}

export interface LastPass {
  readonly result: PassResult;
  /** That rsync was given; undefined when it looked at everything. */
  readonly paths: number | undefined;
}

interface During {
  readonly program: RsyncProgram;
  readonly signal: AbortSignal;
}

/** Told of the last pass. Of looking from 0 to 1; of rsync where it looks at everything. */
export interface LastPassListener {
  looking(fraction: number): void;
  copying(progress: RsyncProgress): void;
}

/** How often a rehearsal is begun again because rsync could not say what it left out. */
const MOST_REHEARSALS = 2;

export class TreeCopy {
  readonly tree: Tree;
  readonly #context: StrategyContext;
  readonly #delta: HomeDelta | undefined;
  readonly #target: string;
  #memory: Memory = { problem: 'it has not been looked at' };
  #suspects: readonly string[] | undefined;

  constructor({ context, tree, delta }: TreeCopyOptions) {
    this.tree = tree;
    this.#context = context;
    this.#delta = delta;
    this.#target = join(context.backupRoot, tree.member);
  }

  /**
   * The first pass, and a rehearsal of the last one. The first may take hours, and what changed meanwhile is better copied
   * while users work as well.
   * @returns of the first pass; `vanished` of all
   */
  async prepare(during: During): Promise<PassResult> {
    if (this.#delta === undefined) {
      return await this.#pass('live', during);
    }
    let memory = await this.#delta.remember(this.tree, during.signal);
    const first = await this.#pass('live', during);
    let last = first;
    let vanished = first.vanished;
    for (let rehearsals = 0; rehearsals < MOST_REHEARSALS && !('problem' in memory); rehearsals += 1) {
      this.#context.log.info(
        `Rehearsing the last copy of ${this.tree.what}, so that little is left for the lock`,
      );
      // Before the copying: what changes from here on is for the last pass.
      const next = await this.#delta.remember(this.tree, during.signal);
      last = await this.#catchUp(this.#delta, { memory, suspects: last.suspects }, during);
      vanished += last.vanished;
      memory = next;
      if (last.suspects !== undefined) {
        break;
      }
    }
    this.#memory = memory;
    this.#suspects = last.suspects;
    if ('problem' in memory) {
      this.#warn(memory.problem);
    }
    return { ...first, vanished };
  }

  /** Inside the lock. @throws ActionError as `runPass` */
  async finish(during: During, listener: LastPassListener): Promise<LastPass> {
    const onProgress = (progress: RsyncProgress): void => listener.copying(progress);
    if (this.#delta === undefined) {
      return { result: await this.#pass('locked', during, { onProgress }), paths: undefined };
    }
    const copy = { target: this.#target, suspects: this.#suspects };
    const changes = await this.#delta.changesSince(this.#memory, this.tree, copy, {
      signal: during.signal,
      onProgress: (fraction) => listener.looking(fraction),
    });
    if ('problem' in changes) {
      if (!('problem' in this.#memory)) {
        this.#warn(changes.problem);
      }
      return { result: await this.#pass('locked', during, { onProgress }), paths: undefined };
    }
    return { result: await this.#passOver(changes.files, 'locked', during), paths: changes.paths };
  }

  /** A pass over a list knows nothing of the rest. @throws Error with what the system said */
  async count({ result, paths }: LastPass, signal: AbortSignal): Promise<CountAnswer> {
    return this.#delta === undefined || paths === undefined
      ? { files: result.regularFiles, bytes: result.totalBytes }
      : await this.#delta.count(this.#target, signal);
  }

  async #catchUp(
    delta: HomeDelta,
    { memory, suspects }: { readonly memory: Memory; readonly suspects: readonly string[] | undefined },
    during: During,
  ): Promise<PassResult> {
    const copy = { target: this.#target, suspects };
    const changes = await delta.changesSince(memory, this.tree, copy, { signal: during.signal });
    if ('problem' in changes) {
      return await this.#passOnceMore(changes.problem, during);
    }
    try {
      return await this.#passOver(changes.files, 'live', during);
    } catch (error) {
      during.signal.throwIfAborted();
      // It gives up on a list when a folder goes under its hands.
      if (error instanceof ActionError && error.code === 'HOME_FAILED') {
        return await this.#passOnceMore('rsync could not follow the list of changes', during);
      }
      throw error;
    }
  }

  async #passOnceMore(problem: string, during: During): Promise<PassResult> {
    this.#context.log.info(`Copying all of ${this.tree.what} once more: ${problem}`);
    return await this.#pass('live', during);
  }

  async #passOver(listFiles: readonly string[], mode: PassMode, during: During): Promise<PassResult> {
    try {
      return await this.#pass(mode, during, { listFiles });
    } finally {
      for (const file of listFiles) {
        await rm(file, { force: true });
      }
    }
  }

  async #pass(
    mode: PassMode,
    during: During,
    more: {
      readonly listFiles?: readonly string[];
      readonly onProgress?: (progress: RsyncProgress) => void;
    } = {},
  ): Promise<PassResult> {
    return await copyTree(this.#context, { mode, tree: this.tree, ...during, ...more });
  }

  #warn(problem: string): void {
    this.#context.log.warning(
      `The whole of ${this.tree.what} is looked at inside the lock, which takes longer: ${problem}.`,
    );
  }
}
