/** What a restore tells afterwards, from how far it came. */
import { ActionError, codeOf, ConfigurationError, messageChain } from '../errors.ts';
import type { RestoredPartReport, RestoreReport } from '../report/restore-report.ts';
import type { FailureReport } from '../report/run-report.ts';
import { firstFailedStep } from './failed-step.ts';
import { nextSteps } from './restore-next-steps.ts';
import { isNone, type RestoreRun, type RestoreSlot } from './restore-run.ts';

export function restoreReportOf(run: RestoreRun, error: unknown): RestoreReport {
  const { options, found, timeline, log } = run;
  const { manifest, source, contents, fitting } = found;
  return {
    kind: 'restore',
    outcome: outcomeOf(run, error),
    instanceName: options.instanceName,
    timeline,
    archive:
      source === undefined ? undefined : { path: source.path, bytes: source.bytes, sha256: contents?.sha256 },
    backup:
      manifest === undefined
        ? undefined
        : {
            backupId: manifest.backupId,
            bitbucketUrl: manifest.bitbucket.url,
            bitbucketVersion: manifest.bitbucket.version,
            drainedAt: manifest.times.drainedAt,
          },
    parts: partsOf(run),
    nextSteps: error === undefined && !options.dryRun ? nextSteps(run) : [],
    properties:
      fitting === undefined || error !== undefined
        ? undefined
        : { file: fitting.file, lines: fitting.lines, changed: options.updateProperties },
    plan: found.plan,
    warnings: log.warnings,
    failure: error === undefined ? undefined : failureReport(error, run),
  };
}

/** @param run undefined for a run that did not begin */
export function failureReport(error: unknown, run?: RestoreRun): FailureReport {
  return {
    code: codeOf(error),
    messages: messageChain(error),
    advice: error instanceof ActionError ? error.advice : undefined,
    problems: error instanceof ConfigurationError ? error.problems : undefined,
    failedStep: run === undefined ? undefined : firstFailedStep(run.timeline.spans),
    undone: run?.found.undone ?? [],
    undoFailures: run?.found.undoFailures ?? [],
  };
}

function outcomeOf({ options }: RestoreRun, error: unknown): RestoreReport['outcome'] {
  if (error === undefined) {
    return options.dryRun ? 'dry-run' : 'success';
  }
  return codeOf(error) === 'CANCELED' ? 'canceled' : 'failure';
}

function partsOf({ strategies, found }: RestoreRun): RestoredPartReport[] {
  return (['home', 'database', 'search'] as const satisfies readonly RestoreSlot[]).map((slot) => {
    const strategy = strategies[slot];
    const restored = found.parts?.[slot];
    const recorded = found.manifest?.parts.find((part) => part.slot === slot);
    const files = strategy.members.reduce(
      (total, member) => total + (found.contents?.counts.get(member)?.files ?? 0),
      0,
    );
    return {
      slot,
      strategy: strategy.name,
      included: !isNone(strategy),
      place: restored?.place,
      counts: isNone(strategy)
        ? []
        : [
            ...(strategy.members.length === 0
              ? []
              : [{ what: 'files', recorded: recorded?.files, restored: files }]),
            ...(restored?.counts ?? []),
          ],
    };
  });
}
