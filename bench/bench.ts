/** Runs the benchmarks that are named, or all. Each prints its figures and how they were taken. */
import { cpus, totalmem } from 'node:os';
import { formatBytes } from '../src/report/format.ts';
import { benchArchive } from './archive.ts';
import { benchMemory } from './memory.ts';
import { benchRestore } from './restore.ts';
import { benchStart } from './start.ts';
import { benchWindow } from './window.ts';

const benchmarks: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  archive: benchArchive,
  restore: benchRestore,
  start: benchStart,
  memory: benchMemory,
  window: benchWindow,
};

// Names come first, then the options, which only the window has.
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const wanted = firstOption === -1 ? args : args.slice(0, firstOption);
const options = args.slice(wanted.length);
const unknown = wanted.filter((name) => !Object.keys(benchmarks).includes(name));
if (unknown.length > 0) {
  throw new Error(
    `Unknown benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
}
if (options.length > 0 && !wanted.includes('window')) {
  throw new Error(`${options.join(' ')}: only the benchmark window has options.`);
}
const [cpu] = cpus();
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ${formatBytes(totalmem())}, Node ${process.version}\n`,
);
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length === 0 || wanted.includes(name)) {
    await bench(options);
    console.log('');
  }
}
