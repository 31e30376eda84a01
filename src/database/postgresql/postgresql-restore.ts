/** PostgreSQL from a dump in directory format, ours or that of Atlassian's scripts, into an empty or new database. */
import { ActionError } from '../../errors.ts';
import type { RecordedDatabase, RestoreRecord } from '../../host/restore-record.ts';
import type { InputReader } from '../../inputs/reader.ts';
import type { Finding } from '../../strategies/contract.ts';
import type {
  ArchivedPart,
  DatabaseLocation,
  RestoreContext,
  RestoreDefinition,
  RestoredCount,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import { DUMP_MEMBER } from '../dump-folder.ts';
import { readNetworkInputs } from '../network-inputs.ts';
import { type ConnectionInputs, serverName } from './libpq.ts';
import { clientFolders, findClients, type PostgresClients } from './postgresql-clients.ts';
import { type Dump, loadDump, readDump } from './postgresql-load.ts';
import { recoverDatabase } from './recover-database.ts';
import { createDatabase, type DatabaseWork, mark, unmark } from './restore-database.ts';
import { planRestore, type RestorePlan } from './restore-plan.ts';
import { readTargetFacts } from './restore-facts.ts';
import { sessionName } from './restore-marker.ts';
import { verifyRows } from './row-counts.ts';
import { findDatabase, type Question } from './restore-target.ts';

export interface PostgresqlRestoreOptions extends ConnectionInputs {
  readonly owner: string | undefined;
  /** Where to look for clients; unset: PATH, Debian's folders, the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

export const postgresqlRestore: RestoreDefinition = {
  read: (inputs) => {
    const options = readPostgresqlRestoreOptions(inputs);
    return { create: (context) => new PostgresqlRestore(options, context) };
  },
};

export function readPostgresqlRestoreOptions(inputs: InputReader): PostgresqlRestoreOptions {
  return {
    ...readNetworkInputs(inputs),
    owner: inputs.optionalText('database-owner'),
    clientFolders: undefined,
  };
}

export class PostgresqlRestore implements RestoreStrategy {
  readonly name = 'postgresql';
  readonly members = [DUMP_MEMBER];
  readonly trees = [{ member: DUMP_MEMBER, target: '' }];
  readonly #options: PostgresqlRestoreOptions;
  readonly #context: RestoreContext;
  #plan: RestorePlan | undefined;
  /** What this run has begun to change. */
  #begun: RecordedDatabase | undefined;
  /** Of the database that it fills. */
  #oid: number | undefined;
  #dump: Dump | undefined;
  #tables = 0;
  #rows: readonly RestoredCount[] = [];

  constructor(options: PostgresqlRestoreOptions, context: RestoreContext) {
    this.#options = options;
    this.#context = context;
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    const clients = await findClients(this.#options.clientFolders ?? clientFolders());
    const [newest] = clients;
    if (newest === undefined) {
      return [NO_CLIENT];
    }
    const name = this.#databaseName(part);
    if (name === undefined) {
      // Only a manifest that is not read yet may still tell.
      return part === undefined ? [] : [NO_NAME];
    }
    const question = this.#question(newest.psql, name);
    const found = await findDatabase(question);
    if ('severity' in found) {
      return [found];
    }
    const { commands } = this.#context;
    const server = { server: serverName(this.#options), owner: this.#options.owner };
    const { findings, plan } = await planRestore(
      { question, found, clients, newest, commands, ...server },
      part,
    );
    this.#plan = plan ?? this.#plan;
    return findings;
  }

  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    const { work, clients, jobs, exists } = this.#ready();
    const { commands, log, record, runId, archiveName } = this.#context;
    const dump = await readDump(commands, clients.pgRestore, unpacked, signal);
    this.#assertTables(part, dump);
    signal.throwIfAborted();
    this.#begun = { server: serverName(this.#options), name: work.name, created: !exists };
    record({ database: this.#begun });
    if (!exists) {
      await createDatabase(work, part.recorded);
    }
    this.#oid = await mark(work, { run_id: runId, archive: archiveName() });
    this.#begun = { ...this.#begun, marked: true, oid: this.#oid };
    record({ database: this.#begun });
    signal.throwIfAborted();
    log.info(`Loading the dump into database '${work.name}' at ${serverName(this.#options)}`);
    const { name, owner, connection, serverVersionNumber } = work;
    const { pgRestore } = clients;
    await loadDump({ connection, pgRestore, name, owner, jobs, serverVersionNumber, log }, dump, signal);
    this.#dump = dump;
    await this.#verify(work, clients);
    this.#rows = await verifyRows({ ...work, psql: clients.psql }, part.recorded, signal);
  }

  async complete(): Promise<RestoredPart> {
    const { work } = this.#ready();
    await unmark(work);
    const recorded = this.#dump?.tables;
    return {
      place: `'${work.name}' at ${serverName(this.#options)}, owner '${work.owner}'`,
      counts: [{ what: 'tables', recorded, restored: this.#tables }, ...this.#rows],
      todo: [],
    };
  }

  location(): DatabaseLocation {
    const { work } = this.#ready();
    const host = this.#options.host ?? (process.env['PGHOST'] || undefined);
    return {
      kind: 'postgresql',
      host: host === undefined || host.startsWith('/') ? undefined : host,
      port: this.#options.port ?? (Number(process.env['PGPORT']) || 5432),
      name: work.name,
      owner: work.owner,
    };
  }

  /** By its mark or its oid: somebody else's database of that name is left alone. */
  async discard(): Promise<void> {
    const begun = this.#begun;
    if (begun === undefined) {
      return;
    }
    const { psql, name } = this.#ready().work;
    const { runId } = this.#context;
    await recoverDatabase(this.#question(psql, name), begun, { runId, oid: this.#oid });
    this.#begun = undefined;
  }

  async recover({ database }: RestoreRecord, runId: string): Promise<readonly string[]> {
    if (database === undefined) {
      return [];
    }
    if (database.server !== serverName(this.#options)) {
      return [leftAlone(database.name, database.server)];
    }
    const [newest] = await findClients(this.#options.clientFolders ?? clientFolders());
    if (newest === undefined) {
      throw new ActionError('TOOL_MISSING', NO_CLIENT.message);
    }
    return await recoverDatabase(this.#question(newest.psql, database.name), database, { runId });
  }

  #databaseName(part: ArchivedPart | undefined): string | undefined {
    const recorded = part?.recorded?.details['database'];
    return (
      this.#options.database ??
      (process.env['PGDATABASE'] || (typeof recorded === 'string' ? recorded : undefined))
    );
  }

  #question(psql: string, name: string): Question {
    const { commands, runId } = this.#context;
    return {
      commands,
      inputs: this.#options,
      applicationName: sessionName(runId),
      psql,
      name,
    };
  }

  #ready(): RestorePlan {
    if (this.#plan === undefined) {
      throw new TypeError('A restore follows a preflight without findings.');
    }
    return this.#plan;
  }

  #assertTables({ recorded }: ArchivedPart, dump: Dump): void {
    const expected = recorded?.details['tables'];
    if (typeof expected === 'number' && expected !== dump.tables) {
      throw new ActionError(
        'ARCHIVE_INCOMPLETE',
        `The dump in the archive has ${dump.tables} tables, and its manifest says ${expected}.`,
        { advice: 'Choose another archive.' },
      );
    }
  }

  /** pg_restore said that all went well; the database is asked all the same. */
  async #verify(work: DatabaseWork, { psql }: PostgresClients): Promise<void> {
    const { tables } = await readTargetFacts(work.connection, psql);
    this.#tables = tables;
    if (this.#dump !== undefined && tables < this.#dump.tables) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `Database '${work.name}' has ${tables} tables after the restore, and the dump holds ${this.#dump.tables}.`,
        { advice: 'Look into the log of the PostgreSQL server and run again.' },
      );
    }
  }
}

function leftAlone(name: string, server: string): string {
  return `A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`;
}

const NO_CLIENT: Finding = {
  severity: 'error',
  subject: 'pg_restore',
  message:
    'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on this machine.',
};

const NO_NAME: Finding = {
  severity: 'error',
  subject: 'database-name',
  message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};
