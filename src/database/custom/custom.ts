/** A database that a command of the administrator backs up: Oracle by expdp, a snapshot of a vendor's storage. */
import { ActionError, asError } from '../../errors.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  SpaceNeed,
  StrategyContext,
  StrategyDefinition,
} from '../../strategies/contract.ts';
import { CustomCommand } from '../../strategies/custom/custom-command.ts';
import type { CommandSettings, Phase } from '../../strategies/custom/protocol.ts';
import { commandFindings } from '../../strategies/custom/command-findings.ts';
import type { Answer } from '../../strategies/custom/answer.ts';
import {
  createWorkFolder,
  dataComplaint,
  deadWorkFolders,
  removeWorkFolder,
  type WorkFolder,
  workFolderOf,
} from '../../strategies/custom/work-folder.ts';
import { DUMP_MEMBER, measureDump, publishDump, removeLeftovers } from '../dump-folder.ts';
import { readCustomSettings } from './custom-settings.ts';

export const custom: StrategyDefinition = {
  read: (inputs) => {
    const settings = readCustomSettings(inputs);
    return { create: (context) => new CustomDatabase(settings, context) };
  },
};

/** How far the command has come: is there anything to take back? `stuck`: it could not be. */
type Progress = 'not begun' | 'begun' | 'settled' | 'over' | 'stuck';

export class CustomDatabase implements BackupStrategy {
  readonly name = 'custom';
  /** Whether its capture is consistent while users work, only its author knows. */
  readonly atomic = false;
  readonly #context: StrategyContext;
  readonly #command: CustomCommand;
  readonly #work: WorkFolder;
  #bytes: number | undefined;
  #progress: Progress = 'not begun';

  constructor(settings: CommandSettings, context: StrategyContext) {
    this.#context = context;
    this.#command = new CustomCommand(settings, context);
    this.#work = workFolderOf(context.backupRoot, 'database', context.backupId, DUMP_MEMBER);
  }

  async preflight(): Promise<readonly Finding[]> {
    const { findings, answer } = await commandFindings(this.#command, 'check', {
      id: this.#context.backupId,
    });
    this.#bytes = answer?.bytes;
    return findings;
  }

  /** As the command estimates it; otherwise as much as the last time. */
  async spaceNeeds(): Promise<readonly SpaceNeed[]> {
    const { backupRoot, previous } = this.#context;
    const bytes = this.#bytes ?? (previous?.strategy === this.name ? previous.bytes : undefined);
    return await Promise.resolve(
      bytes === undefined ? [] : [{ path: backupRoot, bytes, what: 'database dump' }],
    );
  }

  async prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { backupRoot, log } = this.#context;
    for (const name of await removeLeftovers(backupRoot)) {
      log.info(`Cleared away ${name}, which an earlier run left behind.`);
    }
    for (const dead of await deadWorkFolders(backupRoot, 'database', DUMP_MEMBER)) {
      await this.#discardDead(dead);
    }
    await this.#discardingAfterFailure(async () => await this.#run('prepare', signal));
  }

  async capture(signal: AbortSignal): Promise<Captured> {
    signal.throwIfAborted();
    // What a failed one has begun `close` takes back: nobody should stay locked out for that.
    await this.#run('capture', signal);
    this.#context.progress(1);
    return {
      settle: async (settling) =>
        await this.#discardingAfterFailure(async () => await this.#settle(settling)),
      discard: async () => await this.#discard(),
    };
  }

  /** Also where another part failed before this one was captured. */
  async close(): Promise<void> {
    if (this.#progress === 'begun') {
      await this.#discard();
    } else if (this.#progress === 'settled') {
      this.#progress = 'over';
      await removeWorkFolder(this.#work);
    }
  }

  async #run(phase: Phase, signal: AbortSignal): Promise<Answer> {
    if (this.#progress === 'not begun') {
      await createWorkFolder(this.#work);
      this.#progress = 'begun';
    }
    return await this.#command.run(phase, this.#call(), signal);
  }

  async #settle(signal: AbortSignal): Promise<BackedUp> {
    const { backupRoot, backupId, commands } = this.#context;
    const { command } = this.#command.settings;
    const answer = await this.#run('settle', signal);
    const complaint = await dataComplaint(this.#work);
    if (complaint !== undefined) {
      throw new ActionError('DB_FAILED', `Phase 'settle' of ${command} failed: the command ${complaint}.`, {
        advice: 'Let it write its dump into BITBUCKET_BACKUP_FOLDER and end when that is done.',
      });
    }
    const size = await measureDump(this.#work.data);
    // A program may leave to the system when its files reach the disk; an archive that is good must be there.
    await commands.run('sync', ['--file-system', '--', this.#work.data], { signal });
    signal.throwIfAborted();
    await publishDump(this.#work.data, backupRoot, backupId);
    this.#progress = 'settled';
    return {
      strategy: this.name,
      included: true,
      members: [DUMP_MEMBER],
      ...size,
      ...(answer.version === undefined ? {} : { tools: { 'database-command': answer.version } }),
      details: { command, counts: answer.counts, ...answer.details },
    };
  }

  /**
   * The command's own clean-up, then ours. When the command fails in it, its folder stays, and the next run calls it again.
   */
  async #discard(): Promise<void> {
    if (this.#progress !== 'begun' && this.#progress !== 'settled') {
      return;
    }
    this.#progress = 'stuck';
    this.#tell(await this.#command.run('discard', this.#call()));
    await removeWorkFolder(this.#work);
    this.#progress = 'over';
  }

  /** Garbage of an old run must not keep tonight's backup from being made. */
  async #discardDead(dead: WorkFolder): Promise<void> {
    const { log } = this.#context;
    try {
      const { id, data, state } = dead;
      this.#tell(await this.#command.run('discard', { id, folder: data, state }));
      await removeWorkFolder(dead);
      log.info(`Cleared away what backup ${dead.id} left behind when it died.`);
    } catch (error) {
      log.warning(
        `What backup ${dead.id} left behind could not be cleared away, and the next run tries again: ${asError(error).message}`,
      );
    }
  }

  async #discardingAfterFailure<T>(phase: () => Promise<T>): Promise<T> {
    try {
      return await phase();
    } catch (error) {
      await this.#discard().catch((failure: unknown) => {
        this.#context.log.warning(
          `What the backup had begun could not be taken back, and the next run tries again: ${asError(failure).message}`,
        );
      });
      throw error;
    }
  }

  #tell({ messages }: Answer): void {
    for (const message of messages) {
      this.#context.log.info(message);
    }
  }

  #call(): { readonly id: string; readonly folder: string; readonly state: string } {
    const { id, data, state } = this.#work;
    return { id, folder: data, state };
  }
}
