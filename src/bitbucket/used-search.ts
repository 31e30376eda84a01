/**
 * The search server that Bitbucket uses, as `bitbucket.properties` says ("Configuration properties", search): since 7.21
 * `plugin.search.config.*`, before that `plugin.search.elasticsearch.*`. Without one Bitbucket starts its own.
 */

export interface UsedSearch {
  readonly url: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Its requests are signed for this region of AWS. */
  readonly region: string | undefined;
}

const PREFIXES = ['plugin.search.config.', 'plugin.search.elasticsearch.'] as const;

/** @returns undefined when it names none */
export function usedSearch(properties: ReadonlyMap<string, string>): UsedSearch | undefined {
  const value = (name: string): string | undefined =>
    PREFIXES.map((prefix) => properties.get(prefix + name)?.trim()).find((found) => found);
  const url = value('baseurl');
  return url === undefined
    ? undefined
    : { url, username: value('username'), password: value('password'), region: value('aws.region') };
}
