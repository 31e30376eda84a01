/** What a backup, or its post step, publishes. */
import { uploadArtifact } from '../host/artifacts.ts';
import type { Log } from '../host/log.ts';
import type { Redactor } from '../host/redactor.ts';
import { outcomeLine } from '../report/outcome-line.ts';
import { redactReport, type RunReport } from '../report/run-report.ts';
import { renderSummary } from '../report/summary.ts';
import { publish, publishOutputs, seconds } from './publish.ts';

export async function publishBackup(report: RunReport, log: Log, redactor: Redactor): Promise<void> {
  const redacted = redactReport(report, (text) => redactor.redact(text));
  await publish(
    {
      succeeded: redacted.outcome === 'success' || redacted.outcome === 'dry-run',
      problems: redacted.failure?.problems ?? [],
      line: outcomeLine(redacted),
      summary: renderSummary(redacted),
    },
    log,
  );
}

export function publishBackupOutputs(report: RunReport): void {
  const { archive, tokens, timeline, failure, manifestPath } = report;
  const lockedMs = timeline.lockedMs();
  publishOutputs('backup', {
    'backup-id': report.backupId,
    archive: archive?.path,
    'archive-sha256': archive?.sha256,
    manifest: manifestPath,
    'unlock-token': tokens?.unlockToken,
    'cancel-token': tokens?.cancelToken,
    'locked-seconds': lockedMs === undefined ? undefined : seconds(lockedMs),
    'duration-seconds': seconds(timeline.totalMs()),
    result: report.outcome,
    'error-code': failure?.code,
  });
}

/** The manifest of a success, where it was asked for. */
export async function uploadManifest(
  report: RunReport & { uploadArtifact?: string },
  log: Log,
): Promise<void> {
  const { manifestPath, outcome, uploadArtifact: wanted, backupId } = report;
  if (wanted === 'manifest' && outcome === 'success' && manifestPath !== undefined) {
    await uploadArtifact(`${backupId}-manifest`, manifestPath, log);
  }
}
