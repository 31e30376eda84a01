/** Names of backups and archives: `<instance>-<yyyymmdd>-<hhmmss>-<mmm>` in UTC, then `.tar`, `.tar.gz` or `.tar.zst`. */

export const archiveExtensions = { zstd: '.tar.zst', gzip: '.tar.gz', none: '.tar' } as const;

export type Compression = keyof typeof archiveExtensions;

export const CHECKSUM_EXTENSION = '.sha256';

/** Milliseconds, so that two backups started by hand in one second have two names. */
export function formatBackupId(instanceName: string, date: Date): string {
  const [, year, month, day, hours, minutes, seconds, milliseconds] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(date.toISOString()) ?? [];
  return `${instanceName}-${year}${month}${day}-${hours}${minutes}${seconds}-${milliseconds}`;
}

export function archiveName(backupId: string, compression: Compression): string {
  return backupId + archiveExtensions[compression];
}

export interface ArchiveName {
  readonly name: string;
  readonly backupId: string;
  readonly date: Date;
}

/**
 * Strict, because what it accepts may be deleted: the archives of instance `bitbucket` must not take in those of
 * `bitbucket-mesh`. @returns undefined for anything else
 */
export function parseArchiveName(name: string, instanceName: string): ArchiveName | undefined {
  const prefix = `${instanceName}-`;
  const parts = name.startsWith(prefix)
    ? /^(?<stamp>(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3}))\.tar(?:\.gz|\.zst)?$/.exec(
        name.slice(prefix.length),
      )
    : null;
  if (parts === null) {
    return undefined;
  }
  const [, stamp, year, month, day, hours, minutes, seconds, milliseconds] = parts;
  const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  const backupId = prefix + stamp;
  // A 31 February, which Date moves into March, is nothing that we wrote.
  const isReal = !Number.isNaN(date.getTime()) && formatBackupId(instanceName, date) === backupId;
  return isReal ? { name, backupId, date } : undefined;
}
