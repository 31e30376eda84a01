/** A restore from the inputs to the report. */
import { archiveRestores } from '../archive/registry.ts';
import { ActionError, asError, codeOf } from '../errors.ts';
import { rawInput } from '../host/actions.ts';
import { createCommandRunner } from '../host/command.ts';
import type { AvailableReport, RestoreReport } from '../report/restore-report.ts';
import { availableBackups, logAvailable } from './available-backups.ts';
import type { RunEnvironment } from './backup-run.ts';
import { keysOf } from './common-options.ts';
import { openInputs } from './open-inputs.ts';
import { publishRestore } from './publish-restore.ts';
import { restore } from './restore.ts';
import { type RestoreOptions, readRestoreOptions } from './restore-options.ts';
import { failureReport, restoreReportOf } from './restore-report.ts';
import { startRestore } from './restore-run.ts';

/** @returns whether it was a success; everything that failed has been told by then */
export async function runRestore(environment: RunEnvironment): Promise<boolean> {
  const performed = await perform(environment);
  const available =
    performed.failure?.code === 'ARCHIVE_NOT_FOUND' ? await listAvailable(environment) : undefined;
  const report = { ...performed, available };
  await publishRestore(report, environment);
  return report.outcome === 'success' || report.outcome === 'dry-run';
}

async function perform(environment: RunEnvironment): Promise<RestoreReport> {
  const { interruption } = environment;
  let options: RestoreOptions;
  try {
    refuseNoArchive();
    options = await readRestoreOptions(openInputs(environment, 'restore'));
  } catch (error) {
    return refusal(environment, error);
  }
  const run = startRestore(environment, options);
  try {
    await restore(run);
    return restoreReportOf(run, undefined);
  } catch (error) {
    return restoreReportOf(run, asError(interruption.signal.aborted ? interruption.signal.reason : error));
  }
}

/** Somebody who wants to see what there is need not say where it goes. */
function refuseNoArchive(): void {
  if (rawInput('archive').trim() === '') {
    throw new ActionError('ARCHIVE_NOT_FOUND', "Input 'archive' is empty; nothing was changed.", {
      advice: 'Set archive to one of the available backups.',
    });
  }
}

/** By what the inputs say of archives alone: all others may be wrong or missing. */
async function listAvailable(environment: RunEnvironment): Promise<readonly AvailableReport[]> {
  const { log, interruption } = environment;
  try {
    const inputs = openInputs({ ...environment, log: { ...log, warning: () => undefined } }, 'restore');
    const strategy = inputs.choice('archive-strategy', keysOf(archiveRestores));
    const source = (await archiveRestores[strategy]()).read(inputs);
    inputs.finish();
    const archive = source.create({
      log,
      commands: createCommandRunner(),
      instanceName: inputs.text('instance-name'),
    });
    const backups = await availableBackups(archive, interruption.signal);
    logAvailable(backups, log);
    return backups;
  } catch (error) {
    log.warning(`The available backups could not be listed: ${asError(error).message}`);
    return [];
  }
}

/** The run did not begin. */
function refusal({ timeline, log }: RunEnvironment, error: unknown): RestoreReport {
  return {
    kind: 'restore',
    outcome: codeOf(error) === 'CANCELED' ? 'canceled' : 'failure',
    instanceName: rawInput('instance-name'),
    timeline,
    parts: [],
    nextSteps: [],
    warnings: log.warnings,
    failure: failureReport(error),
  };
}
