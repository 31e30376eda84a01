/** From the start of the process to the first line of the log: the runner waits for it in every job. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { median } from './measure.ts';

const ROUNDS = 11;

export async function benchStart(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(await timeToFirstLine());
  }
  console.log(`Start to first log line, ${ROUNDS} rounds:`);
  console.log(
    `  median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms (goal: under 500)`,
  );
}

/** Milliseconds. Without inputs the first line is the list of what is missing: by then everything needed is loaded. */
async function timeToFirstLine(): Promise<number> {
  const script = join(import.meta.dirname, '..', 'dist', 'backup', 'index.js');
  const started = performance.now();
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const first = await new Promise<number>((resolve) => {
    child.stdout.once('data', () => resolve(performance.now() - started));
  });
  child.stdout.resume();
  await new Promise((resolve) => child.once('close', resolve));
  return first;
}
