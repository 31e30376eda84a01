/** Which tokens are used: those that were given, completed from the journal where it is of the same backup. */
import type { Log } from '../host/log.ts';
import { asError } from '../errors.ts';
import { findRun, type JournaledRun } from './cancel-journal.ts';
import type { CancelOptions, TokenName } from './cancel-options.ts';

export interface KnownToken {
  readonly name: TokenName;
  readonly value: string;
  /** Path of the journal that it is from; undefined for an input. */
  readonly journal: string | undefined;
}

export type CancelTarget =
  | {
      readonly kind: 'tokens';
      readonly unlockToken: KnownToken | undefined;
      readonly cancelToken: KnownToken | undefined;
      /** The run that the tokens are of, where the journal tells. */
      readonly run: JournaledRun | undefined;
    }
  /** The backup has asked for the lock, and its token is not known yet. */
  | { readonly kind: 'locking'; readonly run: JournaledRun }
  /** No backup is known that holds the lock. */
  | { readonly kind: 'nothing'; readonly run: JournaledRun | undefined };

/** @throws ActionError UNSAFE_STATE when all depends on a journal that cannot be used */
export function findTarget(options: CancelOptions, log: Log): CancelTarget {
  const { unlockToken, cancelToken, backupRoot, connection } = options;
  if (unlockToken === undefined && cancelToken === undefined) {
    return targetOf(backupRoot === undefined ? undefined : findRun(backupRoot, connection.url));
  }
  const run = sameBackup(options, log);
  return {
    kind: 'tokens',
    unlockToken: known('unlock-token', unlockToken, run),
    cancelToken: known('cancel-token', cancelToken, run),
    run,
  };
}

/** What a journal alone says. */
export function targetOf(run: JournaledRun | undefined): CancelTarget {
  if (run === undefined) {
    return { kind: 'nothing', run };
  }
  const { phase, unlockToken } = run.entry.lock;
  switch (phase) {
    case 'none':
    case 'unlocked':
      return { kind: 'nothing', run };
    case 'locking':
      return { kind: 'locking', run };
    case 'locked':
      return unlockToken === undefined
        ? { kind: 'locking', run }
        : {
            kind: 'tokens',
            unlockToken: known('unlock-token', undefined, run),
            cancelToken: known('cancel-token', undefined, run),
            run,
          };
  }
}

function known(
  name: TokenName,
  given: string | undefined,
  run: JournaledRun | undefined,
): KnownToken | undefined {
  if (given !== undefined) {
    return { name, value: given, journal: undefined };
  }
  const { unlockToken, cancelToken } = run?.entry.lock ?? {};
  const value = name === 'unlock-token' ? unlockToken : cancelToken;
  return run === undefined || value === undefined ? undefined : { name, value, journal: run.path };
}

/** The journal completes what was given; what was given wins, and works without it. */
function sameBackup(options: CancelOptions, log: Log): JournaledRun | undefined {
  const { backupRoot, connection, unlockToken } = options;
  if (backupRoot === undefined) {
    return undefined;
  }
  try {
    const run = findRun(backupRoot, connection.url);
    if (run?.entry.lock.phase !== 'locked') {
      return undefined;
    }
    if (unlockToken !== undefined && unlockToken !== run.entry.lock.unlockToken) {
      log.notice(`${run.path} names another unlock token than unlock-token, so it is not used.`);
      return undefined;
    }
    return run;
  } catch (error) {
    log.warning(`${asError(error).message} It is not used.`);
    return undefined;
  }
}
