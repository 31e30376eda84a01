/** Every output, declared once; `action.yml` and the README's table are made from this. */
import type { ActionName } from './declarations.ts';

export interface OutputDeclaration {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly ActionName[];
}

const BACKUP: readonly ActionName[] = ['backup'];

export const outputDeclarations = [
  { name: 'backup-id', description: 'Name of this backup: instance name and UTC time.', actions: BACKUP },
  { name: 'archive', description: 'Path of the archive.', actions: BACKUP },
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
  { name: 'duration-seconds', description: 'How long the whole run took.', actions: BACKUP },
  { name: 'result', description: '`success`, `failure`, `canceled` or `dry-run`.', actions: BACKUP },
  {
    name: 'error-code',
    description: 'A stable word for the failure, such as `DRAIN_TIMEOUT`; empty after a success.',
    actions: BACKUP,
  },
] as const satisfies readonly OutputDeclaration[];

export type OutputName = (typeof outputDeclarations)[number]['name'];
