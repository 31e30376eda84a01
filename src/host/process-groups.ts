/**
 * Every child runs in a process group of its own, because the runner signals only our process: what we do not kill goes
 * on writing after we are gone.
 */
const live = new Set<number>();

/** Between the polite and the final signal, when there is time. */
export const TERMINATION_GRACE_MS = 5_000;

export function registerGroup(pgid: number): void {
  live.add(pgid);
}

export function forgetGroup(pgid: number): void {
  live.delete(pgid);
}

export function liveGroups(): readonly number[] {
  return [...live];
}

/** Sends a signal to a group. A group that is already gone is no error. */
export function signalGroup(pgid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pgid, signal);
  } catch {
    // ESRCH: gone. EPERM: it runs as another user (sudo); its own parent ends it.
  }
}

/** Asks a group to end, and makes it end `graceMs` later. Returns at once. */
export function endGroup(pgid: number, graceMs: number = TERMINATION_GRACE_MS): void {
  signalGroup(pgid, 'SIGTERM');
  setTimeout(() => {
    if (live.has(pgid)) {
      signalGroup(pgid, 'SIGKILL');
    }
  }, graceMs).unref();
}

/** Ends all children, for a run that is being cancelled. */
export function endAllGroups(graceMs: number): void {
  for (const pgid of live) {
    endGroup(pgid, graceMs);
  }
}
