/** How far a restored index is, by the cluster's own table of shards: health alone says yellow before anything is there. */
import { ActionError } from '../errors.ts';
import { list, object, recordOf } from '../strategies/json-shape.ts';
import { shaped } from './answer-shapes.ts';
import { SearchError } from './search-error.ts';
import { pause, type SearchHttp } from './search-http.ts';
import { indexPath } from './indices.ts';

export interface ShardState {
  readonly index: string;
  readonly shard: string;
  readonly isStarted: boolean;
  /** Why the server has given it up, in its words. */
  readonly failure: string | undefined;
}

export interface ShardLimits {
  readonly pollMs: number;
  /** How long nothing may get on. */
  readonly stallMs: number;
  /** How long nobody may answer. */
  readonly graceMs: number;
}

export const SHARD_LIMITS: ShardLimits = { pollMs: 1_000, stallMs: 30 * 60_000, graceMs: 120_000 };

/** Primaries only: replicas are made of them, and a single node has nowhere to put them. */
export async function primaryShards(
  http: SearchHttp,
  indices: readonly string[],
  signal?: AbortSignal,
): Promise<readonly ShardState[]> {
  const path = `/_cluster/state/routing_table/${indexPath(indices)}`;
  const body = await http.send({ method: 'GET', path, signal });
  return shaped(`GET ${path}`, body, (answer) => {
    const table = object(object(answer, 'answer')['routing_table'], 'routing_table');
    const ofIndices = Object.entries(object(table['indices'], 'routing_table.indices'));
    return ofIndices.flatMap(([index, value]) => {
      const shards = recordOf(object(value, index)['shards'], `${index}.shards`, (copies, at) =>
        list(copies, at, object),
      );
      return Object.entries(shards).flatMap(([shard, copies]) =>
        copies.filter((copy) => copy['primary'] === true).map((copy) => stateOf(index, shard, copy)),
      );
    });
  });
}

function stateOf(index: string, shard: string, copy: { readonly [key: string]: unknown }): ShardState {
  const info = copy['unassigned_info'];
  const details = fieldOf(info, 'details');
  const isGivenUp = copy['state'] === 'UNASSIGNED' && fieldOf(info, 'reason') === 'ALLOCATION_FAILED';
  return {
    index,
    shard,
    isStarted: copy['state'] === 'STARTED',
    failure: isGivenUp ? (typeof details === 'string' ? details : 'no reason given') : undefined,
  };
}

/**
 * @returns how many primaries there are; all of them are started
 * @throws ActionError SEARCH_FAILED when the server gives one up or nothing gets on, SEARCH_UNREACHABLE
 */
export async function waitForShards(
  http: SearchHttp,
  indices: readonly string[],
  { signal, limits }: { readonly signal: AbortSignal; readonly limits: ShardLimits },
): Promise<number> {
  let seen = '';
  let movedAt = Date.now();
  let answeredAt = Date.now();
  for (;;) {
    const shards = await answered(http, indices, signal);
    const now = Date.now();
    if (shards !== undefined) {
      answeredAt = now;
      const given = shards.find(({ failure }) => failure !== undefined);
      if (given !== undefined) {
        throw givenUp(given);
      }
      if (isAllStarted(shards, indices)) {
        return shards.length;
      }
      const state = await progressOf(http, indices, signal);
      movedAt = state === seen ? movedAt : now;
      seen = state;
    }
    assertMoving(indices, { now, movedAt, answeredAt, limits });
    await pause(limits.pollMs, signal);
    signal.throwIfAborted();
  }
}

/** An index whose shards are not in the table yet is not there yet. */
function isAllStarted(shards: readonly ShardState[], indices: readonly string[]): boolean {
  return (
    shards.every(({ isStarted }) => isStarted) &&
    indices.every((name) => shards.some(({ index }) => index === name))
  );
}

async function answered(
  http: SearchHttp,
  indices: readonly string[],
  signal: AbortSignal,
): Promise<readonly ShardState[] | undefined> {
  try {
    return await primaryShards(http, indices, signal);
  } catch (error) {
    if (error instanceof SearchError && (error.retryable || error.status === 404)) {
      return undefined;
    }
    throw error;
  }
}

/** Bytes that were read so far, as the server words it; anything that changes is progress. */
async function progressOf(
  http: SearchHttp,
  indices: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  try {
    return JSON.stringify(
      await http.send({ method: 'GET', path: `/${indexPath(indices)}/_recovery`, signal }),
      (key, value: unknown) => (key.includes('time') ? undefined : value),
    );
  } catch (error) {
    if (error instanceof SearchError) {
      return error.message;
    }
    throw error;
  }
}

function assertMoving(
  indices: readonly string[],
  times: {
    readonly now: number;
    readonly movedAt: number;
    readonly answeredAt: number;
    readonly limits: ShardLimits;
  },
): void {
  const { now, movedAt, answeredAt, limits } = times;
  if (now - answeredAt > limits.graceMs) {
    throw new ActionError(
      'SEARCH_UNREACHABLE',
      `The search server has not answered for ${Math.round(limits.graceMs / 1_000)} s while ${indices.join(', ')} was being restored.`,
      { advice: 'See that it runs, on all nodes, and run again.' },
    );
  }
  if (now - movedAt > limits.stallMs) {
    throw new ActionError(
      'SEARCH_FAILED',
      `The restore of ${indices.join(', ')} has not got on for ${limits.stallMs / 60_000} minutes.`,
      { advice: "Look into the search server's log and at its free space, and run again." },
    );
  }
}

function givenUp({ index, shard, failure }: ShardState): ActionError {
  return new ActionError(
    'SEARCH_FAILED',
    `The search server could not restore shard ${shard} of ${index}: ${(failure ?? '').replaceAll(/\s+/g, ' ').slice(0, 400)}.`,
    {
      advice:
        'Choose an older backup, or set elasticsearch-strategy: none and let Bitbucket build its index anew.',
    },
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
