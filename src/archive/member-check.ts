/**
 * Every member of an archive, looked at before the first one is written: nothing may leave the folder that it is unpacked
 * into, by its name, by a link, or by way of a link. One complaint per kind, with the members that it is about.
 */
import { ArchivedFolders } from './archived-folders.ts';
import { leadsOut } from './link-resolution.ts';
import type { Member } from './member-line.ts';

/** A folder of the archive that is going to stand somewhere of its own. */
export interface ArchivedTree {
  /** Path in the archive, such as `bitbucket-home`. */
  readonly member: string;
  /** Where it is going to stand; empty where absolute links can lead nowhere inside. */
  readonly target: string;
}

export interface TreeCount {
  files: number;
  folders: number;
  links: number;
  bytes: number;
}

export interface Contents {
  /** `./` in archives that were made of a folder's dot, as some are by Atlassian's scripts. */
  readonly prefix: '' | './';
  /** The first names right below `bitbucket-db`, which tell by what it was dumped. */
  readonly dumpFiles?: readonly string[];
  /** By the first part of their names, in the order of their first members. */
  readonly counts: ReadonlyMap<string, TreeCount>;
  readonly folders: ArchivedFolders;
  /** Has any member an access control list or extended attributes? */
  readonly attributes: boolean;
  /** Members with a set-user-id or set-group-id bit that are files. */
  readonly setIdFiles: readonly string[];
  /** Symbolic links that lead out of their tree, as `name -> target`. */
  readonly linksOut: readonly string[];
  /** What makes the archive dangerous: a sentence per kind, without a full stop. Empty when it is safe. */
  readonly dangers: readonly string[];
}

const DUMP = /^bitbucket-db\/([^/]+)$/;

/** A dump of PostgreSQL has hundreds of files, and a table of contents among them. */
const MOST_DUMP_FILES = 10_000;

/** Names that are told; of the others only their number. */
const NAMED = 5;

type Danger =
  | 'an absolute path'
  | "a path with '..'"
  | 'a device or another special file'
  | 'a hard link to what is not in the archive'
  | 'a path that leads through a symbolic link'
  | 'a name that occurs twice'
  | 'a name that is spelt otherwise than the others'
  | 'something else in the place of a folder'
  | 'a member that cannot be understood';

export class MemberCheck {
  readonly #trees: readonly ArchivedTree[];
  readonly #names = new Set<string>();
  readonly #symlinks = new Map<string, string>();
  readonly #counts = new Map<string, TreeCount>();
  readonly #folders = new ArchivedFolders();
  readonly #setIdFiles: string[] = [];
  readonly #dangers = new Map<Danger, string[]>();
  readonly #dumpFiles: string[] = [];
  #prefix: '' | './' | undefined;
  #attributes = false;

  constructor(trees: readonly ArchivedTree[]) {
    this.#trees = trees;
  }

  add(member: Member): void {
    const name = withoutDots(member.name);
    if (name === '') {
      return;
    }
    this.#folders.add(member, name, this.#takePrefix(member.name));
    this.#attributes ||= member.attributes;
    const parts = name.split('/');
    if (name.startsWith('/')) {
      this.#danger('an absolute path', member.name);
    } else if (parts.includes('..')) {
      this.#danger("a path with '..'", member.name);
    }
    if (this.#names.has(name)) {
      this.#danger('a name that occurs twice', member.name);
    }
    this.#takeType(member, name);
    this.#names.add(name);
    const dumpFile = member.type === 'file' ? DUMP.exec(name)?.[1] : undefined;
    if (dumpFile !== undefined && this.#dumpFiles.length < MOST_DUMP_FILES) {
      this.#dumpFiles.push(dumpFile);
    }
    this.#count(parts[0] ?? name, this.#symlinks.has(name) ? { ...member, type: 'symlink' } : member);
  }

  /** What is not understood is not unpacked. */
  addUnknown(line: string): void {
    this.#danger('a member that cannot be understood', line);
  }

  /** The list has ended. */
  finish(): Contents {
    this.#checkThroughLinks();
    this.#folders.finish();
    return {
      prefix: this.#prefix ?? '',
      dumpFiles: this.#dumpFiles,
      counts: this.#counts,
      folders: this.#folders,
      attributes: this.#attributes,
      setIdFiles: this.#setIdFiles,
      linksOut: [...this.#symlinks].filter(([name, target]) => this.#leavesTree(name, target)).map(arrow),
      dangers: [...this.#dangers].map(([danger, names]) => `${danger} (${namedFew(names)})`),
    };
  }

  /** What is unpacked is named as the first member is: one that is spelt otherwise would be left out without a word. */
  #takePrefix(name: string): '' | './' {
    const spelt = /^(?:\.\/+)*/.exec(name)?.[0] ?? '';
    const prefix = spelt === './' ? './' : '';
    this.#prefix ??= prefix;
    if (spelt !== this.#prefix) {
      this.#danger('a name that is spelt otherwise than the others', name);
    }
    return this.#prefix;
  }

  #takeType(member: Member, name: string): void {
    if (member.type !== 'folder' && this.#trees.some((tree) => tree.member === name)) {
      this.#danger('something else in the place of a folder', name);
    }
    switch (member.type) {
      case 'file':
        if (/[sS]/.test(member.permissions)) {
          this.#setIdFiles.push(name);
        }
        return;
      case 'symlink':
        this.#symlinks.set(name, member.target ?? '');
        return;
      case 'hardlink':
        this.#takeHardLink(name, member.target ?? '');
        return;
      case 'other':
        this.#danger('a device or another special file', member.name);
        return;
      case 'folder':
      case 'fifo':
    }
  }

  /** Of a symbolic link it makes a second one, which leads from where it stands itself. */
  #takeHardLink(name: string, target: string): void {
    const first = withoutDots(target);
    this.#folders.tie(name, first);
    const symlink = this.#symlinks.get(first);
    if (symlink !== undefined) {
      this.#symlinks.set(name, symlink);
    } else if (!this.#names.has(first)) {
      this.#danger('a hard link to what is not in the archive', arrow([name, target]));
    }
  }

  #count(top: string, { type, bytes }: Member): void {
    const count = this.#counts.get(top) ?? { files: 0, folders: 0, links: 0, bytes: 0 };
    count.files += type === 'file' || type === 'hardlink' ? 1 : 0;
    count.folders += type === 'folder' ? 1 : 0;
    count.links += type === 'symlink' ? 1 : 0;
    count.bytes += bytes;
    this.#counts.set(top, count);
  }

  /** After the whole list: a link may come after what lies behind it. */
  #checkThroughLinks(): void {
    if (this.#symlinks.size === 0) {
      return;
    }
    for (const { member } of this.#trees) {
      if (ancestorsOf(member).some((above) => this.#symlinks.has(above))) {
        this.#danger('something else in the place of a folder', member);
      }
    }
    for (const name of this.#names) {
      if (ancestorsOf(name).some((above) => this.#symlinks.has(above))) {
        this.#danger('a path that leads through a symbolic link', name);
      }
    }
  }

  #leavesTree(name: string, target: string): boolean {
    const tree = this.#trees.find(({ member }) => name.startsWith(`${member}/`));
    // What belongs to no tree is not unpacked.
    if (tree === undefined) {
      return false;
    }
    const within = (path: string): string => path.slice(tree.member.length + 1);
    const links = this.#linksOf(tree);
    const folder = within(name).split('/').slice(0, -1).join('/');
    return leadsOut(folder, target, links, tree.target);
  }

  readonly #linksByTree = new Map<ArchivedTree, ReadonlyMap<string, string>>();

  #linksOf(tree: ArchivedTree): ReadonlyMap<string, string> {
    const known = this.#linksByTree.get(tree);
    const links =
      known ??
      new Map(
        [...this.#symlinks]
          .filter(([name]) => name.startsWith(`${tree.member}/`))
          .map(([name, target]) => [name.slice(tree.member.length + 1), target]),
      );
    this.#linksByTree.set(tree, links);
    return links;
  }

  #danger(danger: Danger, name: string): void {
    const names = this.#dangers.get(danger) ?? [];
    names.push(readable(name));
    this.#dangers.set(danger, names);
  }
}

/** Names are kept as bytes; people read UTF-8. */
export function readable(name: string): string {
  return Buffer.from(name, 'latin1').toString('utf8');
}

export function namedFew(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `a/./b//c` is the file `a/b/c`, and must not pass for another one. */
function withoutDots(name: string): string {
  if (!/(?:^|\/)\.?(?:\/|$)/.test(name)) {
    return name;
  }
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return (name.startsWith('/') ? '/' : '') + parts.join('/');
}

function arrow([name, target]: readonly [string, string]): string {
  return `${readable(name)} -> ${readable(target)}`;
}

function ancestorsOf(name: string): string[] {
  const ancestors: string[] = [];
  for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
    ancestors.push(name.slice(0, slash));
  }
  return ancestors;
}
