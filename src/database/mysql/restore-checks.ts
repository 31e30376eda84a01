/** What the facts of server and database mean for a restore: each finding one sentence with the input and the cure. */
import type { BackedUp, Finding } from '../../strategies/contract.ts';
import type { CharacterSet } from './restore-database.ts';
import type { ServerFacts, TargetFacts } from './restore-facts.ts';
import { seriesName, seriesOf, serverVersion, versionName } from './versions.ts';

export interface RestoreTarget {
  readonly server: string;
  readonly name: string;
  readonly facts: ServerFacts;
}

export function targetFindings({ server, name, facts }: RestoreTarget): Finding[] {
  const { existing } = facts;
  if (existing === undefined) {
    return facts.mayCreate
      ? []
      : [
          error(
            'database-username',
            `There is no database '${name}' at ${server}, and user '${facts.user}' may not create it; create it empty, or grant the user ALL on it.`,
          ),
        ];
  }
  const where = `Database '${name}' at ${server}`;
  return [
    ...contentFindings(where, existing),
    ...characterSetFindings(where, existing),
    ...(existing.sessions > 0
      ? [
          error(
            'database-name',
            `${where} is in use by ${existing.sessions} other ${existing.sessions === 1 ? 'session' : 'sessions'}; stop Bitbucket and whatever else is connected.`,
          ),
        ]
      : []),
  ];
}

function contentFindings(where: string, { unfinishedRun, objects, examples }: TargetFacts): Finding[] {
  if (unfinishedRun !== undefined) {
    return [
      error(
        'database-name',
        `${where} holds a restore that did not end (run ${unfinishedRun}), started from another place; drop it and run again.`,
      ),
    ];
  }
  return objects === 0
    ? []
    : [
        error(
          'database-name',
          `${where} is not empty (${objects} objects: ${examples}${objects > 5 ? ' ...' : ''}); nothing is overwritten: drop or rename it, or choose another database-name.`,
        ),
      ];
}

/** Bitbucket refuses to start on a database that does not tell upper case from lower ("Connecting Bitbucket to MySQL"). */
function characterSetFindings(where: string, { characterSet, collation }: TargetFacts): Finding[] {
  return characterSet.startsWith('utf8') && collation.endsWith('_bin')
    ? []
    : [
        error(
          'database-name',
          `${where} has the character set ${characterSet} with ${collation}, and Bitbucket needs utf8 or utf8mb4 with its _bin collation; drop it and let the restore create it.`,
        ),
      ];
}

/**
 * A dump loads into the version that it came from, or a later one. Into the other family's server it loads as a rule, and not
 * always: that is told and tried.
 */
export function versionFindings({ server, facts }: RestoreTarget, recorded: BackedUp | undefined): Finding[] {
  const family = recorded?.details['server'];
  const text = recorded?.details['serverVersion'];
  const dumped =
    typeof family === 'string' && typeof text === 'string' ? serverVersion(`${text}-${family}`) : undefined;
  if (dumped === undefined) {
    return [];
  }
  const { version } = facts;
  if (dumped.family !== version.family) {
    return [
      {
        severity: 'warning',
        subject: 'database-host',
        message: `The dump comes from ${versionName(dumped)}, and ${server} has ${versionName(version)}, which may not understand all of it; restore to ${dumped.family} ${seriesName(dumped)} or later if it fails.`,
      },
    ];
  }
  return seriesOf(version) >= seriesOf(dumped)
    ? []
    : [
        error(
          'database-host',
          `The dump comes from ${versionName(dumped)}, and ${server} has ${versionName(version)}; restore to ${dumped.family} ${seriesName(dumped)} or later.`,
        ),
      ];
}

/** As the archive has it; otherwise what Bitbucket's documentation has its databases created with. */
const DEFAULTS: CharacterSet = { characterSet: 'utf8mb4', collation: 'utf8mb4_bin' };

/** Names of MySQL and MariaDB that the other one, or an older one, does not know, are not taken from what is not a name. */
export function characterSetOf(
  recorded: BackedUp | undefined,
  dumped: { readonly characterSet: string | undefined; readonly collation: string | undefined },
): CharacterSet {
  const characterSet = nameOf(recorded?.details['characterSet']) ?? dumped.characterSet;
  const collation = nameOf(recorded?.details['collation']) ?? dumped.collation;
  if (characterSet === undefined) {
    return DEFAULTS;
  }
  return { characterSet, collation: collation ?? `${characterSet}_bin` };
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w+$/.test(value) ? value : undefined;
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
