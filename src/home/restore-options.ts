/** Where the home and the data stores of an archive are restored to. */
import { join } from 'node:path';
import type { InputReader, PathPair } from '../inputs/reader.ts';
import type { Target } from './restore-target.ts';
import { type HomeOwner, readHomeOwner } from './home-owner.ts';
import { HOME_MEMBER, STORES_MEMBER } from './trees.ts';

export interface HomeRestoreOptions {
  readonly homePath: string;
  /** From the path in the archive to the one on this machine. */
  readonly dataStores: readonly PathPair[];
  readonly owner: HomeOwner | undefined;
}

export interface RestoredTree extends Target {
  /** Path in the archive. */
  readonly member: string;
  /** Where repositories lie in it, relative. */
  readonly repositories: string;
}

export function readHomeRestoreOptions(inputs: InputReader): HomeRestoreOptions {
  return {
    homePath: inputs.requiredPath('home-path'),
    dataStores: inputs.pathPairs('data-stores'),
    owner: readHomeOwner(inputs),
  };
}

/** The home last: it is what Bitbucket starts from, so it must not be there before everything else is. */
export function restoredTrees({ homePath, dataStores }: HomeRestoreOptions): readonly RestoredTree[] {
  const stores = dataStores.map(
    ({ from, to }): RestoredTree => ({
      path: to,
      what: from === to ? `the data store ${from}` : `the data store ${from} of the archive`,
      input: 'data-stores',
      member: join(STORES_MEMBER, from),
      repositories: 'repositories',
    }),
  );
  const home: RestoredTree = {
    path: homePath,
    what: 'the home',
    input: 'home-path',
    member: HOME_MEMBER,
    repositories: 'shared/data/repositories',
  };
  return [...stores, home];
}
