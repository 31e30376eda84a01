/** What the archive tells the administrator while it is written. */
import type { Log } from '../host/log.ts';
import { formatBytes } from '../report/format.ts';

const INTERVAL_MS = 10_000;

/** A line every 10 s at most. @param sourceBytes what there is to archive; it is an estimate, so 100 % is the end of it. */
export function progressLogger(log: Log, sourceBytes: number): (bytesIn: number, bytesOut: number) => void {
  let lastAt = performance.now();
  let lastIn = 0;
  return (bytesIn, bytesOut) => {
    const now = performance.now();
    if (now - lastAt < INTERVAL_MS) {
      return;
    }
    const rate = ((bytesIn - lastIn) / (now - lastAt)) * 1_000;
    const percent = sourceBytes === 0 ? 100 : Math.min(100, Math.floor((bytesIn / sourceBytes) * 100));
    log.info(
      `Archiving: ${formatBytes(bytesIn)} of ${formatBytes(sourceBytes)} (${percent} %) as ${formatBytes(bytesOut)}, ${formatBytes(rate)}/s`,
    );
    lastAt = now;
    lastIn = bytesIn;
  };
}
