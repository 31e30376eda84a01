/** A home, its copy, and the scan in this thread, one step at a time, so that a test can change the home between any two. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCommandRunner } from '../../../src/host/command.ts';
import { runPassesOverLists } from '../../../src/home/list-passes.ts';
import { type Pass, type PassResult, runPass } from '../../../src/home/rsync-pass.ts';
import { findRsync } from '../../../src/home/rsync-program.ts';
import { changeLists } from '../../../src/home/scan/change-lists.ts';
import type { TrustMargins } from '../../../src/home/scan/file-systems.ts';
import type { ChangedPaths } from '../../../src/home/scan/found-differences.ts';
import { ScanJobs } from '../../../src/home/scan/scan-jobs.ts';
import type { JobRunner } from '../../../src/home/scan/thread-work.ts';
import { TreeScan } from '../../../src/home/scan/tree-scan.ts';
import { ByteFiles } from './byte-files.ts';
import { fingerprint } from './fingerprint.ts';

/** Twice the tick of this kernel's clock, or thereabouts; real margins would have every file of a test be too young. */
export const MARGIN_MS = 12;

const commands = createCommandRunner();

export const EXCLUSIONS = ['/caches/', '/log/', '/tmp'];

export interface ScannedHomeOptions {
  /** Must not exist. */
  readonly place: string;
  /** Is the file system taken for one that is reached over a network? */
  readonly isNetwork?: boolean;
  /** What is younger is not trusted. */
  readonly marginMs?: number;
  /** Called before the first look comes to a folder, with its path. */
  readonly beforeFolder?: (path: string) => void;
}

export class ScannedHome {
  readonly source: string;
  readonly copy: string;
  readonly files: ByteFiles;
  readonly #place: string;
  readonly #options: ScannedHomeOptions;
  #scan: TreeScan | undefined;

  constructor(options: ScannedHomeOptions) {
    this.#options = options;
    this.#place = options.place;
    this.source = join(options.place, 'home');
    this.copy = join(options.place, 'copy');
    mkdirSync(this.source, { recursive: true });
    mkdirSync(this.copy);
    this.files = new ByteFiles(this.source);
  }

  /** @returns why a second look would be worth nothing */
  async look(): Promise<string | undefined> {
    this.#scan = new TreeScan(this.#jobs(), { source: this.source, exclusions: EXCLUSIONS });
    return (await this.#scan.firstLook()).problem;
  }

  async copyAll(): Promise<PassResult> {
    return await runPass(commands, await this.#passOf('live'));
  }

  async lookAgain(suspects: readonly string[] = []): Promise<ChangedPaths> {
    if (this.#scan === undefined) {
      throw new TypeError('There was no first look.');
    }
    return await this.#scan.secondLook({ copyRoot: this.copy, suspects }, () => undefined);
  }

  /** As the strategy does: on a slow file system several rsyncs share it. */
  async copyListed(changes: ChangedPaths, mode: 'live' | 'locked' = 'locked'): Promise<PassResult> {
    const { paths, bonds } = changes;
    const most = this.#options.isNetwork === true ? 4 : 1;
    const listFiles = changeLists({ paths, ...bonds }, most, { fewest: 2 }).map((list, index) => {
      const listFile = join(this.#place, `list.${index}`);
      writeFileSync(listFile, Buffer.from(list.map((path) => `./${path}\0`).join(''), 'latin1'));
      return listFile;
    });
    return await runPassesOverLists(commands, await this.#passOf(mode), listFiles);
  }

  /**
   * A new first look, and then a second one with what was remembered before: for a copy of that with users working.
   * @param between the looks
   */
  async lookForRehearsal(suspects: readonly string[], between: () => void): Promise<ChangedPaths> {
    const before = this.#scan;
    const problem = await this.look();
    between();
    if (before === undefined || problem !== undefined) {
      throw new TypeError(problem ?? 'There was no first look.');
    }
    return await before.secondLook({ copyRoot: this.copy, suspects }, () => undefined);
  }

  /** All that both must have in common: of the copy, and of the source. */
  fingerprints(): { readonly copy: Map<string, string>; readonly source: Map<string, string> } {
    return { copy: fingerprint(this.copy, isExcluded), source: fingerprint(this.source, isExcluded) };
  }

  async #passOf(mode: 'live' | 'locked'): Promise<Pass> {
    program ??= findRsync(commands);
    const found = await program;
    if (found === undefined) {
      throw new Error('rsync is missing.');
    }
    return {
      mode,
      program: found,
      source: this.source,
      target: this.copy,
      what: 'the home',
      exclusions: EXCLUSIONS,
    };
  }

  #jobs(): JobRunner {
    const { isNetwork = false, marginMs = MARGIN_MS, beforeFolder } = this.#options;
    const margins: TrustMargins = { local: marginMs, network: marginMs };
    // Without a budget a job ends after its first folder.
    const budgetMs = beforeFolder === undefined ? 20 : 0;
    const jobs = new ScanJobs(margins, { kindOfType: () => (isNetwork ? 'network' : 'local'), budgetMs });
    return {
      work: async (next, take) => {
        for (let job = next(); job !== undefined; job = next()) {
          const path = job.what === 'first look' ? job.folders.at(-1)?.path : undefined;
          if (path !== undefined) {
            beforeFolder?.(path);
          }
          const { outcome } = jobs.do(job);
          if (outcome.what === 'failed') {
            throw new Error(outcome.message);
          }
          take(outcome);
        }
        await Promise.resolve();
      },
    };
  }
}

/** Of what is left out there is only this. */
function isExcluded(path: string): boolean {
  return path === 'caches';
}

let program: ReturnType<typeof findRsync> | undefined;
