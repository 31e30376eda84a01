/** Does the jobs of a scan, in whatever thread. */
import { asError } from '../../errors.ts';
import { WorkingCopy } from './copy-folder.ts';
import { countFiles } from './count-files.ts';
import { createExclusionMatcher, type IsExcluded } from './exclusion-matcher.ts';
import { fileSystemKind, type TrustMargins } from './file-systems.ts';
import { firstLook } from './first-look.ts';
import { Looker } from './looking.ts';
import { secondLook } from './second-look.ts';
import { isBelow, suspicion } from './suspicion.ts';
import type { Answer, Failure, Job, Outcome, TreeToScan } from './thread-work.ts';

/** Short enough to share a tree evenly, long enough that talking about it costs nothing. */
const BUDGET_MS = 20;

export interface ScanJobsOptions {
  /** As `Looker` takes it. */
  readonly kindOfType?: typeof fileSystemKind;
  /** Of a job, which ends after the folder in which it is used up. */
  readonly budgetMs?: number;
}

interface Scanned {
  readonly looker: Looker;
  readonly isExcluded: IsExcluded;
}

export class ScanJobs {
  readonly #margins: TrustMargins;
  readonly #kindOfType: typeof fileSystemKind;
  readonly #budgetMs: number;
  readonly #trees = new Map<string, Scanned>();

  constructor(
    margins: TrustMargins,
    { kindOfType = fileSystemKind, budgetMs = BUDGET_MS }: ScanJobsOptions = {},
  ) {
    this.#margins = margins;
    this.#kindOfType = kindOfType;
    this.#budgetMs = budgetMs;
  }

  /** Never throws: what fails is the answer. */
  do(job: Job): Answer {
    const scanned = this.#scannedOf(job.tree);
    const outcome = this.#outcomeOf(job, scanned);
    return { outcome, latencyMs: scanned.looker.latencyMs };
  }

  #scannedOf(tree: TreeToScan): Scanned {
    const known = this.#trees.get(tree.root);
    const scanned = known ?? {
      looker: new Looker(tree.root, this.#kindOfType),
      isExcluded: createExclusionMatcher(tree.exclusions),
    };
    this.#trees.set(tree.root, scanned);
    return scanned;
  }

  #outcomeOf(job: Job, { looker, isExcluded }: Scanned): Outcome | Failure {
    const margins = this.#margins;
    const budgetMs = this.#budgetMs;
    try {
      switch (job.what) {
        case 'first look':
          return {
            what: job.what,
            result: firstLook(job.folders, { looker, isExcluded, margins, budgetMs }),
          };
        case 'second look': {
          const { memory, copyRoot, suspects, missing, within, firstLookNs } = job;
          const wasMissing = new Set(missing);
          const isWithin = within === undefined ? undefined : isBelow(within);
          const options = {
            looker,
            copy: new WorkingCopy(copyRoot),
            isExcluded,
            margins,
            isSuspect: isWithin ?? suspicion(suspects),
            isWanted: isWithin ?? (() => true),
            wasMissing: (folder: string) => wasMissing.has(folder),
            firstLookNs,
          };
          return { what: job.what, result: secondLook(memory, options) };
        }
        case 'count':
          return { what: job.what, result: countFiles(job.folders, looker, budgetMs) };
      }
    } catch (error) {
      return { what: 'failed', message: asError(error).message };
    }
  }
}
