/** The internal database lies in the home: what a drained Bitbucket has written to it has to be in its file before that is copied. */
import { join } from 'node:path';
import { ActionError } from '../errors.ts';
import { internalDatabaseFiles, STILLNESS } from '../strategies/internal-database.ts';
import { untilStill } from '../host/still-files.ts';

/** @throws ActionError HOME_FAILED when it never is; what the signal was aborted with */
export async function untilDatabaseIsStill(homePath: string, signal: AbortSignal): Promise<void> {
  const list = async (): Promise<string[]> =>
    (await internalDatabaseFiles(homePath)).map((file) => join(homePath, file));
  if ((await untilStill(list, STILLNESS, signal)) === undefined) {
    throw new ActionError(
      'HOME_FAILED',
      `The internal database in '${homePath}' is written to although Bitbucket is drained.`,
      { advice: 'Find out what else uses it, stop that and run again.' },
    );
  }
}
