/** Every wait around the lock has a limit. All in ms. */
export interface WindowLimits {
  readonly drainTimeoutMs: number;
  /** From the lock on; after it the run unlocks and fails. */
  readonly maxLockedMs: number;
  readonly pollIntervalMs: number;
  /** Between two looks at the lock while data are copied. */
  readonly watchIntervalMs: number;
  /** How long polls may fail before contact counts as lost. */
  readonly contactGraceMs: number;
  /** How long the unlock is tried before the run gives it to the post step. */
  readonly unlockBudgetMs: number;
  /** How long Bitbucket may take to serve users after the unlock was accepted. */
  readonly unlockEffectMs: number;
}

export const DEFAULT_LIMITS: WindowLimits = {
  drainTimeoutMs: 10 * 60_000,
  maxLockedMs: 60 * 60_000,
  pollIntervalMs: 250,
  watchIntervalMs: 1_000,
  contactGraceMs: 60_000,
  unlockBudgetMs: 180_000,
  unlockEffectMs: 60_000,
};
