/** The variables and secrets that `examples/README.md` asks for, as a stand has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BackupStand, PROJECT_ROOT } from '../backup-stand.ts';

export interface Site {
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export function siteOf({ simulator, home, postgres, database, backupRoot, archiveRoot }: BackupStand): Site {
  return {
    vars: {
      BITBUCKET_URL: simulator.url,
      BITBUCKET_BACKUP_USERNAME: simulator.username,
      BITBUCKET_HOME: home.root,
      BITBUCKET_DATABASE_HOST: postgres.host,
      BITBUCKET_DATABASE_PORT: String(postgres.port),
      BITBUCKET_DATABASE_NAME: database,
      BITBUCKET_DATABASE_USERNAME: postgres.username,
      BITBUCKET_BACKUP_ROOT: backupRoot,
      BITBUCKET_ARCHIVE_ROOT: archiveRoot,
    },
    secrets: {
      BITBUCKET_BACKUP_PASSWORD: simulator.password,
      BITBUCKET_DATABASE_PASSWORD: postgres.password,
    },
  };
}

/** An example, as it stands there. */
export function example(name: string): string {
  return readFileSync(join(PROJECT_ROOT, 'examples', name), 'utf8');
}
