import { runCancel } from '../pipeline/run-cancel.ts';
import { inRunner } from './in-runner.ts';

/** `runs.main` of the cancel action. */
export async function cancel(): Promise<void> {
  await inRunner(runCancel);
}
