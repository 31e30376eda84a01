/** Which processes live, read from /proc, for tests that no child of an action survives it. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface ProcessStatus {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

/** All living descendants of a process, itself not included. Zombies are dead: nobody reaps them in a container. */
export function descendantsOf(pid: number): number[] {
  const all = processIds().flatMap((id) => statusOf(id) ?? []);
  const found: ProcessStatus[] = [];
  const parents = new Set([pid]);
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    for (const status of all) {
      if (parents.has(status.parent) && !parents.has(status.pid)) {
        parents.add(status.pid);
        found.push(status);
      }
    }
  }
  return found.filter(({ state }) => state !== 'Z' && state !== 'X').map((status) => status.pid);
}

/**
 * Living processes that were started with an environment entry, orphans included; our own process is left out.
 * @param marker the whole entry, `NAME=value`
 */
export function processesWithEnvironment(marker: string): number[] {
  return processIds().filter((pid) => pid !== process.pid && environmentOf(pid).includes(marker));
}

/** True while the process runs; false for a zombie. */
export function isRunning(pid: number): boolean {
  const status = statusOf(pid);
  return status !== undefined && status.state !== 'Z' && status.state !== 'X';
}

/**
 * SIGKILLs what `find` names until it names nothing more: a process may fork while it is being looked for.
 * @throws Error when something is still there after 5 s
 */
export async function killAll(find: () => readonly number[]): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (let pids = find(); pids.length > 0; pids = find()) {
    if (Date.now() > deadline) {
      throw new Error(`Processes ${pids.join(', ')} outlived SIGKILL by 5 s.`);
    }
    for (const pid of pids) {
      signalIfAlive(pid, 'SIGKILL');
    }
    await sleep(10);
  }
}

/** A process that is gone already is no error. */
export function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: gone between the look and the signal.
  }
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function statusOf(pid: number): ProcessStatus | undefined {
  const stat = readProc(pid, 'stat');
  // The program's name stands in parentheses and may itself contain spaces and parentheses (proc(5)).
  const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? undefined : { pid, state, parent: Number(parent) };
}

/** Empty for a zombie and for a process of somebody else. */
function environmentOf(pid: number): string[] {
  return readProc(pid, 'environ').split('\0');
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
