/** What a second look has found, of one part of a tree. Paths are in bytes, below the root. */

/** A file that has several names, which rsync can link again only when it is told all of them. */
export interface LinkedName {
  readonly path: string;
  /** Device and inode. */
  readonly identity: string;
  readonly names: number;
  readonly differs: boolean;
}

export interface Differences {
  /** To be compared and copied by rsync: what differs, or what may. */
  readonly differing: readonly string[];
  /** In the copy, and in the source no more. What lies below them is not named. */
  readonly deleted: readonly string[];
  /** Folders that the copy lacks, uppermost only; what is in them is named as well. */
  readonly created: readonly string[];
  /** Remembered folders that have changed, or may have. */
  readonly unproven: readonly string[];
  /** Folders whose names were read again. */
  readonly compared: readonly string[];
  /** Remembered folders that are gone; a folder above each of them has changed. */
  readonly gone: readonly string[];
  readonly linked: readonly LinkedName[];
  /** Why this tree has to be copied as a whole: the end of a sentence. */
  readonly problem: string | undefined;
}
