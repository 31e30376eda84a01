/** Indices that a restore made, told from those that somebody else has made since under the same name. */
import { isObject, list, object, recordOf } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { isMissing } from './search-error.ts';
import type { SearchHttp } from './search-http.ts';
import { indexPath } from './indices.ts';
import type { SnapshotName } from './snapshots.ts';

/** The server ends what it copies into it first. */
const DELETE_TIMEOUT_MS = 120_000;

/** Of all documents, as a search finds them. */
export async function countDocuments(http: SearchHttp, indices: readonly string[]): Promise<number> {
  const path = `/${indexPath(indices)}/_count`;
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
    const sources = [...(await plannedSources(http, index)), ...(await doneSources(http, index))];
    if (sources.some((source) => isFrom(source, snapshot))) {
      const path = `/${encodeURIComponent(index)}`;
      await orNothing(
        async () => await http.send({ method: 'DELETE', path, timeoutMs: DELETE_TIMEOUT_MS, retries: 2 }),
      );
      deleted.push(index);
    }
  }
  return deleted;
}

/** What shards that are not started yet are going to be made of; Elasticsearch 2 calls it otherwise. */
async function plannedSources(http: SearchHttp, index: string): Promise<readonly unknown[]> {
  const path = `/_cluster/state/routing_table/${encodeURIComponent(index)}`;
  const body = await orNothing(async () => await http.send({ method: 'GET', path, retries: 2 }));
  return shaped(`GET ${path}`, body, (answer) => {
    const table = object(object(answer, 'answer')['routing_table'] ?? {}, 'routing_table');
    const found = object(table['indices'] ?? {}, 'routing_table.indices')[index];
    const shards = found === undefined ? {} : object(found, index)['shards'];
    return Object.values(recordOf(shards, `${index}.shards`, (copies, at) => list(copies, at, object)))
      .flat()
      .map((copy) => copy['recovery_source'] ?? copy['restore_source']);
  });
}

/** What its shards were made of; the server remembers that until its node restarts. */
async function doneSources(http: SearchHttp, index: string): Promise<readonly unknown[]> {
  const path = `/${encodeURIComponent(index)}/_recovery`;
  const body = await orNothing(async () => await http.send({ method: 'GET', path, retries: 2 }));
  return shaped(`GET ${path}`, body, (answer) => {
    const found = object(answer, 'answer')[index];
    const shards = found === undefined ? [] : list(object(found, index)['shards'], `${index}.shards`, object);
    return shards.map((shard) => shard['source']);
  });
}

function isFrom(source: unknown, { repository, snapshot }: SnapshotName): boolean {
  return isObject(source) && source['repository'] === repository && source['snapshot'] === snapshot;
}

async function orNothing(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (isMissing(error)) {
      return {};
    }
    throw error;
  }
}
