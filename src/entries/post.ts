import { runPost } from '../pipeline/run-post.ts';
import { inRunner } from './in-runner.ts';

/** `runs.post` of the backup action. */
export async function post(): Promise<void> {
  await inRunner(runPost);
}
