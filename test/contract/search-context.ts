/** What a search strategy is run with in tests: its inputs, its log, its journal. */
import { randomUUID } from 'node:crypto';
import { createCommandRunner } from '../../src/host/command.ts';
import type { RestoreRecord } from '../../src/host/restore-record.ts';
import { inputsOf } from '../../src/inputs/declarations.ts';
import { searchRestores, searchStrategies, type SearchStrategyChoice } from '../../src/search/registry.ts';
import type { BackedUp, BackupStrategy } from '../../src/strategies/contract.ts';
import type { RestoreStrategy } from '../../src/strategies/restore.ts';
import { createMemoryLog } from '../support/memory-log.ts';
import { createInputReader } from './input-reader.ts';

export type Inputs = Readonly<Record<string, string>>;

export interface SearchBackupRun {
  readonly strategy: BackupStrategy;
  readonly lines: readonly string[];
}

export interface SearchRestoreRun {
  readonly strategy: RestoreStrategy;
  readonly runId: string;
  readonly lines: readonly string[];
  /** As the journal has it. */
  readonly record: () => RestoreRecord;
}

export const never = new AbortController().signal;

export async function backupRun(
  strategy: SearchStrategyChoice,
  given: Inputs,
  backupId = 'Bitbucket-20261126-020000-000',
): Promise<SearchBackupRun> {
  const { log, lines } = createMemoryLog();
  const inputs = createInputReader({ ...defaultsOf('backup'), ...given });
  const factory = (await searchStrategies[strategy]()).read(inputs);
  inputs.finish();
  const created = factory.create({
    log,
    commands: createCommandRunner(),
    backupId,
    backupRoot: '/nowhere',
    progress: () => undefined,
  });
  return { strategy: created, lines };
}

export async function restoreRun(strategy: SearchStrategyChoice, given: Inputs): Promise<SearchRestoreRun> {
  const { log, lines } = createMemoryLog();
  const inputs = createInputReader({ ...defaultsOf('restore'), ...given });
  const factory = (await searchRestores[strategy]()).read(inputs);
  inputs.finish();
  const runId = randomUUID();
  let record: RestoreRecord = { placed: [] };
  const created = factory.create({
    log,
    commands: createCommandRunner(),
    runId,
    archiveName: () => 'bitbucket-20261126-020000-000.tar.zst',
    record: (change) => {
      record = { ...record, ...change };
    },
    partial: () => undefined,
  });
  return { strategy: created, runId, lines, record: () => record };
}

export async function backUp({ strategy }: SearchBackupRun): Promise<BackedUp> {
  const findings = await strategy.preflight();
  if (findings.length > 0) {
    throw new Error(findings.map(({ message }) => message).join(' '));
  }
  await strategy.prepare(never);
  return await (await strategy.capture(never)).settle(never);
}

/** As the runner passes them: what the workflow does not set has its default, or is empty. */
export function defaultsOf(action: 'backup' | 'restore'): Inputs {
  return Object.fromEntries(inputsOf(action).map((input) => [input.name, input.default ?? '']));
}
