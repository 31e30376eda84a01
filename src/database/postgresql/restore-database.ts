/** Makes, fills, empties and drops the database of a restore. */
import { ActionError } from '../../errors.ts';
import { CommandError } from '../../host/command-error.ts';
import type { BackedUp } from '../../strategies/contract.ts';
import type { Connection } from './connection.ts';
import { EMPTY_DATABASE } from './empty-database.ts';
import { serverName } from './libpq.ts';
import { runScript } from './psql-script.ts';
import { CREATE_MARKER, DROP_MARKER, sessionName } from './restore-marker.ts';

/** Dropping many large objects takes its time. */
const REMOVAL_MS = 10 * 60_000;

/** PostgreSQL 13 ends the sessions of a database that is dropped, when it is told to. */
const FORCE_SINCE = 130_000;
const PROVIDERS_SINCE = 150_000;

export interface DatabaseWork {
  /** To the database itself. */
  readonly connection: Connection;
  /** To another one of the same server. */
  readonly maintenance: Connection;
  readonly psql: string;
  readonly name: string;
  readonly owner: string;
  readonly serverVersionNumber: number;
}

/**
 * As the archived one was; what the archive does not tell the server decides. It takes no signal to be cut short by: the
 * server would go on, and the database would be there after everybody has looked. When the runner's signal ends psql all
 * the same, `endSessionsOf` ends the server's part.
 * @throws ActionError DB_FAILED
 */
export async function createDatabase(work: DatabaseWork, recorded: BackedUp | undefined): Promise<void> {
  const text = (name: string): string => {
    const value = recorded?.details[name];
    return typeof value === 'string' ? value : '';
  };
  const options = [
    ['ENCODING', text('encoding') || 'UTF8'],
    ['LC_COLLATE', text('collate')],
    ['LC_CTYPE', text('ctype')],
    ...providerOptions(work.serverVersionNumber, text('localeProvider'), text('locale')),
  ].filter(([, value]) => value !== '');
  const format = `CREATE DATABASE %I OWNER %I TEMPLATE template0 ${options.map(([name]) => `${name} %L`).join(' ')}`;
  const values = options.map((_, index) => `:'option${index}'`);
  const script = `SELECT format('${format}', ${[":'name'", ":'owner'", ...values].join(', ')}) \\gexec\n`;
  const variables = Object.fromEntries(options.map(([, value = ''], index) => [`option${index}`, value]));
  await told(work, 'could not be created', async () => {
    await runScript(work.maintenance, work.psql, script, {
      variables: { ...variables, name: work.name, owner: work.owner },
    });
  });
}

/** Locale providers have names of their own in CREATE DATABASE (PostgreSQL 15 and 17). */
function providerOptions(version: number, provider: string, locale: string): string[][] {
  if (version < PROVIDERS_SINCE || locale === '') {
    return [];
  }
  switch (provider) {
    case 'i':
      return [
        ['LOCALE_PROVIDER', 'icu'],
        ['ICU_LOCALE', locale],
      ];
    case 'b':
      return [
        ['LOCALE_PROVIDER', 'builtin'],
        ['BUILTIN_LOCALE', locale],
      ];
    default:
      return [];
  }
}

/** @returns the oid of the database, which no other one of that name is ever going to have */
export async function mark(
  work: DatabaseWork,
  variables: { readonly run_id: string; readonly archive: string },
): Promise<number> {
  return await told(work, 'could not be marked as incomplete', async () =>
    Number(await runScript(work.connection, work.psql, CREATE_MARKER, { variables })),
  );
}

export async function unmark(work: DatabaseWork): Promise<void> {
  await told(work, 'could not be freed of its mark', async () => {
    await runScript(work.connection, work.psql, DROP_MARKER);
  });
}

export async function dropDatabase(work: DatabaseWork): Promise<void> {
  const force = work.serverVersionNumber >= FORCE_SINCE ? ' WITH (FORCE)' : '';
  const script = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = :'name' AND pid <> pg_backend_pid() AND pg_has_role(usesysid, 'MEMBER');
SELECT format('DROP DATABASE IF EXISTS %I${force}', :'name') \\gexec
`;
  await told(work, 'could not be dropped', async () => {
    await runScript(work.maintenance, work.psql, script, {
      variables: { name: work.name },
      deadlineMs: REMOVAL_MS,
    });
  });
}

/** @param runId of the restore that has filled it. @throws ActionError DB_FAILED when that restore's mark is not there */
export async function emptyDatabase(work: DatabaseWork, runId: string): Promise<void> {
  await told(work, 'could not be emptied again', async () => {
    await runScript(work.connection, work.psql, EMPTY_DATABASE, {
      variables: { run_id: runId, restore: sessionName(runId) },
      deadlineMs: REMOVAL_MS,
    });
  });
}

async function told<T>(work: DatabaseWork, what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof CommandError
      ? new ActionError(
          'DB_FAILED',
          `Database '${work.name}' at ${serverName(work.connection.inputs)} ${what}: ${reasonIn(error)}.`,
          { advice: 'Correct what PostgreSQL names and run again.', cause: error },
        )
      : error;
  }
}

/** PostgreSQL's own sentence, without psql's file name and the SQLSTATE before it. */
function reasonIn(error: CommandError): string {
  const line = error.stderr.find((said) => /ERROR|FATAL|error:/.test(said)) ?? error.message;
  return line
    .replace(/^psql:\S*\s*/, '')
    .replace(/^(?:error: |ERROR: +|FATAL: +)+/, '')
    .replace(/^[0-9A-Z]{5}: /, '')
    .replace(/\.$/, '');
}
