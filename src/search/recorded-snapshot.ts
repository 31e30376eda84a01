/** What the manifest records of the search index, read back. */
import { count, object, recordOf, list, text } from '../strategies/json-shape.ts';
import type { BackedUp } from '../strategies/contract.ts';

export interface RecordedSnapshot {
  readonly snapshot: string;
  readonly shards: number;
  /** The aliases of each index. */
  readonly indices: ReadonlyMap<string, readonly string[]>;
}

/** @throws ShapeError for what no backup of ours has written */
export function recordedSnapshot({ details }: BackedUp): RecordedSnapshot {
  const indices = recordOf(object(details['indices'], 'indices'), 'indices', (aliases, at) =>
    list(aliases, at, text),
  );
  return {
    snapshot: text(details['snapshot'], 'snapshot'),
    shards: count(details['shards'], 'shards'),
    indices: new Map(Object.entries(indices)),
  };
}
