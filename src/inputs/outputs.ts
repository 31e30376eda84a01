/** Every output, declared once; `action.yml` and the README's table are made from this. */
import { type ActionName, ALL, BACKUP, BACKUP_AND_RESTORE, CANCEL, RESTORE } from './declaration.ts';

export interface OutputDeclaration {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly ActionName[];
}

export const outputDeclarations = [
  {
    name: 'backup-id',
    description: 'Name of the backup: instance name and UTC time.',
    actions: BACKUP_AND_RESTORE,
  },
  { name: 'archive', description: 'Path of the archive.', actions: BACKUP_AND_RESTORE },
  { name: 'archive-sha256', description: 'SHA-256 of the archive, in hex.', actions: BACKUP },
  { name: 'manifest', description: 'Path of the manifest, a JSON file.', actions: BACKUP },
  {
    name: 'unlock-token',
    description: 'The token that unlocks Bitbucket by hand; used up after a normal end.',
    actions: BACKUP,
  },
  {
    name: 'cancel-token',
    description: "The token that cancels Bitbucket's backup task by hand; used up after a normal end.",
    actions: BACKUP,
  },
  {
    name: 'locked-seconds',
    description: 'How long users were locked out, from the request to lock until Bitbucket was unlocked.',
    actions: BACKUP,
  },
  {
    name: 'available',
    description:
      'The backups in `archive-root`, newest first, as JSON: a list of objects with `name`, `path`, `time`, `bytes`, `instanceName`, `bitbucketVersion`, `parts`, `checksum`.',
    actions: RESTORE,
  },
  {
    name: 'bitbucket-version',
    description: 'Version of Bitbucket that made what was restored.',
    actions: RESTORE,
  },
  {
    name: 'task',
    description:
      "What became of Bitbucket's backup task: `canceled`, `none` (none was running), `running` (it goes on, no token fitted) or `unknown`.",
    actions: CANCEL,
  },
  {
    name: 'lock',
    description:
      'What became of the lock: `unlocked`, `was-unlocked` (before this run), `held` (Bitbucket is still locked) or `unknown`.',
    actions: CANCEL,
  },
  { name: 'duration-seconds', description: 'How long the whole run took.', actions: ALL },
  { name: 'result', description: '`success`, `failure`, `canceled` or `dry-run`.', actions: ALL },
  {
    name: 'error-code',
    description: 'A stable word for the failure, such as `DRAIN_TIMEOUT`; empty after a success.',
    actions: ALL,
  },
] as const satisfies readonly OutputDeclaration[];

export type OutputName = (typeof outputDeclarations)[number]['name'];

/** The outputs of one action. */
export function outputsOf(action: ActionName): readonly OutputDeclaration[] {
  return outputDeclarations.filter((output) => output.actions.includes(action));
}
