/** Home and database are copied side by side; Bitbucket has one progress bar for both. */
export class ProgressShares {
  readonly #done = new Map<string, number>();
  #listener: ((fraction: number) => void) | undefined;

  constructor(partners: readonly string[]) {
    for (const partner of partners) {
      this.#done.set(partner, 0);
    }
  }

  /** What a partner reports its own work with, 0 to 1. */
  of(partner: string): (fraction: number) => void {
    return (fraction) => {
      const before = this.#done.get(partner) ?? 0;
      // Not Math.max: NaN (a share of nothing) would stay for ever.
      this.#done.set(partner, fraction > before ? Math.min(1, fraction) : before);
      const all = [...this.#done.values()];
      this.#listener?.(all.reduce((sum, part) => sum + part, 0) / all.length);
    };
  }

  /** Before the lock nobody listens: work done there is not Bitbucket's business. */
  listen(listener: (fraction: number) => void): void {
    this.#listener = listener;
  }
}
