/** What a thread of the scan is given, and what it answers. */
import type { Differences } from './differences.ts';
import type { FirstLookResult, FolderToLookAt } from './first-look.ts';
import type { PackedMemory } from './remembered.ts';

export interface TreeToScan {
  /** In bytes, absolute, without links in it. */
  readonly root: string;
  readonly exclusions: readonly string[];
}

export type Job =
  | { readonly what: 'first look'; readonly tree: TreeToScan; readonly folders: readonly FolderToLookAt[] }
  | {
      readonly what: 'second look';
      readonly tree: TreeToScan;
      readonly memory: PackedMemory;
      readonly copyRoot: string;
      /** What vanished during the first pass, in bytes. */
      readonly suspects: readonly string[];
      /** Of which the first look could remember nothing. */
      readonly missing: readonly string[];
      /** Folders whose place may have been another's: they and all below them, and nothing else, are looked at. */
      readonly within?: readonly string[];
      readonly firstLookNs: bigint;
    }
  | { readonly what: 'count'; readonly tree: TreeToScan; readonly folders: readonly string[] };

export interface Count {
  /** Regular files. */
  readonly files: number;
  /** Of regular files. */
  readonly bytes: number;
  readonly left: readonly string[];
}

export type Outcome =
  | { readonly what: 'first look'; readonly result: FirstLookResult }
  | { readonly what: 'second look'; readonly result: Differences }
  | { readonly what: 'count'; readonly result: Count };

export interface Failure {
  readonly what: 'failed';
  readonly message: string;
}

export interface Answer {
  readonly outcome: Outcome | Failure;
  /** Of a call to the file system that is looked at. */
  readonly latencyMs: number;
}

/** Does jobs, one after the other or many at a time. */
export interface JobRunner {
  /**
   * Does jobs until there are none and all are done.
   * @param next the next job; undefined when there is none now. Asked again after every job.
   * @throws what a job failed with, after those under way have ended
   */
  work(next: () => Job | undefined, take: (outcome: Outcome) => void): Promise<void>;
}
