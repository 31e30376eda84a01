/** Bitbucket's database in words, as far as they may be printed. */
import { bracketed } from '../../bitbucket/jdbc/network-url.ts';
import type { NetworkDatabase, UsedDatabase } from '../../bitbucket/used-database.ts';
import type { GivenConnection } from './answers.ts';

export const KIND_NAMES: Readonly<Record<UsedDatabase['kind'], string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  mssql: 'SQL Server',
  internal: 'no jdbc.url, so that Bitbucket uses the internal database in its home',
};

/** What is going to be connected to: the inputs win. */
export function describeDatabase(used: UsedDatabase, given: GivenConnection): string {
  if (used.kind === 'internal') {
    return 'the internal database, for no jdbc.url names another one';
  }
  const database = given.database ?? used.database;
  const user = given.username ?? used.user;
  return [
    KIND_NAMES[used.kind],
    ...(database === undefined ? [] : [` '${database}'`]),
    ` at ${given.host === undefined ? serversOf(used, given.port) : `${given.host}:${given.port ?? used.servers[0].port}`}`,
    ...(user === undefined ? [] : [`, user '${user}'`]),
  ].join('');
}

export function serversOf({ servers, instance }: NetworkDatabase, port?: string): string {
  return servers
    .map((server) =>
      instance === undefined
        ? `${bracketed(server.host)}:${port ?? server.port}`
        : `${server.host}\\${instance}${port === undefined ? '' : `:${port}`}`,
    )
    .join(',');
}
