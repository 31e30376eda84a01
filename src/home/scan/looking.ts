/** One look at a file or a folder. */
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, statfsSync } from 'node:fs';
import { isErrno } from '../../errors.ts';
import { asPath } from './byte-path.ts';
import { type Entry, listFolder } from './list-folder.ts';
import { type FileSystemKind, fileSystemKind } from './file-systems.ts';

export type { Entry } from './list-folder.ts';

export type Look = BigIntStats;

export interface FolderLook {
  readonly look: Look;
  readonly system: FileSystemKind | undefined;
}

/** Opening a FIFO must not wait, a link must not be followed. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const LATENCIES = 128;

/** Looks at paths below one root, and knows how long that takes. */
export class Looker {
  readonly #root: string;
  readonly #kindOfType: typeof fileSystemKind;
  readonly #kinds = new Map<bigint, FileSystemKind | undefined>();
  readonly #latencies = new Float64Array(LATENCIES);
  looks = 0;

  /**
   * @param root in bytes, absolute
   * @param kindOfType of a file system, by the number that statfs(2) has for it
   */
  constructor(root: string, kindOfType: typeof fileSystemKind = fileSystemKind) {
    this.#root = root;
    this.#kindOfType = kindOfType;
  }

  absolute(path: string): string {
    return path === '' ? this.#root : `${this.#root}/${path}`;
  }

  /**
   * @param kind on a network file system the file is opened for it: that makes the client ask the server
   * @returns undefined when there is nothing
   */
  look(path: string, kind: FileSystemKind): Look | undefined {
    return this.#timed(() => {
      const full = asPath(this.absolute(path));
      return kind === 'network' ? lookOpened(full) : lookAt(full);
    });
  }

  /**
   * @param expectedDevice saves a call where it is a known one
   * @returns undefined when there is none; its `system` is undefined when its time stamps are not to be relied on
   */
  lookAtFolder(path: string, expectedDevice?: bigint): FolderLook | undefined {
    const expected = expectedDevice === undefined ? undefined : this.#kinds.get(expectedDevice);
    const look = this.look(path, expected ?? 'local');
    if (look?.isDirectory() !== true) {
      return undefined;
    }
    const system = this.systemOf(path, look.dev);
    const fresh = system === 'network' && expected !== system ? this.look(path, system) : look;
    return fresh?.isDirectory() === true ? { look: fresh, system } : undefined;
  }

  /** Of what kind is the file system that holds a folder? Asked once for each device. */
  systemOf(path: string, device: bigint): FileSystemKind | undefined {
    if (!this.#kinds.has(device)) {
      this.#kinds.set(device, this.#kindOfType(statfsSync(asPath(this.absolute(path))).type));
    }
    return this.#kinds.get(device);
  }

  /** @returns undefined when there is no such folder */
  list(path: string): readonly Entry[] | undefined {
    try {
      return listFolder(this.absolute(path));
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  }

  /** How long the last looks took, in ms: the median, because one that had to wait for a processor says nothing. */
  get latencyMs(): number {
    const known = this.#latencies.slice(0, Math.min(this.looks, LATENCIES)).sort();
    return known[Math.floor(known.length / 2)] ?? 0;
  }

  #timed<T>(call: () => T): T {
    const started = performance.now();
    try {
      return call();
    } finally {
      this.#latencies[this.looks % LATENCIES] = performance.now() - started;
      this.looks += 1;
    }
  }
}

function lookAt(path: string | Buffer): Look | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    // Something else stands where a folder above it was.
    if (isErrno(error, 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}

function lookOpened(path: string | Buffer): Look | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
  } catch (error) {
    // A link, a socket, or what may not be read; or it is gone, and the server has just said so.
    if (isErrno(error, 'ELOOP', 'ENXIO', 'EACCES', 'EPERM', 'ENODEV', 'ENOENT', 'ENOTDIR')) {
      return lookAt(path);
    }
    throw error;
  }
  try {
    return fstatSync(descriptor, { bigint: true });
  } finally {
    closeSync(descriptor);
  }
}
