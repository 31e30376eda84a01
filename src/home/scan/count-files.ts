/** Counts what stands in a copy, for the manifest: a restore compares the archive with it. */
import { joined } from './byte-path.ts';
import type { Looker } from './looking.ts';
import type { Count } from './thread-work.ts';

/** @param budgetMs after this long the rest is left for others */
export function countFiles(folders: readonly string[], looker: Looker, budgetMs: number): Count {
  const until = performance.now() + budgetMs;
  const waiting = [...folders];
  let files = 0;
  let bytes = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const { name, isFolder } of looker.list(folder) ?? []) {
      const path = joined(folder, name);
      if (isFolder) {
        waiting.push(path);
        continue;
      }
      const look = looker.look(path, 'local');
      if (look?.isFile() === true) {
        files += 1;
        bytes += Number(look.size);
      }
    }
    if (performance.now() > until) {
      break;
    }
  }
  return { files, bytes, left: waiting };
}
