import { runBackup } from '../pipeline/run-backup.ts';
import { inRunner } from './in-runner.ts';

/** `runs.main` of the backup action. */
export async function backup(): Promise<void> {
  await inRunner(runBackup);
}
