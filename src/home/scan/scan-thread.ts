/** A thread of the scan: its calls to the file system block it, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { TRUST_MARGINS } from './file-systems.ts';
import { ScanJobs } from './scan-jobs.ts';
import type { Job } from './thread-work.ts';

export function runScanThread(): void {
  const port = parentPort;
  if (port === null) {
    throw new TypeError('This is no thread.');
  }
  const jobs = new ScanJobs(TRUST_MARGINS);
  port.on('message', (job: Job) => {
    const answer = jobs.do(job);
    const { outcome } = answer;
    port.postMessage(answer, outcome.what === 'first look' ? [outcome.result.memory.numbers.buffer] : []);
  });
}
