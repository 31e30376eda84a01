/**
 * The folders of an archive, from its list: how much lies in each, and what ties them to each other. What is tied to nothing
 * outside can be unpacked by a program of its own. Kept for each folder, never for each file: a home can have millions.
 */
import type { Member } from './member-line.ts';

/** To make a file costs about as much time as to write so many bytes more into it. */
const FILE_COST_BYTES = 64 * 1024;

export interface ArchivedFolder {
  /** Path in the archive without `./` at its beginning; empty for the one above all. */
  readonly name: string;
  readonly parent: ArchivedFolder | undefined;
  readonly folders: readonly ArchivedFolder[];
  /** Time to unpack itself and what lies directly in it, in files of no size. */
  readonly ownCost: number;
  /** Time to unpack it with all that is below. */
  readonly cost: number;
  /** Is it a member itself, ahead of all that lies in it? */
  readonly comesFirst: boolean;
  /** Will its owner still get through it when it has the rights that the archive gives it? */
  readonly isPassable: boolean;
  /** Does a hard link lead out of it or into it? */
  readonly isTied: boolean;
}

interface Folder extends ArchivedFolder {
  readonly parent: Folder | undefined;
  readonly folders: Folder[];
  readonly depth: number;
  ownCost: number;
  cost: number;
  comesFirst: boolean;
  isPassable: boolean;
  isTied: boolean;
}

export class ArchivedFolders {
  readonly #root = folderIn(undefined, '');
  /** Every folder behind the one that holds it. */
  readonly #byName = new Map([['', this.#root]]);
  /** Most members lie where the one before lies. */
  #last = this.#root;
  /** First part of the name of the last member. */
  #top = '';
  readonly #begun = new Set<string>();
  readonly #scattered = new Set<string>();
  #isPlain = true;

  /** @param name its name without dots, `prefix` and all: where it is spelt in another way, tar finds it under that only */
  add(member: Member, name: string, prefix: '' | './'): void {
    this.#isPlain &&= member.name === prefix + name;
    this.#followTop(name, member);
    const parent = this.#parentOf(name);
    if (member.type !== 'folder') {
      parent.ownCost += 1 + member.bytes / FILE_COST_BYTES;
      return;
    }
    const isKnown = this.#byName.has(name);
    const folder = this.#folder(name, parent);
    folder.ownCost += 1;
    folder.comesFirst = !isKnown;
    folder.isPassable = /^..[xs]/.test(member.permissions);
  }

  /** Two names of one file, which only one program can make. */
  tie(first: string, second: string): void {
    let one = this.#parentOf(first);
    let other = this.#parentOf(second);
    // Up to the folder that holds both, and can be unpacked as a whole.
    while (one !== other) {
      if (one.depth >= other.depth && one.parent !== undefined) {
        one.isTied = true;
        one = one.parent;
      } else if (other.parent !== undefined) {
        other.isTied = true;
        other = other.parent;
      }
    }
  }

  /** The list has ended. */
  finish(): void {
    for (const folder of this.#byName.values()) {
      folder.cost = folder.ownCost;
    }
    for (const { parent, cost } of [...this.#byName.values()].toReversed()) {
      if (parent !== undefined) {
        parent.cost += cost;
      }
    }
  }

  /** Are all members named in one way, so that a folder's name tells what lies in it? */
  get isPlain(): boolean {
    return this.#isPlain;
  }

  get(name: string): ArchivedFolder | undefined {
    return this.#byName.get(name);
  }

  /** Does the top-level folder come in one piece, itself first, with nothing outside that it needs? */
  isApart(top: string): boolean {
    const folder = this.#byName.get(top);
    return this.#isPlain && folder !== undefined && !folder.isTied && !this.#scattered.has(top);
  }

  #followTop(name: string, { type }: Member): void {
    const slash = name.indexOf('/');
    const top = slash < 0 ? name : name.slice(0, slash);
    if (top === this.#top) {
      return;
    }
    if (this.#begun.has(top) || name !== top || type !== 'folder') {
      this.#scattered.add(top);
    }
    this.#begun.add(top);
    this.#top = top;
  }

  #parentOf(name: string): Folder {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    if (parent !== this.#last.name) {
      this.#last = this.#byName.get(parent) ?? this.#folder(parent, this.#parentOf(parent));
    }
    return this.#last;
  }

  #folder(name: string, parent: Folder): Folder {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      return known;
    }
    const folder = folderIn(parent, name);
    parent.folders.push(folder);
    this.#byName.set(name, folder);
    return folder;
  }
}

function folderIn(parent: Folder | undefined, name: string): Folder {
  return {
    name,
    parent,
    folders: [],
    depth: parent === undefined ? 0 : parent.depth + 1,
    ownCost: 0,
    cost: 0,
    comesFirst: false,
    isPassable: false,
    isTied: false,
  };
}
