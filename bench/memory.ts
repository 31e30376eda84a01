/** Peak memory of the action's own processes, and of all it starts, while it backs up a home of 500,000 files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../src/report/format.ts';
import { startAction } from '../test/support/action-runner/run-action.ts';
import { PROJECT_ROOT, startStand } from '../test/support/backup-stand.ts';
import { watchMemory } from './process-memory.ts';

const FILES = 500_000;
const FILES_PER_FOLDER = 500;

export async function benchMemory(): Promise<void> {
  const stand = await startStand({ repositories: 2 });
  try {
    await makeFiles(join(stand.home.root, 'shared', 'data', 'attachments', 'many'));
    const run = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
    const peak = watchMemory({ root: run.pid, withRoot: true });
    const result = await run.finish();
    const { node, all } = peak();
    if (result.exitCode !== 0) {
      throw new Error(result.log.join('\n'));
    }
    console.log(`Backup of ${FILES} files:`);
    console.log(
      `  peak memory of the action's node processes ${formatBytes(node)} (goal: at most 300 MB), with all its tools ${formatBytes(all)}`,
    );
    console.log(
      `  ${result.outputs['duration-seconds']} s in all, locked ${result.outputs['locked-seconds']} s`,
    );
  } finally {
    await stand.close();
  }
}

async function makeFiles(folder: string): Promise<void> {
  for (let start = 0; start < FILES; start += FILES_PER_FOLDER) {
    const inner = join(folder, String(start / FILES_PER_FOLDER));
    await mkdir(inner, { recursive: true });
    await Promise.all(
      Array.from(
        { length: FILES_PER_FOLDER },
        async (_, index) => await writeFile(join(inner, `${index}`), `${start + index}`),
      ),
    );
  }
}
