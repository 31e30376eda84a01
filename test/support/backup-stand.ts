/**
 * Everything a backup needs, for real: a home with git repositories, a PostgreSQL with Bitbucket's tables, the Bitbucket
 * simulator, empty folders, and the inputs that fit. The built action runs against it as the runner would run it.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BitbucketHome, makeBitbucketHome } from './bitbucket-home.ts';
import { bitbucketDataSql } from './bitbucket-schema.ts';
import {
  type BitbucketSimulator,
  type SimulatorOptions,
  startBitbucketSimulator,
} from './bitbucket-simulator/simulator.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

export const PROJECT_ROOT = join(import.meta.dirname, '..', '..');

export interface StandOptions {
  readonly repositories?: number;
  readonly dataStores?: number;
  /** Incompressible bytes in each repository's pack. */
  readonly packBytesPerRepository?: number;
  /** Incompressible bytes in the database. */
  readonly databaseBytes?: number;
  readonly simulator?: SimulatorOptions;
  /** Odd names, sparse files, ACLs and such in the home. Default false: they slow git-only tests down. */
  readonly oddFiles?: boolean;
}

export interface BackupStand {
  readonly folder: string;
  readonly home: BitbucketHome;
  readonly postgres: TestPostgres;
  readonly database: string;
  readonly simulator: BitbucketSimulator;
  readonly backupRoot: string;
  readonly archiveRoot: string;
  /** A valid set of inputs, as a workflow would write them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Names in archive-root, temporary ones included. */
  archives(): Promise<string[]>;
  close(): Promise<void>;
}

export async function startStand(options: StandOptions = {}): Promise<BackupStand> {
  const folder = await mkdtemp(join(tmpdir(), 'backup-stand-'));
  const dataStores = Array.from({ length: options.dataStores ?? 0 }, (_, index) =>
    join(folder, `store ${index + 1}`),
  );
  const postgres = await startPostgres();
  const database = 'bitbucket';
  const [home, simulator] = await Promise.all([
    makeBitbucketHome({
      root: join(folder, 'home'),
      repositories: options.repositories ?? 2,
      dataStores,
      commitsPerRepository: 5,
      packBytesPerRepository: options.packBytesPerRepository ?? 0,
      oddFiles: options.oddFiles ?? false,
      properties: {
        'jdbc.url': `jdbc:postgresql://localhost:${postgres.port}/${database}`,
        'jdbc.user': postgres.username,
        'jdbc.password': postgres.password,
      },
    }),
    startBitbucketSimulator(options.simulator),
  ]);
  await postgres.createDatabase(database, { withSchema: true });
  await postgres.sql(
    database,
    bitbucketDataSql({ projects: 2, repositories: 4, pullRequests: 3, bytes: options.databaseBytes ?? 0 }),
  );
  const backupRoot = join(folder, 'backup');
  const archiveRoot = join(folder, 'archives');
  return {
    folder,
    home,
    postgres,
    database,
    simulator,
    backupRoot,
    archiveRoot,
    inputs: {
      'bitbucket-url': simulator.url,
      'bitbucket-username': simulator.username,
      'bitbucket-password': simulator.password,
      'home-path': home.root,
      'data-stores': dataStores.join('\n'),
      'database-host': postgres.host,
      'database-port': String(postgres.port),
      'database-name': database,
      'database-username': postgres.username,
      'database-password': postgres.password,
      'backup-root': backupRoot,
      'archive-root': archiveRoot,
    },
    archives: async () => (existsSync(archiveRoot) ? (await readdir(archiveRoot)).sort() : []),
    close: async () => {
      await Promise.all([postgres.close(), simulator.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
