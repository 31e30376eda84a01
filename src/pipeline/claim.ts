/** The run's claim on `backup-root`, and its end. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { saveSession } from '../bitbucket/lock-record.ts';
import { asError } from '../errors.ts';
import { Journal } from '../host/journal.ts';
import { ownIdentity } from '../host/process-identity.ts';
import type { BackupRun } from './backup-run.ts';
import { MANIFEST_NAME } from './manifest-name.ts';

/** From here on this run owns `backup-root`. Without its manifest a working copy cannot be taken for a backup. */
export function claimJournal(run: BackupRun): void {
  const { options, runId, backupId, timeline } = run;
  mkdirSync(options.backupRoot, { recursive: true, mode: 0o700 });
  const journal = Journal.claim(options.backupRoot, {
    formatVersion: 1,
    runId,
    backupId,
    instanceName: options.instanceName,
    url: options.connection.url,
    startedAt: new Date(timeline.startedAtMs).toISOString(),
    process: ownIdentity(),
    lock: { phase: 'none' },
    partials: [],
  });
  run.found.journal = journal;
  saveSession(journal, options.backupRoot);
  rmSync(join(options.backupRoot, MANIFEST_NAME), { force: true });
}

/** A journal that still names a lock is what the post step and the next run need to lift it. */
export function closeJournal({ found: { journal }, log }: BackupRun): void {
  const { phase } = journal?.entry.lock ?? { phase: 'none' };
  if (phase !== 'none' && phase !== 'unlocked') {
    journal?.abandon();
    return;
  }
  try {
    journal?.remove();
  } catch (error) {
    // The next run finds it, sees that this one is over, and removes it; what this run came to stands.
    log.warning(`The journal could not be removed: ${asError(error).message}`);
  }
}
