/** Peak memory of the action itself, and of all it starts, while it backs up a home of 500,000 files. */
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../src/report/format.ts';
import { descendantsOf, startAction } from '../test/support/action-runner/run-action.ts';
import { PROJECT_ROOT, startStand } from '../test/support/backup-stand.ts';

const FILES = 500_000;
const FILES_PER_FOLDER = 500;

export async function benchMemory(): Promise<void> {
  const stand = await startStand({ repositories: 2 });
  try {
    await makeFiles(join(stand.home.root, 'shared', 'data', 'attachments', 'many'));
    const run = startAction({ actionFolder: PROJECT_ROOT, inputs: stand.inputs });
    let all = 0;
    let own = 0;
    const sample = setInterval(() => {
      own = Math.max(own, peakOf(run.pid));
      all = Math.max(
        all,
        [run.pid, ...descendantsOf(run.pid)].reduce((sum, pid) => sum + residentOf(pid), 0),
      );
    }, 100);
    const result = await run.finish();
    clearInterval(sample);
    if (result.exitCode !== 0) {
      throw new Error(result.log.join('\n'));
    }
    console.log(`Backup of ${FILES} files:`);
    console.log(
      `  peak memory of the action ${formatBytes(own)} (goal: under 250 MB), with all its tools ${formatBytes(all)}`,
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

/** VmHWM, the kernel's own high-water mark, in bytes (proc(5)). */
function peakOf(pid: number): number {
  return fieldOf(pid, 'VmHWM');
}

function residentOf(pid: number): number {
  return fieldOf(pid, 'VmRSS');
}

function fieldOf(pid: number, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
