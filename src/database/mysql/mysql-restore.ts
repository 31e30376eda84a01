/** MySQL and MariaDB from a dump, ours or that of Atlassian's scripts, into an empty or new database. */
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
import { readConnectionInputs } from './mysql.ts';
import { chooseClient, findClients } from './mysql-clients.ts';
import { type Dump, loadDump, readDump } from './mysql-load.ts';
import { failureFinding, NO_CLIENT, optionsFileFinding, targetOf } from './mysql-preflight.ts';
import { type ConnectionInputs, DEFAULT_PORT, isSocket, serverName } from './options-file.ts';
import { recoverDatabase } from './recover-database.ts';
import { characterSetOf, targetFindings, versionFindings } from './restore-checks.ts';
import { countLoaded, recordedRows } from './restore-counts.ts';
import { createDatabase, type DatabaseWork, mark, unmark } from './restore-database.ts';
import { readServerFacts, type ServerFacts } from './restore-facts.ts';
import { quoteName } from './sql-text.ts';

export interface MysqlRestoreOptions extends ConnectionInputs {
  /** The user that Bitbucket logs in as. */
  readonly owner: string | undefined;
  /** Where to look for clients; unset: PATH and the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

export const mysqlRestore: RestoreDefinition = {
  read: (inputs) => {
    const options = readMysqlRestoreOptions(inputs);
    return { create: (context) => new MysqlRestore(options, context) };
  },
};

export function readMysqlRestoreOptions(inputs: InputReader): MysqlRestoreOptions {
  return {
    ...readConnectionInputs(inputs),
    owner: inputs.optionalText('database-owner'),
    clientFolders: undefined,
  };
}

/** What preflight found and decided. */
interface Plan {
  readonly work: DatabaseWork;
  readonly exists: boolean;
  readonly owner: string;
  readonly user: string;
}

export class MysqlRestore implements RestoreStrategy {
  readonly name = 'mysql';
  readonly members = [DUMP_MEMBER];
  readonly trees = [{ member: DUMP_MEMBER, target: '' }];
  readonly #options: MysqlRestoreOptions;
  readonly #context: RestoreContext;
  #plan: Plan | undefined;
  /** What this run has begun to change. */
  #begun: RecordedDatabase | undefined;
  #counts: readonly RestoredCount[] = [];

  constructor(options: MysqlRestoreOptions, context: RestoreContext) {
    this.#options = options;
    this.#context = context;
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    const clients = await findClients(this.#options.clientFolders);
    const [any] = clients.sql;
    if (any === undefined) {
      return [NO_CLIENT];
    }
    const missing = optionsFileFinding(this.#options);
    if (missing !== undefined) {
      return [missing];
    }
    const name = this.#databaseName(part);
    if (name === undefined) {
      // Only a manifest that is not read yet may still tell.
      return part === undefined ? [] : [NO_NAME];
    }
    const facts = await this.#ask(any.path, name);
    if ('severity' in facts) {
      return [facts];
    }
    const target = { server: serverName(this.#options), name, facts };
    const findings = [...targetFindings(target), ...versionFindings(target, part?.recorded)];
    if (!findings.some(({ severity }) => severity === 'error')) {
      const client = chooseClient(clients.sql, facts.version) ?? any;
      this.#plan = {
        work: this.#work(client.path, name),
        exists: facts.existing !== undefined,
        owner: this.#options.owner ?? withoutHost(facts.user),
        user: withoutHost(facts.user),
      };
    }
    return findings;
  }

  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    const { work, exists } = this.#ready();
    const { log, record, archiveName } = this.#context;
    const dump = await readDump(unpacked, signal);
    assertTables(part, dump);
    signal.throwIfAborted();
    this.#begun = { server: serverName(this.#options), name: work.name, created: !exists };
    record({ database: this.#begun });
    if (!exists) {
      await createDatabase(work, characterSetOf(part.recorded, dump.scan));
    }
    await mark(work, archiveName());
    this.#begun = { ...this.#begun, marked: true };
    record({ database: this.#begun });
    signal.throwIfAborted();
    log.info(`Loading the dump into database '${work.name}' at ${serverName(this.#options)}`);
    await loadDump(work, dump, log, signal);
    await this.#verify(work, part, dump);
  }

  async complete(): Promise<RestoredPart> {
    const { work, exists, owner, user } = this.#ready();
    await unmark(work);
    const grant = `GRANT ALL PRIVILEGES ON ${quoteName(work.name)}.* TO '${owner}'`;
    return {
      place: `'${work.name}' at ${serverName(this.#options)}`,
      counts: this.#counts,
      todo:
        exists || owner === user
          ? []
          : [`Give the user of Bitbucket the rights to its new database, with its host: ${grant}@'...'.`],
    };
  }

  location(): DatabaseLocation {
    const { work, owner } = this.#ready();
    const { host, port } = this.#options;
    return {
      kind: 'mysql',
      host: isSocket(host) ? undefined : host,
      port: port ?? DEFAULT_PORT,
      name: work.name,
      owner,
    };
  }

  /** By its mark or its tables: somebody else's database of that name is left alone. */
  async discard(): Promise<void> {
    const begun = this.#begun;
    if (begun === undefined) {
      return;
    }
    await recoverDatabase(this.#ready().work, begun);
    this.#begun = undefined;
  }

  async recover({ database }: RestoreRecord, runId: string): Promise<readonly string[]> {
    if (database === undefined) {
      return [];
    }
    if (database.server !== serverName(this.#options)) {
      return [leftAlone(database.name, database.server)];
    }
    const [any] = (await findClients(this.#options.clientFolders)).sql;
    if (any === undefined) {
      throw new ActionError('TOOL_MISSING', NO_CLIENT.message);
    }
    return await recoverDatabase({ ...this.#work(any.path, database.name), runId }, database);
  }

  async #ask(client: string, name: string): Promise<ServerFacts | Finding> {
    const { connection } = this.#work(client, name);
    try {
      return await readServerFacts(connection, client, name);
    } catch (error) {
      return failureFinding(error, targetOf(this.#options, name), 'a restore');
    }
  }

  #work(client: string, name: string): DatabaseWork {
    const { commands, runId } = this.#context;
    return { connection: { commands, inputs: this.#options }, client, name, runId };
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

  /** The client said that all went well; the database is asked all the same. */
  async #verify(work: DatabaseWork, { recorded }: ArchivedPart, dump: Dump): Promise<void> {
    const { existing } = await readServerFacts(work.connection, work.client, work.name);
    const rows = recordedRows(recorded);
    this.#counts = [
      { what: 'tables', recorded: dump.scan.tables.size, restored: existing?.tables ?? 0 },
      ...(await countLoaded(work, rows)),
    ];
    const wrong = this.#counts.find(({ recorded: expected, restored }) => expected !== restored);
    if (wrong !== undefined) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `Database '${work.name}' has ${wrong.restored} ${wrong.what} after the restore, and the manifest says ${wrong.recorded}.`,
        { advice: 'Look into the log of the database server and run again.' },
      );
    }
    // From here on it is known without its mark, too.
    if (this.#begun !== undefined && existing?.identity !== undefined) {
      this.#begun = { ...this.#begun, oid: existing.identity };
      this.#context.record({ database: this.#begun });
    }
  }
}

function assertTables({ recorded }: ArchivedPart, { scan }: Dump): void {
  const expected = recorded?.details['tables'];
  if (typeof expected === 'number' && expected !== scan.tables.size) {
    throw new ActionError(
      'ARCHIVE_INCOMPLETE',
      `The dump in the archive has ${scan.tables.size} tables, and its manifest says ${expected}.`,
      { advice: 'Choose another archive.' },
    );
  }
}

function withoutHost(user: string): string {
  return user.replace(/@[^@]*$/, '');
}

function leftAlone(name: string, server: string): string {
  return `A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`;
}

const NO_NAME: Finding = {
  severity: 'error',
  subject: 'database-name',
  message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};
