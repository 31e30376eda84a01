/** What the facts of a database mean for its backup: each finding one sentence with the input and the cure. */
import type { Finding } from '../../strategies/contract.ts';
import { dumpsSnapshots, FIRST_WITH_SNAPSHOT, type PostgresClients } from './postgresql-clients.ts';
import type { DatabaseFacts, Relation } from './postgresql-facts.ts';
import { majorName } from './versions.ts';

/** Tables of every Bitbucket from 4.0 to 10; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];

const NAMES_SHOWN = 5;

export function checkClients(
  facts: DatabaseFacts,
  chosen: PostgresClients | undefined,
  newest: PostgresClients,
): Finding[] {
  if (chosen !== undefined) {
    return [];
  }
  const found = `pg_dump ${newest.version.text}, the newest on this runner,`;
  return [
    dumpsSnapshots(newest)
      ? error(
          'pg_dump',
          `${found} cannot dump PostgreSQL ${shortVersion(facts)}; install postgresql-client-${majorName(facts.serverVersionNumber)}.`,
        )
      : error(
          'pg_dump',
          `${found} cannot dump a snapshot that another session holds, so Bitbucket would be locked until the dump is done; install ${
            facts.serverVersionNumber < FIRST_WITH_SNAPSHOT
              ? 'postgresql-client-9.5 or later'
              : `postgresql-client-${majorName(facts.serverVersionNumber)}`
          }.`,
        ),
  ];
}

/** A standby exports snapshots since 10 (its release notes). */
const FIRST_STANDBY_WITH_SNAPSHOT = 100_000;

export function checkDatabase(facts: DatabaseFacts): Finding[] {
  const findings = [...checkIsBitbucket(facts), ...checkRights(facts)];
  if (facts.standby && facts.serverVersionNumber < FIRST_STANDBY_WITH_SNAPSHOT) {
    findings.push(
      error(
        'database-host',
        `The server of database '${facts.database}' is a standby of PostgreSQL ${shortVersion(facts)}, which cannot hold a snapshot for the dump; give the primary as database-host.`,
      ),
    );
  } else if (facts.standby) {
    findings.push({
      severity: 'warning',
      subject: 'database-host',
      message: `The server of database '${facts.database}' is a standby, whose replay can cancel the dump and which may lag behind; give the primary as database-host.`,
    });
  }
  return findings;
}

/** One session holds the snapshot, the other dumps. */
const CONNECTIONS = 2;

export function checkConnections(facts: DatabaseFacts): Finding[] {
  return facts.freeConnections >= CONNECTIONS
    ? []
    : [
        error(
          'database-host',
          `PostgreSQL has ${facts.freeConnections} free connections for user '${facts.user}', and a backup needs ${CONNECTIONS}; raise max_connections, or the limit of the role or the database.`,
        ),
      ];
}

/** The server's version without the packager's addition. */
export function shortVersion(facts: DatabaseFacts): string {
  return facts.serverVersion.split(' ')[0] ?? facts.serverVersion;
}

function checkIsBitbucket(facts: DatabaseFacts): Finding[] {
  const schemas = Map.groupBy(
    facts.relations.filter((relation) => relation.kind !== 'sequence'),
    (relation) => relation.schema,
  );
  const complete = [...schemas.values()].some((tables) =>
    BITBUCKET_TABLES.every((name) => tables.some((table) => table.name === name)),
  );
  return complete
    ? []
    : [
        error(
          'database-name',
          `Database '${facts.database}' is not Bitbucket's: no schema in it has the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`,
        ),
      ];
}

function checkRights(facts: DatabaseFacts): Finding[] {
  const findings: Finding[] = [];
  const unreadable = facts.relations.filter((relation) => !relation.readable);
  const tables = unreadable.filter((relation) => relation.kind !== 'sequence');
  const sequences = unreadable.filter((relation) => relation.kind === 'sequence');
  const cure = 'grant it SELECT, or give the user that Bitbucket uses as database-username';
  if (tables.length > 0) {
    findings.push(
      error('database-username', `User '${facts.user}' may not read ${counted('table', tables)}; ${cure}.`),
    );
  }
  if (sequences.length > 0) {
    findings.push(
      error(
        'database-username',
        `User '${facts.user}' may not read ${counted('sequence', sequences)}; ${cure}.`,
      ),
    );
  }
  if (facts.unreadableLargeObjects > 0) {
    findings.push(
      error(
        'database-username',
        `User '${facts.user}' may not read large objects (${facts.unreadableLargeObjects} of them); ${cure}.`,
      ),
    );
  }
  return findings;
}

function counted(what: string, relations: readonly Relation[]): string {
  const names = relations.slice(0, NAMES_SHOWN).map(({ schema, name }) => `${schema}.${name}`);
  const more = relations.length - names.length;
  return `${relations.length} ${what}${relations.length === 1 ? '' : 's'} (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
