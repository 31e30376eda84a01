/** A database that a command of the administrator loads again. What it fills, and how that is taken back, is its business. */
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { RecordedDatabase, RestoreRecord } from '../../host/restore-record.ts';
import type { Finding } from '../../strategies/contract.ts';
import { commandFindings } from '../../strategies/custom/command-findings.ts';
import { CustomCommand } from '../../strategies/custom/custom-command.ts';
import type { CommandSettings, PhaseCall } from '../../strategies/custom/protocol.ts';
import type {
  ArchivedPart,
  RestoreContext,
  RestoreDefinition,
  RestoredCount,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import { comparedCounts } from './compared-counts.ts';
import { databaseOf, readCustomSettings } from './custom-settings.ts';

export const customRestore: RestoreDefinition = {
  read: (inputs) => {
    const settings = readCustomSettings(inputs);
    return { create: (context) => new CustomRestore(settings, context) };
  },
};

const CHECK_JDBC =
  'See to it that jdbc.driver, jdbc.url and jdbc.user in shared/bitbucket.properties lead to the restored database.';

export class CustomRestore implements RestoreStrategy {
  readonly name = 'custom';
  readonly members = [DUMP_MEMBER];
  readonly trees = [{ member: DUMP_MEMBER, target: '' }];
  readonly #context: RestoreContext;
  readonly #command: CustomCommand;
  /** What this run has begun to change. */
  #begun: (RecordedDatabase & { readonly state: string }) | undefined;
  #unpacked = '';
  #counts: readonly RestoredCount[] = [];

  constructor(settings: CommandSettings, context: RestoreContext) {
    this.#context = context;
    this.#command = new CustomCommand(settings, context);
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    const folder = await mkdtemp(join(tmpdir(), 'custom-database-'));
    try {
      const call = { ...this.#call(), ...(await recordedIn(folder, part)) };
      return (await commandFindings(this.#command, 'restore-check', call)).findings;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { record, runId } = this.#context;
    this.#unpacked = unpacked;
    // Beside what is unpacked, which the post step of a killed run removes: what is in here is still wanted then.
    const state = join(dirname(unpacked), stateName(runId));
    this.#begun = { ...databaseOf(this.#command.settings), created: true, state };
    record({ database: this.#begun });
    await mkdir(state, { mode: 0o700 });
    const call = { ...this.#call(state), ...(await recordedIn(state, part)) };
    const answer = await this.#command.run(
      'restore',
      { ...call, folder: join(unpacked, DUMP_MEMBER) },
      signal,
    );
    this.#counts = comparedCounts(part, answer.counts, this.#command.settings.command);
  }

  async complete(): Promise<RestoredPart> {
    const { name, server } = databaseOf(this.#command.settings);
    const answer = await this.#command.run('restore-complete', this.#call(this.#begun?.state));
    await this.#handOver();
    return {
      place: answer.place ?? `'${name}' at ${server}`,
      counts: this.#counts,
      todo: [...answer.todo, CHECK_JDBC],
    };
  }

  async discard(): Promise<void> {
    if (this.#begun !== undefined) {
      const messages = await this.#takeBack(this.#begun.state, this.#context.runId);
      this.#begun = undefined;
      for (const message of messages) {
        this.#context.log.info(message);
      }
    }
  }

  async recover({ database }: RestoreRecord, runId: string): Promise<readonly string[]> {
    if (database === undefined) {
      return [];
    }
    const { server, name } = databaseOf(this.#command.settings);
    if (database.server !== server || database.name !== name) {
      return [
        `A restore that died has left database '${database.name}' at ${database.server} half-filled; take it back by hand.`,
      ];
    }
    const { state } = database;
    // A journal can be damaged or forged: only what a restore of that run would have made is believed.
    const known = state !== undefined && basename(state) === stateName(runId) ? state : undefined;
    return await this.#takeBack(known, runId);
  }

  /** @param state undefined when it is lost; the command then has the run's id alone */
  async #takeBack(state: string | undefined, runId: string): Promise<readonly string[]> {
    const found = state !== undefined && (await isFolder(state)) ? state : undefined;
    const folder = found ?? (await mkdtemp(join(tmpdir(), 'custom-database-')));
    const { messages } = await this.#command.run('restore-discard', { ...this.#call(folder), id: runId });
    await rm(folder, { recursive: true, force: true });
    return messages;
  }

  /** To where the pipeline removes it when all is over; until then the command may be asked to take everything back. */
  async #handOver(): Promise<void> {
    if (this.#begun !== undefined) {
      const { state } = this.#begun;
      const moved = join(this.#unpacked, basename(state));
      await rename(state, moved);
      this.#begun = { ...this.#begun, state: moved };
      this.#context.record({ database: this.#begun });
    }
  }

  #call(state?: string): PhaseCall {
    const { runId, archiveName } = this.#context;
    const archive = archiveName();
    return {
      id: runId,
      ...(archive === '' ? {} : { archiveName: archive }),
      ...(state === undefined ? {} : { state }),
    };
  }
}

function stateName(runId: string): string {
  return `.custom-database.state-${runId}`;
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What the manifest says, for the command to read; nothing for an archive without one. */
async function recordedIn(
  folder: string,
  part: ArchivedPart | undefined,
): Promise<Pick<PhaseCall, 'recordedFile'>> {
  if (part?.recorded === undefined) {
    return {};
  }
  const recordedFile = join(folder, 'recorded.json');
  await writeFile(recordedFile, JSON.stringify(part.recorded), { mode: 0o600 });
  return { recordedFile };
}
