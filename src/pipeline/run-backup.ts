/** A backup from the inputs to the report. */
import { asError, ActionError, codeOf, ConfigurationError, messageChain } from '../errors.ts';
import { rawInput } from '../host/actions.ts';
import type { RunReport } from '../report/run-report.ts';
import { backup } from './backup.ts';
import { type BackupOptions, readBackupOptions } from './backup-options.ts';
import { reportOf } from './backup-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import { maskCredentials } from './mask-credentials.ts';
import { openInputs } from './open-inputs.ts';
import { publishBackup, publishBackupOutputs, uploadManifest } from './publish-backup.ts';
import { startBackup } from './start-backup.ts';

/** @returns whether it was a success; everything that failed has been told by then */
export async function runBackup(environment: RunEnvironment): Promise<boolean> {
  const { log, redactor } = environment;
  const report = await perform(environment);
  publishBackupOutputs(report);
  await uploadManifest(report, log);
  await publishBackup(report, log, redactor);
  return report.outcome === 'success' || report.outcome === 'dry-run';
}

interface PublishableReport extends RunReport {
  readonly uploadArtifact?: BackupOptions['uploadArtifact'];
}

async function perform(environment: RunEnvironment): Promise<PublishableReport> {
  let options: BackupOptions;
  try {
    options = await readOptions(environment);
  } catch (error) {
    return refusal(environment, error);
  }
  environment.log.setPrefix(options.connection.url);
  const run = startBackup(environment, options);
  const failure = await failureOf(environment, async () => await backup(run));
  const report = { ...reportOf(run, failure), uploadArtifact: options.uploadArtifact };
  await run.client.close();
  return report;
}

/** What the work threw; for a cancelled run the cancel, whatever it was that got in its way. */
async function failureOf(
  { interruption }: RunEnvironment,
  work: () => Promise<void>,
): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return asError(interruption.signal.aborted ? interruption.signal.reason : error);
  }
}

async function readOptions(environment: RunEnvironment): Promise<BackupOptions> {
  const inputs = openInputs(environment, 'backup');
  const options = await readBackupOptions(inputs);
  maskCredentials(environment.redactor, options.connection.credentials);
  return options;
}

/** The run did not begin: there is neither a name nor an instance to report on. */
function refusal({ timeline, log }: RunEnvironment, error: unknown): RunReport {
  return {
    kind: 'backup',
    outcome: 'failure',
    instanceName: rawInput('instance-name'),
    bitbucketUrl: URL.canParse(rawInput('bitbucket-url'))
      ? new URL(rawInput('bitbucket-url')).origin
      : 'Bitbucket',
    backupId: 'not begun',
    timeline,
    lockState: 'never-locked',
    parts: [],
    pruned: [],
    warnings: log.warnings,
    failure: {
      code: codeOf(error),
      messages: messageChain(error),
      advice: error instanceof ActionError ? error.advice : undefined,
      problems: error instanceof ConfigurationError ? error.problems : undefined,
      undone: [],
      undoFailures: [],
    },
  };
}
