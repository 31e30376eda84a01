/** Puts a run together from its options: name, client, strategies. Touches nothing outside this process. */
import { randomUUID } from 'node:crypto';
import { formatBackupId } from '../archive/names.ts';
import { BitbucketClient } from '../bitbucket/client.ts';
import { createCommandRunner } from '../host/command.ts';
import { orphanMarker } from '../host/orphans.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import type { BackupOptions } from './backup-options.ts';
import { type BackupRun, type Findings, notePartial, type RunEnvironment, type Slot } from './backup-run.ts';
import { ProgressShares } from './progress-shares.ts';

export function startBackup(environment: RunEnvironment, options: BackupOptions): BackupRun {
  const { log } = environment;
  const runId = randomUUID();
  const backupId = formatBackupId(options.instanceName, new Date(environment.timeline.startedAtMs));
  const commands = createCommandRunner(orphanMarker(runId));
  const progress = new ProgressShares(['home', 'database']);
  const found: Findings = {};
  const contextOf = (slot: Slot): StrategyContext => ({
    log,
    commands,
    backupId,
    backupRoot: options.backupRoot,
    progress: progress.of(slot),
  });
  return {
    ...environment,
    options,
    runId,
    backupId,
    client: new BitbucketClient(options.connection),
    commands,
    strategies: {
      home: options.home.create(contextOf('home')),
      database: options.database.create(contextOf('database')),
      search: options.search.create(contextOf('search')),
    },
    archive: options.archive.create({
      log,
      commands,
      backupId,
      instanceName: options.instanceName,
      onPartial: (path) => notePartial({ found }, path),
    }),
    progress,
    found,
  };
}
