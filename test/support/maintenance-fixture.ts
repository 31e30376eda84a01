/** A maintenance window against the simulator, with short limits and a signal that a test can send. */
import { BitbucketClient } from '../../src/bitbucket/client.ts';
import { DEFAULT_LIMITS, type WindowLimits } from '../../src/bitbucket/limits.ts';
import type { LockRecord } from '../../src/bitbucket/lock-record.ts';
import { MaintenanceWindow, type WindowMark } from '../../src/bitbucket/maintenance.ts';
import { CanceledError } from '../../src/errors.ts';
import type { Interruption } from '../../src/host/interruption.ts';
import { createMemoryLog } from './memory-log.ts';
import type { BitbucketSimulator } from './bitbucket-simulator/simulator.ts';

export const SHORT_LIMITS: WindowLimits = {
  ...DEFAULT_LIMITS,
  drainTimeoutMs: 1_500,
  pollIntervalMs: 30,
  watchIntervalMs: 50,
  contactGraceMs: 2_500,
  unlockBudgetMs: 6_000,
  unlockEffectMs: 1_000,
};

export interface Fixture {
  readonly client: BitbucketClient;
  readonly window: MaintenanceWindow;
  readonly lines: readonly string[];
  /** What was written down, in order. */
  readonly recorded: readonly string[];
  readonly marks: readonly WindowMark[];
  readonly steps: readonly string[];
  /** As a signal would. */
  interrupt(): void;
  close(): Promise<void>;
}

export function createFixture(
  simulator: BitbucketSimulator,
  limits: Partial<WindowLimits> = {},
  onRecord: (event: string) => void = () => undefined,
): Fixture {
  const { log, lines } = createMemoryLog();
  const recorded: string[] = [];
  const marks: WindowMark[] = [];
  const steps: string[] = [];
  const controller = new AbortController();
  const callbacks = new Set<() => void>();
  const note = (event: string): void => {
    recorded.push(event);
    onRecord(event);
  };
  const record: LockRecord = {
    locking: () => note('locking'),
    locked: (token) => note(`locked ${token}`),
    backupStarted: (token) => note(`started ${token}`),
    released: () => note('released'),
  };
  const interruption: Interruption = {
    signal: controller.signal,
    onInterrupt: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    dispose: () => undefined,
  };
  const client = new BitbucketClient({
    url: simulator.url,
    credentials: { kind: 'basic', username: simulator.username, password: simulator.password },
  });
  const window = new MaintenanceWindow({
    client,
    log,
    limits: { ...SHORT_LIMITS, ...limits },
    record,
    interruption,
    onMark: (mark) => marks.push(mark),
    step: async (name, work) => {
      steps.push(name);
      return await work();
    },
  });
  return {
    client,
    window,
    lines,
    recorded,
    marks,
    steps,
    interrupt: () => {
      for (const callback of callbacks) {
        callback();
      }
      controller.abort(new CanceledError('Cancelled by SIGINT.'));
    },
    close: async () => await client.close(),
  };
}
