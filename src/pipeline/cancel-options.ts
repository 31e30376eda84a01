/** What the cancel action is told. */
import { isToken } from '../bitbucket/answers.ts';
import type { Connection } from '../bitbucket/connection.ts';
import type { InputReader } from '../inputs/reader.ts';
import { readConnection } from './connection-options.ts';

/** The inputs that name a token; messages call a token by them. */
export type TokenName = 'unlock-token' | 'cancel-token';

export interface CancelOptions {
  readonly connection: Connection;
  readonly unlockToken: string | undefined;
  readonly cancelToken: string | undefined;
  /** Given whenever no token is. */
  readonly backupRoot: string | undefined;
}

/** @throws ConfigurationError with every wrong input */
export function readCancelOptions(inputs: InputReader): CancelOptions {
  const connection = readConnection(inputs);
  const unlockToken = readToken(inputs, 'unlock-token');
  const cancelToken = readToken(inputs, 'cancel-token');
  const backupRoot = inputs.optionalPath('backup-root');
  if (unlockToken === undefined && cancelToken === undefined && backupRoot === undefined) {
    inputs.problem(
      'backup-root',
      'is empty, and so are unlock-token and cancel-token; set it to the backup-root of the backup that is to be cancelled, or set the tokens from its log.',
    );
  }
  inputs.finish();
  return { connection, unlockToken, cancelToken, backupRoot };
}

function readToken(inputs: InputReader, name: TokenName): string | undefined {
  const token = inputs.optionalText(name);
  if (token !== undefined && !isToken(token)) {
    // Its value is not told: what was pasted by mistake may be a password.
    inputs.problem(
      name,
      'is no token of Bitbucket, which has 8 to 128 letters, digits, dashes and underscores; copy it from the log of the backup, without quotes.',
    );
  }
  return token;
}
