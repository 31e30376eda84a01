/** What `bitbucket.properties` says of the database, as answers to the inputs of its strategy. */
import type { NetworkDatabase } from '../../bitbucket/used-database.ts';
import type { Answers } from '../../inputs/reader.ts';
import { mssqlParameters } from './mssql-parameters.ts';
import { mysqlParameters } from './mysql-parameters.ts';
import { postgresqlParameters } from './postgresql-parameters.ts';

/** What the inputs say of the connection, as they are written. */
export interface GivenConnection {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly database: string | undefined;
  readonly username: string | undefined;
  readonly hasPassword: boolean;
}

export interface FoundAnswers extends Answers {
  /** What of the URL no client here can be told: the rest of a sentence that begins with `jdbc.url`, each. */
  readonly ignored: readonly string[];
}

export function answersOf(found: NetworkDatabase, given: GivenConnection): FoundAnswers {
  const { parameters, ignored } = clientParameters(found);
  const server = serverAnswers(found, given);
  return {
    values: {
      ...server.values,
      ...answer('database-name', found.database),
      ...answer('database-username', found.user),
      // Somebody else's password is of no use to the user that the inputs name.
      ...(isForUser(found, given) ? answer('database-password', found.password) : {}),
    },
    parameters: { ...parameters, ...server.parameters },
    ignored,
  };
}

/** Is the password in the file that of the user who is going to log in? */
export function isForUser({ user, decrypter }: NetworkDatabase, { username }: GivenConnection): boolean {
  return decrypter === undefined && (username === undefined || username === user);
}

/** A host that the inputs name is one server, whichever of several Bitbucket would have chosen. */
function serverAnswers(found: NetworkDatabase, given: GivenConnection): Answers {
  const { servers, instance } = found;
  const ports = [...new Set(servers.map(({ port }) => String(port)))];
  const [port, ...others] = ports;
  const isOnePort = others.length === 0;
  const hosts = servers.map(({ host }) => host).join(',');
  const named = instance === undefined ? hosts : `${hosts}\\${instance}`;
  return {
    values: {
      ...answer('database-host', named),
      ...(isOnePort && (instance === undefined || given.host !== undefined)
        ? answer('database-port', port)
        : {}),
    },
    parameters:
      isOnePort || given.host !== undefined || given.port !== undefined
        ? {}
        : { port: servers.map((server) => server.port).join(',') },
  };
}

function clientParameters(found: NetworkDatabase): Omit<FoundAnswers, 'values'> {
  switch (found.kind) {
    case 'postgresql':
      return postgresqlParameters(found);
    case 'mysql':
      return mysqlParameters(found);
    case 'mssql':
      return mssqlParameters(found);
  }
}

function answer(name: string, value: string | undefined): Record<string, string> {
  return value === undefined || value === '' ? {} : { [name]: value };
}
