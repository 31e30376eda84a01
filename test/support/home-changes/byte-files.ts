/** File system calls with names that are bytes: latin1 strings, one character each. */
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

const bytes = (path: string): Buffer => Buffer.from(path, 'latin1');

export interface Found {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
}

/** Below one folder; paths are relative. */
export class ByteFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  #at(path: string): Buffer {
    return bytes(path === '' ? this.#root : `${this.#root}/${path}`);
  }

  exists(path: string): boolean {
    return lstatSync(this.#at(path), { throwIfNoEntry: false }) !== undefined;
  }

  makeFolder(path: string): void {
    if (!existsSync(this.#at(path))) {
      mkdirSync(this.#at(path), { recursive: true });
    }
  }

  write(path: string, content: string): void {
    writeFileSync(this.#at(path), content);
  }

  append(path: string, content: string): void {
    appendFileSync(this.#at(path), content);
  }

  /** Changes the first byte, and neither the size nor anything else. */
  overwrite(path: string, byte: string): void {
    const descriptor = openSync(this.#at(path), 'r+');
    writeSync(descriptor, byte, 0);
    closeSync(descriptor);
  }

  /** As git does: under another name first. */
  replace(path: string, content: string): void {
    this.write(`${path}.lock`, content);
    this.rename(`${path}.lock`, path);
  }

  rename(from: string, to: string): void {
    renameSync(this.#at(from), this.#at(to));
  }

  remove(path: string): void {
    rmSync(this.#at(path), { recursive: true, force: true });
  }

  link(from: string, to: string): void {
    linkSync(this.#at(from), this.#at(to));
  }

  symlink(target: string, path: string): void {
    symlinkSync(bytes(target), this.#at(path));
  }

  chmod(path: string, mode: number): void {
    chmodSync(this.#at(path), mode);
  }

  /** As `touch -d`. */
  setTime(path: string, seconds: number): void {
    utimesSync(this.#at(path), seconds, seconds);
  }

  read(path: string): string {
    return readFileSync(this.#at(path), 'latin1');
  }

  timeOf(path: string): number {
    return lstatSync(this.#at(path)).mtimeMs / 1_000;
  }

  list(path: string): readonly string[] {
    return existsSync(this.#at(path))
      ? readdirSync(this.#at(path), { encoding: 'buffer' }).map((name) => name.toString('latin1'))
      : [];
  }

  /** Everything, in a fixed order. */
  all(folder = ''): readonly Found[] {
    return [...this.list(folder)].sort().flatMap((name): Found[] => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stats = lstatSync(this.#at(path));
      if (stats.isDirectory()) {
        return [{ path, kind: 'folder' }, ...this.all(path)];
      }
      return [{ path, kind: stats.isFile() ? 'file' : stats.isSymbolicLink() ? 'link' : 'special' }];
    });
  }
}
