/** What the facts of server and database mean for a restore: each finding one sentence with the input and the cure. */
import type { BackedUp, Finding } from '../../strategies/contract.ts';
import { FIRST_WITH_ZSTD } from './dump-compression.ts';
import { chooseClients, type PostgresClients } from './postgresql-clients.ts';
import type { ServerFacts, TargetFacts } from './restore-facts.ts';
import { majorName, majorOf, versionNumber } from './versions.ts';

export interface RestoreTarget {
  readonly server: string;
  readonly name: string;
  readonly facts: ServerFacts;
  /** Undefined when the database does not exist. */
  readonly existing: TargetFacts | undefined;
  readonly owner: string;
}

export function targetFindings(target: RestoreTarget): Finding[] {
  const { existing } = target;
  return [
    ...(existing === undefined ? creationFindings(target) : existingFindings(target, existing)),
    ...ownerFindings(target),
  ];
}

/** A dump loads into the version that it came from, or a later one. */
export function versionFindings(target: RestoreTarget, recorded: BackedUp | undefined): Finding[] {
  const dumped = recordedVersion(recorded, 'serverVersion');
  const { facts, server } = target;
  if (dumped === undefined || majorOf(facts.serverVersionNumber) >= majorOf(dumped)) {
    return [];
  }
  return [
    error(
      'database-host',
      `The dump comes from PostgreSQL ${majorName(dumped)}, and ${server} has ${facts.serverVersion}; restore to ${majorName(dumped)} or later.`,
    ),
  ];
}

/**
 * The oldest client that can read the dump: a newer one may send what an older server does not know. Of one major version
 * the newest, because minor ones have changed the form of dumps (10.3 did).
 * @param clients newest first
 */
export function chooseRestoreClients(
  clients: readonly PostgresClients[],
  facts: ServerFacts,
  recorded: BackedUp | undefined,
): PostgresClients | undefined {
  const writer = recordedVersion(recorded, 'clientVersion') ?? facts.serverVersionNumber;
  return chooseClients(clients, isZstd(recorded) ? Math.max(writer, FIRST_WITH_ZSTD) : writer);
}

export function clientFindings(
  chosen: PostgresClients | undefined,
  newest: PostgresClients,
  recorded: BackedUp | undefined,
): Finding[] {
  if (chosen !== undefined) {
    return [];
  }
  const writer =
    recordedVersion(recorded, 'clientVersion') ?? (isZstd(recorded) ? FIRST_WITH_ZSTD : undefined);
  const wanted =
    writer === undefined ? 'a later postgresql-client' : `postgresql-client-${majorName(writer)}`;
  return [
    error(
      'pg_restore',
      `pg_restore ${newest.version.text}, the newest on this machine, is too old for this dump; install ${wanted}.`,
    ),
  ];
}

/** @param readsZstd asks whether these clients were built with zstd */
export async function compressionFindings(
  chosen: PostgresClients | undefined,
  recorded: BackedUp | undefined,
  readsZstd: (clients: PostgresClients) => Promise<boolean>,
): Promise<Finding[]> {
  if (chosen === undefined || !isZstd(recorded) || (await readsZstd(chosen))) {
    return [];
  }
  return [
    error(
      'pg_restore',
      `The dump is compressed with zstd, without which pg_restore ${chosen.version.text} in ${chosen.folder} was built; install the postgresql-client-${majorName(chosen.version.number)} of the distribution or of postgresql.org.`,
    ),
  ];
}

function isZstd(recorded: BackedUp | undefined): boolean {
  return recorded?.details['compression'] === 'zstd';
}

function recordedVersion(recorded: BackedUp | undefined, name: string): number | undefined {
  const value = recorded?.details[name];
  return typeof value === 'string' ? versionNumber(value) : undefined;
}

function creationFindings({ server, name, facts }: RestoreTarget): Finding[] {
  return facts.mayCreate
    ? []
    : [
        error(
          'database-username',
          `There is no database '${name}' at ${server}, and user '${facts.user}' may not create one; create it empty, or grant CREATEDB.`,
        ),
      ];
}

function existingFindings({ server, name, facts }: RestoreTarget, existing: TargetFacts): Finding[] {
  const where = `Database '${name}' at ${server}`;
  const findings: Finding[] = [];
  if (existing.unfinishedRun !== undefined) {
    findings.push(
      error(
        'database-name',
        `${where} holds a restore that did not end (run ${existing.unfinishedRun}), started from another place; drop it and run again.`,
      ),
    );
  } else if (existing.objects > 0) {
    findings.push(
      error(
        'database-name',
        `${where} is not empty (${existing.objects} objects: ${existing.examples}${existing.objects > 5 ? ' ...' : ''}); nothing is overwritten: drop or rename it, or choose another database-name.`,
      ),
    );
  }
  if (existing.encoding !== 'UTF8') {
    findings.push(
      error(
        'database-name',
        `${where} has the encoding ${existing.encoding}, and Bitbucket needs UTF8; drop it and let the restore create it.`,
      ),
    );
  }
  if (existing.sessions > 0) {
    findings.push(
      error(
        'database-name',
        `${where} is in use by ${existing.sessions} other ${existing.sessions === 1 ? 'session' : 'sessions'}; stop Bitbucket and whatever else is connected.`,
      ),
    );
  }
  if (!existing.mayCreateIn) {
    findings.push(
      error(
        'database-username',
        `User '${facts.user}' may not create tables in database '${name}' at ${server}; give its owner as database-username.`,
      ),
    );
  }
  return findings;
}

function ownerFindings({ server, facts, owner }: RestoreTarget): Finding[] {
  if (owner === facts.user) {
    return [];
  }
  if (facts.role === undefined) {
    return [
      error(
        'database-owner',
        `There is no role '${owner}' at ${server} to own the database; create it, or set database-owner.`,
      ),
    ];
  }
  return facts.role.mayActAs
    ? []
    : [
        error(
          'database-owner',
          `User '${facts.user}' may not act as '${owner}', who owns the database; give '${owner}' as database-username, or make '${facts.user}' a member of that role, with INHERIT.`,
        ),
      ];
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
