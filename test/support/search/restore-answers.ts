/** What real search servers answer about indices that are being restored, shortened to what is read. */
import type { ScriptedAnswer } from './scripted-server.ts';

export interface ShardCopy {
  readonly state?: 'UNASSIGNED' | 'INITIALIZING' | 'STARTED' | 'RELOCATING';
  readonly primary?: boolean;
  /** `reason` and `details` of a copy that has no place. */
  readonly unassigned?: { readonly reason: string; readonly details?: string };
  /** What it is going to be made of. */
  readonly recovery_source?: object;
  /** The same of Elasticsearch 2. */
  readonly restore_source?: object;
}

/** Of `GET /_cluster/state/routing_table/...`, the copies of each shard of each index. */
export function routingAnswer(indices: {
  readonly [index: string]: readonly (readonly ShardCopy[])[];
}): ScriptedAnswer {
  const table = Object.entries(indices).map(([index, shards]): [string, object] => [
    index,
    { shards: Object.fromEntries(shards.map((copies, shard) => [String(shard), copies.map(copyOf)])) },
  ]);
  return { body: { cluster_name: 'zoo', routing_table: { indices: Object.fromEntries(table) } } };
}

function copyOf({ state = 'STARTED', primary = true, unassigned, ...source }: ShardCopy): object {
  return { state, primary, ...source, ...(unassigned === undefined ? {} : { unassigned_info: unassigned }) };
}

/** Of `GET /<index>/_recovery`. */
export function recoveryAnswer(index: string, ...shards: readonly object[]): ScriptedAnswer {
  return { body: { [index]: { shards } } };
}
