/** Indices that a restore made, told from those that somebody else has made since under the same name. */
import { list, object } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { isMissing } from './search-error.ts';
import type { SearchHttp } from './search-http.ts';
import type { SnapshotName } from './snapshots.ts';

/** Of all documents, as a search finds them. */
export async function countDocuments(http: SearchHttp, indices: readonly string[]): Promise<number> {
  const path = `/${indices.map((name) => encodeURIComponent(name)).join(',')}/_count`;
  const body = await http.send({ method: 'GET', path, retries: 2 });
  return shaped(`GET ${path}`, body, (answer) => {
    const { count } = object(answer, 'answer');
    return typeof count === 'number' ? count : 0;
  });
}

/** Deletes those that came out of this snapshot. @returns the names that were deleted */
export async function deleteRestored(
  http: SearchHttp,
  indices: readonly string[],
  snapshot: SnapshotName,
): Promise<readonly string[]> {
  const deleted: string[] = [];
  for (const index of indices) {
    if (await isRestoredFrom(http, index, snapshot)) {
      await http.send({ method: 'DELETE', path: `/${encodeURIComponent(index)}`, retries: 2 });
      deleted.push(index);
    }
  }
  return deleted;
}

/** The server remembers where each shard came from until the node restarts; what it does not remember is left alone. */
async function isRestoredFrom(
  http: SearchHttp,
  index: string,
  { repository, snapshot }: SnapshotName,
): Promise<boolean> {
  const path = `/${encodeURIComponent(index)}/_recovery`;
  let body: unknown;
  try {
    body = await http.send({ method: 'GET', path, retries: 2 });
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
  return shaped(`GET ${path}`, body, (answer) => {
    const found = object(answer, 'answer')[index];
    const shards = found === undefined ? [] : list(object(found, index)['shards'], `${index}.shards`, object);
    return shards.some((shard) => {
      const source = object(shard['source'] ?? {}, 'source');
      return source['repository'] === repository && source['snapshot'] === snapshot;
    });
  });
}
