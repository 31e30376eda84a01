/** Brings a report to where people look: the last log line, the annotation, the outputs, the job summary. */
import { asError } from '../errors.ts';
import { appendSummary, setOutput } from '../host/actions.ts';
import { uploadArtifact } from '../host/artifacts.ts';
import type { Log } from '../host/log.ts';
import type { Redactor } from '../host/redactor.ts';
import type { OutputName } from '../inputs/outputs.ts';
import { outcomeLine } from '../report/outcome-line.ts';
import { redactReport, type RunReport } from '../report/run-report.ts';
import { renderSummary } from '../report/summary.ts';

export async function publish(report: RunReport, log: Log, redactor: Redactor): Promise<void> {
  const redacted = redactReport(report, (text) => redactor.redact(text));
  for (const problem of redacted.failure?.problems ?? []) {
    log.error(problem.message);
  }
  if (redacted.outcome === 'success' || redacted.outcome === 'dry-run') {
    log.info(outcomeLine(redacted));
  } else {
    log.error(outcomeLine(redacted));
  }
  try {
    await appendSummary(renderSummary(redacted));
  } catch (error) {
    log.warning(`The job summary could not be written: ${asError(error).message}`);
  }
}

export function publishOutputs(report: RunReport): void {
  const { archive, tokens, timeline, failure, manifestPath } = report;
  const lockedMs = timeline.lockedMs();
  const outputs: Readonly<Record<OutputName, string | undefined>> = {
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
  };
  for (const [name, value] of Object.entries(outputs)) {
    setOutput(name, value ?? '');
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
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
