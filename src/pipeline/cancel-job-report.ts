/** What a cancel tells afterwards, from how far it came. */
import { ActionError, codeOf, ConfigurationError, messageChain, type Problem } from '../errors.ts';
import { rawInput } from '../host/actions.ts';
import type { CancelReport } from '../report/cancel-report.ts';
import type { FailureReport } from '../report/run-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import { CancelFailed, type CancelJob } from './cancel-job.ts';
import type { KnownToken } from './cancel-target.ts';

export function cancelReportOf(job: CancelJob, error: unknown): CancelReport {
  const { client, found, timeline, log } = job;
  const { target } = found;
  const tokens = target?.kind === 'tokens' ? target : undefined;
  const run = target?.run;
  return {
    outcome: outcomeOf(error),
    bitbucketUrl: client.url,
    backupId: run?.entry.backupId,
    journalPath: tokens?.unlockToken?.journal,
    timeline,
    task: found.task,
    lock: found.lock,
    found: found.lockAtStart,
    unlockToken: good(job, tokens?.unlockToken),
    cancelToken: good(job, tokens?.cancelToken),
    notes: found.notes,
    warnings: log.warnings,
    failure: error === undefined ? undefined : failureOf(error),
  };
}

/** The cancel did not begin: nothing was asked of Bitbucket. */
export function refusedCancel({ timeline, log }: RunEnvironment, error: unknown): CancelReport {
  const url = rawInput('bitbucket-url');
  return {
    outcome: 'failure',
    bitbucketUrl: URL.canParse(url) ? new URL(url).origin : 'Bitbucket',
    timeline,
    task: 'unknown',
    lock: 'unknown',
    notes: [],
    warnings: log.warnings,
    failure: failureOf(error),
  };
}

function outcomeOf(error: unknown): CancelReport['outcome'] {
  if (error === undefined) {
    return 'success';
  }
  return codeOf(error) === 'CANCELED' ? 'canceled' : 'failure';
}

/** A token that Bitbucket refused opens nothing; to show it as the way out would mislead. */
function good({ found }: CancelJob, token: KnownToken | undefined): string | undefined {
  const refused = found.failures.some(({ about }) => about === token?.name);
  return refused ? undefined : token?.value;
}

function failureOf(error: unknown): FailureReport {
  return {
    code: codeOf(error),
    messages: messageChain(error),
    advice: error instanceof ActionError ? error.advice : undefined,
    problems: problemsOf(error),
    undone: [],
    undoFailures: [],
  };
}

function problemsOf(error: unknown): readonly Problem[] | undefined {
  return error instanceof ConfigurationError || error instanceof CancelFailed ? error.problems : undefined;
}
