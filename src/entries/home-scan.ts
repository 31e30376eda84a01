/** A program of its own (`dist/home-scan`): the scan of a home, and each of its threads. */
import { isMainThread } from 'node:worker_threads';
import { runScanProgram } from '../home/scan/scan-program.ts';
import { runScanThread } from '../home/scan/scan-thread.ts';

if (isMainThread) {
  await runScanProgram(import.meta.filename);
} else {
  runScanThread();
}
