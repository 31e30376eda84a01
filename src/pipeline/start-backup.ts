/** Puts a run together from its options: name, client, strategies. Touches nothing outside this process. */
import { randomUUID } from 'node:crypto';
import { formatBackupId } from '../archive/names.ts';
import { BitbucketClient } from '../bitbucket/client.ts';
import { createCommandRunner } from '../host/command.ts';
import { orphanMarker } from '../host/orphans.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import type { BackupOptions } from './backup-options.ts';
import { type BackupRun, type Findings, notePartial, type RunEnvironment, type Slot } from './backup-run.ts';
import { previousParts } from './previous-backup.ts';
import { ProgressShares } from './progress-shares.ts';

export function startBackup(environment: RunEnvironment, options: BackupOptions): BackupRun {
  const { log } = environment;
  const runId = randomUUID();
  const backupId = formatBackupId(options.instanceName, new Date(environment.timeline.startedAtMs));
  const commands = createCommandRunner({
    marker: orphanMarker(runId),
    onStuck: (message) => log.warning(message),
  });
  const progress = new ProgressShares(['home', 'database']);
  const found: Findings = {};
  const previous = previousParts(options.backupRoot);
  const contextOf = (slot: Slot): StrategyContext => {
    const last = previous[slot];
    return {
      log,
      commands,
      backupId,
      backupRoot: options.backupRoot,
      ...(last === undefined ? {} : { previous: last }),
      internalDatabase: options.chosen.database === 'internal',
      progress: progress.of(slot),
    };
  };
  const strategies = {
    home: options.home.create(contextOf('home')),
    database: options.database.create(contextOf('database')),
    search: options.search.create(contextOf('search')),
  };
  return {
    ...environment,
    options,
    runId,
    backupId,
    client: new BitbucketClient(options.connection),
    commands,
    strategies,
    archive: options.archive.create({
      log,
      commands,
      backupId,
      instanceName: options.instanceName,
      backupRoot: options.backupRoot,
      sources: Object.values(strategies).flatMap((strategy) => strategy.sources ?? []),
      onPartial: (path) => notePartial({ found }, path),
    }),
    progress,
    found,
  };
}
