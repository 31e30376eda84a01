/** What a run tells afterwards, from how far it came. */
import type { LeaseState } from '../bitbucket/lease.ts';
import { ActionError, codeOf, ConfigurationError, messageChain } from '../errors.ts';
import type { FailureReport, LockState, PartReport, RunReport } from '../report/run-report.ts';
import type { BackedUp } from '../strategies/contract.ts';
import type { BackupRun, Slot } from './backup-run.ts';
import { firstFailedStep } from './failed-step.ts';

export function reportOf(run: BackupRun, error: unknown): RunReport {
  const { options, found, client, backupId, timeline, log } = run;
  const { archive, window } = found;
  const unlockToken = window?.lease.unlockToken;
  return {
    kind: 'backup',
    outcome: outcomeOf(run, error),
    instanceName: options.instanceName,
    bitbucketUrl: client.url,
    bitbucketVersion: found.bitbucketVersion,
    backupId,
    timeline,
    lockState: LOCK_STATES[window?.lease.state ?? 'none'],
    tokens: unlockToken === undefined ? undefined : { unlockToken, cancelToken: window?.lease.cancelToken },
    journalPath: found.journal?.path,
    parts: partsOf(run),
    archive:
      archive === undefined
        ? undefined
        : {
            path: archive.path,
            bytes: archive.bytes,
            sha256: archive.sha256,
            sourceBytes: found.archiveSourceBytes ?? 0,
          },
    manifestPath: found.manifestPath,
    pruned: found.pruned ?? [],
    warnings: log.warnings,
    plan: found.plan,
    failure: error === undefined ? undefined : failureOf(run, error),
  };
}

const LOCK_STATES: Readonly<Record<LeaseState, LockState>> = {
  none: 'never-locked',
  locking: 'unknown',
  unknown: 'unknown',
  held: 'still-locked',
  released: 'unlocked',
  lifted: 'unlocked',
  foreign: 'locked-by-other',
};

function outcomeOf(run: BackupRun, error: unknown): RunReport['outcome'] {
  if (error === undefined) {
    return run.options.dryRun ? 'dry-run' : 'success';
  }
  return codeOf(error) === 'CANCELED' ? 'canceled' : 'failure';
}

function partsOf({ strategies, found }: BackupRun): PartReport[] {
  const slots: readonly Slot[] = ['home', 'database', 'search'];
  return slots.map((slot) => {
    const part = found.parts?.[slot];
    const { name } = strategies[slot];
    return {
      slot,
      strategy: name,
      included: part?.included ?? name !== 'none',
      files: part?.files,
      bytes: part?.bytes,
      place: slot === 'search' ? snapshotPlace(part) : undefined,
    };
  });
}

/** The search server keeps the snapshot; the archive holds no more than its name. */
function snapshotPlace(part: BackedUp | undefined): string | undefined {
  const { snapshot, repository } = part?.details ?? {};
  return typeof snapshot === 'string' && typeof repository === 'string'
    ? `snapshot '${snapshot}' in repository '${repository}'`
    : undefined;
}

function failureOf({ timeline, found }: BackupRun, error: unknown): FailureReport {
  return {
    code: codeOf(error),
    messages: messageChain(error),
    advice: error instanceof ActionError ? error.advice : undefined,
    problems: error instanceof ConfigurationError ? error.problems : undefined,
    failedStep: firstFailedStep(timeline.spans),
    undone: found.undone ?? [],
    undoFailures: found.undoFailures ?? [],
  };
}
