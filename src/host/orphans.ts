/**
 * Children that outlived their run: after a SIGKILL nobody ended them, and they may still be writing where the next run
 * is about to write. They are known by a variable in their environment (proc(5), /proc/<pid>/environ).
 */
import { readdirSync, readFileSync } from 'node:fs';

const MARKER = 'BITBUCKET_BACKUP_RUN';

/** The environment that every child of a run carries. */
export function orphanMarker(runId: string): Readonly<Record<string, string>> {
  return { [MARKER]: runId };
}

/** One that is being killed may just have started another. */
const MOST_LOOKS = 10;

/** Kills what is left of a run that is over. @returns the ids of the processes that were killed */
export function killOrphans(runId: string): readonly number[] {
  const killed = new Set<number>();
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const orphans = processIds().filter((pid) => !killed.has(pid) && carriesMarker(pid, runId));
    if (orphans.length === 0) {
      break;
    }
    for (const pid of orphans) {
      killed.add(pid);
      kill(pid);
    }
  }
  return [...killed];
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}

function carriesMarker(pid: number, runId: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARKER}=${runId}`);
  } catch {
    // Gone, or another user's.
    return false;
  }
}
