/**
 * Do the inputs name the database that Bitbucket uses? One server has many names (aliases, another network, a socket), so
 * that a difference is told and no more; only that the internal database is a leftover can be known for sure.
 */
import { isSameDatabase, isSameHost } from '../../bitbucket/jdbc-url.ts';
import type { NetworkDatabase, UsedDatabase } from '../../bitbucket/used-database.ts';
import type { Finding } from '../../strategies/contract.ts';
import type { GivenConnection } from './answers.ts';
import { describeDatabase, KIND_NAMES } from './describe-database.ts';

/** What the strategies back up; those of an administrator's own can be for anything. */
const KINDS: Readonly<Record<string, UsedDatabase['kind']>> = {
  postgresql: 'postgresql',
  'postgresql-fslevel': 'postgresql',
  mysql: 'mysql',
  mssql: 'mssql',
  internal: 'internal',
};

const NOTHING_GIVEN: GivenConnection = {
  host: undefined,
  port: undefined,
  database: undefined,
  username: undefined,
  hasPassword: false,
};

export interface Comparison {
  readonly used: UsedDatabase;
  /** Of the file. */
  readonly path: string;
  readonly strategy: string;
  readonly given: GivenConnection;
}

export function comparedWithInputs({ used, path, strategy, given }: Comparison): Finding[] {
  const kind = KINDS[strategy];
  if (kind === undefined) {
    return [];
  }
  if (kind !== used.kind) {
    return [
      {
        severity: kind === 'internal' ? 'error' : 'warning',
        subject: 'database-strategy',
        message: `Input 'database-strategy' is '${strategy}', and '${path}' names ${
          used.kind === 'internal' ? KIND_NAMES.internal : describeDatabase(used, NOTHING_GIVEN)
        }; make sure that the backup is of the database that Bitbucket uses.`,
      },
    ];
  }
  return used.kind === 'internal' || !isAnother(used, given)
    ? []
    : [
        {
          severity: 'warning',
          subject: given.host === undefined ? 'database-name' : 'database-host',
          message: `The inputs name ${describeDatabase(used, { ...given, username: undefined })}, and '${path}' names ${describeDatabase(used, NOTHING_GIVEN)}; make sure that both are the same database, because a backup of another one is of no use.`,
        },
      ];
}

/** What the inputs leave open does not differ. */
function isAnother({ kind, servers, database }: NetworkDatabase, given: GivenConnection): boolean {
  const host = given.host?.startsWith('/') === true ? 'localhost' : given.host;
  const fits = servers.some(
    (server) =>
      (host === undefined || isSameHost(server.host, host)) &&
      (given.port === undefined || given.port === String(server.port)),
  );
  return !fits || (given.database !== undefined && !isSameDatabase(kind, database, given.database));
}
