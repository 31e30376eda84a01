/** The run's claim on the place that it restores to, and its end. */
import { mkdirSync } from 'node:fs';
import { asError } from '../errors.ts';
import { saveState } from '../host/actions.ts';
import { Journal } from '../host/journal.ts';
import { ownIdentity } from '../host/process-identity.ts';
import { RESTORE_PLACE_STATE, RESTORE_JOURNAL_STATE } from './restore-state.ts';
import { restoreJournalName, type RestoreRun } from './restore-run.ts';

/** From here on a run that dies leaves word of what it has made. */
export function claimRestore(run: RestoreRun, place: string): void {
  const { options, runId, timeline, found } = run;
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const name = restoreJournalName(run);
  found.journal = Journal.claim(
    place,
    {
      formatVersion: 1,
      runId,
      backupId: found.manifest?.backupId ?? found.source?.backup.name ?? 'unknown',
      instanceName: options.instanceName,
      url: options.bitbucket?.url ?? '',
      startedAt: new Date(timeline.startedAtMs).toISOString(),
      process: ownIdentity(),
      lock: { phase: 'none' },
      partials: [],
      restore: { placed: [] },
    },
    name,
  );
  saveState(RESTORE_PLACE_STATE, place);
  saveState(RESTORE_JOURNAL_STATE, name);
}

/** What could not be taken back stays written down for the next run. */
export function closeRestoreJournal({ found, log }: RestoreRun): void {
  if ((found.undoFailures ?? []).length > 0) {
    found.journal?.abandon();
    return;
  }
  try {
    found.journal?.remove();
  } catch (error) {
    log.warning(`The journal of the restore could not be removed: ${asError(error).message}`);
  }
}
