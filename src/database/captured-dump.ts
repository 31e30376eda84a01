/** A dump whose moment is fixed inside the lock, and which goes on while users are working again. */
import type { BackedUp, Captured, StrategyContext } from '../strategies/contract.ts';
import { createPartial, partialFolder, removePartial } from './dump-folder.ts';

export interface GoingOn<Finished> {
  /** Waits until the dump is done. A failure since the capture is kept for this. */
  finish(signal: AbortSignal): Promise<Finished>;
  /** Ends what still runs, and waits for its end. Idempotent. */
  stop(): Promise<void>;
}

export interface DumpSteps<Finished> {
  /** Returns as soon as the moment is fixed. @param folder private and empty */
  readonly start: (folder: string) => Promise<GoingOn<Finished>>;
  /** Proves it, and gives it its final name. */
  readonly settle: (folder: string, finished: Finished, signal: AbortSignal) => Promise<BackedUp>;
}

/**
 * @throws what `start` throws, after removing what it wrote. An abort after it has returned changes nothing: the dump is
 *   stopped by `discard`, or by the signal of `settle`.
 */
export async function captureDumpInto<Finished>(
  { backupRoot, backupId, log, progress }: StrategyContext,
  { start, settle }: DumpSteps<Finished>,
): Promise<Captured> {
  const folder = partialFolder(backupRoot, backupId);
  await createPartial(folder);
  try {
    const running = await start(folder);
    progress(1);
    return {
      settle: async (signal) => await settle(folder, await running.finish(signal), signal),
      discard: async () => {
        await running.stop();
        await removePartial(folder);
      },
    };
  } catch (error) {
    await removePartial(folder).catch((failure: unknown) => {
      log.warning(`${folder} could not be removed (${String(failure)}); remove it by hand.`);
    });
    throw error;
  }
}
