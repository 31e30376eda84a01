/** Which folders the first pass may have copied in part only, although they are now as they were before it. */
import { parentOf } from './byte-path.ts';

/**
 * A folder that was moved away while rsync read it, and back, shows no change: nor do the folders in it. But rsync has said
 * what it did not find.
 * @param vanished paths of files or folders that were gone for rsync, in bytes
 * @returns is it one of them, does it lie below one, or did one lie in it?
 */
export function suspicion(vanished: Iterable<string>): (folder: string) => boolean {
  const gone = new Set(vanished);
  const around = new Set([...gone].map(parentOf));
  return (folder) => {
    if (gone.size === 0) {
      return false;
    }
    if (around.has(folder)) {
      return true;
    }
    for (let path = folder; path !== ''; path = parentOf(path)) {
      if (gone.has(path)) {
        return true;
      }
    }
    return false;
  };
}
