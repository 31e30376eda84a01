/** What a restore of a database is run with in tests: its journal, its log, and the programs that it starts. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandOptions, type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import type { RestoreRecord } from '../../src/host/restore-record.ts';
import type { RestoreContext, RestoreStrategy } from '../../src/strategies/restore.ts';
import { createMemoryLog } from '../support/memory-log.ts';

export interface DatabaseRestoreRun {
  readonly strategy: RestoreStrategy;
  readonly runId: string;
  readonly lines: readonly string[];
  /** As the journal has it. */
  readonly record: () => RestoreRecord;
  /** Program and arguments of everything that was started. */
  readonly started: readonly (readonly string[])[];
}

export interface DatabaseRestoreOptions {
  readonly runId?: string;
  /** Called before a program is started; `input` is what it reads. */
  readonly onStart?: (program: string, input: string, args: readonly string[]) => void;
}

export function databaseRestoreRun(
  create: (context: RestoreContext) => RestoreStrategy,
  { runId = randomUUID(), onStart = () => undefined }: DatabaseRestoreOptions = {},
): DatabaseRestoreRun {
  const { log, lines } = createMemoryLog();
  let record: RestoreRecord = { placed: [] };
  const started: (readonly string[])[] = [];
  const runner = createCommandRunner();
  const commands: CommandRunner = {
    run: async (program, args, options) => {
      started.push([program, ...args]);
      onStart(program, inputOf(args, options), args);
      return await runner.run(program, args, options);
    },
  };
  const strategy = create({
    log,
    commands,
    runId,
    archiveName: () => `bitbucket-20261122-021305-123.tar.zst 'quoted' \\`,
    record: (change) => {
      record = { ...record, ...change };
    },
    partial: () => undefined,
  });
  return { strategy, runId, lines, record: () => record, started };
}

/** Some read it from a file in their working folder. */
function inputOf(args: readonly string[], options: CommandOptions | undefined): string {
  if (typeof options?.input === 'string') {
    return options.input;
  }
  const file = args[args.indexOf('-i') + 1];
  return options?.cwd !== undefined && args.includes('-i') && file !== undefined
    ? readFileSync(join(options.cwd, file), 'utf8')
    : '';
}
