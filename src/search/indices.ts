/** Indices and their aliases, asked for by names and wildcards. */
import { object, recordOf } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { isMissing } from './search-error.ts';
import type { SearchHttp } from './search-http.ts';

/** @returns the aliases of each index that the expression stands for. @throws SearchError 404 for a name that is none */
export async function readIndices(
  http: SearchHttp,
  expression: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const path = `/${indexPath(expression)}/_alias`;
  const body = await http.send({ method: 'GET', path, retries: 2, signal });
  return shaped(`GET ${path}`, body, (answer) => {
    const indices = recordOf(answer, 'answer', (entry, at) =>
      Object.keys(object(object(entry, at)['aliases'] ?? {}, `${at}.aliases`)).sort(),
    );
    return new Map(Object.entries(indices));
  });
}

/** A comma inside of a name would make two of it; index names have none. */
export function indexPath(expression: readonly string[]): string {
  return expression.map((name) => encodeURIComponent(name)).join(',');
}

/** @returns the indices that a name, an alias or a wildcard stands for; none where it stands for nothing */
export async function indicesUnder(http: SearchHttp, name: string): Promise<readonly string[]> {
  try {
    return [...(await readIndices(http, [name])).keys()];
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
