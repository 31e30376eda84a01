/**
 * Is the copy of a file what rsync takes it for? rsync compares size and time alone. Where both agree and the content may
 * not, the copy is removed, so that it is made anew.
 */
import type { WorkingCopy } from './copy-folder.ts';
import type { FileSystemKind, TrustMargins } from './file-systems.ts';
import type { Look, Looker } from './looking.ts';

export interface StaleCopyOptions {
  readonly looker: Looker;
  readonly copy: WorkingCopy;
  readonly margins: TrustMargins;
  /** When the first look began, before the first pass. ns since the epoch */
  readonly firstLookNs: bigint;
}

/** What speaks for the copy of a file. */
export interface Evidence {
  /** Is the file what it was in the first look? */
  readonly isAsRemembered: boolean;
  readonly system: FileSystemKind;
  /** May another file have stood there during the first pass? */
  readonly isSuspect: boolean;
}

const NS_PER_MS = 1_000_000n;

/**
 * A file that was another one during the first pass, of the same size and written in the same tick of the clock, shows in
 * its content alone. Larger ones are not read for it: hardly two of them are made in one tick.
 */
const COMPARED_BYTES = 1024n * 1024n;

/** Removes one that is still linked to other files as well: rsync would leave it so. */
export function removeIfStale(path: string, look: Look, known: Evidence, options: StaleCopyOptions): void {
  const copy = options.copy.look(path);
  if (copy?.isFile() !== true || !look.isFile()) {
    return;
  }
  const isStale = agrees(look, copy) && mayDiffer(path, { look, copy }, known, options);
  if (isStale || (copy.nlink > 1n && look.nlink === 1n)) {
    options.copy.remove(path);
  }
}

/** As rsync would judge it: of one type, size and time. */
export function agrees(look: Look, copy: Look | undefined): boolean {
  return (
    copy !== undefined &&
    copy.isFile() === look.isFile() &&
    copy.isSymbolicLink() === look.isSymbolicLink() &&
    copy.size === look.size &&
    copy.mtimeNs === look.mtimeNs
  );
}

/** Its time was set back, it changed twice in one tick, or another file stood there during the first pass. */
function mayDiffer(
  path: string,
  { look, copy }: { readonly look: Look; readonly copy: Look },
  { isAsRemembered, isSuspect, system }: Evidence,
  options: StaleCopyOptions,
): boolean {
  if (isSuspect && look.size <= COMPARED_BYTES) {
    return !options.copy.hasContent(path, options.looker.absolute(path));
  }
  const marginNs = BigInt(options.margins[system]) * NS_PER_MS;
  const isUnchangedSinceFirstLook = isAsRemembered && look.ctimeNs < options.firstLookNs - marginNs;
  // rsync writes a file of its own and renames it: its birth is when reading began. 0 where the file system has none.
  const isOlderThanCopy = look.ctimeNs < copy.birthtimeNs - marginNs;
  return !isUnchangedSinceFirstLook && !isOlderThanCopy;
}
