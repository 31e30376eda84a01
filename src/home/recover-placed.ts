/** Takes back the folders that a restore which died had put in their places, as far as they are still what it put there. */
import { ActionError } from '../errors.ts';
import type { CommandRunner } from '../host/command.ts';
import type { PlacedFolder } from '../host/restore-record.ts';
import { addedSince, isStillOurs, removePlaced } from './placement.ts';

/**
 * @param targets of this run: other folders are left alone
 * @returns sentences for the log. @throws ActionError TARGET_IN_USE before anything is removed
 */
export async function recoverPlaced(
  commands: CommandRunner,
  placed: readonly PlacedFolder[],
  targets: readonly string[],
): Promise<readonly string[]> {
  const ours: PlacedFolder[] = [];
  const left: string[] = [];
  for (const folder of placed) {
    const { path } = folder;
    if (!targets.includes(path)) {
      left.push(`${path} was filled by a restore that died; it was left as it is.`);
    } else if (await isStillOurs(folder)) {
      ours.push(folder);
    } else {
      left.push(`${path} is not what a restore that died had put there; it was left as it is.`);
    }
  }
  for (const folder of ours) {
    await assertUnused(folder);
  }
  for (const folder of ours.toReversed()) {
    await removePlaced(commands, folder);
  }
  return [
    ...ours.map(({ path }) => `Removed ${path}, which a restore that died had begun to fill.`),
    ...left,
  ];
}

async function assertUnused(folder: PlacedFolder): Promise<void> {
  const added = await addedSince(folder);
  if (added.length > 0) {
    throw new ActionError(
      'TARGET_IN_USE',
      `A restore that died had put ${folder.path} in its place, and somebody has used it since (${added.slice(0, 5).join(', ')}).`,
      { advice: 'If it is in use, leave it alone and restore elsewhere; otherwise move it away.' },
    );
  }
}
