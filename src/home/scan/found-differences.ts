/** What the threads' second looks come to together: the list for rsync. */
import type { Changes } from './change-lists.ts';
import { parentOf, readable } from './byte-path.ts';
import type { WorkingCopy } from './copy-folder.ts';
import type { Differences, LinkedName } from './differences.ts';
import { isBelow } from './suspicion.ts';

export interface ChangedPaths {
  /** For rsync, in bytes. Of what is deleted only the uppermost. Empty when there is a problem. */
  readonly paths: readonly string[];
  readonly deleted: number;
  /** What to keep together, should several rsyncs share the paths. */
  readonly bonds: Pick<Changes, 'whole' | 'linked'>;
  /** Why all of the tree has to be copied instead: the end of a sentence. */
  readonly problem: string | undefined;
}

/** Naming more than this costs more than having rsync look at everything. */
const MOST_PATHS = 200_000;

export class FoundDifferences {
  readonly #paths = new Set<string>();
  readonly #unproven = new Set<string>();
  readonly #compared = new Set<string>();
  readonly #gone: string[] = [];
  readonly #linked = new Map<string, LinkedName[]>();
  readonly #deleted = new Set<string>();
  readonly #whole = new Set<string>();
  problem: string | undefined;

  add({ differing, deleted, created, unproven, compared, gone, linked, problem }: Differences): void {
    for (const path of differing) {
      this.#paths.add(path);
    }
    for (const path of deleted) {
      this.#paths.add(path);
      this.#deleted.add(path);
      this.#whole.add(path);
    }
    for (const path of created) {
      this.#whole.add(path);
    }
    for (const path of unproven) {
      this.#unproven.add(path);
    }
    for (const path of compared) {
      this.#compared.add(path);
    }
    for (const path of gone) {
      this.#gone.push(path);
    }
    for (const name of linked) {
      const names = this.#linked.get(name.identity) ?? [];
      names.push(name);
      this.#linked.set(name.identity, names);
    }
    this.problem ??= problem;
    if (this.#paths.size > MOST_PATHS) {
      this.problem ??= `more than ${MOST_PATHS} paths have changed since the first pass`;
    }
  }

  get unproven(): ReadonlySet<string> {
    return this.#unproven;
  }

  /** @param copy from which files are removed that rsync could not tell from those they have to be linked to */
  changedPaths(copy: WorkingCopy): ChangedPaths {
    this.problem ??= this.#unexplained();
    this.#dropBehindLinks();
    this.problem ??= this.#completeLinks(copy);
    // Always the root itself: what rsync writes into its copy changes its time.
    this.#paths.add('');
    return {
      paths: this.problem === undefined ? [...this.#paths].sort() : [],
      deleted: this.#deleted.size,
      bonds: { whole: this.#whole, linked: this.#linkedPaths() },
      problem: this.problem,
    };
  }

  #linkedPaths(): ReadonlySet<string> {
    return new Set([...this.#linked.values()].flat().map(({ path }) => path));
  }

  /** A folder goes by a change of the one above it, which was therefore compared. */
  #unexplained(): string | undefined {
    const lost = this.#gone.find((path) => path === '' || !this.#isBelowCompared(path));
    return lost === undefined
      ? undefined
      : `${readable(lost) || 'its folder'} is gone, and nothing tells where`;
  }

  #isBelowCompared(path: string): boolean {
    for (let above = path; above !== ''; ) {
      above = parentOf(above);
      if (this.#compared.has(above)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A link may stand where a folder was. What was found below it is somewhere else, and rsync would make a folder of the
   * link for it.
   */
  #dropBehindLinks(): void {
    const isBelowGone = isBelow(this.#gone);
    for (const path of this.#paths) {
      if (isBelowGone(parentOf(path))) {
        this.#paths.delete(path);
      }
    }
    for (const [identity, names] of this.#linked) {
      this.#linked.set(
        identity,
        names.filter(({ path }) => !isBelowGone(parentOf(path))),
      );
    }
  }

  /** rsync links what it is told of in one run: with one name of a file that changed it needs all. */
  #completeLinks(copy: WorkingCopy): string | undefined {
    for (const names of this.#linked.values()) {
      if (!names.some(({ differs }) => differs)) {
        continue;
      }
      const paths = new Set(names.map(({ path }) => path));
      const [first] = names;
      if (first !== undefined && paths.size < first.names) {
        return `${readable(first.path)} has changed, and not all of its ${first.names} names were found`;
      }
      for (const path of paths) {
        this.#paths.add(path);
        // One that is left as it was would be what the others are linked to.
        if (copy.look(path)?.isFile() === true) {
          copy.remove(path);
        }
      }
    }
    return undefined;
  }
}
