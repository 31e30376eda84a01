/** A backup from the inputs to the report. */
import { asError, ActionError, codeOf, ConfigurationError, messageChain } from '../errors.ts';
import { givenInputNames, rawInput } from '../host/actions.ts';
import { inputsOf } from '../inputs/declarations.ts';
import { nearest } from '../inputs/nearest.ts';
import { InputReader } from '../inputs/reader.ts';
import type { RunReport } from '../report/run-report.ts';
import { backup } from './backup.ts';
import { type BackupOptions, readBackupOptions } from './backup-options.ts';
import { reportOf } from './backup-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import { publish, publishOutputs, uploadManifest } from './publish.ts';
import { startBackup } from './start-backup.ts';

/** @returns whether it was a success; everything that failed has been told by then */
export async function runBackup(environment: RunEnvironment): Promise<boolean> {
  const { log, redactor } = environment;
  const report = await perform(environment);
  publishOutputs(report);
  await uploadManifest(report, log);
  await publish(report, log, redactor);
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

async function readOptions({ log, redactor }: RunEnvironment): Promise<BackupOptions> {
  const known = inputsOf('backup').map(({ name }) => name);
  for (const name of givenInputNames().map((given) => given.toLowerCase())) {
    if (!known.includes(name)) {
      const hint = nearest(name, known);
      log.warning(
        `Input '${name}' is unknown and ignored${hint === undefined ? '' : `; did you mean ${hint}?`}.`,
      );
    }
  }
  const inputs = new InputReader({ raw: (name) => rawInput(name), mask: (secret) => redactor.add(secret) });
  const options = await readBackupOptions(inputs);
  const { credentials } = options.connection;
  if (credentials.kind === 'basic') {
    redactor.addBasicCredentials(credentials.username, credentials.password);
  }
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
