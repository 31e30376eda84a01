/** A cancel from the inputs to the report. */
import { BitbucketClient } from '../bitbucket/client.ts';
import { asError } from '../errors.ts';
import { type CancelReport, redactCancelReport } from '../report/cancel-report.ts';
import { cancelOutcomeLine } from '../report/cancel-sentences.ts';
import { renderCancelSummary } from '../report/cancel-summary.ts';
import type { RunEnvironment } from './backup-run.ts';
import { cancel } from './cancel.ts';
import { CANCEL_LIMITS, type CancelJob } from './cancel-job.ts';
import { cancelReportOf, refusedCancel } from './cancel-job-report.ts';
import { type CancelOptions, readCancelOptions } from './cancel-options.ts';
import { maskCredentials } from './mask-credentials.ts';
import { openInputs } from './open-inputs.ts';
import { publish, publishOutputs, seconds } from './publish.ts';

/** @returns whether it was a success; everything that failed has been told by then */
export async function runCancel(environment: RunEnvironment): Promise<boolean> {
  const { log, redactor } = environment;
  const report = await perform(environment);
  publishCancelOutputs(report);
  const redacted = redactCancelReport(report, (text) => redactor.redact(text));
  const succeeded = report.outcome === 'success';
  await publish(
    {
      succeeded,
      problems: redacted.failure?.problems ?? [],
      line: cancelOutcomeLine(redacted),
      summary: renderCancelSummary(redacted),
    },
    log,
  );
  return succeeded;
}

async function perform(environment: RunEnvironment): Promise<CancelReport> {
  let options: CancelOptions;
  try {
    options = readOptions(environment);
  } catch (error) {
    return refusedCancel(environment, error);
  }
  environment.log.setPrefix(options.connection.url);
  const job: CancelJob = {
    ...environment,
    options,
    client: new BitbucketClient(options.connection),
    limits: CANCEL_LIMITS,
    found: { task: 'unknown', lock: 'unknown', failures: [], notes: [] },
  };
  const failure = await cancel(job).then(
    () => undefined,
    (error: unknown) => asError(error),
  );
  const report = cancelReportOf(job, failure);
  await job.client.close();
  return report;
}

function readOptions(environment: RunEnvironment): CancelOptions {
  const options = readCancelOptions(openInputs(environment, 'cancel'));
  maskCredentials(environment.redactor, options.connection.credentials);
  return options;
}

function publishCancelOutputs({ task, lock, timeline, outcome, failure }: CancelReport): void {
  publishOutputs('cancel', {
    task: task === 'completed' ? 'canceled' : task,
    lock: lock === 'given-back' ? 'unlocked' : lock,
    'duration-seconds': seconds(timeline.totalMs()),
    result: outcome,
    'error-code': failure?.code,
  });
}
