/**
 * PostgreSQL around a restore of the volume that its data directory lies on: stopped before the home strategy puts the
 * volume back, started after it. The files themselves are the home's business.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError, asError } from '../../errors.ts';
import type { RestoreRecord } from '../../host/restore-record.ts';
import type { Finding } from '../../strategies/contract.ts';
import type {
  ArchivedPart,
  RestoreContext,
  RestoreDefinition,
  RestoredPart,
  RestoreStrategy,
} from '../../strategies/restore.ts';
import type { Connection } from '../postgresql/connection.ts';
import { conninfo, libpqEnvironment, serverName } from '../postgresql/libpq.ts';
import { clientFolders, findClients, type PostgresClients } from '../postgresql/postgresql-clients.ts';
import { liveServerOf } from './data-directory.ts';
import { type FslevelRestoreOptions, readFslevelRestoreOptions } from './fslevel-options.ts';
import { readServerFacts } from './server-facts.ts';
import { findService, type Service } from './service.ts';

export const postgresqlFslevelRestore: RestoreDefinition = {
  read: (inputs) => {
    const options = readFslevelRestoreOptions(inputs);
    return { create: (context) => new PostgresqlFslevelRestore(options, context) };
  },
};

/** A server that starts from a snapshot replays its log first. */
const ANSWER_WITHIN_MS = 10 * 60_000;
const ASK_EVERY_MS = 500;

interface Plan {
  readonly service: Service;
  readonly clients: PostgresClients;
  readonly dataDirectory: string | undefined;
}

export class PostgresqlFslevelRestore implements RestoreStrategy {
  readonly name = 'postgresql-fslevel';
  readonly members = [];
  readonly #options: FslevelRestoreOptions;
  readonly #context: RestoreContext;
  readonly #connection: Connection;
  #plan: Plan | undefined;
  /** This run has stopped it and not started it again. */
  #stopped = false;

  constructor(options: FslevelRestoreOptions, context: RestoreContext) {
    this.#options = options;
    this.#context = context;
    this.#connection = {
      commands: context.commands,
      inputs: options,
      applicationName: `bitbucket-restore ${context.runId.slice(0, 8)}`,
    };
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    const [clients] = await findClients(this.#options.clientFolders ?? clientFolders());
    const service = await findService(this.#context.commands, this.#options.service);
    const findings = [
      ...(clients === undefined ? [NO_CLIENT] : []),
      ...('complaint' in service ? [problem(`Input 'postgresql-service' ${service.complaint}`)] : []),
    ];
    if (clients !== undefined && !('complaint' in service)) {
      const recorded = part?.recorded?.details['dataDirectory'];
      this.#plan = {
        service,
        clients,
        dataDirectory: this.#options.dataDirectory ?? (typeof recorded === 'string' ? recorded : undefined),
      };
    }
    return findings;
  }

  async spaceNeeds(): Promise<readonly []> {
    return await Promise.resolve([]);
  }

  /** Stops the server; the home strategy may touch its files from then on. */
  async restore(_part: ArchivedPart, _unpacked: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { service, dataDirectory } = this.#ready();
    const { log, record } = this.#context;
    if (await service.isRunning()) {
      // Written down first: when this run dies, the next one starts it again.
      record({
        database: {
          server: recordedServer(service.name),
          name: dataDirectory ?? service.name,
          created: false,
        },
      });
      this.#stopped = true;
      await service.stop(signal);
      log.info(`Stopped service '${service.name}'`);
    }
    await assertStopped(service, dataDirectory);
  }

  async complete(): Promise<RestoredPart> {
    const { service, dataDirectory } = this.#ready();
    if (dataDirectory !== undefined && (await liveServerOf(dataDirectory)) === undefined) {
      // It came with the snapshot, of a server that was running. Should its process number be another one's by now,
      // PostgreSQL takes that for a live server and does not start.
      await rm(join(dataDirectory, 'postmaster.pid'), { force: true });
    }
    await service.start();
    this.#stopped = false;
    const version = await this.#answered();
    return {
      place: `at ${serverName(this.#options)}, PostgreSQL ${version}, service '${service.name}'`,
      counts: [],
      todo: [],
    };
  }

  async discard(): Promise<void> {
    if (this.#stopped) {
      await this.#ready().service.start();
      this.#stopped = false;
      this.#context.log.info(`Started service '${this.#options.service}' again`);
    }
  }

  async recover({ database }: RestoreRecord): Promise<readonly string[]> {
    if (database === undefined) {
      return [];
    }
    if (database.server !== recordedServer(this.#options.service)) {
      return [`A restore that died has stopped the ${database.server}; start it by hand.`];
    }
    const service = await findService(this.#context.commands, this.#options.service);
    if ('complaint' in service) {
      throw new ActionError('DB_FAILED', `Input 'postgresql-service' ${service.complaint}`, {
        advice: 'A restore that died has stopped it; name it and run again.',
      });
    }
    if (await service.isRunning()) {
      return [];
    }
    await service.start();
    return [`Started service '${service.name}' again, which a restore that died had stopped.`];
  }

  /** @returns its version. @throws ActionError RESTORE_VERIFY */
  async #answered(): Promise<string> {
    const { clients, service } = this.#ready();
    try {
      await this.#accepting(clients);
      return (await readServerFacts(this.#connection, clients.psql)).version;
    } catch (error) {
      throw new ActionError(
        'RESTORE_VERIFY',
        `Service '${service.name}' was started, and PostgreSQL at ${serverName(this.#options)} does not answer: ${asError(error).message}`,
        { advice: 'Look into the log of PostgreSQL.', cause: error },
      );
    }
  }

  /** pg_isready(1) ends with 0 when it accepts connections, 1 while it starts, 2 when nobody answers. */
  async #accepting({ psql }: PostgresClients): Promise<void> {
    const { commands } = this.#context;
    const { applicationName, inputs } = this.#connection;
    const program = join(dirname(psql), 'pg_isready');
    const args = ['--quiet', `--dbname=${conninfo(inputs, { applicationName })}`];
    const env = libpqEnvironment(inputs);
    for (const deadline = Date.now() + ANSWER_WITHIN_MS; Date.now() < deadline; await sleep(ASK_EVERY_MS)) {
      const { exitCode } = await commands.run(program, args, { env, okCodes: [1, 2], deadlineMs: 30_000 });
      if (exitCode === 0) {
        return;
      }
    }
    throw new Error(`it accepts no connection after ${ANSWER_WITHIN_MS / 60_000} minutes.`);
  }

  #ready(): Plan {
    if (this.#plan === undefined) {
      throw new TypeError('A restore follows a preflight without findings.');
    }
    return this.#plan;
  }
}

function recordedServer(service: string): string {
  return `service '${service}'`;
}

/** The unit that was stopped may be another one than that of the server: Debian's `postgresql` is a mere umbrella. */
async function assertStopped(service: Service, dataDirectory: string | undefined): Promise<void> {
  const server = dataDirectory === undefined ? undefined : await liveServerOf(dataDirectory);
  if (server !== undefined) {
    throw new ActionError(
      'TARGET_IN_USE',
      `Service '${service.name}' is stopped, and a PostgreSQL (process ${server.pid}) still works with ${dataDirectory ?? ''}.`,
      { advice: 'Name the service that runs it as postgresql-service, such as postgresql@15-main.' },
    );
  }
}

function problem(message: string): Finding {
  return { severity: 'error', subject: 'postgresql-service', message };
}

const NO_CLIENT: Finding = {
  severity: 'error',
  subject: 'psql',
  message:
    'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on this machine.',
};
