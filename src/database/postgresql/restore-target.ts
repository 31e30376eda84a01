/** Looks at the server and the database that a restore is to fill. Changes nothing. */
import { ActionError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import { CommandError } from '../../host/command-error.ts';
import type { BackedUp, Finding } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { connectionFailure } from './connection-failure.ts';
import { type ConnectionInputs, serverName } from './libpq.ts';
import {
  databaseExists,
  readServerFacts,
  readTargetFacts,
  type ServerFacts,
  type TargetFacts,
} from './restore-facts.ts';

/** Databases that every server has, to ask in while the wanted one does not exist. */
const ALWAYS_THERE = ['postgres', 'template1'];

export interface Question {
  readonly commands: CommandRunner;
  readonly inputs: ConnectionInputs;
  readonly applicationName: string;
  readonly psql: string;
  readonly name: string;
}

export interface Connections {
  readonly connection: Connection;
  readonly maintenance: Connection;
}

export interface Found extends Connections {
  readonly existing: TargetFacts | undefined;
}

export function connectionTo(question: Omit<Question, 'psql'>, database: string): Connection {
  const { commands, inputs, applicationName } = question;
  return { commands, applicationName, inputs: { ...inputs, database } };
}

/** @returns what there is, or the finding that says why it cannot be asked */
export async function findDatabase(question: Question): Promise<Found | Finding> {
  const { psql, name } = question;
  const connection = connectionTo(question, name);
  let existing: TargetFacts | undefined;
  let refusal: unknown;
  try {
    existing = await readTargetFacts(connection, psql);
  } catch (error) {
    if (!mayBeMissing(error, name)) {
      return failure(error, question);
    }
    refusal = error;
  }
  const maintenance = await findMaintenance(question);
  if ('severity' in maintenance) {
    return existing === undefined ? maintenance : { connection, maintenance: connection, existing };
  }
  return existing === undefined && (await databaseExists(maintenance, psql, name))
    ? failure(refusal, question)
    : { connection, maintenance, existing };
}

/** @returns a connection to a database that is not the wanted one, or the finding that says why there is none */
export async function findMaintenance(question: Question): Promise<Connection | Finding> {
  let problem: Finding | undefined;
  for (const database of ALWAYS_THERE) {
    const maintenance = connectionTo(question, database);
    problem = await tryAsking(maintenance, question);
    if (problem === undefined) {
      return maintenance;
    }
  }
  if (problem === undefined) {
    throw new TypeError('No database has been asked.');
  }
  return problem;
}

export async function askServer(
  { maintenance }: Connections,
  question: Question,
  owner: string,
): Promise<ServerFacts> {
  return await readServerFacts(maintenance, question.psql, { owner, name: question.name });
}

/** `database-owner`, or who owns the empty database, or who owned the archived one if that role can be had, or the user. */
export async function chooseOwner(
  found: Found,
  question: Question,
  wanted: string | undefined,
  recorded: BackedUp | undefined,
): Promise<{ readonly owner: string; readonly facts: ServerFacts }> {
  const recordedOwner = recorded?.details['owner'];
  const candidate =
    wanted ?? found.existing?.owner ?? (typeof recordedOwner === 'string' ? recordedOwner : '');
  const facts = await askServer(found, question, candidate);
  const isFixed = wanted !== undefined || found.existing !== undefined;
  return isFixed || facts.role?.mayActAs === true
    ? { owner: candidate, facts }
    : { owner: facts.user, facts };
}

async function tryAsking(maintenance: Connection, question: Question): Promise<Finding | undefined> {
  try {
    await readServerFacts(maintenance, question.psql, { owner: '', name: question.name });
    return undefined;
  } catch (error) {
    return failure(error, question);
  }
}

/** A server says it in its own language; only the catalog tells for sure. Without the name it is about something else. */
function mayBeMissing(error: unknown, name: string): boolean {
  return error instanceof CommandError && error.exitCode === 2 && error.stderr.join('\n').includes(name);
}

function failure(error: unknown, { inputs, name }: Question): Finding {
  if (!(error instanceof ActionError)) {
    throw error;
  }
  const server = serverName(inputs);
  const user = inputs.username === undefined ? 'the user that libpq chose' : `user '${inputs.username}'`;
  return (
    connectionFailure(error, { server, user, database: `database '${name}'` }) ?? {
      severity: 'error',
      subject: 'database-name',
      message: `PostgreSQL at ${server} did not answer what a restore has to know of database '${name}'; look into its log (${error.message.replace(/\.$/, '')}).`,
    }
  );
}
