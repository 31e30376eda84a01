/** The two backups of a run, from the first statement to the finished `bitbucket-db`. */
import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { asError } from '../../errors.ts';
import { sideBySide } from '../../host/side-by-side.ts';
import type { BackedUp, StrategyContext } from '../../strategies/contract.ts';
import { createPartial, partialFolder, removePartial } from '../dump-folder.ts';
import { canCompress } from './backup-checks.ts';
import {
  assertReadable,
  filesBeginningWith,
  removeShared,
  type SharedFile,
  sharedFile,
} from './backup-place.ts';
import { backupStatement, runStatement } from './backup-statements.ts';
import { serverName } from './connection.ts';
import { type CountedTables, countTables } from './database-facts.ts';
import type { Ready } from './mssql-preflight.ts';
import { settleBackups } from './mssql-settle.ts';
import { percentLog } from './percent-log.ts';
import { endOwnSessions } from './sessions.ts';

export interface BackupPlan extends Ready {
  readonly database: string;
  readonly compressDump: boolean;
}

export class MssqlBackup {
  readonly plan: BackupPlan;
  readonly #context: StrategyContext;
  readonly full: SharedFile;
  readonly differential: SharedFile;
  readonly folder: string;
  /** Nothing of it is left on the server. */
  #over = false;
  /** A statement has not come to its end here, and may go on there. */
  #interrupted = false;

  constructor(plan: BackupPlan, context: StrategyContext) {
    this.plan = plan;
    this.#context = context;
    const { backupId, backupRoot } = context;
    // Backups of other instances may use the folder, too.
    const name = `${fileBeginning(backupRoot)}${backupId}-${randomUUID().slice(0, 8)}`;
    this.full = sharedFile(plan.place, `${name}-full.bak`);
    this.differential = sharedFile(plan.place, `${name}-differential.bak`);
    this.folder = partialFolder(backupRoot, backupId);
  }

  /**
   * Users are working. It is neither verified nor copied yet: every minute from here to the lock makes the differential
   * larger, and with it the lock longer. That it can be read here is asked at once, before anybody is locked out.
   * @throws ActionError as `sqlFailure`; what the signal was aborted with. Nothing is left on the server then.
   */
  async takeFull(signal: AbortSignal): Promise<void> {
    const { log, backupRoot } = this.#context;
    const { place } = this.plan;
    const dead = await filesBeginningWith(place, fileBeginning(backupRoot));
    const left = await removeShared(dead);
    for (const file of dead.filter((name) => !left.includes(name))) {
      log.info(`Cleared away ${file}, which an earlier run left behind.`);
    }
    try {
      await this.#backUp('full', signal);
      await assertReadable(this.full);
    } catch (error) {
      await this.#tidy(async () => await this.close());
      throw error;
    }
  }

  /**
   * Bitbucket is locked. The moment is the end of the differential: it takes in the log up to there. Tables and rows are
   * counted beside it, which is the same moment, because nobody writes.
   * @throws ActionError as `sqlFailure`; what the signal was aborted with. Neither backup is left then.
   */
  async takeDifferential(signal: AbortSignal): Promise<CountedTables> {
    const { connection, database } = this.plan;
    try {
      await createPartial(this.folder);
      let counted: CountedTables = { tables: 0, rows: {} };
      await sideBySide(signal, [
        async (stop) => await this.#backUp('differential', stop),
        async (stop) => {
          // Anew: an app may have brought tables since preflight.
          counted = await countTables(connection, database, stop);
        },
      ]);
      await assertReadable(this.differential);
      return counted;
    } catch (error) {
      await this.#tidy(async () => await this.discard());
      throw error;
    }
  }

  /** @throws ActionError; what the signal was aborted with */
  async settle(counted: CountedTables, signal: AbortSignal): Promise<BackedUp> {
    const part = await settleBackups(this, this.#context, counted, signal);
    await this.#removeShared();
    this.#over = true;
    return part;
  }

  /** Quick: Bitbucket may be locked meanwhile. Idempotent. @throws when the partial copy cannot be removed */
  async discard(): Promise<void> {
    if (!this.#over) {
      await this.#removeShared();
      await removePartial(this.folder);
      this.#over = !this.#interrupted;
    }
  }

  /** When nobody is locked out any more: waits until the server has let go, and discards what it has left. Idempotent. */
  async close(): Promise<void> {
    if (this.#interrupted) {
      await this.#endSessions();
      this.#interrupted = false;
    }
    await this.discard();
  }

  async #backUp(kind: 'full' | 'differential', signal: AbortSignal): Promise<void> {
    const { connection, database, server, compressDump } = this.plan;
    const { log, backupId, progress } = this.#context;
    const what = `The ${kind} backup of database '${database}' at ${serverName(connection.inputs)}`;
    const tell = percentLog(log, what);
    const statement = backupStatement({
      database,
      kind,
      file: this[kind].onServer,
      name: `Bitbucket backup ${backupId}, ${kind}`,
      compress: compressDump && canCompress(server),
    });
    const onPercent = (percent: number): void => {
      tell(percent);
      if (kind === 'differential' && percent < 100) {
        progress(percent / 100);
      }
    };
    this.#interrupted = true;
    await runStatement(connection, statement, { signal, subject: what, onPercent });
    this.#interrupted = false;
  }

  /** A failure of the tidying must not hide the one that it comes from. */
  async #tidy(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#context.log.warning(
        `${this.folder} could not be removed (${asError(error).message}); remove it by hand.`,
      );
    }
  }

  async #endSessions(): Promise<void> {
    const { log } = this.#context;
    try {
      if (!(await endOwnSessions(this.plan.connection))) {
        log.warning('SQL Server still works on a backup of this run, which nobody waits for any more.');
      }
    } catch (error) {
      // It may be the server that is gone; what it has left here can be removed all the same.
      log.debug(`SQL Server could not be asked for our sessions: ${asError(error).message}`);
    }
  }

  async #removeShared(): Promise<void> {
    const files = [this.full.here, this.differential.here];
    const left = await removeShared(files);
    if (left.length > 0) {
      this.#context.log.warning(
        `SQL Server's backup ${left.length === 1 ? 'file' : 'files'} ${left.join(' and ')} could not be removed; remove by hand, and give the runner's user the right to write in that folder.`,
      );
    }
  }
}

/** Of the files on the server that come from this backup-root: one run at a time uses it. */
function fileBeginning(backupRoot: string): string {
  const digest = createHash('sha256').update(`${hostname()}\0${backupRoot}`).digest('hex').slice(0, 12);
  return `bitbucket-backup-${digest}-`;
}
