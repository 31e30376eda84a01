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

/** @returns is it one of these, or below one? */
export function isBelow(folders: readonly string[]): (folder: string) => boolean {
  const roots = new Set(folders);
  return (folder) => {
    for (let path = folder; roots.size > 0 && path !== ''; path = parentOf(path)) {
      if (roots.has(path)) {
        return true;
      }
    }
    return false;
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
