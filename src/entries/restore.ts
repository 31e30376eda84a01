import { runRestore } from '../pipeline/run-restore.ts';
import { inRunner } from './in-runner.ts';

/** `runs.main` of the restore action. */
export async function restore(): Promise<void> {
  await inRunner(runRestore, {
    what: 'the restore stops and removes what it has made',
    advice: 'Start the restore again when it suits.',
  });
}
