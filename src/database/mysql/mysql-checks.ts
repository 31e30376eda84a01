/** What the facts of a database mean for its backup: each finding one sentence with the input and the cure. */
import type { Finding } from '../../strategies/contract.ts';
import { type Client, clientName, isTooOld, packageFor } from './mysql-clients.ts';
import type { DatabaseFacts, Table } from './mysql-facts.ts';
import { seriesName, versionName } from './versions.ts';

/** Tables of every Bitbucket from 4.0 to 10; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];

const NAMES_SHOWN = 5;

export function checkClient(facts: DatabaseFacts, client: Client): Finding[] {
  const { version } = facts;
  const wanted = `${packageFor(version)} ${seriesName(version)} or later`;
  if (isTooOld(client, version)) {
    return [
      error(
        'mysqldump',
        `${clientName(client)} in ${client.path} is older than the server, which is ${versionName(version)}; install ${wanted}.`,
      ),
    ];
  }
  if (client.version.family === version.family) {
    return [];
  }
  // Tried with mariadb-dump 10.11 and MySQL 9.7: the values are dumped, and MySQL takes none (error 3105).
  if (version.family === 'MySQL' && facts.computing.length > 0) {
    return [
      error(
        'mysqldump',
        `${clientName(client)}, all that is here, dumps ${counted('table', facts.computing, (name) => name)} with generated columns in a way that ${versionName(version)} cannot load; install ${wanted}.`,
      ),
    ];
  }
  return [
    {
      severity: 'warning',
      subject: 'mysqldump',
      message: `The server is ${versionName(version)}, and only ${clientName(client)} is here to dump it; install ${wanted}, which knows it better.`,
    },
  ];
}

export function checkDatabase(facts: DatabaseFacts): Finding[] {
  return [
    ...checkIsBitbucket(facts),
    ...checkEngines(facts),
    ...checkRights(facts),
    ...checkConnections(facts),
  ];
}

/** @param wanted are others to wait with their DDL while the dump runs? */
export function checkBlockDdl(facts: DatabaseFacts, wanted: boolean): Finding[] {
  if (!wanted || facts.mayBlockDdl === true) {
    return [];
  }
  const right = facts.version.family === 'MariaDB' ? 'RELOAD' : 'BACKUP_ADMIN';
  return [
    error(
      'database-block-ddl',
      facts.mayBlockDdl === undefined
        ? `${versionName(facts.version)} knows no lock that holds off DDL alone, which MariaDB has since 10.4 and MySQL since 8.0; set database-block-ddl to false.`
        : `User '${facts.user}' may not hold off DDL while the dump runs; grant it ${right} on *.*, or set database-block-ddl to false.`,
    ),
  ];
}

function checkIsBitbucket({ database, tables }: DatabaseFacts): Finding[] {
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  return BITBUCKET_TABLES.every((name) => names.has(name))
    ? []
    : [
        error(
          'database-name',
          `Database '${database}' is not Bitbucket's: it lacks one of the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`,
        ),
      ];
}

/**
 * A snapshot holds the rows of InnoDB still, and nothing else: rows of other engines and the positions of sequences would
 * be dumped as they are when the dump comes to them, long after the unlock.
 */
function checkEngines({ database, tables }: DatabaseFacts): Finding[] {
  const inconsistent = tables.filter(
    ({ type, engine }) => type !== 'VIEW' && (type !== 'BASE TABLE' || engine !== 'InnoDB'),
  );
  return inconsistent.length === 0
    ? []
    : [
        error(
          'database-name',
          `Database '${database}' has ${counted('table', inconsistent, ({ name, type, engine }) => `${name}: ${type === 'BASE TABLE' ? engine : type}`)} that no snapshot holds still, while Bitbucket's are all InnoDB; convert with ALTER TABLE ... ENGINE=InnoDB, or drop what is not needed.`,
        ),
      ];
}

function checkRights(facts: DatabaseFacts): Finding[] {
  const { user, database, tables, hiddenRoutines } = facts;
  const findings: Finding[] = [];
  const refused = tables.filter(({ refusal }) => refusal !== undefined);
  const [first] = refused;
  if (first !== undefined) {
    findings.push(
      error(
        'database-username',
        `User '${user}' cannot read ${counted('table or view', refused, ({ name }) => name)} (${first.refusal}); grant it SELECT and SHOW VIEW, drop views that no longer work, or give the user that Bitbucket uses as database-username.`,
      ),
    );
  }
  if (hiddenRoutines.length > 0) {
    findings.push(
      error(
        'database-username',
        `User '${user}' may not read the text of ${counted('routine', hiddenRoutines, (name) => name)} in database '${database}'; grant it what SHOW CREATE PROCEDURE needs, or give their owner as database-username.`,
      ),
    );
  }
  const missing = [...(facts.mayReadTriggers ? [] : ['TRIGGER']), ...(facts.mayReadEvents ? [] : ['EVENT'])];
  if (missing.length > 0) {
    findings.push({
      severity: 'warning',
      subject: 'database-username',
      message: `User '${user}' is not seen to hold ${missing.join(' and ')} on database '${database}', without which triggers and events are left out of the dump; Bitbucket has none, and for those of others grant it that.`,
    });
  }
  return findings;
}

/** One session holds the snapshot that is counted, another dumps, a third one looks at the definitions. */
const CONNECTIONS = 3;

function checkConnections({ freeConnections, user }: DatabaseFacts): Finding[] {
  return freeConnections >= CONNECTIONS
    ? []
    : [
        error(
          'database-host',
          `The database server has ${freeConnections} free connections for user '${user}', and a backup needs ${CONNECTIONS}; raise max_connections.`,
        ),
      ];
}

function counted<T extends Table | string>(
  what: string,
  items: readonly T[],
  name: (item: T) => string,
): string {
  const names = items.slice(0, NAMES_SHOWN).map(name);
  const more = items.length - names.length;
  return `${items.length} ${what}${items.length === 1 ? '' : 's'} (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
