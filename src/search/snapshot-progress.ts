/** How far a snapshot is. Answers of old and new servers have the numbers in other places. */
import { count, list, object, text } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import type { SearchHttp } from './search-http.ts';
import { pathOf, type SnapshotName } from './snapshots.ts';

export interface SnapshotProgress {
  readonly isRunning: boolean;
  readonly shards: { readonly total: number; readonly begun: number; readonly done: number };
  /** What is written, and what is to be written; 0 while the server does not know. */
  readonly bytes: { readonly done: number; readonly total: number };
}

const RUNNING_STATES = new Set(['INIT', 'STARTED', 'IN_PROGRESS']);

export async function snapshotProgress(
  http: SearchHttp,
  name: SnapshotName,
  options: { readonly retries?: number; readonly signal?: AbortSignal } = {},
): Promise<SnapshotProgress> {
  const path = `${pathOf(name)}/_status`;
  const body = await http.send({ method: 'GET', path, ...options });
  return shaped(`GET ${path}`, body, (answer) => {
    const [first] = list(object(answer, 'answer')['snapshots'], 'snapshots', object);
    const snapshot = object(first, 'snapshots[0]');
    const shards = object(snapshot['shards_stats'], 'shards_stats');
    const of = (key: string): number => count(shards[key], `shards_stats.${key}`);
    return {
      isRunning: RUNNING_STATES.has(text(snapshot['state'], 'state')),
      shards: {
        total: of('total'),
        begun: of('total') - of('initializing'),
        done: of('done') + of('failed'),
      },
      bytes: bytesIn(object(snapshot['stats'] ?? {}, 'stats')),
    };
  });
}

/** Until Elasticsearch 6.3 the numbers stood in the object itself; since then in `processed` and `incremental`. */
function bytesIn(stats: { readonly [key: string]: unknown }): SnapshotProgress['bytes'] {
  const nested = (key: string): unknown => {
    const value = stats[key];
    return typeof value === 'object' && value !== null ? Reflect.get(value, 'size_in_bytes') : undefined;
  };
  return {
    done: amountOf(nested('processed') ?? stats['processed_size_in_bytes']),
    total: amountOf(nested('incremental') ?? stats['total_size_in_bytes']),
  };
}

function amountOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}
