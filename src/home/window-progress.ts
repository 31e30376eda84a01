/**
 * Turns rsync's counts into one fraction for all folders. rsync knows how long its list is only when it has read all
 * folders; the first pass has counted them moments before, so its number stands in until then. Bytes say little in the
 * second pass: nearly all of its time goes into comparing files that are equal.
 */
import type { RsyncProgress } from './rsync-stats.ts';

const LOOKING = 0.8;

export class WindowProgress {
  readonly #expected: readonly number[];
  readonly #report: (fraction: number) => void;
  #reported = 0;

  /** @param expected entries of each folder, in the order in which they are copied. */
  constructor(expected: readonly number[], report: (fraction: number) => void) {
    this.#expected = expected;
    this.#report = report;
  }

  /** @param index of the folder that is being copied. */
  advance(index: number, progress: RsyncProgress): void {
    const listed = progress.listComplete
      ? progress.listed
      : Math.max(progress.listed, this.#expected[index] ?? 0);
    this.#add(index, listed === 0 ? 0 : progress.checked / listed);
  }

  /** Of the folder that is being looked at, 0 to 1: what is found then takes rsync a moment. */
  looking(index: number, fraction: number): void {
    this.#add(index, fraction * LOOKING);
  }

  finished(index: number): void {
    this.#add(index, 1);
  }

  #add(index: number, share: number): void {
    const total = this.#expected.reduce((sum, entries) => sum + entries, 0);
    const before = this.#expected.slice(0, index).reduce((sum, entries) => sum + entries, 0);
    const fraction = total === 0 ? share : (before + share * (this.#expected[index] ?? 0)) / total;
    // The list can grow faster than it is worked off; what was said is not taken back.
    if (fraction > this.#reported) {
      this.#reported = Math.min(fraction, 1);
      this.#report(this.#reported);
    }
  }
}
