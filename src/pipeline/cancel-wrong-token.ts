/** A token that Bitbucket refuses. The sentence names the input, or the journal that the token came from. */
import { ActionError } from '../errors.ts';
import type { TokenName } from './cancel-options.ts';
import type { KnownToken } from './cancel-target.ts';

const WHERE_TO_FIND: Readonly<Record<TokenName, string>> = {
  'unlock-token':
    "Copy unlock-token from the log of the backup that holds the lock ('locked with'); a lock of somebody else's maintenance is theirs to lift.",
  'cancel-token': "Copy cancel-token from the log of the backup that is running ('backup started with').",
};

/** @param why what Bitbucket has instead, as a clause */
export function wrongToken({ name, journal }: KnownToken, why: string, cause?: unknown): ActionError {
  return journal === undefined
    ? new ActionError('WRONG_TOKEN', `Input '${name}' is wrong: ${why}.`, {
        advice: WHERE_TO_FIND[name],
        cause,
      })
    : new ActionError('WRONG_TOKEN', `The ${name} in ${journal} does not fit any more: ${why}.`, {
        advice: 'It is not the backup of that journal; find out who maintains Bitbucket now.',
        cause,
      });
}
