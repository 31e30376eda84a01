import type { RunEnvironment } from './backup-run.ts';

export async function runCancel({ log }: RunEnvironment): Promise<boolean> {
  log.error('Not built yet.');
  return await Promise.resolve(false);
}
