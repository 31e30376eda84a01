/** What there is to restore, with what each manifest says of it. */
import type { AvailableBackup, RestoreArchive } from '../archive/restore-source.ts';
import type { Log } from '../host/log.ts';
import { formatBytes } from '../report/format.ts';
import { readManifest } from '../report/manifest-reader.ts';
import type { Manifest } from '../report/manifest-type.ts';
import type { AvailableReport } from '../report/restore-report.ts';

/** Newest first. One that cannot be read is listed all the same, by what its name says. */
export async function availableBackups(
  archive: RestoreArchive,
  signal: AbortSignal,
): Promise<readonly AvailableReport[]> {
  const reports: AvailableReport[] = [];
  for (const backup of await archive.available()) {
    reports.push(describe(backup, await manifestOf(archive, backup, signal)));
  }
  return reports;
}

export function logAvailable(backups: readonly AvailableReport[], log: Log): void {
  if (backups.length === 0) {
    log.info('No backups are available in archive-root.');
    return;
  }
  log.info('Available backups, newest first:');
  for (const { name, time, bytes, bitbucketVersion, parts, checksum } of backups) {
    const version = bitbucketVersion === null ? '' : `, Bitbucket ${bitbucketVersion}`;
    const holds = parts === null ? '' : `, ${parts.join(' and ')}`;
    log.info(
      `  ${name} (${time}, ${formatBytes(bytes)}${version}${holds}${checksum ? '' : ', no checksum'})`,
    );
  }
}

function describe(backup: AvailableBackup, manifest: Manifest | undefined): AvailableReport {
  const parts = manifest?.parts.filter(({ included }) => included).map(({ slot }) => slot);
  return {
    name: backup.name,
    path: backup.path,
    time: manifest?.times.drainedAt ?? new Date(backup.timeMs).toISOString(),
    bytes: backup.bytes,
    instanceName: manifest?.instanceName ?? backup.instanceName ?? null,
    bitbucketVersion: manifest?.bitbucket.version ?? null,
    parts: parts ?? null,
    checksum: backup.checksum,
  };
}

/** Only of those that have a checksum: archives of Atlassian's scripts hold no manifest, however far one reads. */
async function manifestOf(
  archive: RestoreArchive,
  { path, checksum }: AvailableBackup,
  signal: AbortSignal,
): Promise<Manifest | undefined> {
  if (!checksum) {
    return undefined;
  }
  try {
    const source = await archive.open(path);
    try {
      const text = await source.peekManifest(signal);
      return text === undefined || text === '' ? undefined : readManifest(text);
    } finally {
      await source.close();
    }
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
