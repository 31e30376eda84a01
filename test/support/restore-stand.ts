/** A backup that was made for real, and a machine to restore it to: an empty folder, a PostgreSQL that may create databases. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ActionOptions,
  type ActionResult,
  type ActionRun,
  runAction,
  startAction,
} from './action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, type StandOptions, startStand } from './backup-stand.ts';

export interface RestoreStand extends BackupStand {
  /** The archive of the backup. */
  readonly archive: string;
  /** The machine's folder: everything that a restore makes on disk lies in it. */
  readonly machine: string;
  readonly restoredHome: string;
  readonly restoredDatabase: string;
  /** Where the data stores go. */
  readonly restoredStores: readonly string[];
  /** What a workflow would write to restore it; `changes` win, and an empty one takes an input away. */
  restoreInputs(changes?: Readonly<Record<string, string>>): Record<string, string>;
  restore(
    changes?: Readonly<Record<string, string>>,
    options?: Partial<ActionOptions>,
  ): Promise<ActionResult>;
  startRestore(changes?: Readonly<Record<string, string>>, options?: Partial<ActionOptions>): ActionRun;
  databases(): Promise<string[]>;
  /** Names on the machine, hidden ones included. */
  remains(): Promise<string[]>;
  /** As new: nothing restored. */
  clean(): Promise<void>;
}

export async function startRestoreStand(options: StandOptions = {}): Promise<RestoreStand> {
  const stand = await startStand(options);
  const { postgres, inputs, folder } = stand;
  await postgres.sql('postgres', `ALTER ROLE ${postgres.username} CREATEDB`);
  const backup = await runAction({ actionFolder: PROJECT_ROOT, inputs });
  if (backup.exitCode !== 0) {
    throw new Error(backup.log.join('\n'));
  }
  const machine = join(folder, 'machine');
  await mkdir(machine);
  const restoredHome = join(machine, 'bitbucket-home2');
  const restoredDatabase = 'bitbucket2';
  const restoredStores = stand.home.dataStores.map((_, index) => join(machine, `store ${index + 1}`));
  const restoreInputs = (changes: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    archive: 'latest',
    'archive-root': stand.archiveRoot,
    'home-path': restoredHome,
    'data-stores': stand.home.dataStores
      .map((store, index) => `${store}=${restoredStores[index] ?? ''}`)
      .join('\n'),
    'outside-links': options.oddFiles === true ? 'keep' : 'refuse',
    'database-host': inputs['database-host'] ?? '',
    'database-port': inputs['database-port'] ?? '',
    'database-name': restoredDatabase,
    'database-username': inputs['database-username'] ?? '',
    'database-password': inputs['database-password'] ?? '',
    ...changes,
  });
  const actionOf = (
    changes: Readonly<Record<string, string>> | undefined,
    more: Partial<ActionOptions> | undefined,
  ): ActionOptions => ({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: restoreInputs(changes),
    ...more,
  });
  const databases = async (): Promise<string[]> =>
    (
      await postgres.sql('postgres', 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1')
    ).split('\n');
  return {
    ...stand,
    archive: backup.outputs['archive'] ?? '',
    machine,
    restoredHome,
    restoredDatabase,
    restoredStores,
    restoreInputs,
    restore: async (changes, more) => await runAction(actionOf(changes, more)),
    startRestore: (changes, more) => startAction(actionOf(changes, more)),
    databases,
    remains: async () => (await readdir(machine)).sort(),
    clean: async () => {
      await rm(machine, { recursive: true, force: true });
      await mkdir(machine);
      for (const name of (await databases()).filter((found) => found.startsWith(restoredDatabase))) {
        await postgres.dropDatabase(name);
      }
    },
  };
}
