/** The first look, before anything is copied: what will have to be compared after the drain is remembered. */
import { joined, readable } from './byte-path.ts';
import type { IsExcluded } from './exclusion-matcher.ts';
import type { FileSystemKind, TrustMargins } from './file-systems.ts';
import { type FolderKind, isNamedByContent, kindOfSubfolder } from './git-folders.ts';
import type { Look, Looker } from './looking.ts';
import { MemoryWriter, type PackedMemory, type RememberedFile } from './remembered.ts';

/** A folder that waits for its first look. */
export interface FolderToLookAt {
  readonly path: string;
  readonly kind: FolderKind;
}

export interface FirstLookResult {
  readonly memory: PackedMemory;
  /** Found, and left for others to look at. */
  readonly left: readonly FolderToLookAt[];
  /** Named by the folder above them and not there a moment later, so that nothing is remembered of them. */
  readonly missing: readonly string[];
  readonly folders: number;
  readonly files: number;
  /** Devices on which time stamps were seen, and those on which one of them was not of a whole second. */
  readonly devices: readonly bigint[];
  readonly finerDevices: readonly bigint[];
  /** Why this tree has to be copied as a whole inside the lock: the end of a sentence. */
  readonly problem: string | undefined;
}

export interface FirstLookOptions {
  readonly looker: Looker;
  readonly isExcluded: IsExcluded;
  /** What is younger at its look is not trusted. */
  readonly margins: TrustMargins;
  /** After this long the rest is left for others. ms */
  readonly budgetMs: number;
}

/** @throws what the system says of a folder that cannot be read */
export function firstLook(folders: readonly FolderToLookAt[], options: FirstLookOptions): FirstLookResult {
  const work = new FirstLook(options);
  const until = performance.now() + options.budgetMs;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const inner of work.visit(folder)) {
      waiting.push(inner);
    }
    if (performance.now() > until || work.problem !== undefined) {
      break;
    }
  }
  return work.result(waiting);
}

class FirstLook {
  readonly #looker: Looker;
  readonly #isExcluded: IsExcluded;
  readonly #margins: TrustMargins;
  readonly #memory = new MemoryWriter();
  readonly #devices = new Set<bigint>();
  readonly #finerDevices = new Set<bigint>();
  readonly #missing: string[] = [];
  #folders = 0;
  #files = 0;
  problem: string | undefined;

  constructor({ looker, isExcluded, margins }: FirstLookOptions) {
    this.#looker = looker;
    this.#margins = margins;
    this.#isExcluded = isExcluded;
  }

  /** @returns the folders in it */
  visit({ path, kind }: FolderToLookAt): readonly FolderToLookAt[] {
    const nowMs = Date.now();
    // Before its names are read: whatever comes or goes from here on changes what is remembered.
    const seen = this.#looker.lookAtFolder(path);
    if (seen === undefined) {
      this.#missing.push(path);
      return [];
    }
    const { look, system } = seen;
    if (system === undefined) {
      this.problem = `the file system of ${readable(this.#looker.absolute(path))} is not known to keep exact time stamps`;
      return [];
    }
    const entries = this.#looker.list(path);
    if (entries === undefined) {
      this.#missing.push(path);
      return [];
    }
    this.#folders += 1;
    this.#noteDevice(look);
    const kept = entries.filter(({ name, isFolder }) => !this.#isExcluded(joined(path, name), isFolder));
    const folders = kept.filter(({ isFolder }) => isFolder).map(({ name }) => name);
    const named = kept.filter(({ name, isFolder }) => !isFolder && !isNamedByContent(kind, name));
    const files = named.flatMap(({ name }) => this.#rememberFile(path, name, { device: look.dev, system }));
    this.#memory.add({
      path,
      kind,
      // A file that was not there may be there again when a folder above was away, and this one shows no change then.
      trusted: isOlder(look, nowMs - this.#margins[system]) && files.length === named.length,
      device: look.dev,
      inode: look.ino,
      mtimeNs: look.mtimeNs,
      ctimeNs: look.ctimeNs,
      folders,
      files,
    });
    const names = new Set(kind === 'plain' ? entries.map(({ name }) => name) : []);
    return folders.map((name) => ({ path: joined(path, name), kind: kindOfSubfolder(kind, name, names) }));
  }

  /** @returns empty when it has gone since its name was read */
  #rememberFile(
    folder: string,
    name: string,
    place: { readonly device: bigint; readonly system: FileSystemKind },
  ): RememberedFile[] {
    const nowMs = Date.now();
    const look = this.#looker.look(joined(folder, name), place.system);
    if (look === undefined) {
      return [];
    }
    this.#files += 1;
    this.#noteDevice(look);
    return [
      {
        name,
        trusted: isOlder(look, nowMs - this.#margins[place.system]) && look.dev === place.device,
        inode: look.ino,
        mtimeNs: look.mtimeNs,
        ctimeNs: look.ctimeNs,
        size: look.size,
      },
    ];
  }

  #noteDevice({ dev, mtimeNs, ctimeNs }: Look): void {
    this.#devices.add(dev);
    if (mtimeNs % NS_PER_SECOND !== 0n || ctimeNs % NS_PER_SECOND !== 0n) {
      this.#finerDevices.add(dev);
    }
  }

  result(left: readonly FolderToLookAt[]): FirstLookResult {
    return {
      memory: this.#memory.pack(),
      left,
      missing: this.#missing,
      folders: this.#folders,
      files: this.#files,
      devices: [...this.#devices],
      finerDevices: [...this.#finerDevices],
      problem: this.problem,
    };
  }
}

const NS_PER_MS = 1_000_000n;
const NS_PER_SECOND = 1_000_000_000n;

/**
 * The racy rule, as git has it for its index (git's racy-git.txt): a second change in the tick of the first one leaves
 * the time stamp as it is, so one that is this young proves nothing.
 */
function isOlder({ mtimeNs, ctimeNs }: Look, thanMs: number): boolean {
  const limit = BigInt(thanMs) * NS_PER_MS;
  return mtimeNs < limit && ctimeNs < limit;
}
