/** What becomes of the run whose lock is taken away. */
import type { CancelJob } from './cancel-job.ts';
import type { JournaledRun } from './cancel-journal.ts';

export function aboutRun({ found, log }: CancelJob, run: JournaledRun | undefined): void {
  if (run === undefined) {
    return;
  }
  const { backupId } = run.entry;
  log.info(`Cancelling backup ${backupId}, with the tokens in ${run.path}`);
  found.notes.push(
    run.alive
      ? `Backup ${backupId} still lives: it notices, discards its copy and ends red.`
      : `Backup ${backupId} is over without having ended in order; the next backup run removes what it left.`,
  );
}
