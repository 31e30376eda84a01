/**
 * The sequence of a backup, and nothing else. Users are locked out inside `lockedWindow` only; what is slow stands before
 * or after it. Pruning is last: a failed run never costs an old backup.
 */
import { type ActionError, asError } from '../errors.ts';
import { formatBytes } from '../report/format.ts';
import type { BackedUp } from '../strategies/contract.ts';
import { type BackupRun, isNone, type Slot } from './backup-run.ts';
import { claimJournal, closeJournal } from './claim.ts';
import { warnOfOutsideLinks } from './copied-links.ts';
import { type CapturedParts, lockedWindow } from './locked-window.ts';
import { MANIFEST_NAME } from './manifest-name.ts';
import { planOf } from './plan.ts';
import { checkSpace, preflight } from './preflight.ts';
import { sideBySide } from '../host/side-by-side.ts';
import { findStaleRun, recoverStaleRun } from './stale-run.ts';
import { UndoStack } from './undo.ts';
import { writeManifest } from './write-manifest.ts';

/**
 * @throws the first error. By then everything this run made is undone and Bitbucket is unlocked, or `run.found.window`
 *   says why it is not; how far it came stands in `run.found`.
 */
export async function backup(run: BackupRun): Promise<void> {
  const { options, found, log } = run;
  await recover(run);
  await preflight(run);
  log.info(`Backing up Bitbucket ${found.bitbucketVersion ?? ''} as ${run.backupId}`);
  if (options.dryRun) {
    found.plan = planOf(run);
    return;
  }
  const undo = new UndoStack(log);
  try {
    claimJournal(run);
    await prepare(run);
    const { captured, unlockFailure } = await lockedWindow(run, undo);
    await settle(run, captured);
    await unlockAgain(run, unlockFailure);
    await writeManifest(run);
    await archive(run);
    await prune(run);
  } catch (error) {
    const report = await undo.unwind();
    found.undone = report.undone;
    found.undoFailures = report.failures;
    throw error;
  } finally {
    await closeStrategies(run);
    closeJournal(run);
  }
  if (found.unlockFailure !== undefined) {
    throw found.unlockFailure;
  }
}

/** Nothing of the data is at stake any more, so a failure is told and no more. */
async function closeStrategies({ strategies, log }: BackupRun): Promise<void> {
  for (const [slot, strategy] of Object.entries(strategies)) {
    await strategy.close?.().catch((error: unknown) => {
      log.warning(`What the backup of ${slot} left running could not be ended: ${asError(error).message}`);
    });
  }
}

async function recover(run: BackupRun): Promise<void> {
  const { options, client, log, timeline } = run;
  const stale = findStaleRun(options.backupRoot);
  if (stale === undefined) {
    return;
  }
  if (options.dryRun) {
    log.warning(
      `Backup ${stale.backupId} died (lock: ${stale.lock.phase}); the next run recovers what it left.`,
    );
    return;
  }
  await timeline.span('preflight', 'recover dead run', async () => {
    await client.resolveHost();
    await recoverStaleRun({ backupRoot: options.backupRoot, client, limits: options.limits, log }, stale);
  });
}

async function prepare(run: BackupRun): Promise<void> {
  const { strategies, timeline, interruption, log } = run;
  const endGroup = log.group('Prepare: copy while users are working');
  try {
    await sideBySide(
      interruption.signal,
      Object.entries(strategies).map(([slot, strategy]) => async (signal) => {
        if (!isNone(strategy)) {
          await timeline.span(
            'prepare',
            `${slot} ${strategy.name}`,
            async () => await strategy.prepare(signal),
          );
          log.info(`Prepared backup of ${slot} (${strategy.name})`);
        }
      }),
    );
    await timeline.span('prepare', 'check space again', async () => await checkSpace(run));
  } finally {
    endGroup();
  }
}

async function settle(run: BackupRun, captured: CapturedParts): Promise<void> {
  const { timeline, interruption } = run;
  const parts: Partial<Record<Slot, BackedUp>> = {};
  await sideBySide(
    interruption.signal,
    [...captured].map(([slot, part]) => async (signal) => {
      const finish = async (): Promise<BackedUp> => await part.settle(signal);
      const backedUp = isNone(run.strategies[slot])
        ? await finish()
        : await timeline.span('settle', `settle ${slot}`, finish);
      parts[slot] = backedUp;
      if (slot === 'home') {
        // Beside the database, whose rows take longer.
        await timeline.span('settle', 'look for links out', async () => {
          await warnOfOutsideLinks(run, { home: backedUp, signal });
        });
      }
    }),
  );
  const { home, database, search } = parts;
  if (home === undefined || database === undefined || search === undefined) {
    throw new TypeError('Every slot has been captured and settled.');
  }
  run.found.parts = { home, database, search };
}

/** Bitbucket did not take the unlock when the window ended. The data are good, so the run goes on, and fails at the end. */
async function unlockAgain(run: BackupRun, failure: ActionError | undefined): Promise<void> {
  const { found, timeline, log } = run;
  const { window } = found;
  if (failure === undefined || window === undefined) {
    return;
  }
  found.unlockFailure = failure;
  if (window.lease.state !== 'held') {
    return;
  }
  try {
    await timeline.span('settle', 'unlock again', async () => await window.retryUnlock());
    delete found.unlockFailure;
    log.warning(`Bitbucket is unlocked only now, after the copy was settled: ${failure.message}`);
  } catch (error) {
    log.error(asError(error).message);
  }
}

async function archive(run: BackupRun): Promise<void> {
  const { options, timeline, found, interruption, log } = run;
  // A restore wants the manifest first, and the dump before the home: it is loaded while the home is unpacked.
  const { database, search, home } = found.parts ?? {};
  const parts = [database, search, home].filter((part) => part !== undefined);
  const bytes = parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0);
  const source = {
    root: options.backupRoot,
    members: [MANIFEST_NAME, ...parts.flatMap((part) => part.members)],
    bytes,
    files: parts.reduce((sum, part) => sum + (part.files ?? 0), 0),
  };
  const endGroup = log.group('Archive');
  try {
    found.archiveSourceBytes = bytes;
    found.archive = await timeline.span(
      'archive',
      `archive ${run.archive.name}`,
      async () => await run.archive.create(source, interruption.signal),
    );
    const { path, bytes: size, sha256 } = found.archive;
    log.info(`Archived ${formatBytes(bytes)} into '${path}', ${formatBytes(size)}, SHA-256 ${sha256}`);
  } finally {
    endGroup();
  }
}

async function prune(run: BackupRun): Promise<void> {
  const { options, timeline, found, strategies, archive: archives } = run;
  const keep = options.keepBackups;
  if (keep > 0) {
    found.pruned = await timeline.span('finish', 'prune', async () => {
      const removed = [...(await archives.prune(keep))];
      const kept = await archives.backupIds();
      for (const [slot, strategy] of Object.entries(strategies)) {
        const names = (await strategy.prune?.(keep, kept)) ?? [];
        // Named after backups, as archives are: a name alone would not tell which of the two is gone.
        removed.push(...names.map((name) => `${slot}: ${name}`));
      }
      return removed;
    });
  }
}
