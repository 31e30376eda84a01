/** The scan of one tree: its first look, what is remembered of it, its second look. */
import { realpathSync } from 'node:fs';
import { toBytes } from './byte-path.ts';
import { WorkingCopy } from './copy-folder.ts';
import { FirstLookTotals, type FirstLookSummary } from './first-look-totals.ts';
import type { FolderToLookAt } from './first-look.ts';
import { type ChangedPaths, FoundDifferences } from './found-differences.ts';
import { joinedMemory, type PackedMemory } from './remembered.ts';
import { possiblyRenamed } from './suspicion.ts';
import type { Job, JobRunner, Outcome, TreeToScan } from './thread-work.ts';

/** Handed to a thread in one go. */
const FOLDERS_IN_A_JOB = 64;

/** In numbers: some 60 folders of git objects. Where calls are slow, a job of the first look ends after a few. */
const SMALL_MEMORY = 500;

/** A clock that is slewed loses less than this between two looks; one that is set back loses more. ms */
const CLOCK_TOLERANCE_MS = 500;

const NS_PER_MS = 1_000_000n;

export class TreeScan {
  readonly #jobs: JobRunner;
  readonly #tree: TreeToScan;
  readonly #memory: PackedMemory[] = [];
  readonly #missing: string[] = [];
  #startedMs = 0;
  #startedMonotonicMs = 0;

  /** @param tree whose source may be a link */
  constructor(jobs: JobRunner, tree: { readonly source: string; readonly exclusions: readonly string[] }) {
    this.#jobs = jobs;
    this.#tree = { root: toBytes(realpathSync(tree.source)), exclusions: tree.exclusions };
  }

  /** @throws what the system says of a folder that cannot be read */
  async firstLook(): Promise<FirstLookSummary> {
    this.#startedMs = Date.now();
    this.#startedMonotonicMs = performance.now();
    const totals = new FirstLookTotals();
    let waiting: FolderToLookAt[] = [{ path: '', kind: 'plain' }];
    await this.#jobs.work(
      () => {
        const folders = waiting.splice(-FOLDERS_IN_A_JOB);
        return folders.length === 0 || totals.problem !== undefined
          ? undefined
          : { what: 'first look', tree: this.#tree, folders };
      },
      (outcome) => {
        if (outcome.what !== 'first look') {
          throw unexpected(outcome);
        }
        const { result } = outcome;
        this.#remember(result.memory);
        waiting = waiting.concat(result.left);
        this.#missing.push(...result.missing);
        totals.add(result);
      },
    );
    return totals.summary();
  }

  /**
   * @param options.suspects what vanished during the first pass, in bytes
   * @param onProgress 0 to 1
   */
  async secondLook(
    options: { readonly copyRoot: string; readonly suspects: readonly string[] },
    onProgress: (fraction: number) => void,
  ): Promise<ChangedPaths> {
    const found = new FoundDifferences();
    const copyRoot = toBytes(realpathSync(options.copyRoot));
    found.problem = this.#clockProblem();
    const job = {
      what: 'second look',
      tree: this.#tree,
      copyRoot,
      // What was missing had left the folder above it, or a folder further up was away: neither needs to show any more.
      suspects: [...options.suspects, ...this.#missing],
      missing: this.#missing,
      firstLookNs: BigInt(this.#startedMs) * NS_PER_MS,
    } as const;
    await this.#lookAgain(job, found, onProgress);
    const within = possiblyRenamed(found.unproven);
    if (within.length > 0) {
      await this.#lookAgain({ ...job, within }, found, () => undefined);
    }
    return found.changedPaths(new WorkingCopy(copyRoot));
  }

  #remember(memory: PackedMemory): void {
    const last = this.#memory.at(-1);
    if (memory.numbers.length === 0) {
      return;
    }
    if (last === undefined || last.numbers.length >= SMALL_MEMORY) {
      this.#memory.push(memory);
    } else {
      this.#memory[this.#memory.length - 1] = joinedMemory(last, memory);
    }
  }

  async #lookAgain(
    job: Omit<Extract<Job, { what: 'second look' }>, 'memory'>,
    found: FoundDifferences,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const waiting = this.#memory.values();
    let done = 0;
    await this.#jobs.work(
      () => {
        const memory = found.problem === undefined ? waiting.next().value : undefined;
        return memory === undefined ? undefined : { ...job, memory };
      },
      (outcome) => {
        if (outcome.what !== 'second look') {
          throw unexpected(outcome);
        }
        found.add(outcome.result);
        done += 1;
        onProgress(done / this.#memory.length);
      },
    );
  }

  /** A change after the clock was set back may get the time stamp of an earlier one. */
  #clockProblem(): string | undefined {
    const lostMs = performance.now() - this.#startedMonotonicMs - (Date.now() - this.#startedMs);
    return lostMs > CLOCK_TOLERANCE_MS
      ? `the clock of this machine was set back by ${(lostMs / 1_000).toFixed(1)} s meanwhile`
      : undefined;
  }
}

/** Threads answer what they are asked; anything else is a mistake in here. */
export function unexpected({ what }: Outcome): TypeError {
  return new TypeError(`A thread answered what it was not asked: ${what}.`);
}
