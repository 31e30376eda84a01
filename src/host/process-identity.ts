/**
 * Which process a run was, so that a later one can tell whether it still lives. A bare process id is not enough: ids are
 * used again, machines restart, and a container has its own.
 */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly hostname: string;
  /** Changes with every start of the machine. */
  readonly bootId: string;
  /** Containers number their processes from 1; ids compare only within the same namespace. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** Start of the process in clock ticks since the boot: tells it from a later one with the same id. */
  readonly startTicks: string;
}

export type Liveness = 'alive' | 'dead' | 'unknown';

export function ownIdentity(): ProcessIdentity {
  return {
    hostname: hostname(),
    bootId: read('/proc/sys/kernel/random/boot_id'),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startTicks: startTicks(process.pid) ?? '',
  };
}

/** `unknown` when the process ran on another machine or in another container, where it cannot be seen from here. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.hostname === hostname() && identity.bootId !== read('/proc/sys/kernel/random/boot_id')) {
    return 'dead';
  }
  if (identity.hostname !== hostname() || identity.pidNamespace !== pidNamespace()) {
    return 'unknown';
  }
  const ticks = startTicks(identity.pid);
  return ticks !== undefined && ticks === identity.startTicks ? 'alive' : 'dead';
}

/** As it was written down. @returns undefined for what is none */
export function identityIn(value: unknown): ProcessIdentity | undefined {
  const field = (name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const pid = field('pid');
  const texts = ['hostname', 'bootId', 'pidNamespace', 'startTicks']
    .map(field)
    .filter((text) => typeof text === 'string');
  const [host, bootId, namespace, ticks] = texts;
  return typeof pid !== 'number' ||
    host === undefined ||
    bootId === undefined ||
    namespace === undefined ||
    ticks === undefined
    ? undefined
    : { hostname: host, bootId, pidNamespace: namespace, pid, startTicks: ticks };
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)); the name in field 2 may hold anything, so fields count from its end. */
function startTicks(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  // A zombie has ended; it only waits for its parent to look.
  return state === undefined || state === '' || state === 'Z' ? undefined : fields[19];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
