/**
 * A thread that answers as the job orders it to, for tests of what is between the threads and the scan. The order stands
 * where the root of a tree does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, parentPort } from 'node:worker_threads';
import type { Answer, Job } from '../../src/home/scan/thread-work.ts';

export type Order = 'answer' | 'answer slowly' | 'fail' | 'throw' | 'exit' | 'answer and exit';

const PROGRAM = import.meta.filename;

/** @param bytes of the answer, to tell it from others */
export function ordered(order: Order, bytes = 0): Job {
  return { what: 'count', tree: { root: order, exclusions: [] }, folders: [String(bytes)] };
}

export const threadOnOrder = PROGRAM;

const SLOW_MS = 150;

async function obey({ tree, ...job }: Job, say: (answer: Answer) => void): Promise<void> {
  const bytes = job.what === 'count' ? Number(job.folders[0]) : 0;
  const good: Answer = {
    outcome: { what: 'count', result: { files: 1, bytes, left: [] } },
    latencyMs: 0.001,
  };
  switch (tree.root) {
    case 'answer':
      say(good);
      break;
    case 'answer slowly':
      await delay(SLOW_MS);
      say(good);
      break;
    case 'fail':
      say({ ...good, outcome: { what: 'failed', message: 'the disk is on fire' } });
      break;
    case 'throw':
      throw new Error('a thread is out of memory');
    case 'answer and exit':
      say(good);
      process.exit(3);
      break;
    default:
      process.exit(3);
  }
}

if (!isMainThread) {
  const port = parentPort;
  port?.on('message', (job: Job) => {
    void obey(job, (answer) => port.postMessage(answer, []));
  });
}
