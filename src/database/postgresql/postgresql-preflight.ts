/** Everything about clients, server, database and rights that can be known before the lock, all of it in one go. */
import { ActionError } from '../../errors.ts';
import type { Finding } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { connectionFailure, type Target } from './connection-failure.ts';
import { bestCompression, type DumpCompression } from './dump-compression.ts';
import { type ConnectionInputs, serverName } from './libpq.ts';
import { checkClients, checkConnections, checkDatabase } from './postgresql-checks.ts';
import { chooseDumpClients, clientFolders, findClients, type PostgresClients } from './postgresql-clients.ts';
import { type DatabaseFacts, readFacts } from './postgresql-facts.ts';

export interface Inspection {
  readonly findings: readonly Finding[];
  /** Absent when a finding is an error. */
  readonly ready?: Ready;
}

export interface Ready {
  readonly facts: DatabaseFacts;
  readonly clients: PostgresClients;
  readonly compression: DumpCompression;
}

export interface InspectOptions {
  readonly compressDump: boolean;
  readonly clientFolders: readonly string[] | undefined;
}

/** Any client may ask; which one dumps follows from the server's version. */
export async function inspect(connection: Connection, options: InspectOptions): Promise<Inspection> {
  const clients = await findClients(options.clientFolders ?? clientFolders());
  const [newest] = clients;
  if (newest === undefined) {
    return { findings: [NO_CLIENT] };
  }
  const facts = await factsOrFinding(connection, newest);
  if ('severity' in facts) {
    return { findings: [facts] };
  }
  const chosen = chooseDumpClients(clients, facts.serverVersionNumber);
  const findings = [
    ...checkClients(facts, chosen, newest),
    ...checkDatabase(facts),
    ...checkConnections(facts),
  ];
  if (chosen === undefined || findings.some(({ severity }) => severity === 'error')) {
    return { findings };
  }
  const compression = options.compressDump ? await bestCompression(connection.commands, chosen) : 'none';
  return { findings, ready: { facts, clients: chosen, compression } };
}

const NO_CLIENT: Finding = {
  severity: 'error',
  subject: 'pg_dump',
  message:
    'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on the runner.',
};

async function factsOrFinding(
  connection: Connection,
  clients: PostgresClients,
): Promise<DatabaseFacts | Finding> {
  try {
    return await readFacts(connection, clients.psql);
  } catch (error) {
    if (!(error instanceof ActionError)) {
      throw error;
    }
    const target = targetOf(connection.inputs);
    return (
      connectionFailure(error, target) ?? {
        severity: 'error',
        subject: 'database-name',
        message: `PostgreSQL at ${target.server} did not answer what a backup has to know of ${target.database}; look into its log (${error.message.replace(/\.$/, '')}).`,
      }
    );
  }
}

function targetOf(inputs: ConnectionInputs): Target {
  return {
    server: serverName(inputs),
    user: inputs.username === undefined ? 'the user that libpq chose' : `user '${inputs.username}'`,
    database:
      inputs.database === undefined ? 'the database that libpq chose' : `database '${inputs.database}'`,
  };
}
