/** Peak memory of a tree of processes, sampled from /proc while it runs (proc(5)). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const SAMPLE_MS = 200;

export interface PeakMemory {
  /** Bytes of all node processes of the tree together; 0 when it has none. */
  readonly node: number;
  /** Bytes of the whole tree. What processes share counts for each of them. */
  readonly all: number;
}

export interface WatchedTree {
  readonly root: number;
  /** Whether the root itself counts. */
  readonly withRoot: boolean;
  /** Processes that do not belong to what is measured, with their descendants. */
  readonly except?: readonly number[];
}

/** @returns what ends it, and tells the peak. */
export function watchMemory(tree: WatchedTree): () => PeakMemory {
  let peak: PeakMemory = { node: 0, all: 0 };
  let seen = new Set<number>();
  const sample = setInterval(() => {
    const pids = pidsOf(tree);
    const nodes = pids.filter(isNode);
    // A fork looks like a second node of the same size until it becomes another program; a real one is still there in the
    // next sample, and loses nothing by that, since its own high-water mark is what counts.
    const lasting = nodes.filter((pid) => pid === tree.root || seen.has(pid));
    seen = new Set(nodes);
    peak = {
      node: Math.max(peak.node, sumOf(lasting, 'VmHWM')),
      all: Math.max(peak.all, sumOf(pids, 'VmRSS')),
    };
  }, SAMPLE_MS);
  return () => {
    clearInterval(sample);
    return peak;
  };
}

/** By the kernel's lists of children: looking through all of /proc would take work from what is measured. */
function pidsOf({ root, withRoot, except = [] }: WatchedTree): number[] {
  const found = withRoot ? [root] : [];
  const parents = [root];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    const children = childrenOf(parent).filter((pid) => !except.includes(pid));
    found.push(...children);
    parents.push(...children);
  }
  return found;
}

/** Every thread has the children that it started. Empty for a process that is gone. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

const OWN_PROGRAM = readlinkSync('/proc/self/exe');

/** The action runs under the very node that runs the benchmark, and so do helpers that it starts. */
function isNode(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === OWN_PROGRAM;
  } catch {
    return false;
  }
}

function sumOf(pids: readonly number[], field: 'VmHWM' | 'VmRSS'): number {
  return pids.reduce((sum, pid) => sum + fieldOf(pid, field), 0);
}

function fieldOf(pid: number, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
