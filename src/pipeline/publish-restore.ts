/** What a restore, or its post step, publishes. */
import { redactRestoreReport, type RestoreReport } from '../report/restore-report.ts';
import { restoreOutcomeLine } from '../report/restore-outcome-line.ts';
import { renderRestoreSummary } from '../report/restore-summary.ts';
import type { RunEnvironment } from './backup-run.ts';
import { publish, publishOutputs, seconds } from './publish.ts';

export async function publishRestore(report: RestoreReport, environment: RunEnvironment): Promise<void> {
  const { log, redactor } = environment;
  const redacted = redactRestoreReport(report, (text) => redactor.redact(text));
  if (report.kind === 'restore') {
    publishRestoreOutputs(redacted);
  }
  await publish(
    {
      succeeded: redacted.outcome === 'success' || redacted.outcome === 'dry-run',
      problems: redacted.failure?.problems ?? [],
      line: restoreOutcomeLine(redacted),
      summary: renderRestoreSummary(redacted),
    },
    log,
  );
}

function publishRestoreOutputs({
  backup,
  archive,
  available,
  timeline,
  outcome,
  failure,
}: RestoreReport): void {
  publishOutputs('restore', {
    'backup-id': backup?.backupId,
    archive: archive?.path,
    'bitbucket-version': backup?.bitbucketVersion,
    available: available === undefined ? undefined : JSON.stringify(available),
    'duration-seconds': seconds(timeline.totalMs()),
    result: outcome,
    'error-code': failure?.code,
  });
}
