/**
 * The sequence of Atlassian's DIY scripts as plain commands: `rsync`; lock and drain; `rsync` again beside `pg_dump`;
 * unlock; archive. Only the archive is not theirs: `tar -czf` takes many times as long as zstd, so zstd it is, flushed to
 * disk as ours is, and the window is not the only thing that is compared on equal terms.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../test/support/program.ts';
import { watchMemory } from '../process-memory.ts';
import { completeAndUnlock, lockAndDrain } from './classic-api.ts';
import type { Contender, Ground, Run, Task } from './contender.ts';
import { CLASSIC_RSYNC } from './working-copy.ts';

export function classicContender(ground: Ground, backupRoot: string): Contender {
  return {
    name: 'classic sequence',
    backupRoot,
    run: async (task) => await runClassic(ground, backupRoot, task),
  };
}

async function runClassic(ground: Ground, backupRoot: string, task: Task): Promise<Run> {
  const { simulator } = ground;
  const peak = watchMemory({ root: process.pid, withRoot: false, except: ground.bystanders() });
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1_000;
  try {
    const dump = join(backupRoot, 'bitbucket-db');
    await rm(dump, { recursive: true, force: true });
    const copy = ['rsync', [...CLASSIC_RSYNC, `${task.homePath}/`, `${backupRoot}/bitbucket-home/`]] as const;
    await runProgram(...copy);
    const token = await lockAndDrain(simulator);
    await Promise.all([runProgram(...copy), dumpDatabase(ground, task.database, dump)]);
    await completeAndUnlock(simulator, token);
    const secondsToArchive = seconds();
    await archive(backupRoot, task.archiveRoot);
    return { seconds: seconds(), secondsToArchive, memory: peak() };
  } finally {
    peak();
  }
}

async function dumpDatabase({ postgres }: Ground, database: string, folder: string): Promise<void> {
  await runProgram(join(postgres.binFolder, 'pg_dump'), ['-Fd', '-j', '5', '-d', database, '-f', folder], {
    env: postgres.env(),
  });
}

async function archive(backupRoot: string, archiveRoot: string): Promise<void> {
  await mkdir(archiveRoot, { recursive: true });
  const file = join(archiveRoot, 'classic.tar.zst');
  await runProgram('tar', ['--zstd', '-cf', file, '-C', backupRoot, 'bitbucket-home', 'bitbucket-db']);
  await runProgram('sync', [file]);
}
