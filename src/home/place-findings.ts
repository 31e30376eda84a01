/** Folders that must not lie in one another: a copy into itself never ends, and `--delete` would empty the source. */
import type { Finding } from '../strategies/contract.ts';
import { isWithin, realPath } from '../host/real-path.ts';
import type { Tree } from './trees.ts';

export async function placeFindings(backupRoot: string, trees: readonly Tree[]): Promise<readonly Finding[]> {
  const root = await realPath(backupRoot);
  const places: Place[] = [];
  for (const tree of trees) {
    places.push({ tree, path: await realPath(tree.source) });
  }
  return [
    ...places.flatMap((place) => rootProblem(backupRoot, root, place)),
    ...places.flatMap((place, index) =>
      places.slice(index + 1).flatMap((other) => nestedProblem(place, other)),
    ),
  ];
}

interface Place {
  readonly tree: Tree;
  /** Resolved. */
  readonly path: string;
}

function rootProblem(backupRoot: string, root: string, { tree, path }: Place): Finding[] {
  if (isWithin(root, path)) {
    return [
      problem(
        'backup-root',
        `Input 'backup-root' is '${backupRoot}', which lies in ${tree.what} ('${tree.source}'); choose a folder outside of it.`,
      ),
    ];
  }
  if (isWithin(path, root)) {
    return [
      problem(
        'backup-root',
        `Input 'backup-root' is '${backupRoot}', and ${tree.what} ('${tree.source}') lies in it; choose another folder.`,
      ),
    ];
  }
  return [];
}

function nestedProblem(one: Place, other: Place): Finding[] {
  if (one.path === other.path) {
    return [
      problem(
        'data-stores',
        `Input 'data-stores' names '${other.tree.source}', which is the same folder as '${one.tree.source}'; name it once.`,
      ),
    ];
  }
  const [inner, outer] = isWithin(one.path, other.path) ? [one, other] : [other, one];
  if (!isWithin(inner.path, outer.path)) {
    return [];
  }
  return [
    problem(
      'data-stores',
      `Input 'data-stores': '${inner.tree.source}' lies in '${outer.tree.source}' and would be copied twice; name only folders that are apart.`,
    ),
  ];
}

function problem(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
