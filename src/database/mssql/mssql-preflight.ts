/** Everything about sqlcmd, server, database, rights and the shared folder that can be known before the lock. */
import { ActionError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import type { Finding } from '../../strategies/contract.ts';
import { rightsFindings, serverFindings, stateFindings } from './backup-checks.ts';
import { choosePlace, type Place, placeFindings, type PlaceInputs } from './backup-place.ts';
import { type Connection, type ConnectionInputs, serverName } from './connection.ts';
import { connectionFailure } from './connection-failure.ts';
import { type DatabaseFacts, readDatabaseFacts } from './database-facts.ts';
import { type DatabaseState, readServerFacts, type ServerFacts } from './server-facts.ts';
import { findSqlcmd, NO_SQLCMD } from './sqlcmd-program.ts';

export interface InspectOptions extends ConnectionInputs, PlaceInputs {
  readonly database: string;
  /** Where to look for sqlcmd; unset: PATH and Microsoft's folders. */
  readonly clientFolders: readonly string[] | undefined;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  /** Absent when a finding is an error. */
  readonly ready?: Ready;
}

export interface Ready {
  readonly connection: Connection;
  readonly server: ServerFacts;
  readonly state: DatabaseState;
  readonly facts: DatabaseFacts;
  readonly place: Place;
}

export async function inspect(
  commands: CommandRunner,
  options: InspectOptions,
  workstation: string,
): Promise<Inspection> {
  const sqlcmd = findSqlcmd(options.clientFolders);
  if (sqlcmd === undefined) {
    return { findings: [NO_SQLCMD] };
  }
  const connection: Connection = { commands, inputs: options, sqlcmd, workstation };
  const name = options.database;
  const server = await asked(options, async () => await readServerFacts(connection, name));
  if ('severity' in server) {
    return { findings: [server] };
  }
  const where = serverName(options);
  const unusable = [...serverFindings(server, where), ...stateFindings(server, name, where)];
  const state = server.database;
  if (unusable.length > 0 || state === undefined) {
    return { findings: unusable };
  }
  const facts = await asked(options, async () => await readDatabaseFacts(connection, name));
  if ('severity' in facts) {
    return { findings: [facts] };
  }
  const place = choosePlace(options, server.backupFolder);
  const findings = [
    ...rightsFindings(server, facts, name),
    ...('severity' in place ? [place] : await placeFindings(place, false)),
  ];
  return 'severity' in place || findings.some(({ severity }) => severity === 'error')
    ? { findings }
    : { findings, ready: { connection, server, state, facts, place } };
}

/** @returns what was asked for, or the finding that says why it cannot be had */
export async function asked<T extends object>(
  inputs: ConnectionInputs & { readonly database?: string | undefined },
  ask: () => Promise<T>,
): Promise<T | Finding> {
  try {
    return await ask();
  } catch (error) {
    const where = serverName(inputs);
    return (
      connectionFailure(error, inputs) ?? {
        severity: 'error',
        subject: 'database-name',
        message: `SQL Server at ${where} did not answer what has to be known of database '${inputs.database ?? ''}' (${reasonOf(error)}); look into its log.`,
      }
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof ActionError ? error.message.replace(/\.$/, '') : String(error);
}
