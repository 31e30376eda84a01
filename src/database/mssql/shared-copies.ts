/** The backups of an archive where the server can read them, under names that a later run knows for leftovers. */
import { ActionError, asError } from '../../errors.ts';
import type { RestoreContext } from '../../strategies/restore.ts';
import { copyFlushed, letServerRead, type Place, removeShared, sharedFile } from './backup-place.ts';

export class SharedCopies {
  readonly #context: RestoreContext;
  #files: string[] = [];

  constructor(context: RestoreContext) {
    this.#context = context;
  }

  /** @returns its path as the server sees it @throws ActionError DB_FAILED, DISK_FULL; what the signal was aborted with */
  async add(place: Place, file: string, signal: AbortSignal): Promise<string> {
    const { runId, commands, partial } = this.#context;
    const copy = sharedFile(place, `.bitbucket-restore-${this.#files.length + 1}.bak.partial-${runId}`);
    partial(copy.here);
    this.#files.push(copy.here);
    try {
      await copyFlushed(commands, file, copy.here, signal);
    } catch (error) {
      signal.throwIfAborted();
      const isFull = error instanceof ActionError && error.code === 'DISK_FULL';
      throw new ActionError(
        isFull ? 'DISK_FULL' : 'DB_FAILED',
        `'${file}' could not be put into '${place.here}', where SQL Server reads it: ${asError(error).message}`,
        { advice: 'Make room there, or set database-backup-path to another folder.', cause: error },
      );
    }
    await letServerRead(place, copy);
    return copy.onServer;
  }

  /** Idempotent. */
  async remove(): Promise<void> {
    const left = await removeShared(this.#files);
    this.#files = [];
    if (left.length > 0) {
      this.#context.log.warning(`${left.join(' and ')} could not be removed; remove by hand.`);
    }
  }
}
