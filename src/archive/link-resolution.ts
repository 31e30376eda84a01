/**
 * Where the symbolic links of an archive lead, worked out from its list alone, before anything is written. Links can lead
 * through other links, so that looking at the text of one is not enough.
 */

/** As in the kernel (path_resolution(7)): more than this is a loop, which leads nowhere. */
const MOST_LINKS = 40;

/**
 * @param start the folder that holds the link, relative to the root of its tree, without `.` and `..`
 * @param target what the link says
 * @param links every symbolic link of the tree: path relative to its root, to what it says
 * @param root where the tree is going to stand: an absolute target below it stays inside
 * @returns whether it leads out of the tree
 */
export function leadsOut(
  start: string,
  target: string,
  links: ReadonlyMap<string, string>,
  root: string,
): boolean {
  let place = partsOf(start);
  let left = partsOf(target);
  if (target.startsWith('/')) {
    const inside = belowRoot(target, root);
    if (inside === undefined) {
      return true;
    }
    place = [];
    left = inside;
  }
  for (let followed = 0; ; ) {
    const part = left.shift();
    if (part === undefined) {
      return false;
    }
    if (part === '..') {
      if (place.pop() === undefined) {
        return true;
      }
      continue;
    }
    const next = links.get([...place, part].join('/'));
    if (next === undefined) {
      place.push(part);
      continue;
    }
    followed += 1;
    if (followed > MOST_LINKS) {
      return false;
    }
    const jump = next.startsWith('/') ? belowRoot(next, root) : partsOf(next);
    if (jump === undefined) {
      return true;
    }
    place = next.startsWith('/') ? [] : place;
    left = [...jump, ...left];
  }
}

/** The parts of an absolute path below `root`, `..` still in them; undefined when it stands elsewhere. */
function belowRoot(path: string, root: string): string[] | undefined {
  const parts = partsOf(path);
  const top = partsOf(root);
  const isBelow = top.length > 0 && top.every((part, index) => parts[index] === part);
  return isBelow ? parts.slice(top.length) : undefined;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
