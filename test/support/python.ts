/** The Python with the packages of scripts/python-packages.txt, which `npm run setup` puts into the cache. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LIST = join(import.meta.dirname, '../../scripts/python-packages.txt');

export function pythonWithPackages(): string {
  const cache =
    process.env['BITBUCKET_BACKUP_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'bitbucket-backup-action');
  const digest = createHash('sha256').update(readFileSync(LIST)).digest('hex').slice(0, 12);
  const python = join(cache, `python-${digest}`, 'bin/python');
  if (!existsSync(python)) {
    throw new Error(`${python} is missing; run: npm run setup`);
  }
  return python;
}
