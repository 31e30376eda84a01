/**
 * Our restore beside what an administrator would type: `tar -xzf`, `rsync` into the home, `pg_restore -j 5`. The same
 * content, both from its archive on disk to the last byte flushed.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runAction } from '../test/support/action-runner/run-action.ts';
import { type BackupStand, PROJECT_ROOT, startStand } from '../test/support/backup-stand.ts';
import { makeBulkFiles } from '../test/support/bitbucket-home/home-tree.ts';
import { runProgram } from '../test/support/program.ts';
import { alternate, printMeasured } from './measure.ts';

const REPOSITORIES = 20;
const PACK_BYTES = 10 * 1024 * 1024;
const FILES = 100_000;
const FILE_BYTES = 3_000;
const DATABASE_BYTES = 100 * 1024 * 1024;
/** An odd number. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);

export async function benchRestore(): Promise<void> {
  console.log(
    `Restore of ${REPOSITORIES} repositories of ${PACK_BYTES / 1024 / 1024} MiB, ${FILES} files of ${FILE_BYTES} bytes, a database of ${DATABASE_BYTES / 1024 / 1024} MiB, flushed to disk, ${ROUNDS} rounds:`,
  );
  const stand = await startStand({
    repositories: REPOSITORIES,
    packBytesPerRepository: PACK_BYTES,
    databaseBytes: DATABASE_BYTES,
  });
  try {
    makeBulkFiles(join(stand.home.root, 'shared', 'data', 'attachments', 'bulk'), {
      count: FILES,
      bytes: FILE_BYTES,
    });
    await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} CREATEDB`);
    const backup = await runAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
    const classic = join(stand.folder, 'classic.tar.gz');
    await runProgram('tar', ['-czf', classic, '-C', stand.backupRoot, 'bitbucket-home', 'bitbucket-db']);
    const [ours, theirs] = await alternate(
      [
        {
          name: 'this action (zstd, SHA-256, flush)',
          reset: async () => await reset(stand),
          run: async () => await restoreByAction(stand, backup.outputs['archive'] ?? ''),
        },
        {
          name: 'tar -xzf, rsync, pg_restore -j 5, sync',
          reset: async () => await reset(stand),
          run: async () => await restoreByHand(stand, classic),
        },
      ],
      ROUNDS,
    );
    if (ours === undefined || theirs === undefined) {
      throw new Error('Two contenders were measured.');
    }
    printMeasured(ours);
    printMeasured(theirs);
    console.log(`  ratio ${(theirs.median / ours.median).toFixed(1)} (goal: at least 3)`);
  } finally {
    await stand.close();
  }
}

const RESTORED = 'restored';
const UNPACKED = 'by-hand';

async function reset(stand: BackupStand): Promise<void> {
  for (const name of ['restored-home', UNPACKED]) {
    await rm(join(stand.folder, name), { recursive: true, force: true });
  }
  await stand.postgres.sql('postgres', `DROP DATABASE IF EXISTS ${RESTORED} WITH (FORCE)`);
}

async function restoreByAction(stand: BackupStand, archive: string): Promise<void> {
  const { inputs } = stand;
  const result = await runAction({
    actionFolder: join(PROJECT_ROOT, 'restore'),
    inputs: {
      archive,
      'home-path': join(stand.folder, 'restored-home'),
      'database-host': inputs['database-host'] ?? '',
      'database-port': inputs['database-port'] ?? '',
      'database-name': RESTORED,
      'database-username': inputs['database-username'] ?? '',
      'database-password': inputs['database-password'] ?? '',
    },
  });
  if (result.exitCode !== 0) {
    throw new Error(result.log.join('\n'));
  }
  if (process.env['BENCH_VERBOSE'] !== undefined) {
    console.log(result.summary.slice(result.summary.indexOf('| Step |')));
  }
}

async function restoreByHand({ folder, postgres }: BackupStand, archive: string): Promise<void> {
  const unpacked = join(folder, UNPACKED);
  const home = join(folder, 'restored-home');
  await Promise.all([mkdir(unpacked), mkdir(home)]);
  await runProgram('tar', ['-xzf', archive, '-C', unpacked]);
  await runProgram('rsync', ['-a', `${join(unpacked, 'bitbucket-home')}/`, `${home}/`]);
  await postgres.createDatabase(RESTORED, { withSchema: false });
  await runProgram(
    join(postgres.binFolder, 'pg_restore'),
    ['-j', '5', '-d', RESTORED, join(unpacked, 'bitbucket-db')],
    { env: { ...postgres.env() } },
  );
  await runProgram('sync', ['--file-system', home]);
}
