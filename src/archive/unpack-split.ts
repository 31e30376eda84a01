/**
 * Which folders of an archive further programs unpack beside the first one. Making small files keeps one core busy and the
 * disk waiting; two make them in little more than half the time, although each reads the whole archive.
 */
import type { ArchivedFolder } from './archived-folders.ts';
import type { Contents } from './member-check.ts';
import type { Compression } from './names.ts';

/** More than this share one disk without being faster. */
const MOST_PARTS = 4;

/** For fewer it is not worth it. */
const LEAST_FILES = 10_000;

/**
 * Bytes of the archive for each file that is unpacked: with more of them it costs more to read it again than to make the
 * files. Measured on two cores; tar leaps over what it does not want in a file that is not compressed.
 */
const MOST_BYTES_PER_FILE: Readonly<Record<Compression, number>> = {
  none: 64 * 1024,
  zstd: 16 * 1024,
  gzip: 4 * 1024,
};

/** tar compares each member with each of them: at so many that is a seventh of the time of a small file. */
const MOST_FOLDERS = 500;

/** Pieces for each part, so that one that is much larger than the others does not come last. */
const PIECES = 8;

/** A part that has more than this of all work leaves the others too little. */
const LARGEST_SHARE = 0.8;

/** Names that no tar takes for anything else, and a command line has room for. */
const PLAIN = /^[\w.+=@,~-]+(?:\/[\w.+=@,~-]+)*$/;
const LONGEST_NAME = 400;

/** How many programs are worth it to unpack these members. */
export function worthwhileParts(
  { counts }: Contents,
  members: readonly string[],
  { compression, cores }: { readonly compression: Compression; readonly cores: number },
): number {
  const files = members.reduce((sum, member) => sum + (counts.get(member)?.files ?? 0), 0);
  const bytes = [...counts.values()].reduce((sum, count) => sum + count.bytes, 0);
  const pays = files >= LEAST_FILES && bytes / files <= MOST_BYTES_PER_FILE[compression];
  return pays ? Math.min(cores, MOST_PARTS) : 1;
}

/**
 * @param members top-level names
 * @returns for each part but the first one the folders that it unpacks with all that is below them; the first one unpacks
 *   everything else. Empty where that is not much less.
 */
export function splitFolders(
  { folders }: Contents,
  members: readonly string[],
  parts: number,
): readonly (readonly string[])[] {
  const roots = members.flatMap((member) => folders.get(member) ?? []);
  const total = roots.reduce((sum, { cost }) => sum + cost, 0);
  const pieces = folders.isPlain ? piecesOf(roots, total, parts) : [];
  const [first, ...others] = Array.from({ length: parts }, (): Part => ({ cost: 0, names: [] }));
  if (first === undefined) {
    return [];
  }
  first.cost = pieces.reduce((left, { cost }) => left - cost, total);
  for (const { name, cost } of pieces.toSorted((one, other) => other.cost - one.cost)) {
    const part = others
      .filter(({ names }) => names.length < MOST_FOLDERS)
      .reduce((least, other) => (other.cost < least.cost ? other : least), first);
    part.cost += cost;
    part.names.push(name);
  }
  const isUneven = [first, ...others].some(({ cost }) => cost > total * LARGEST_SHARE);
  return isUneven ? [] : others.map(({ names }) => names).filter((names) => names.length > 0);
}

interface Part {
  cost: number;
  readonly names: string[];
}

/** Folders that may be unpacked apart, none within another, as small as balance asks for. */
function piecesOf(roots: readonly ArchivedFolder[], total: number, parts: number): ArchivedFolder[] {
  const grain = total / (parts * PIECES);
  const pieces: ArchivedFolder[] = [];
  const left = [...roots];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    if (!isSound(folder)) {
      continue;
    }
    // One with many files of its own stays whole, unless that is more than a part's share and there is a way to divide it.
    const isWhole = folder.cost <= total / parts || folder.folders.length === 0;
    if ((folder.cost <= grain || (folder.ownCost > grain && isWhole)) && !folder.isTied) {
      pieces.push(folder);
    } else if (folder.isPassable) {
      left.push(...folder.folders);
    }
  }
  return pieces;
}

/**
 * Does a part leave it as one program would? To one that the archive does not describe nobody gives owner, rights and times;
 * the time of one that it describes after what lies in it is lost when it is there before, and tar makes links in it last.
 */
function isSound({ name, comesFirst }: ArchivedFolder): boolean {
  return comesFirst && name.length <= LONGEST_NAME && PLAIN.test(name);
}
