/** How far a program has read an archive that it got from us as its standard input. */
import { readFileSync } from 'node:fs';
import type { Log } from '../host/log.ts';
import { formatBytes } from '../report/format.ts';

const INTERVAL_MS = 10_000;

export interface Reading {
  /** Ours; the program has it from us, and with it the position in the file (proc(5), /proc/<pid>/fdinfo). */
  readonly descriptor: number;
  /** Of the whole archive. */
  readonly bytes: number;
  /** Such as `Checking`. */
  readonly what: string;
}

/** A line every 10 s. @returns what ends it */
export function logReading(log: Log, { descriptor, bytes, what }: Reading): () => void {
  let last = 0;
  const timer = setInterval(() => {
    const position = positionOf(descriptor);
    const percent = Math.min(100, Math.floor((position / bytes) * 100));
    const rate = ((position - last) / INTERVAL_MS) * 1_000;
    log.info(
      `${what}: ${formatBytes(position)} of ${formatBytes(bytes)} (${percent} %), ${formatBytes(rate)}/s`,
    );
    last = position;
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** 0 where it cannot be told. */
export function positionOf(descriptor: number): number {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8');
    return Number(/^pos:\s*(\d+)$/m.exec(info)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
