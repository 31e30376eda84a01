/** Everything about clients, server, database and rights that can be known before the lock, all of it in one go. */
import { ActionError } from '../../errors.ts';
import type { Finding } from '../../strategies/contract.ts';
import { statSync } from 'node:fs';
import { wordsOf } from './client-errors.ts';
import type { Connection } from './connection.ts';
import { connectionFailure, type Target } from './connection-failure.ts';
import { checkBlockDdl, checkClient, checkDatabase } from './mysql-checks.ts';
import { chooseClient, type Client, findClients } from './mysql-clients.ts';
import { type DatabaseFacts, readFacts } from './mysql-facts.ts';
import { type ConnectionInputs, serverName } from './options-file.ts';

export interface Inspection {
  readonly findings: readonly Finding[];
  /** Absent when a finding is an error. */
  readonly ready?: Ready;
}

export interface Ready {
  readonly facts: DatabaseFacts;
  /** `mysql` or `mariadb`, and the program that dumps. */
  readonly client: Client;
  readonly dump: Client;
}

export interface InspectOptions {
  readonly database: string;
  readonly blockDdl: boolean;
  /** Unset: PATH and the tool cache. */
  readonly clientFolders: readonly string[] | undefined;
}

/** Any client may ask; which one dumps follows from the server's family and version. */
export async function inspect(connection: Connection, options: InspectOptions): Promise<Inspection> {
  const clients = await findClients(options.clientFolders);
  const [any] = clients.sql;
  if (any === undefined || clients.dump.length === 0) {
    return { findings: [NO_CLIENT] };
  }
  const missing = optionsFileFinding(connection.inputs);
  if (missing !== undefined) {
    return { findings: [missing] };
  }
  const facts = await factsOrFinding(connection, any.path, options.database);
  if ('severity' in facts) {
    return { findings: [facts] };
  }
  const dump = chooseClient(clients.dump, facts.version);
  const client = chooseClient(clients.sql, facts.version);
  if (dump === undefined || client === undefined) {
    return { findings: [NO_CLIENT] };
  }
  const findings = [
    ...checkClient(facts, dump),
    ...checkDatabase(facts),
    ...checkBlockDdl(facts, options.blockDdl),
  ];
  return findings.some(({ severity }) => severity === 'error')
    ? { findings }
    : { findings, ready: { facts, client, dump } };
}

export const NO_CLIENT: Finding = {
  severity: 'error',
  subject: 'mysqldump',
  message:
    'No client of MariaDB (mariadb, mariadb-dump) or MySQL (mysql, mysqldump) is on PATH or in the tool cache; install mariadb-client or mysql-client on this machine.',
};

/** A client that is told to include a file which is not there goes on without it. */
export function optionsFileFinding({ optionsFile }: ConnectionInputs): Finding | undefined {
  return optionsFile === undefined || isFile(optionsFile)
    ? undefined
    : {
        severity: 'error',
        subject: 'database-options-file',
        message: `There is no file ${optionsFile}; correct database-options-file, or leave it empty.`,
      };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function factsOrFinding(
  connection: Connection,
  client: string,
  database: string,
): Promise<DatabaseFacts | Finding> {
  try {
    return await readFacts(connection, client, database);
  } catch (error) {
    return failureFinding(error, targetOf(connection.inputs, database), 'a backup');
  }
}

export function targetOf(inputs: ConnectionInputs, database: string): Target {
  return {
    server: serverName(inputs),
    user: inputs.username === undefined ? 'the user that the client chose' : `user '${inputs.username}'`,
    database: `database '${database}'`,
  };
}

/** @throws what is no failure of a program */
export function failureFinding(error: unknown, target: Target, asker: string): Finding {
  if (!(error instanceof ActionError)) {
    throw error;
  }
  return (
    connectionFailure(error, target) ?? {
      severity: 'error',
      subject: 'database-name',
      message: `The database server at ${target.server} did not answer what ${asker} has to know of ${target.database}; look into its log (${wordsOf(error)}).`,
    }
  );
}
