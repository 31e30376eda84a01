/** Snapshots are named after the backup, in lower case, because the server takes no other. */

/** @param backupId such as `Bitbucket-20261126-020000-123` */
export function snapshotName(backupId: string): string {
  return backupId.toLowerCase();
}

/** Strict, because what it accepts may be deleted: those of instance `bitbucket` must not take in those of `bitbucket-2`. */
export function isOfInstance(name: string, instanceName: string): boolean {
  const prefix = `${instanceName.toLowerCase()}-`;
  return name.startsWith(prefix) && /^\d{8}-\d{6}-\d{3}$/.test(name.slice(prefix.length));
}

/** The instance whose backup it is: its id without the time at its end. */
export function instanceOf(backupId: string): string {
  return backupId.replace(/-\d{8}-\d{6}-\d{3}$/, '');
}
