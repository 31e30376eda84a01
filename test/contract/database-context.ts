/** What the pipeline would give a strategy, with everything it says kept for the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommandRunner } from '../../src/host/command.ts';
import { createLog } from '../../src/host/log.ts';
import { Redactor } from '../../src/host/redactor.ts';
import type { StrategyContext } from '../../src/strategies/contract.ts';

export interface TestContext extends StrategyContext {
  /** Everything that was logged, on any level. */
  readonly lines: readonly string[];
  readonly fractions: readonly number[];
  remove(): Promise<void>;
}

export async function makeContext(backupId = '20260731-101500-000'): Promise<TestContext> {
  const backupRoot = await mkdtemp(join(tmpdir(), 'backup-root-'));
  const lines: string[] = [];
  const fractions: number[] = [];
  const note = (line: string): void => {
    lines.push(line);
  };
  const sink = { debug: note, info: note, notice: note, warning: note, error: note, startGroup: note };
  return {
    log: createLog({ ...sink, endGroup: () => undefined }, new Redactor()),
    commands: createCommandRunner(),
    backupId,
    backupRoot,
    progress: (fraction) => fractions.push(fraction),
    lines,
    fractions,
    remove: async () => {
      await rm(backupRoot, { recursive: true, force: true });
    },
  };
}
