import { runRestore } from '../pipeline/run-restore.ts';
import { inRunner } from './in-runner.ts';

/** `runs.main` of the restore action. */
export async function restore(): Promise<void> {
  await inRunner(runRestore);
}
