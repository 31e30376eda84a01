/**
 * What has to be copied inside the lock: found by looking at the home before the first pass and again after the drain, so
 * that rsync is told what differs instead of looking at everything. Where that cannot be relied on, all is copied, and
 * the log says why.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../errors.ts';
import { formatCount, formatDuration } from '../report/format.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import { HomeScan } from './home-scan.ts';
import type { PassResult } from './rsync-pass.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import type { Tree } from './trees.ts';

/** A list for rsync's `--files-from`, with NUL after each path. */
export interface ChangeList {
  readonly file: string;
  readonly paths: number;
  readonly deleted: number;
  /** That the second look took. */
  readonly seconds: number;
}

const LIST = /^\.bitbucket-home\.changes-[\w.-]+$/;

export class HomeDelta {
  readonly #context: StrategyContext;
  readonly #scan: HomeScan;
  /** Why a tree is copied as a whole, by its number. */
  readonly #problems = new Map<number, string>();

  constructor(context: StrategyContext) {
    this.#context = context;
    this.#scan = new HomeScan(context.commands);
  }

  /** Removes what a dead run left. */
  async removeLeftovers(): Promise<void> {
    const { backupRoot } = this.#context;
    await mkdir(backupRoot, { recursive: true, mode: 0o700 });
    for (const name of (await readdir(backupRoot)).filter((entry) => LIST.test(entry))) {
      await rm(join(backupRoot, name), { force: true });
    }
  }

  /** The first look, before the first pass. Never fails but for the signal: the lock is longer without it, no more. */
  async remember(index: number, tree: Tree, signal: AbortSignal): Promise<void> {
    const { log } = this.#context;
    const started = performance.now();
    const problem = await this.#attempt(signal, async () => {
      const answer = await this.#scan.firstLook(index, tree, signal);
      log.info(
        `Looked at ${tree.what}: ${formatCount(answer.folders)} folders and ${formatCount(answer.files)} files that are no git objects, in ${formatDuration(performance.now() - started)} with ${answer.threads} threads`,
      );
      return answer.problem;
    });
    if (problem !== undefined) {
      this.#takeWhole(index, tree, problem);
    }
  }

  /**
   * The second look, after the drain.
   * @param copied by the first pass
   * @param target that it was copied to
   * @param onProgress 0 to 1
   * @returns undefined when all has to be copied. The list belongs to the caller, who removes it.
   */
  async changesOf(
    index: number,
    tree: Tree,
    { copied, target }: { readonly copied: PassResult | undefined; readonly target: string },
    { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
  ): Promise<ChangeList | undefined> {
    const suspects = copied?.suspects;
    if (this.#problems.has(index)) {
      return undefined;
    }
    if (suspects === undefined) {
      this.#takeWhole(index, tree, 'the first pass could not delete in the copy what is gone');
      return undefined;
    }
    const { backupRoot, backupId, log } = this.#context;
    const file = join(backupRoot, `.bitbucket-home.changes-${backupId}-${index}`);
    const started = performance.now();
    let list: ChangeList | undefined;
    const problem = await this.#attempt(signal, async () => {
      const request = { tree: index, copyRoot: target, suspects, listFile: file };
      const answer = await this.#scan.secondLook(request, signal, onProgress);
      const ms = performance.now() - started;
      list = { file, paths: answer.paths, deleted: answer.deleted, seconds: Math.round(ms) / 1_000 };
      log.info(
        `Looked at ${tree.what} again: ${formatCount(answer.paths)} paths to compare, ${formatCount(answer.deleted)} of them deleted, in ${formatDuration(ms)} with ${answer.threads} threads`,
      );
      return answer.problem;
    });
    if (problem !== undefined) {
      this.#takeWhole(index, tree, problem);
      return undefined;
    }
    return list;
  }

  /** Files and bytes of a copy. @throws Error with what the system said */
  async count(folder: string, signal: AbortSignal): Promise<CountAnswer> {
    return await this.#scan.count(folder, signal);
  }

  /** Ends the scan. Idempotent. */
  async close(): Promise<void> {
    await this.#scan.close();
  }

  async #attempt(signal: AbortSignal, work: () => Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      return `the scan failed (${asError(error).message.replace(/\.$/, '')})`;
    }
  }

  #takeWhole(index: number, tree: Tree, problem: string): void {
    this.#problems.set(index, problem);
    this.#context.log.warning(
      `The whole of ${tree.what} is looked at inside the lock, which takes longer: ${problem}.`,
    );
  }
}
