/**
 * What has changed in a tree since it was looked at, found without rsync, which would look at everything: the lists for
 * rsync of what to copy. Where they could not be relied on there is the reason instead.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asError } from '../errors.ts';
import { counted, formatCount, formatDuration } from '../report/format.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import { HomeScan } from './home-scan.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import type { Tree } from './trees.ts';

/** Why all has to be copied: the end of a sentence. */
export interface Doubt {
  readonly problem: string;
}

/** What is remembered of a tree; good for one comparison. */
export type Memory = { readonly id: number } | Doubt;

/** Lists for rsync's `--files-from`, with NUL after each path; each for an rsync of its own. */
export interface ChangeLists {
  readonly files: readonly string[];
  /** In all of them. */
  readonly paths: number;
}

export interface CopyToCompare {
  /** Its folder, absolute. */
  readonly target: string;
  /** What had vanished when rsync came to it (see PassResult). */
  readonly suspects: readonly string[] | undefined;
}

const LIST = /^\.bitbucket-home\.changes-[\w.-]+$/;

export class HomeDelta {
  readonly #context: StrategyContext;
  readonly #scan: HomeScan;
  #memories = 0;

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

  /** Looks at a tree, before it is copied. Fails for the signal alone: without a memory the lock is longer, no more. */
  async remember(tree: Tree, signal: AbortSignal): Promise<Memory> {
    const started = performance.now();
    this.#memories += 1;
    const id = this.#memories;
    return await withoutFailure<Memory>(signal, async () => {
      const { folders, files, threads, problem } = await this.#scan.firstLook(id, tree, signal);
      const looked = `${formatCount(folders)} folders and ${formatCount(files)} files that are no git objects`;
      this.#log(`Looked at ${tree.what}: ${looked}`, started, threads);
      return problem === undefined ? { id } : { problem };
    });
  }

  /**
   * Looks at a tree again, after it was copied. Fails for the signal alone.
   * @param onProgress 0 to 1
   * @returns the files belong to the caller, who removes them
   */
  async changesSince(
    memory: Memory,
    tree: Tree,
    copy: CopyToCompare,
    during: { readonly signal: AbortSignal; readonly onProgress?: (done: number) => void },
  ): Promise<ChangeLists | Doubt> {
    const { target, suspects } = copy;
    if ('problem' in memory) {
      return memory;
    }
    if (suspects === undefined) {
      return { problem: 'rsync could not delete in the copy what is gone' };
    }
    const { backupRoot, backupId } = this.#context;
    const listFile = join(backupRoot, `.bitbucket-home.changes-${backupId}-${memory.id}`);
    const request = { tree: memory.id, copyRoot: target, suspects, listFile };
    const started = performance.now();
    const { signal, onProgress = () => undefined } = during;
    return await withoutFailure<ChangeLists | Doubt>(signal, async () => {
      const { paths, lists, deleted, threads, problem } = await this.#scan.secondLook(
        request,
        signal,
        onProgress,
      );
      const found = `${formatCount(paths)} paths to compare, ${formatCount(deleted)} of them deleted`;
      this.#log(`Looked at ${tree.what} again: ${found}`, started, threads);
      return problem === undefined ? { files: lists, paths } : { problem };
    });
  }

  /** Files and bytes of a copy. @throws Error with what the system said */
  async count(folder: string, signal: AbortSignal): Promise<CountAnswer> {
    return await this.#scan.count(folder, signal);
  }

  /** Ends the scan. Idempotent. */
  async close(): Promise<void> {
    await this.#scan.close();
  }

  #log(what: string, startedMs: number, threads: number): void {
    const duration = formatDuration(performance.now() - startedMs);
    this.#context.log.info(`${what}, in ${duration} with ${counted(threads, 'thread')}`);
  }
}

async function withoutFailure<T>(signal: AbortSignal, look: () => Promise<T>): Promise<T | Doubt> {
  try {
    return await look();
  } catch (error) {
    signal.throwIfAborted();
    return { problem: `the scan failed (${asError(error).message.replace(/\.$/, '')})` };
  }
}
