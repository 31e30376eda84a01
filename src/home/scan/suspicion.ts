/** In which folders what the first pass copied proves nothing. */
import { parentOf } from './byte-path.ts';

/**
 * A folder that was moved away while rsync read it, and back, shows no change: nor do the folders in it. But rsync has said
 * what it did not find.
 * @param vanished paths of files or folders that were gone for rsync, in bytes
 * @returns is it one of them, does it lie below one, or did one lie in it?
 */
export function suspicion(vanished: readonly string[]): (folder: string) => boolean {
  const around = new Set(vanished.map(parentOf));
  const isGone = isBelow(vanished);
  return (folder) => around.has(folder) || isGone(folder);
}

/** @returns is it one of these, or below one? Asked of each folder of a home, so it searches the half each time. */
export function isBelow(folders: Iterable<string>): (folder: string) => boolean {
  // With the slash `a/` stands before all that is below it, and `a-b/` does not come between.
  const roots: string[] = [];
  for (const root of [...folders].map((folder) => `${folder}/`).sort()) {
    const last = roots.at(-1);
    if (last === undefined || !root.startsWith(last)) {
      roots.push(root);
    }
  }
  return (folder) => {
    const path = `${folder}/`;
    let low = 0;
    let high = roots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((roots[middle] ?? '') <= path) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && path.startsWith(roots[low - 1] ?? '/');
  };
}

/**
 * Whoever renames a folder changes it (its ctime) and the folder that it stands in. If something else had its name during
 * the first pass, all below it may be a copy of that.
 * @param unproven folders that have changed, or may have
 * @returns those that may have been renamed, uppermost only
 */
export function possiblyRenamed(unproven: ReadonlySet<string>): readonly string[] {
  const renamed = [...unproven].filter((folder) => folder !== '' && unproven.has(parentOf(folder)));
  const isBelowAny = isBelow(renamed);
  return renamed.filter((folder) => !isBelowAny(parentOf(folder)));
}
