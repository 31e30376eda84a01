/** Files that another program has open: are they being written, and have they been? */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno } from '../errors.ts';

/** Path to size and time of the last change, to the nanosecond. */
export type FileStamps = ReadonlyMap<string, string>;

export interface Stillness {
  /** Nothing changes for this long, ms. */
  readonly forMs: number;
  /** Given up after, ms. */
  readonly withinMs: number;
  /** ms */
  readonly everyMs?: number;
}

const EVERY_MS = 100;

/** @param list the paths there are; asked again each time, because files come and go. @throws as `stat` does */
export async function stampsOf(list: () => Promise<readonly string[]>): Promise<FileStamps> {
  const stamps = new Map<string, string>();
  for (const path of await list()) {
    try {
      const { size, mtimeNs, ino } = await stat(path, { bigint: true });
      stamps.set(path, `${size} ${mtimeNs} ${ino}`);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) {
        throw error;
      }
    }
  }
  return stamps;
}

/** Waits until nobody has written for a while. @returns undefined when that never was; throws what the signal was aborted with */
export async function untilStill(
  list: () => Promise<readonly string[]>,
  { forMs, withinMs, everyMs = EVERY_MS }: Stillness,
  signal: AbortSignal,
): Promise<FileStamps | undefined> {
  const started = performance.now();
  let since = started;
  let stamps = await stampsOf(list);
  while (performance.now() - since < forMs) {
    if (performance.now() - started > withinMs) {
      return undefined;
    }
    signal.throwIfAborted();
    await sleep(everyMs, undefined, { signal });
    const now = await stampsOf(list);
    if (!sameStamps(stamps, now)) {
      stamps = now;
      since = performance.now();
    }
  }
  return stamps;
}

export function sameStamps(one: FileStamps, other: FileStamps): boolean {
  return one.size === other.size && [...one].every(([path, stamp]) => other.get(path) === stamp);
}
