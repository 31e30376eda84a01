/** What the facts of server and database mean for a backup: each finding one sentence with the input and the cure. */
import type { Finding } from '../../strategies/contract.ts';
import { BITBUCKET_TABLES, bitbucketSchema, type DatabaseFacts } from './database-facts.ts';
import type { DatabaseState, ServerFacts } from './server-facts.ts';

/** EngineEdition of Azure SQL Database, Synapse and Managed Instance: none backs up to a disk. */
const AZURE_ENGINES = [5, 6, 8, 11];

export function serverFindings({ engineEdition, edition }: ServerFacts, server: string): Finding[] {
  return AZURE_ENGINES.includes(engineEdition)
    ? [
        error(
          'database-strategy',
          `${server} is ${edition}, which cannot back up to a disk; use database-strategy custom or none and Azure's own backups.`,
        ),
      ]
    : [];
}

export function stateFindings(
  { database, login }: ServerFacts,
  name: string,
  server: string,
): readonly [] | readonly [Finding] {
  if (database === undefined) {
    return [
      error('database-name', `SQL Server at ${server} has no database '${name}'; correct database-name.`),
    ];
  }
  if (database.state !== 'ONLINE') {
    return [
      error(
        'database-name',
        `Database '${name}' at ${server} is ${database.state} and cannot be backed up; bring it online first.`,
      ),
    ];
  }
  return database.mayEnter
    ? []
    : [
        error(
          'database-username',
          `Login '${login}' may not enter database '${name}'; make it a user there, with db_owner or with db_backupoperator and db_datareader.`,
        ),
      ];
}

export function rightsFindings(server: ServerFacts, facts: DatabaseFacts, name: string): Finding[] {
  const findings: Finding[] = [];
  if (!facts.mayBackUp) {
    findings.push(
      error(
        'database-username',
        `Login '${server.login}' may not back up database '${name}'; make it a member of db_backupoperator or db_owner there.`,
      ),
    );
  }
  if (!server.mayCreate) {
    findings.push(
      error(
        'database-username',
        `Login '${server.login}' may not read the backup that it makes, which takes the right to create databases; make it a member of the server role dbcreator.`,
      ),
    );
  }
  if (!facts.mayRead) {
    findings.push(
      error(
        'database-username',
        `Login '${server.login}' may not read the tables of database '${name}', whose rows are counted; make it a member of db_datareader there.`,
      ),
    );
  } else if (bitbucketSchema(facts.tables) === undefined) {
    findings.push(
      error(
        'database-name',
        `Database '${name}' is not Bitbucket's: no schema in it has the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`,
      ),
    );
  }
  return findings;
}

/** Express and Web have no backup compression ("Editions and supported features"); the others have it since 2008 R2. */
export function canCompress({ edition }: ServerFacts): boolean {
  return !/^(?:Express|Web)\b/i.test(edition);
}

/** Of the first two parts: `16.0`. */
export function describeServer({ version, edition }: ServerFacts): string {
  return `SQL Server ${version} (${edition})`;
}

export function majorVersion(version: string): number {
  return Number(version.split('.')[0]);
}

export function recordedState(database: DatabaseState): Readonly<Record<string, string | number>> {
  const { recoveryModel, collation, compatibilityLevel } = database;
  return { recoveryModel, collation, compatibilityLevel };
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
