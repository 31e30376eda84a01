/** What real search servers answer about snapshots, shortened to what is read, with the differences between the versions. */
import type { ScriptedAnswer } from './scripted-server.ts';

export const REPOSITORY = 'bitbucket-snapshots';
export const SNAPSHOT = 'bitbucket-20261126-020000-000';
export const INDEX = 'bitbucket-search-v1';
export const SNAPSHOT_PATH = `/_snapshot/${REPOSITORY}/${SNAPSHOT}`;

export interface StatusNumbers {
  readonly state?: string;
  readonly total?: number;
  readonly initializing?: number;
  readonly started?: number;
  readonly done?: number;
  readonly failed?: number;
  /** As the version writes it. */
  readonly stats?: object;
}

/** Of `GET .../_status`. */
export function statusAnswer(numbers: StatusNumbers = {}): ScriptedAnswer {
  const { state = 'SUCCESS', total = 2, initializing = 0, started = 0, failed = 0, stats = {} } = numbers;
  const done = numbers.done ?? total - initializing - started - failed;
  const shards = { initializing, started, finalizing: 0, done, failed, total };
  return {
    body: { snapshots: [{ snapshot: SNAPSHOT, repository: REPOSITORY, state, shards_stats: shards, stats }] },
  };
}

export interface ListedSnapshot {
  readonly state?: string;
  readonly indices?: readonly string[];
  readonly shards?: { readonly total: number; readonly failed: number; readonly successful: number };
  readonly failures?: readonly object[];
  readonly reason?: string;
}

/** Of `GET .../<snapshot>`. */
export function listAnswer(listed: ListedSnapshot = {}): ScriptedAnswer {
  const { state = 'SUCCESS', indices = [INDEX], failures = [], ...rest } = listed;
  const shards = listed.shards ?? { total: 2, failed: 0, successful: 2 };
  return {
    body: {
      snapshots: [{ snapshot: SNAPSHOT, version: '7.17.29', indices, state, failures, shards, ...rest }],
    },
  };
}

export function errorAnswer(status: number, type: string, reason: string, cause?: object): ScriptedAnswer {
  const root = [{ type, reason }];
  const causedBy = cause === undefined ? {} : { caused_by: cause };
  return { status, body: { error: { root_cause: root, type, reason, ...causedBy }, status } };
}

export const SNAPSHOT_MISSING = errorAnswer(
  404,
  'snapshot_missing_exception',
  `[${REPOSITORY}:${SNAPSHOT}] is missing`,
);

export const REPOSITORY_MISSING = errorAnswer(404, 'repository_missing_exception', `[${REPOSITORY}] missing`);
