/** Measuring side by side: alternating, so that a machine that slows down slows both; medians, so that one hiccup counts little. */
import { runProgram } from '../test/support/program.ts';

export interface Contender {
  readonly name: string;
  /** Undoes what a run left. Not timed. */
  readonly reset: () => Promise<void>;
  readonly run: () => Promise<void>;
}

export interface Measured {
  readonly name: string;
  /** Seconds of each run, in order. */
  readonly seconds: readonly number[];
  readonly median: number;
}

/** @param rounds how often each runs; an odd number */
export async function alternate(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const seconds = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      await contender.reset();
      // What the one before has left to be written must not be written on this one's time.
      await runProgram('sync', []);
      const started = performance.now();
      await contender.run();
      seconds[index]?.push((performance.now() - started) / 1_000);
    }
  }
  return contenders.map(({ name }, index) => {
    const times = seconds[index] ?? [];
    return { name, seconds: times, median: median(times) };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function printMeasured({ name, seconds, median: middle }: Measured): void {
  console.log(
    `  ${name.padEnd(34)} ${middle.toFixed(2)} s   (${seconds.map((time) => time.toFixed(2)).join(', ')})`,
  );
}
