/** Half-written files and folders of a run that is over. Removed only by a name that could be nothing else. */
import { rmSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';

/** Such names start with a dot and say what they are, so that a forged journal cannot have anything else removed. */
export const PARTIAL_NAME = /^\..+\.partial-[A-Za-z0-9._-]+$/;

/** @returns the paths that were removed */
export function removePartials(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    if (!isAbsolute(path) || path.split('/').includes('..') || !PARTIAL_NAME.test(basename(path))) {
      return false;
    }
    rmSync(path, { recursive: true, force: true });
    return true;
  });
}
