/** The copy that the first pass made, compared with and corrected where rsync could not see that it is stale. */
import { lstatSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { isErrno } from '../../errors.ts';
import { asPath, joined, parentOf } from './byte-path.ts';
import { listFolder } from './list-folder.ts';
import type { Look } from './looking.ts';

export class WorkingCopy {
  readonly #root: string;
  readonly #realFolders = new Set<string>();

  /** @param root in bytes, absolute, without links in it */
  constructor(root: string) {
    this.#root = root;
  }

  look(path: string): Look | undefined {
    try {
      return lstatSync(asPath(this.#absolute(path)), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      if (isErrno(error, 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Its names, with whether they are folders; undefined when it is no folder. */
  list(path: string): ReadonlyMap<string, boolean> | undefined {
    if (this.look(path)?.isDirectory() !== true) {
      return undefined;
    }
    return new Map(listFolder(this.#absolute(path)).map(({ name, isFolder }) => [name, isFolder]));
  }

  /** @param source a file of the same size, in bytes, absolute */
  hasContent(path: string, source: string): boolean {
    return readFileSync(asPath(this.#absolute(path))).equals(readFileSync(asPath(source)));
  }

  /**
   * Removes a file, so that rsync copies it anew. Not one that is reached by a link: the link stands where the source has
   * a folder again, which rsync is told to make, with all that is in it.
   */
  remove(path: string): void {
    if (!this.#isReal(parentOf(path))) {
      return;
    }
    try {
      unlinkSync(asPath(this.#absolute(path)));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) {
        throw error;
      }
    }
  }

  #isReal(folder: string): boolean {
    if (!this.#realFolders.has(folder)) {
      const path = this.#absolute(folder);
      // Not Node's own, which takes bytes for UTF-8.
      if (realpathSync.native(asPath(path), { encoding: 'buffer' }).toString('latin1') !== path) {
        return false;
      }
      this.#realFolders.add(folder);
    }
    return true;
  }

  #absolute(path: string): string {
    return path === '' ? this.#root : joined(this.#root, path);
  }
}
