/** The search servers of the tests, one of every major that Bitbucket has used, and what differs in starting them. */

interface Version {
  readonly product: 'elasticsearch' | 'opensearch';
  readonly major: number;
  /** The folder that `npm run setup` links to a Java that will do. The security manager of the old ones needs 17. */
  readonly java: 'java-17' | 'java-21';
}

export const SEARCH_VERSIONS = {
  'opensearch-3.6.0': { product: 'opensearch', major: 3, java: 'java-21' },
  'opensearch-2.19.6': { product: 'opensearch', major: 2, java: 'java-17' },
  'opensearch-1.3.20': { product: 'opensearch', major: 1, java: 'java-17' },
  'elasticsearch-7.17.29': { product: 'elasticsearch', major: 7, java: 'java-17' },
  'elasticsearch-6.8.23': { product: 'elasticsearch', major: 6, java: 'java-17' },
  'elasticsearch-5.6.16': { product: 'elasticsearch', major: 5, java: 'java-17' },
  'elasticsearch-2.4.6': { product: 'elasticsearch', major: 2, java: 'java-17' },
} as const satisfies Record<string, Version>;

export type SearchVersion = keyof typeof SEARCH_VERSIONS;

/** In the order of the table, which is newest first. */
export const searchVersions: readonly SearchVersion[] = Object.keys(SEARCH_VERSIONS).filter(
  (name): name is SearchVersion => name in SEARCH_VERSIONS,
);

/** Elasticsearch before 7 has types inside of an index, and several settings under other names. */
export function isBeforeSeven(version: SearchVersion): boolean {
  const { product, major } = SEARCH_VERSIONS[version];
  return product === 'elasticsearch' && major < 7;
}

export function isElasticsearch(version: SearchVersion, major: number): boolean {
  const wanted: Version = SEARCH_VERSIONS[version];
  return wanted.product === 'elasticsearch' && wanted.major === major;
}
