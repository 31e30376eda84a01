/**
 * The post step of a restore: removes what a killed main step has left on disk. It works from saved state and the journal
 * alone. A half-filled database waits for the next restore, which knows how to log in.
 */
import { asError } from '../errors.ts';
import { getState } from '../host/actions.ts';
import { createCommandRunner } from '../host/command.ts';
import { journalPath, readJournal, removeJournal } from '../host/journal.ts';
import type { JournalEntry } from '../host/journal-entry.ts';
import { killOrphans } from '../host/orphans.ts';
import { PARTIAL_NAME } from '../host/partials.ts';
import { removeTree } from '../host/remove-tree.ts';
import type { RestoreReport } from '../report/restore-report.ts';
import type { RunEnvironment } from './backup-run.ts';
import { publishRestore } from './publish-restore.ts';
import { failureReport } from './restore-report.ts';
import { RESTORE_JOURNAL_STATE, RESTORE_PLACE_STATE } from './restore-state.ts';

/** @returns whether nothing of a dead restore needs a hand */
export async function runRestorePost(environment: RunEnvironment): Promise<boolean> {
  const { log } = environment;
  const place = getState(RESTORE_PLACE_STATE);
  const name = getState(RESTORE_JOURNAL_STATE);
  const entry = place === '' || name === '' ? undefined : readJournal(place, name);
  if (entry?.restore === undefined) {
    log.info('The restore step ended in order; nothing to clean up.');
    return true;
  }
  log.warning(`The restore step of ${entry.backupId} died; cleaning up after it.`);
  let failure: Error | undefined;
  try {
    await tidy(entry, journalPath(place, name), environment);
  } catch (error) {
    failure = asError(error);
  }
  await publishRestore(reportOf(environment, entry, failure), environment);
  return failure === undefined;
}

async function tidy(entry: JournalEntry, journal: string, { log }: RunEnvironment): Promise<void> {
  killOrphans(entry.runId);
  const commands = createCommandRunner();
  for (const path of entry.partials.filter((partial) => PARTIAL_NAME.test(partial.split('/').at(-1) ?? ''))) {
    await removeTree(commands, path);
    log.info(`Removed ${path}`);
  }
  const { placed = [], database } = entry.restore ?? {};
  if (placed.length === 0 && database === undefined) {
    removeJournal(journal, entry.runId);
    return;
  }
  log.warning(
    `What the restore had put in its place (${[...placed.map(({ path }) => path), ...(database === undefined ? [] : [`database '${database.name}' at ${database.server}`])].join(', ')}) is removed by the next restore with the same inputs, from ${journal}.`,
  );
}

function reportOf(
  { timeline, log }: RunEnvironment,
  entry: JournalEntry,
  failure: Error | undefined,
): RestoreReport {
  return {
    kind: 'restore-post',
    outcome: failure === undefined ? 'success' : 'failure',
    instanceName: entry.instanceName,
    timeline,
    parts: [],
    nextSteps: [],
    warnings: log.warnings,
    failure: failure === undefined ? undefined : failureReport(failure),
  };
}
