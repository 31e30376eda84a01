/** rsync's exclude patterns, as far as our own lists use them: anchored, with `*` inside of a name. */

export type IsExcluded = (path: string, isFolder: boolean) => boolean;

/**
 * @param patterns begin with `/`; one that ends with `/` holds for folders only
 * @returns looks at one path alone: what lies below an excluded folder is never asked for
 */
export function createExclusionMatcher(patterns: readonly string[]): IsExcluded {
  const any = patterns.map((pattern) => pattern.replace(/\/$/, ''));
  const rules = new Set(any.filter((_, index) => patterns[index]?.endsWith('/') === false));
  const forFolders = expressionOf(any);
  const forFiles = expressionOf([...rules]);
  return (path, isFolder) => (isFolder ? forFolders : forFiles).test(path);
}

function expressionOf(patterns: readonly string[]): RegExp {
  if (patterns.length === 0) {
    return /^\b\B/;
  }
  const alternatives = patterns.map((pattern) =>
    pattern
      .slice(1)
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*'),
  );
  return new RegExp(`^(?:${alternatives.join('|')})$`, 's');
}
