/**
 * The post step: unlocks what a killed main step left locked. It works from saved state and the journal alone; inputs
 * may have changed by now, or be gone.
 */
import { BitbucketClient } from '../bitbucket/client.ts';
import { readConnectionFile } from '../bitbucket/connection-file.ts';
import { DEFAULT_LIMITS } from '../bitbucket/limits.ts';
import { type SavedSession, savedSession } from '../bitbucket/lock-record.ts';
import { type Recovery, recoverLock } from '../bitbucket/recover.ts';
import { howToUnlock } from '../bitbucket/release.ts';
import { ActionError, codeOf, messageChain } from '../errors.ts';
import { journalPath, readJournal } from '../host/journal.ts';
import type { JournalEntry } from '../host/journal-entry.ts';
import { killOrphans } from '../host/orphans.ts';
import { maskCredentials } from './mask-credentials.ts';
import type { LockState, RunReport } from '../report/run-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import { publishBackup } from './publish-backup.ts';
import { tidy } from './stale-run.ts';

/** The runner kills a post step after a while too; what it cannot do, the next run does from the journal. */
const POST_LIMITS = { ...DEFAULT_LIMITS, unlockBudgetMs: 60_000 };

/** @returns whether Bitbucket is not left locked by this run */
export async function runPost(environment: RunEnvironment): Promise<boolean> {
  const { log, redactor } = environment;
  const session = savedSession();
  const entry = session === undefined ? undefined : unfinished(session, environment);
  if (session === undefined || entry === undefined) {
    log.info('The backup step ended in order; nothing to clean up.');
    return true;
  }
  log.setPrefix(entry.url);
  log.warning(`The backup step of ${entry.backupId} died or could not unlock; cleaning up after it.`);
  killOrphans(entry.runId);
  const result = await release(entry, environment);
  if (result.error === undefined) {
    tidy(session.backupRoot, entry);
  }
  await publishBackup(reportOf(environment, session, entry, result), log, redactor);
  return result.error === undefined;
}

/** The journal is the younger of the two witnesses; without it (its disk is gone) saved state knows enough. */
function unfinished({ backupRoot, entry }: SavedSession, { log }: RunEnvironment): JournalEntry | undefined {
  try {
    const journal = readJournal(backupRoot);
    if (journal?.runId === entry.runId) {
      return journal;
    }
  } catch (error) {
    log.warning(`${messageChain(error).join(' ')} Going by the saved state.`);
  }
  return entry.lock.phase === 'locking' || entry.lock.phase === 'locked' ? entry : undefined;
}

interface ReleaseResult {
  readonly recovery?: Recovery;
  readonly error?: unknown;
}

async function release(
  entry: JournalEntry,
  { log, redactor, timeline }: RunEnvironment,
): Promise<ReleaseResult> {
  const { phase, unlockToken } = entry.lock;
  if (phase === 'none' || phase === 'unlocked') {
    return { recovery: 'not-locked' };
  }
  try {
    const connection =
      entry.connectionFile === undefined ? undefined : readConnectionFile(entry.connectionFile);
    if (connection === undefined) {
      throw new ActionError(
        'UNLOCK_FAILED',
        `The credentials for ${entry.url} are gone, so this step cannot unlock it.`,
        {
          advice:
            unlockToken === undefined
              ? 'The next run looks again.'
              : `The next run unlocks it. ${howToUnlock(entry.url, unlockToken)}`,
        },
      );
    }
    maskCredentials(redactor, connection.credentials);
    const client = new BitbucketClient(connection);
    try {
      const recovery = await timeline.span(
        'release',
        'unlock',
        async () => await recoverLock({ client, log, limits: POST_LIMITS }, entry),
      );
      timeline.mark('unlocked');
      return { recovery };
    } finally {
      await client.close();
    }
  } catch (error) {
    return { error };
  }
}

const LOCK_STATES: Readonly<Record<Recovery, LockState>> = {
  unlocked: 'unlocked',
  'was-unlocked': 'unlocked',
  'not-locked': 'never-locked',
  foreign: 'locked-by-other',
};

function reportOf(
  { timeline, log }: RunEnvironment,
  session: SavedSession,
  entry: JournalEntry,
  { recovery, error }: ReleaseResult,
): RunReport {
  const { unlockToken, cancelToken, since } = entry.lock;
  const held = unlockToken === undefined ? 'unknown' : 'still-locked';
  return {
    kind: 'post',
    outcome: error === undefined ? 'success' : 'failure',
    instanceName: entry.instanceName,
    bitbucketUrl: entry.url,
    backupId: entry.backupId,
    timeline,
    lockState: recovery === undefined ? held : LOCK_STATES[recovery],
    lockTakenAtMs: since === undefined ? undefined : Date.parse(since),
    tokens: unlockToken === undefined ? undefined : { unlockToken, cancelToken },
    journalPath: journalPath(session.backupRoot),
    parts: [],
    pruned: [],
    warnings: log.warnings,
    failure:
      error === undefined
        ? undefined
        : {
            code: codeOf(error),
            messages: messageChain(error),
            advice: error instanceof ActionError ? error.advice : undefined,
            undone: [],
            undoFailures: [],
          },
  };
}
