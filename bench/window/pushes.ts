/**
 * What users do to a home between two looks at it, file by file as git and Bitbucket do it: objects and packs appear under
 * temporary names and are renamed, branches move by way of a `.lock` file, reflogs grow, files are attached.
 */
import { appendFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import {
  attachment,
  BRANCHES,
  looseObject,
  packFiles,
  type RepositoryPlace,
  repositoryFolder,
  writeAside,
} from './repository-files.ts';

const OBJECTS_PER_PUSH = 8;
const PUSHED_PACK_BYTES = 64 * 1024;

/** Neighbours in time are no neighbours on disk. Prime to any number of repositories that is no multiple of it. */
const STRIDE = 37;

export class Pushes {
  readonly #data: string;
  /** Goes on from call to call: no two changes are alike. */
  #number = 0;

  /** @param data `shared/data` of the home */
  constructor(data: string) {
    this.#data = data;
  }

  /**
   * Synchronously, because it is called from a listener that the simulator tells of the lock, and must be done with it.
   *
   * @param repositories how many there are
   * @param files how many are to be made or changed, about
   */
  make(repositories: number, files: number): void {
    for (let changed = 0; changed < files; ) {
      this.#number += 1;
      const place = { data: this.#data, id: 1 + ((this.#number * STRIDE) % repositories) };
      // In ten pushes one is large enough for a pack, and one comes with an attachment.
      const kind = this.#number % 10;
      changed += kind === 9 ? this.#pushPack(place) : this.#pushObjects(place);
      changed += kind === 4 ? this.#attach(place) : 0;
    }
  }

  #pushObjects(place: RepositoryPlace): number {
    const folder = repositoryFolder(place);
    for (let number = 0; number < OBJECTS_PER_PUSH; number += 1) {
      const { path, content } = looseObject(`push ${this.#number} ${number}`);
      const full = join(folder, path);
      writeAside(full, join(dirname(full), `tmp_obj_${this.#number}`), content);
    }
    return OBJECTS_PER_PUSH + this.#moveBranch(folder);
  }

  #pushPack(place: RepositoryPlace): number {
    const folder = repositoryFolder(place);
    const files = packFiles(`push ${this.#number}`, PUSHED_PACK_BYTES);
    for (const { path, content } of files) {
      writeAside(join(folder, path), join(folder, 'objects', 'pack', `tmp_pack_${this.#number}`), content);
    }
    return files.length + this.#moveBranch(folder);
  }

  #moveBranch(folder: string): number {
    const sha = createHash('sha1').update(`commit ${this.#number}`).digest('hex');
    const ref = join('refs', 'heads', `branch-${this.#number % BRANCHES}`);
    writeAside(join(folder, ref), join(folder, `${ref}.lock`), `${sha}\n`);
    const line = `${sha} ${sha} User <user@example.com> 1700000000 +0000\tpush\n`;
    appendFileSync(join(folder, 'logs', ref), line);
    return 2;
  }

  #attach(place: RepositoryPlace): number {
    const { path, content } = attachment(place, `push ${this.#number}`);
    writeAside(path, `${path}.tmp`, content);
    return 1;
  }
}
