/** Takes back what restores that died have left behind, so that this one begins with empty targets. */
import { ActionError } from '../errors.ts';
import { alreadyRunning, journalPath, livenessOfRun, readJournal, removeJournal } from '../host/journal.ts';
import type { JournalEntry } from '../host/journal-entry.ts';
import { killOrphans } from '../host/orphans.ts';
import { PARTIAL_NAME } from '../host/partials.ts';
import { removeTree } from '../host/remove-tree.ts';
import { isNone, journalPlaces, restoreJournalName, type RestoreRun } from './restore-run.ts';

/** @throws ActionError ALREADY_RUNNING, TARGET_IN_USE, UNSAFE_STATE, DB_FAILED; the journal then stays */
export async function recoverRestores(run: RestoreRun): Promise<void> {
  const name = restoreJournalName(run);
  for (const place of journalPlaces(run)) {
    const entry = readJournal(place, name);
    if (entry !== undefined) {
      await run.timeline.span('check', 'recover dead restore', async () => {
        await recoverOne(run, place, name, entry);
      });
    }
  }
}

async function recoverOne(run: RestoreRun, place: string, name: string, entry: JournalEntry): Promise<void> {
  const { log, options, strategies, commands } = run;
  if (livenessOfRun(place, entry, name) === 'alive') {
    throw alreadyRunning(place, entry);
  }
  if (entry.restore === undefined) {
    throw new ActionError('UNSAFE_STATE', `${journalPath(place, name)} is not the journal of a restore.`, {
      advice: 'Find out who wrote it, remove it and run again.',
    });
  }
  if (options.dryRun) {
    log.warning(`A restore of ${entry.backupId} died; the next one removes what it left.`);
    return;
  }
  killOrphans(entry.runId);
  if (entry.restore.search !== undefined && isNone(strategies.search)) {
    const { server, indices } = entry.restore.search;
    log.warning(
      `A restore that died may have left the search index ${indices.join(', ')} at ${server} half-restored; delete it by hand.`,
    );
  }
  const { home, database, search } = strategies;
  // The home first: when somebody uses it, what belongs to it stays as well.
  for (const strategy of [home, database, search]) {
    for (const sentence of await strategy.recover(entry.restore, entry.runId)) {
      log.notice(sentence);
    }
  }
  for (const path of entry.partials.filter((partial) => PARTIAL_NAME.test(partial.split('/').at(-1) ?? ''))) {
    await removeTree(commands, path);
  }
  removeJournal(journalPath(place, name), entry.runId);
  log.notice(`Removed what a restore of ${entry.backupId} that died had left behind.`);
}
