/** `keep-backups` for snapshots: the oldest of this instance go, those of anybody else are never touched. */
import { asError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import type { SearchHttp } from './search-http.ts';
import { instanceOf, isOfInstance, snapshotName } from './snapshot-names.ts';
import { deleteSnapshot, listSnapshots, type SnapshotInfo } from './snapshots.ts';

export interface SnapshotRetention {
  readonly keep: number;
  /** Ids of the backups whose archives stay. */
  readonly kept: readonly string[];
  /** Of the backup that was just made. */
  readonly backupId: string;
  readonly log: Log;
}

/** @returns the names that were deleted. What cannot be deleted is a warning: the backup itself has succeeded. */
export async function pruneSnapshots(
  http: SearchHttp,
  repository: string,
  retention: SnapshotRetention,
): Promise<readonly string[]> {
  const { log } = retention;
  const deleted: string[] = [];
  try {
    for (const { name } of surplus(await listSnapshots(http, repository), retention)) {
      await deleteSnapshot(http, { repository, snapshot: name });
      deleted.push(name);
    }
  } catch (error) {
    log.warning(`Old search snapshots could not be deleted: ${asError(error).message}`);
  }
  return deleted;
}

/**
 * The newest whole ones stay, and those of archives that stay, and the one just made. One that failed is no backup, and one
 * that is being taken belongs to a run.
 */
export function surplus(
  snapshots: readonly SnapshotInfo[],
  { keep, kept, backupId }: Pick<SnapshotRetention, 'keep' | 'kept' | 'backupId'>,
): readonly SnapshotInfo[] {
  if (keep === 0) {
    return [];
  }
  const ours = snapshots
    .filter(({ name }) => isOfInstance(name, instanceOf(backupId)))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
  const newest = ours.filter(({ state }) => state === 'SUCCESS').slice(0, keep);
  const staying = new Set([...newest.map(({ name }) => name), ...[...kept, backupId].map(snapshotName)]);
  return ours.filter(({ name, state }) => !staying.has(name) && state !== 'IN_PROGRESS');
}
