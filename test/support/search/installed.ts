/** What `npm run setup` has put into the cache for the search tests, and what it could not get. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SEARCH_VERSIONS, type SearchVersion } from './versions.ts';

/** What a test can ask for. */
export type SearchProgram = SearchVersion | 'versitygw';

export function searchFolder(): string {
  const cache =
    process.env['BITBUCKET_BACKUP_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'bitbucket-backup-action');
  return join(cache, 'search');
}

/**
 * Why a program is not there, in the words of the set-up: a registry did not answer. `context.skip(reason)` is then right,
 * and excused in CI.
 * @returns undefined when it is there. @throws Error when it is missing for any other reason
 */
export function whyMissing(...programs: readonly SearchProgram[]): string | undefined {
  for (const program of programs) {
    const java = program === 'versitygw' ? [] : [SEARCH_VERSIONS[program].java];
    for (const name of [...java, program]) {
      const note = join(searchFolder(), `${name}.missing`);
      if (existsSync(note)) {
        return `${name} is missing. ${readFileSync(note, 'utf8').trim()}`;
      }
      if (!existsSync(join(searchFolder(), name))) {
        throw new Error(`${join(searchFolder(), name)} is missing; run: npm run setup`);
      }
    }
  }
  return undefined;
}
