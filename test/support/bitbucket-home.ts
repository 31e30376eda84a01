/** A Bitbucket home that could be a real one: real git repositories, everything that lies about, users who push. */
import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../src/errors.ts';
import { refsOf } from './bitbucket-home/git.ts';
import { makeBulkFiles, makeHomeTree } from './bitbucket-home/home-tree.ts';
import { makeOddFiles } from './bitbucket-home/odd-files.ts';
import { startPusher as startPusherOn, type Pusher, type PusherOptions } from './bitbucket-home/pusher.ts';
import { makeRepository, type TestRepository } from './bitbucket-home/repositories.ts';

export { gitFsck } from './bitbucket-home/git.ts';
export { EXCLUDED, LOOKALIKES } from './bitbucket-home/home-tree.ts';
export { FOREIGN_ID } from './bitbucket-home/odd-files.ts';
export type { AcceptedPush, Pusher } from './bitbucket-home/pusher.ts';
export type { TestRepository } from './bitbucket-home/repositories.ts';
export { fingerprintTree, type FingerprintOptions } from './bitbucket-home/tree-fingerprint.ts';

export interface HomeOptions {
  /** Is created. */
  readonly root: string;
  readonly repositories: number;
  /** Roots of further data stores; repositories are dealt to home and stores in turn. */
  readonly dataStores?: readonly string[];
  /** Default 20. */
  readonly commitsPerRepository?: number;
  /** Bytes of incompressible content in each repository's pack, besides. Forks have none of their own. */
  readonly packBytesPerRepository?: number;
  /** Incompressible attachments, `bytes` each. */
  readonly bulkFiles?: { readonly count: number; readonly bytes: number };
  /** Lines of `shared/bitbucket.properties`, in place of or besides the default ones (jdbc.*). */
  readonly properties?: Readonly<Record<string, string>>;
  /** Odd names, modes, owners and links in `shared/data/attachments/odd`. Default true. */
  readonly oddFiles?: boolean;
  /** A FIFO and a unix socket among them. Default true. */
  readonly specialFiles?: boolean;
}

export interface BitbucketHome {
  readonly root: string;
  readonly dataStores: readonly string[];
  readonly repositories: readonly TestRepository[];
  /** An access control list and an extended attribute were set on `shared/data/attachments/odd/acl`. */
  readonly hasAcl: boolean;
}

const DEFAULT_PROPERTIES = {
  'setup.displayName': 'Bitbucket',
  'setup.baseUrl': 'https://bitbucket.example.com',
  'jdbc.driver': 'org.postgresql.Driver',
  'jdbc.url': 'jdbc:postgresql://localhost:5432/bitbucket',
  'jdbc.user': 'bitbucket',
  'jdbc.password': 'not-the-real-one',
};

export async function makeBitbucketHome(options: HomeOptions): Promise<BitbucketHome> {
  const { root, dataStores = [] } = options;
  await mkdir(root, { recursive: true });
  await makeHomeTree(root, { ...DEFAULT_PROPERTIES, ...options.properties });
  const repositories = Array.from({ length: options.repositories }, (_, index) =>
    placeRepository(index + 1, root, dataStores),
  );
  // The second one that the home itself holds is a fork of its first.
  const [parent, fork] = repositories.filter(({ store }) => store === undefined);
  for (const repository of repositories) {
    await makeRepository(repository, {
      commits: options.commitsPerRepository ?? 20,
      bytes: options.packBytesPerRepository ?? 0,
      ...(repository === fork && parent !== undefined ? { forkOf: parent } : {}),
    });
  }
  const attachments = join(root, 'shared', 'data', 'attachments');
  if (options.bulkFiles !== undefined) {
    makeBulkFiles(join(attachments, 'bulk'), options.bulkFiles);
  }
  const odd =
    options.oddFiles === false
      ? undefined
      : await makeOddFiles(join(attachments, 'odd'), { specialFiles: options.specialFiles ?? true });
  return { root, dataStores, repositories, hasAcl: odd?.hasAcl ?? false };
}

/** `repositories` default to all of the home. */
export function startPusher(
  options: Omit<PusherOptions, 'repositories'> & {
    readonly home: BitbucketHome;
    readonly repositories?: readonly TestRepository[];
  },
): Pusher {
  const { home, repositories = home.repositories, ...rest } = options;
  return startPusherOn({ ...rest, repositories });
}

/** Id to ref to object id, of what lies on disk: works on a restored home as well. */
export async function allRefs(
  home: Pick<BitbucketHome, 'root' | 'dataStores'>,
): Promise<Record<string, Record<string, string>>> {
  const refs: Record<string, Record<string, string>> = {};
  for (const { id, path } of await findRepositories(home)) {
    refs[id] = await refsOf(path);
  }
  return refs;
}

/** The repositories that lie on disk in a home and its data stores, in the order of their ids. */
export async function findRepositories(
  home: Pick<BitbucketHome, 'root' | 'dataStores'>,
): Promise<TestRepository[]> {
  const inHome = join(home.root, 'shared', 'data', 'repositories');
  const found = (await namesIn(inHome)).map(
    (name): TestRepository => ({ id: Number(name), path: join(inHome, name), store: undefined }),
  );
  for (const store of home.dataStores) {
    const top = join(store, 'repositories');
    for (const first of await namesIn(top)) {
      for (const second of await namesIn(join(top, first))) {
        for (const name of await namesIn(join(top, first, second))) {
          found.push({ id: Number(name), path: join(top, first, second, name), store });
        }
      }
    }
  }
  return found.sort((a, b) => a.id - b.id);
}

function placeRepository(id: number, root: string, dataStores: readonly string[]): TestRepository {
  const turn = (id - 1) % (dataStores.length + 1);
  const store = turn === 0 ? undefined : dataStores[turn - 1];
  if (store === undefined) {
    return { id, path: join(root, 'shared', 'data', 'repositories', String(id)), store };
  }
  const hash = createHash('sha1').update(String(id)).digest('hex');
  return { id, path: join(store, 'repositories', hash.slice(0, 2), hash.slice(2, 4), String(id)), store };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) {
      return [];
    }
    throw error;
  }
}
