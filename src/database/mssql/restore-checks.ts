/** What the facts of the server mean for a restore: each finding one sentence with the input and the cure. */
import type { BackedUp, Finding } from '../../strategies/contract.ts';
import { describeServer, majorVersion, serverFindings } from './backup-checks.ts';
import { restoringRun } from './restore-moves.ts';
import type { DatabaseState, ServerFacts } from './server-facts.ts';

export interface RestoreTarget {
  /** `db.example.com:1433`. */
  readonly where: string;
  readonly name: string;
  readonly server: ServerFacts;
}

export function targetFindings(target: RestoreTarget, recorded: BackedUp | undefined): Finding[] {
  const { where, name, server } = target;
  return [
    ...serverFindings(server, where),
    ...(server.database === undefined ? [] : [existingFinding(target, server.database)]),
    ...(server.mayCreate
      ? []
      : [
          error(
            'database-username',
            `Login '${server.login}' may not create database '${name}' at ${where}; make it a member of the server role dbcreator.`,
          ),
        ]),
    ...versionFindings(target, recorded),
  ];
}

/** SQL Server restores into a database that it creates: an empty one only stands in the way. */
function existingFinding({ where, name }: RestoreTarget, existing: DatabaseState): Finding {
  const what = `Database '${name}' at ${where}`;
  const run = restoringRun(existing.files);
  if (run !== undefined && isUnfinished(existing)) {
    return error(
      'database-name',
      `${what} holds a restore that did not end (run ${run}), started from another place; drop it and run again.`,
    );
  }
  if (existing.state === 'RESTORING') {
    return error(
      'database-name',
      `${what} is being restored by somebody else; wait for its end, or drop it and run again.`,
    );
  }
  return error(
    'database-name',
    `${what} exists, and SQL Server restores into a new one only, so that even an empty one has to go; drop or rename it, or choose another database-name.`,
  );
}

/** Everybody may enter it when it is complete. */
export function isUnfinished({ state, access }: DatabaseState): boolean {
  return state !== 'ONLINE' || access !== 'MULTI_USER';
}

/** No backup restores to an earlier version than the one that wrote it ("RESTORE", "Compatibility support"). */
function versionFindings({ where, server }: RestoreTarget, recorded: BackedUp | undefined): Finding[] {
  const written = recorded?.details['serverVersion'];
  if (typeof written !== 'string' || majorVersion(server.version) >= majorVersion(written)) {
    return [];
  }
  return [
    error(
      'database-host',
      `The backup comes from SQL Server ${written}, and ${where} is the older ${describeServer(server)}; restore to that version or a later one.`,
    ),
  ];
}

function error(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
