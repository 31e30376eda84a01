import { runRestorePost } from '../pipeline/run-restore-post.ts';
import { inRunner } from './in-runner.ts';

/** `runs.post` of the restore action. */
export async function restorePost(): Promise<void> {
  await inRunner(runRestorePost);
}
