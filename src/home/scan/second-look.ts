/**
 * The second look, after the drain: finds what is not as it was remembered, and for that alone compares the source with
 * the copy that was made in between. Nothing changes in the source meanwhile.
 */
import { joined, readable } from './byte-path.ts';
import type { WorkingCopy } from './copy-folder.ts';
import type { Differences, LinkedName } from './differences.ts';
import type { IsExcluded } from './exclusion-matcher.ts';
import type { FileSystemKind } from './file-systems.ts';
import { type FolderKind, isNamedByContent, kindOfSubfolder } from './git-folders.ts';
import type { Entry, Look, Looker } from './looking.ts';
import {
  isSameFile,
  isSameFolder,
  type PackedMemory,
  type RememberedFile,
  type RememberedFolder,
  remembered,
} from './remembered.ts';
import { agrees, type Evidence, removeIfStale, type StaleCopyOptions } from './stale-copy.ts';

export interface SecondLookOptions extends StaleCopyOptions {
  readonly isExcluded: IsExcluded;
  /**
   * May the first pass have found something else in its place, or nothing? Then what was copied proves nothing, however
   * little the folder itself has changed.
   */
  readonly isSuspect: (folder: string) => boolean;
  /** Was it named in the first look and not there, so that there is no memory of it? */
  readonly wasMissing: (folder: string) => boolean;
  /** Looks at no other folders. */
  readonly isWanted: (folder: string) => boolean;
}

export function secondLook(memory: PackedMemory, options: SecondLookOptions): Differences {
  const work = new SecondLook(options);
  for (const folder of remembered(memory, options.isWanted)) {
    work.visit(folder);
    if (work.problem !== undefined) {
      break;
    }
  }
  return work.differences();
}

/** A folder that is being compared with its copy. */
interface Compared {
  readonly path: string;
  readonly kind: FolderKind;
  readonly device: bigint;
  readonly system: FileSystemKind;
  readonly memory: RememberedFolder | undefined;
  readonly isSuspect: boolean;
}

class SecondLook {
  readonly #options: SecondLookOptions;
  readonly #looker: Looker;
  readonly #copy: WorkingCopy;
  readonly #differing: string[] = [];
  readonly #deleted: string[] = [];
  readonly #created: string[] = [];
  readonly #unproven: string[] = [];
  readonly #compared: string[] = [];
  readonly #gone: string[] = [];
  readonly #linked: LinkedName[] = [];
  problem: string | undefined;

  constructor(options: SecondLookOptions) {
    this.#options = options;
    this.#looker = options.looker;
    this.#copy = options.copy;
  }

  differences(): Differences {
    return {
      differing: this.#differing,
      deleted: this.#deleted,
      created: this.#created,
      unproven: this.#unproven,
      compared: this.#compared,
      gone: this.#gone,
      linked: this.#linked,
      problem: this.problem,
    };
  }

  visit(memory: RememberedFolder): void {
    const { path, kind, device } = memory;
    const seen = this.#looker.lookAtFolder(path, device);
    if (seen === undefined) {
      this.#gone.push(path);
      return;
    }
    const { look, system } = seen;
    if (look.dev !== device || system === undefined) {
      this.problem = `${readable(this.#looker.absolute(path))} stands on another device than before`;
      return;
    }
    if (path === '' && look.ino !== memory.inode) {
      this.problem = `${readable(this.#looker.absolute(path))} is another folder than before`;
      return;
    }
    const isSuspect = this.#options.isSuspect(path);
    const isUnchanged = memory.trusted && isSameFolder(memory, look);
    if (!isUnchanged) {
      this.#unproven.push(path);
    }
    if (isSuspect || !isUnchanged || !this.#filesStand(memory, system)) {
      this.#compare({ path, kind, device, system, memory, isSuspect });
    }
  }

  /** In a folder that is unchanged. @returns false when a file is not there, so that the folder has changed after all */
  #filesStand(folder: RememberedFolder, system: FileSystemKind): boolean {
    for (const file of folder.files) {
      const path = joined(folder.path, file.name);
      const look = this.#looker.look(path, system);
      if (look === undefined) {
        return false;
      }
      if (look.isFile() || look.isSymbolicLink()) {
        const isAsRemembered = isSameFile(file, folder.device, look);
        const differs = !isAsRemembered || !file.trusted;
        if (differs) {
          this.#takeFile(path, look, { isAsRemembered, system, isSuspect: false });
        }
        this.#noteLinks(path, look, differs);
      }
    }
    return true;
  }

  /** Every name in it, on both sides. */
  #compare(folder: Compared): void {
    const entries = this.#looker.list(folder.path);
    if (entries === undefined) {
      return;
    }
    this.#compared.push(folder.path);
    this.#differing.push(folder.path);
    const copied = this.#copy.list(folder.path);
    const kept = this.#keptOf(folder.path, entries);
    const knownFolders = new Set(folder.memory?.folders);
    const knownFiles = new Map(folder.memory?.files.map((file) => [file.name, file]));
    const names = new Set(entries.map(({ name }) => name));
    for (const { name, isFolder } of kept) {
      const path = joined(folder.path, name);
      if (!isFolder) {
        this.#compareFile(folder, name, {
          remembered: knownFiles.get(name),
          isCopied: copied?.has(name) === true,
        });
      } else if (copied?.get(name) !== true) {
        this.#created.push(path);
        this.#takeAll(path, kindOfSubfolder(folder.kind, name, names));
      } else if (!knownFolders.has(name) || this.#options.wasMissing(path)) {
        // New since the first look, and copied by the first pass as it was then.
        this.#compareNew(path, kindOfSubfolder(folder.kind, name, names));
      }
    }
    const present = new Set(kept.map(({ name }) => name));
    for (const name of copied?.keys() ?? []) {
      if (!present.has(name)) {
        this.#deleted.push(joined(folder.path, name));
      }
    }
  }

  #compareNew(path: string, kind: FolderKind): void {
    const seen = this.#looker.lookAtFolder(path);
    if (seen !== undefined) {
      const { look, system = 'network' } = seen;
      this.#compare({ path, kind, device: look.dev, system, memory: undefined, isSuspect: true });
    }
  }

  #compareFile(
    folder: Compared,
    name: string,
    known: { readonly remembered: RememberedFile | undefined; readonly isCopied: boolean },
  ): void {
    const path = joined(folder.path, name);
    const look = this.#looker.look(path, folder.system);
    if (look === undefined) {
      return;
    }
    const copy = known.isCopied ? this.#copy.look(path) : undefined;
    if (!look.isFile() && !look.isSymbolicLink()) {
      // rsync leaves sockets and FIFOs out, and what stands in the copy in their place with them.
      if (copy !== undefined && !copy.isDirectory()) {
        this.#copy.remove(path);
      }
      return;
    }
    const { remembered: file } = known;
    const isAsRemembered = file !== undefined && isSameFile(file, folder.device, look);
    const looksCopied = agrees(look, copy) && copy?.nlink === look.nlink;
    const differs = isNamedByContent(folder.kind, name)
      ? !looksCopied
      : !(looksCopied && isAsRemembered && file.trusted) || folder.isSuspect;
    if (differs && isNamedByContent(folder.kind, name)) {
      this.#differing.push(path);
    } else if (differs) {
      this.#takeFile(path, look, { isAsRemembered, system: folder.system, isSuspect: folder.isSuspect });
    }
    this.#noteLinks(path, look, differs);
  }

  /** A folder that the copy has not. */
  #takeAll(path: string, kind: FolderKind): void {
    const entries = this.#looker.list(path) ?? [];
    this.#differing.push(path);
    this.#compared.push(path);
    const names = new Set(entries.map(({ name }) => name));
    for (const { name, isFolder } of this.#keptOf(path, entries)) {
      const inner = joined(path, name);
      if (isFolder) {
        this.#takeAll(inner, kindOfSubfolder(kind, name, names));
        continue;
      }
      const look = this.#looker.look(inner, 'local');
      if (look !== undefined && (look.isFile() || look.isSymbolicLink())) {
        this.#differing.push(inner);
        this.#noteLinks(inner, look, true);
      }
    }
  }

  #takeFile(path: string, look: Look, known: Evidence): void {
    this.#differing.push(path);
    removeIfStale(path, look, known, this.#options);
  }

  #noteLinks(path: string, look: Look, differs: boolean): void {
    if (look.nlink > 1n && look.isFile()) {
      this.#linked.push({ path, identity: `${look.dev}:${look.ino}`, names: Number(look.nlink), differs });
    }
  }

  #keptOf(folder: string, entries: readonly Entry[]): readonly Entry[] {
    return entries.filter(({ name, isFolder }) => !this.#options.isExcluded(joined(folder, name), isFolder));
  }
}
