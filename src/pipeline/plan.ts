/** What a dry run would have done, in the order in which it would have done it. */
import type { BackupRun } from './backup-run.ts';

export function planOf(run: BackupRun): readonly string[] {
  const { options, client, strategies, backupId, found } = run;
  const { limits, chosen, backupRoot, keepBackups } = options;
  const copied = Object.entries(strategies).filter(([, strategy]) => strategy.name !== 'none');
  const missing = Object.entries(strategies).filter(([, strategy]) => strategy.name === 'none');
  return [
    `Back up ${client.url} (Bitbucket ${found.bitbucketVersion ?? 'of unknown version'}) as ${backupId}.`,
    ...[options.usedDatabase?.told, options.usedSearch?.told].flatMap((told) =>
      told === undefined ? [] : [`${told}.`],
    ),
    ...copied.map(([slot, { name }]) =>
      slot === 'search'
        ? `Have the search server take a snapshot (${name}), begun while Bitbucket is locked and ended while users are working.`
        : `Copy the ${slot} with ${name} into ${backupRoot} while users are working.`,
    ),
    `Lock Bitbucket, drain it (at most ${limits.drainTimeoutMs / 60_000} minutes), fix the point in time, unlock (locked at most ${limits.maxLockedMs / 60_000} minutes).`,
    `Write the archive with ${chosen.archive}.`,
    keepBackups === 0
      ? 'Keep all older backups.'
      : `Remove backups of ${options.instanceName} beyond the newest ${keepBackups}, after success.`,
    ...missing.map(([slot]) =>
      slot === 'search'
        ? 'Not backed up: search (strategy none); Bitbucket builds its search index anew by itself.'
        : `Not backed up: ${slot} (strategy none).`,
    ),
  ];
}
