import type { RunEnvironment } from './backup-run.ts';

export async function runRestorePost({ log }: RunEnvironment): Promise<boolean> {
  log.error('Not built yet.');
  return await Promise.resolve(false);
}
