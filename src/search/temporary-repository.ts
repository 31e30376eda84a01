/**
 * A repository that is registered for the length of a restore, and for reading only: two clusters that write into one
 * repository destroy it, and the backup registers its own.
 */
import type { SearchHttp } from './search-http.ts';
import { registerRepository, type WantedRepository } from './snapshot-repository.ts';

export function temporaryRepository(name: string, runId: string): string {
  return `${name}-restore-${runId.slice(0, 8)}`;
}

export async function registerForReading(
  http: SearchHttp,
  wanted: WantedRepository,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  await registerRepository(
    http,
    { ...wanted, name },
    { readOnly: true, ...(signal === undefined ? {} : { signal }) },
  );
}
