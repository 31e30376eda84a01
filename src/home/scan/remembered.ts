/**
 * What is remembered of a folder from the first look to the second, packed: numbers in one array and names in one string,
 * so that hundreds of thousands of folders cost some MB and move between threads without being copied.
 */
import { FOLDER_KINDS, type FolderKind } from './git-folders.ts';
import type { Look } from './looking.ts';

export interface RememberedFile {
  readonly name: string;
  /** Nothing can have happened to it in the same tick of the clock as what the look has seen. */
  readonly trusted: boolean;
  readonly inode: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly size: bigint;
}

export interface RememberedFolder {
  /** Below the root, in bytes; empty for the root itself. */
  readonly path: string;
  readonly kind: FolderKind;
  readonly trusted: boolean;
  readonly device: bigint;
  readonly inode: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly folders: readonly string[];
  /** Those that have to be looked at: all but git's objects. */
  readonly files: readonly RememberedFile[];
}

/** Moves between threads; `numbers` without being copied. */
export interface PackedMemory {
  readonly numbers: BigInt64Array<ArrayBuffer>;
  /** Joined by NUL, which no name has in it. */
  readonly names: string;
}

export function isSameFolder(folder: RememberedFolder, now: Look): boolean {
  return (
    now.isDirectory() &&
    now.dev === folder.device &&
    now.ino === folder.inode &&
    now.mtimeNs === folder.mtimeNs &&
    now.ctimeNs === folder.ctimeNs
  );
}

export function isSameFile(file: RememberedFile, device: bigint, now: Look): boolean {
  return (
    now.dev === device &&
    now.ino === file.inode &&
    now.mtimeNs === file.mtimeNs &&
    now.ctimeNs === file.ctimeNs &&
    now.size === file.size
  );
}

/** One after the other in one: handing many small ones to threads takes longer than what is done with them. */
export function joinedMemory(one: PackedMemory, other: PackedMemory): PackedMemory {
  const numbers = new BigInt64Array(one.numbers.length + other.numbers.length);
  numbers.set(one.numbers);
  numbers.set(other.numbers, one.numbers.length);
  return { numbers, names: `${one.names}\0${other.names}` };
}

const NONE: readonly never[] = [];

const FIRST_LENGTH = 4_096;

export class MemoryWriter {
  #numbers = new BigInt64Array(FIRST_LENGTH);
  #length = 0;
  readonly #names: string[] = [];

  add(folder: RememberedFolder): void {
    this.#names.push(folder.path);
    this.#push(
      BigInt(FOLDER_KINDS.indexOf(folder.kind)),
      folder.trusted ? 1n : 0n,
      folder.device,
      folder.inode,
      folder.mtimeNs,
      folder.ctimeNs,
      BigInt(folder.folders.length),
      BigInt(folder.files.length),
    );
    for (const subfolder of folder.folders) {
      this.#names.push(subfolder);
    }
    for (const { name, trusted, inode, mtimeNs, ctimeNs, size } of folder.files) {
      this.#names.push(name);
      this.#push(trusted ? 1n : 0n, inode, mtimeNs, ctimeNs, size);
    }
  }

  pack(): PackedMemory {
    return { numbers: this.#numbers.slice(0, this.#length), names: this.#names.join('\0') };
  }

  #push(...numbers: readonly bigint[]): void {
    if (this.#length + numbers.length > this.#numbers.length) {
      const larger = new BigInt64Array(2 * this.#numbers.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    for (const number of numbers) {
      this.#numbers[this.#length] = number;
      this.#length += 1;
    }
  }
}

/** Numbers of a folder, and of each file. */
const FOLDER_NUMBERS = 8;
const FILE_NUMBERS = 5;

/** @param isWanted of the path; the others are passed over quickly */
export function* remembered(
  memory: PackedMemory,
  isWanted: (folder: string) => boolean = () => true,
): Generator<RememberedFolder> {
  const { numbers } = memory;
  const names = memory.names.split('\0');
  let name = 0;
  let number = 0;
  while (number < numbers.length) {
    const path = names[name] ?? '';
    const folderCount = Number(numbers[number + FOLDER_NUMBERS - 2]);
    const fileCount = Number(numbers[number + FOLDER_NUMBERS - 1]);
    if (isWanted(path)) {
      const cursor = { names, numbers, name: name + 1, number };
      yield readFolder(path, cursor, { folderCount, fileCount });
    }
    name += 1 + folderCount + fileCount;
    number += FOLDER_NUMBERS + FILE_NUMBERS * fileCount;
  }
}

interface Cursor {
  readonly names: readonly string[];
  readonly numbers: BigInt64Array;
  name: number;
  number: number;
}

function readFolder(
  path: string,
  cursor: Cursor,
  { folderCount, fileCount }: { readonly folderCount: number; readonly fileCount: number },
): RememberedFolder {
  const name = (): string => cursor.names[cursor.name++] ?? '';
  const number = (): bigint => cursor.numbers[cursor.number++] ?? 0n;
  const head = {
    path,
    kind: FOLDER_KINDS[Number(number())] ?? 'plain',
    trusted: number() === 1n,
    device: number(),
    inode: number(),
    mtimeNs: number(),
    ctimeNs: number(),
  };
  cursor.number += 2;
  return {
    ...head,
    // Most are folders of git objects, which have neither.
    folders: folderCount === 0 ? NONE : Array.from({ length: folderCount }, name),
    files:
      fileCount === 0
        ? NONE
        : Array.from({ length: fileCount }, () => ({
            name: name(),
            trusted: number() === 1n,
            inode: number(),
            mtimeNs: number(),
            ctimeNs: number(),
            size: number(),
          })),
  };
}
