/**
 * Shares what has changed among several rsyncs that run side by side. On a local disk one is as fast as it gets; where each
 * call goes over a network it only waits, one call at a time.
 */
import { parentOf } from './byte-path.ts';

export interface Changes {
  /** Sorted. The root itself is the empty one. */
  readonly paths: readonly string[];
  /** Folders that the copy lacks, or that are to go: all below them is made, or removed, by whoever does so with them. */
  readonly whole: ReadonlySet<string>;
  /** Names of files that have several: rsync links only those that it is told together. */
  readonly linked: ReadonlySet<string>;
}

/** Fewer are not worth a program of their own. */
const FEWEST_PATHS = 50;

/**
 * Each path once. What stands in the root itself goes with the root: named as a folder it brings rsync all its files, and
 * its time has to be set by whoever writes into it last. The folders above any other path rsync takes care of by itself.
 * @param most lists, at least one
 * @param options.fewest paths that a list is made for
 */
export function changeLists(
  { paths, whole, linked }: Changes,
  most: number,
  { fewest = FEWEST_PATHS }: { readonly fewest?: number } = {},
): string[][] {
  const count = Math.max(1, Math.min(most, Math.floor(paths.length / fewest)));
  const unitOf = (path: string): string => uppermost(path, whole) ?? path;
  const together = new Set([...linked].map(unitOf));
  const units = new Map<string, string[]>();
  for (const path of paths) {
    const unit = unitOf(path);
    const key = together.has(unit) || !unit.includes('/') ? '' : unit;
    const members = units.get(key);
    if (members === undefined) {
      units.set(key, [path]);
    } else {
      members.push(path);
    }
  }
  return shared([...units.values()], Math.ceil(paths.length / count));
}

/** @param size of a list, which ends with the unit that reaches it */
function shared(units: readonly (readonly string[])[], size: number): string[][] {
  const lists: string[][] = [];
  for (const unit of units) {
    const last = lists.at(-1);
    if (last === undefined || last.length >= size) {
      lists.push([...unit]);
    } else {
      last.push(...unit);
    }
  }
  return lists;
}

/** The path itself, or the highest folder above it, that is in `folders`. */
function uppermost(path: string, folders: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (let each = path; each !== ''; each = parentOf(each)) {
    if (folders.has(each)) {
      found = each;
    }
  }
  return found;
}
