/** What a home strategy is run with in tests: a folder of its own, a real command runner, a log that is read. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import { createInputReader } from './input-reader.ts';
import { rsync } from '../../src/home/rsync.ts';
import type { BackedUp, BackupStrategy, StrategyContext } from '../../src/strategies/contract.ts';
import { createMemoryLog } from '../support/memory-log.ts';

export interface Workplace extends AsyncDisposable {
  /** Removed in the end. */
  readonly folder: string;
  readonly homePath: string;
  readonly backupRoot: string;
  /** Closed in the end. */
  readonly strategies: BackupStrategy[];
}

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'home-'));
  const strategies: BackupStrategy[] = [];
  return {
    folder,
    strategies,
    homePath: join(folder, 'home'),
    backupRoot: join(folder, 'backup'),
    [Symbol.asyncDispose]: async () => {
      for (const strategy of strategies) {
        await strategy.close?.();
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export interface TestRun {
  readonly strategy: BackupStrategy;
  readonly lines: readonly string[];
  /** Fractions that were reported, in order. */
  readonly progress: readonly number[];
}

/** @param inputs besides `home-path`, by name. @param previous what the last run recorded */
export function rsyncRun(
  place: Workplace,
  inputs: Readonly<Record<string, string>> = {},
  commands: CommandRunner = createCommandRunner(),
  previous?: BackedUp,
): TestRun {
  const { log, lines } = createMemoryLog();
  const progress: number[] = [];
  const context: StrategyContext = {
    log,
    commands,
    backupId: 'bitbucket-20261122-021305-123',
    backupRoot: place.backupRoot,
    ...(previous === undefined ? {} : { previous }),
    progress: (fraction) => progress.push(fraction),
  };
  const reader = createInputReader({ 'home-path': place.homePath, 'home-delta': 'git-aware', ...inputs });
  const factory = rsync.read(reader);
  reader.finish();
  const strategy = factory.create(context);
  place.strategies.push(strategy);
  return { strategy, lines, progress };
}

/** Command lines of the processes that have something to do with a folder, this one apart. */
export async function processesAt(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes(folder) && Number(pid) !== process.pid) {
      found.push(commandLine.replaceAll('\0', ' '));
    }
  }
  return found;
}

export const never = new AbortController().signal;
