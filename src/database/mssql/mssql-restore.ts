/** SQL Server from a full and a differential backup, ours or those of Atlassian's scripts, into a new database. */
import { ActionError } from '../../errors.ts';
import type { RecordedDatabase, RestoreRecord } from '../../host/restore-record.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Finding, SpaceNeed } from '../../strategies/contract.ts';
import type {
  ArchivedPart,
  DatabaseLocation,
  RestoreContext,
  RestoreDefinition,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import { choosePlace, type Place, placeFindings, type PlaceInputs, readPlaceInputs } from './backup-place.ts';
import {
  type Connection,
  type ConnectionInputs,
  DEFAULT_PORT,
  readConnectionInputs,
  serverName,
} from './connection.ts';
import { asked } from './mssql-preflight.ts';
import { orphanedUsers } from './orphaned-users.ts';
import { takeBackDatabase } from './recover-restore.ts';
import { targetFindings } from './restore-checks.ts';
import { loadBackups } from './restore-load.ts';
import { openToAll } from './restore-statements.ts';
import { type Counted, countRestored } from './restore-verify.ts';
import { readServerFacts, type ServerFacts } from './server-facts.ts';
import { SharedCopies } from './shared-copies.ts';
import { runSql } from './sqlcmd.ts';
import { findSqlcmd, NO_SQLCMD } from './sqlcmd-program.ts';
import { told } from './sql-failure.ts';

export interface MssqlRestoreOptions extends ConnectionInputs, PlaceInputs {
  readonly database: string | undefined;
  /** Where to look for sqlcmd; unset: PATH and Microsoft's folders. */
  readonly clientFolders: readonly string[] | undefined;
}

export const mssqlRestore: RestoreDefinition = {
  read: (inputs) => {
    const options = readMssqlRestoreOptions(inputs);
    return { create: (context) => new MssqlRestore(options, context) };
  },
};

export function readMssqlRestoreOptions(inputs: InputReader): MssqlRestoreOptions {
  return {
    ...readConnectionInputs(inputs),
    ...readPlaceInputs(inputs),
    database: inputs.optionalText('database-name'),
    clientFolders: undefined,
  };
}

/** What preflight found and decided. */
interface Plan {
  readonly connection: Connection;
  readonly server: ServerFacts;
  readonly place: Place;
  readonly name: string;
  /** Who Bitbucket logs in as, as far as the archive tells. */
  readonly owner: string;
}

export class MssqlRestore implements RestoreStrategy {
  readonly name = 'mssql';
  // Not among the trees, which are folders: Atlassian's is a file. What is no plain file in it is refused when it is read.
  readonly members = [DUMP_MEMBER];
  readonly #options: MssqlRestoreOptions;
  readonly #context: RestoreContext;
  readonly #copies: SharedCopies;
  #plan: Plan | undefined;
  /** What this run has begun to change. */
  #begun: RecordedDatabase | undefined;
  #counted: Counted | undefined;

  constructor(options: MssqlRestoreOptions, context: RestoreContext) {
    this.#options = options;
    this.#context = context;
    this.#copies = new SharedCopies(context);
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    const sqlcmd = findSqlcmd(this.#options.clientFolders);
    if (sqlcmd === undefined) {
      return [NO_SQLCMD];
    }
    const name = this.#databaseName(part);
    if (name === undefined) {
      // Only a manifest that is not read yet may still tell.
      return part === undefined ? [] : [NO_NAME];
    }
    const connection = this.#connection(sqlcmd);
    const server = await asked(
      { ...this.#options, database: name },
      async () => await readServerFacts(connection, name),
    );
    if ('severity' in server) {
      return [server];
    }
    const place = choosePlace(this.#options, server.backupFolder);
    const findings = [
      ...targetFindings({ where: serverName(this.#options), name, server }, part?.recorded),
      ...('severity' in place ? [place] : await placeFindings(place, true)),
    ];
    if (!('severity' in place) && findings.length === 0) {
      const recorded = part?.recorded?.details['owner'];
      const owner = typeof recorded === 'string' ? recorded : (this.#options.username ?? server.login);
      this.#plan = { connection, server, place, name, owner };
    }
    return findings;
  }

  async spaceNeeds(bytes: number): Promise<readonly SpaceNeed[]> {
    const needs =
      this.#plan === undefined
        ? []
        : [{ path: this.#plan.place.here, bytes, what: 'backups for SQL Server to read' }];
    return await Promise.resolve(needs);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    const { connection, server, place, name } = this.#ready();
    const { log, record, runId } = this.#context;
    signal.throwIfAborted();
    try {
      await loadBackups(
        { connection, server, name, runId, log, unpacked, recorded: part.recorded },
        {
          signal,
          share: async (file) => await this.#copies.add(place, file, signal),
          onBegin: () => {
            this.#begun = { server: serverName(this.#options), name, created: true };
            record({ database: this.#begun });
          },
        },
      );
    } finally {
      await this.#copies.remove();
    }
    this.#counted = await countRestored(connection, name, part.recorded, signal);
  }

  async complete(): Promise<RestoredPart> {
    const { connection, name } = this.#ready();
    const where = serverName(this.#options);
    return await told(`Opening database '${name}' at ${where}`, async () => {
      const todo = await orphanedUsers(connection, name);
      await runSql(connection, openToAll(name));
      return { place: `'${name}' at ${where}`, counts: this.#counted ?? [], todo };
    });
  }

  location(): DatabaseLocation {
    const { name, owner } = this.#ready();
    const { host, port } = this.#options;
    return { kind: 'mssql', host, port: port ?? DEFAULT_PORT, name, owner };
  }

  /** By the names of its files: somebody else's database of that name is left alone. */
  async discard(): Promise<void> {
    await this.#copies.remove();
    if (this.#begun === undefined) {
      return;
    }
    const { connection, name } = this.#ready();
    await takeBackDatabase({ connection, name, runId: this.#context.runId, isOwn: true });
    this.#begun = undefined;
  }

  async recover({ database }: RestoreRecord, runId: string): Promise<readonly string[]> {
    if (database === undefined) {
      return [];
    }
    const { name, server } = database;
    if (server !== serverName(this.#options)) {
      return [`A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`];
    }
    const sqlcmd = findSqlcmd(this.#options.clientFolders);
    if (sqlcmd === undefined) {
      throw new ActionError('TOOL_MISSING', NO_SQLCMD.message);
    }
    const connection = this.#connection(sqlcmd, runId);
    return await takeBackDatabase({ connection, name, runId, isOwn: false });
  }

  #connection(sqlcmd: string, runId = this.#context.runId): Connection {
    const { commands } = this.#context;
    return { commands, inputs: this.#options, sqlcmd, workstation: `bitbucket-restore ${runId}` };
  }

  #databaseName(part: ArchivedPart | undefined): string | undefined {
    const recorded = part?.recorded?.details['database'];
    return this.#options.database ?? (typeof recorded === 'string' ? recorded : undefined);
  }

  #ready(): Plan {
    if (this.#plan === undefined) {
      throw new TypeError('A restore follows a preflight without findings.');
    }
    return this.#plan;
  }
}

const NO_NAME: Finding = {
  severity: 'error',
  subject: 'database-name',
  message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};
