/** The home of the benchmark. It grows from one size to the next, so that each of its files is made once. */
import { join } from 'node:path';
import { makeHomeTree } from '../../test/support/bitbucket-home/home-tree.ts';
import { Pushes } from './pushes.ts';
import { writeRepository } from './repository-files.ts';

export const FILES_PER_UNIT = 120_000;
const REPOSITORIES_PER_UNIT = 100;
const FILES_PER_REPOSITORY = FILES_PER_UNIT / REPOSITORIES_PER_UNIT;

export class BenchHome {
  readonly root: string;
  readonly #pushes: Pushes;
  #repositories = 0;
  #files = 0;
  #bytes = 0;

  private constructor(root: string) {
    this.root = root;
    this.#pushes = new Pushes(dataOf(root));
  }

  static async create(root: string): Promise<BenchHome> {
    await makeHomeTree(root, { 'jdbc.driver': 'org.postgresql.Driver' });
    return new BenchHome(root);
  }

  /** Of all repositories, as they were made. */
  get bytes(): number {
    return this.#bytes;
  }

  get files(): number {
    return this.#files;
  }

  /** @param scale in units of 120,000 files and 100 repositories; below one repository it gets a small one */
  growTo(scale: number): void {
    const wanted = Math.round(scale * FILES_PER_UNIT);
    const count = Math.max(1, Math.round(scale * REPOSITORIES_PER_UNIT));
    while (this.#repositories < count) {
      this.#repositories += 1;
      const files = Math.min(FILES_PER_REPOSITORY, wanted);
      this.#bytes += writeRepository({ data: dataOf(this.root), id: this.#repositories }, files);
      this.#files += files;
    }
  }

  /** Users change about so many files. Done when it returns. */
  change(files: number): void {
    this.#pushes.make(this.#repositories, files);
  }
}

function dataOf(root: string): string {
  return join(root, 'shared', 'data');
}
