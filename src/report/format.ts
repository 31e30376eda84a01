/** Numbers as an administrator reads them. */

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in binary units with three or four significant digits: `512 B`, `1.2 GiB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let text = String(Math.round(value));
  let unit: string = BYTE_UNITS[0];
  for (const larger of BYTE_UNITS.slice(1)) {
    // The rounded text decides, so that 1023.99 KiB is not told as `1024.0 KiB`.
    if (Number(text) < 1024) {
      break;
    }
    value /= 1024;
    unit = larger;
    text = value < 99.95 ? value.toFixed(1) : String(Math.round(value));
  }
  return `${text} ${unit}`;
}

/** Milliseconds as `85 ms`, `1.8 s`, `42 s`, `12 min 5 s` or `2 h 3 min`. */
export function formatDuration(ms: number): string {
  const duration = Math.max(0, ms);
  if (duration < 99.5) {
    return `${Math.round(duration)} ms`;
  }
  if (duration < 9_950) {
    // Rounded before it is printed: toFixed(1) makes 0.8 of 0.85.
    return `${(Math.round(duration / 100) / 10).toFixed(1)} s`;
  }
  const seconds = Math.round(duration / 1_000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3_600) {
    return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  }
  const minutes = Math.round(seconds / 60);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Whole numbers with a comma at every third digit, whatever the locale of the runner. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `1 warning`, `2 warnings`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A moment (milliseconds since the epoch) to the second, in UTC: `2026-11-22 02:13:05 UTC`. */
export function formatMoment(ms: number): string {
  return `${new Date(Math.round(ms)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
