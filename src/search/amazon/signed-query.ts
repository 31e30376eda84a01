/** The query of a URL in the form in which the library signs it. */

export type Query = Record<string, string | string[]>;

/**
 * A plus sign is refused: whether it means a blank or itself, Amazon, OpenSearch and the libraries do not agree on, and a
 * signature that one of them reads otherwise is told as a wrong key. `%20` and `%2B` are clear to all.
 *
 * @throws Error, since only this program's own code makes such a URL
 */
export function signedQuery(url: URL): Query {
  const query = new Map<string, string[]>();
  for (const part of url.search.slice(1).split('&')) {
    if (part === '') {
      continue;
    }
    if (part.includes('+')) {
      throw new Error(
        `The query of ${url.pathname} has a plus sign, which cannot be signed; write %20 or %2B.`,
      );
    }
    const equals = part.indexOf('=');
    const name = decodeURIComponent(equals === -1 ? part : part.slice(0, equals));
    const value = equals === -1 ? '' : decodeURIComponent(part.slice(equals + 1));
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return Object.fromEntries(query);
}
