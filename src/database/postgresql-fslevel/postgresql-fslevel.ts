/**
 * PostgreSQL by the snapshot of the volume that its data directory and the home lie on. There is nothing to copy: this
 * strategy proves that the snapshot takes the whole database along, and records what a restore has to know.
 */
import { dirname, join } from 'node:path';
import { ActionError } from '../../errors.ts';
import { isExecutable } from '../../host/tools.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  StrategyContext,
  StrategyDefinition,
} from '../../strategies/contract.ts';
import type { Connection } from '../postgresql/connection.ts';
import { clientFolders, findClients } from '../postgresql/postgresql-clients.ts';
import { type ControlData, parseControlData } from './control-data.ts';
import { placementFindings } from './fslevel-findings.ts';
import { type FslevelOptions, readFslevelOptions } from './fslevel-options.ts';
import { readServerFacts, type ServerFacts } from './server-facts.ts';

export const postgresqlFslevel: StrategyDefinition = {
  read: (inputs) => {
    const options = readFslevelOptions(inputs);
    return { create: (context) => new PostgresqlFslevel(options, context) };
  },
};

interface Ready {
  readonly facts: ServerFacts;
  readonly dataDirectory: string;
  readonly psql: string;
}

export class PostgresqlFslevel implements BackupStrategy {
  readonly name = 'postgresql-fslevel';
  readonly atomic = true;
  readonly goesWithHome = true;
  readonly #options: FslevelOptions;
  readonly #context: StrategyContext;
  readonly #connection: Connection;
  #ready: Ready | undefined;

  constructor(options: FslevelOptions, context: StrategyContext) {
    this.#options = options;
    this.#context = context;
    this.#connection = {
      commands: context.commands,
      inputs: options,
      applicationName: `bitbucket-backup ${context.backupId}`,
    };
  }

  async preflight(): Promise<readonly Finding[]> {
    const [clients] = await findClients(this.#options.clientFolders ?? clientFolders());
    if (clients === undefined) {
      return [NO_CLIENT];
    }
    const facts = await this.#askServer(clients.psql);
    if ('severity' in facts) {
      return [facts];
    }
    const dataDirectory = this.#options.dataDirectory ?? facts.dataDirectory;
    if (dataDirectory === undefined) {
      return [NOT_TOLD];
    }
    const { homePath } = this.#options;
    const { commands } = this.#context;
    this.#ready = { facts, dataDirectory, psql: clients.psql };
    return await placementFindings({ dataDirectory, homePath, facts, commands });
  }

  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  async prepare(signal: AbortSignal): Promise<void> {
    await Promise.resolve();
    signal.throwIfAborted();
  }

  /** The moment is fixed by the home. */
  async capture(signal: AbortSignal): Promise<Captured> {
    const { facts, dataDirectory, psql } = this.#found();
    const control = await this.#controlData(psql, dataDirectory, signal);
    this.#context.progress(1);
    const part: BackedUp = {
      strategy: this.name,
      included: true,
      members: [],
      details: { dataDirectory, serverVersion: facts.version, control: { ...control } },
    };
    return {
      settle: async (settling) => {
        await Promise.resolve();
        settling.throwIfAborted();
        return part;
      },
      discard: async () => {
        await Promise.resolve();
      },
    };
  }

  async #askServer(psql: string): Promise<ServerFacts | Finding> {
    try {
      return await readServerFacts(this.#connection, psql);
    } catch (error) {
      if (!(error instanceof ActionError)) {
        throw error;
      }
      return {
        severity: 'error',
        subject: 'database-host',
        message: `PostgreSQL did not answer: ${error.message.replace(/\.$/, '')}; check the database inputs.`,
      };
    }
  }

  /** Of the server's own package, which a machine with clients alone does not have. */
  async #controlData(psql: string, dataDirectory: string, signal: AbortSignal): Promise<ControlData> {
    signal.throwIfAborted();
    const program = join(dirname(psql), 'pg_controldata');
    if (!isExecutable(program)) {
      return {};
    }
    const { stdout } = await this.#context.commands.run(program, ['-D', dataDirectory], {
      signal,
      deadlineMs: 30_000,
    });
    return parseControlData(stdout);
  }

  #found(): Ready {
    if (this.#ready === undefined) {
      throw new TypeError('A capture follows a preflight without errors.');
    }
    return this.#ready;
  }
}

const NO_CLIENT: Finding = {
  severity: 'error',
  subject: 'psql',
  message:
    'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on the runner.',
};

const NOT_TOLD: Finding = {
  severity: 'error',
  subject: 'postgresql-data-directory',
  message:
    "Input 'postgresql-data-directory' is empty, and the database user may not ask the server for it; set it, or grant pg_read_all_settings to the user.",
};
