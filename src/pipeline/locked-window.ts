/** Everything that happens while users are locked out. What can stand before or after it must not stand here. */
import { createLockRecord } from '../bitbucket/lock-record.ts';
import { MaintenanceWindow } from '../bitbucket/maintenance.ts';
import type { ActionError } from '../errors.ts';
import type { Captured } from '../strategies/contract.ts';
import { type BackupRun, isNone, type Slot } from './backup-run.ts';
import { sideBySide } from '../host/side-by-side.ts';
import type { UndoStack } from './undo.ts';

export type CapturedParts = Map<Slot, Captured>;

export async function lockedWindow(
  run: BackupRun,
  undo: UndoStack,
): Promise<{ captured: CapturedParts; unlockFailure: ActionError | undefined }> {
  const { client, log, options, interruption, timeline, progress, found } = run;
  const captured: CapturedParts = new Map();
  const capture = async (slot: Slot, signal: AbortSignal): Promise<void> => {
    const strategy = run.strategies[slot];
    const begin = async (): Promise<Captured> => await strategy.capture(signal);
    const part = isNone(strategy) ? await begin() : await timeline.span('locked', `capture ${slot}`, begin);
    captured.set(slot, part);
    if (!isNone(strategy)) {
      undo.push(`copy of the ${slot} discarded`, async () => await part.discard());
      log.info(`Performed backup of ${slot} (${strategy.name})`);
    }
  };
  const { journal } = found;
  if (journal === undefined) {
    throw new TypeError('The journal is claimed before the lock.');
  }
  const window = new MaintenanceWindow({
    client,
    log,
    limits: options.limits,
    record: createLockRecord(journal, options.backupRoot, options.connection),
    interruption,
    onMark: (mark) => timeline.mark(mark),
    step: async (name, work) => await timeline.span('locked', name, work),
  });
  found.window = window;
  const { unlockFailure } = await window.run({
    whileDraining: async (signal) => await capture('search', signal),
    whileDrained: async (signal, report) => {
      progress.listen(report);
      await sideBySide(signal, [
        async (shared) => await capture('database', shared),
        async (shared) => await capture('home', shared),
      ]);
    },
  });
  return { captured, unlockFailure };
}
