/** The folders that are copied, and where each copy stands below `backup-root`. */
import { join } from 'node:path';
import { homeExclusions, storeExclusions } from './exclusions.ts';

/** Names below `backup-root`, and `bitbucket-data-stores/<absolute path>`, are those of Atlassian's scripts. */
export const HOME_MEMBER = 'bitbucket-home';
export const STORES_MEMBER = 'bitbucket-data-stores';

export interface HomeOptions {
  readonly homePath: string;
  readonly dataStores: readonly string[];
  readonly excludedRepositories: readonly number[];
  /** See StrategyContext. */
  readonly internalDatabase?: boolean;
}

export interface Tree {
  /** For messages, such as `the home`. */
  readonly what: string;
  readonly input: 'home-path' | 'data-stores';
  /** Absolute, without a slash at the end. */
  readonly source: string;
  /** Relative to `backup-root`. */
  readonly member: string;
  readonly exclusions: readonly string[];
  /** Where repositories lie in it, relative. */
  readonly repositories: string;
}

export function treesOf(options: HomeOptions): readonly [Tree, ...Tree[]] {
  const home: Tree = {
    what: 'the home',
    input: 'home-path',
    source: options.homePath,
    member: HOME_MEMBER,
    exclusions: homeExclusions(options.excludedRepositories, options.internalDatabase),
    repositories: 'shared/data/repositories',
  };
  const stores = options.dataStores.map(
    (path): Tree => ({
      what: `the data store ${path}`,
      input: 'data-stores',
      source: path,
      member: join(STORES_MEMBER, path),
      exclusions: storeExclusions(options.excludedRepositories),
      repositories: 'repositories',
    }),
  );
  return [home, ...stores];
}
