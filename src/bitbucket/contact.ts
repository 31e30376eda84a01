/** How long calls may fail before contact counts as lost: a restarting proxy must not cost a backup, a dead server must. */
import { ActionError } from '../errors.ts';
import type { Log } from '../host/log.ts';
import { HttpError } from './http-error.ts';

export interface Contact {
  ok(): void;
  /** @throws ActionError BITBUCKET_LOST after the grace; the error itself when waiting cannot cure it */
  failed(error: unknown): void;
}

export function createContact(options: { graceMs: number; during: string; log: Log }): Contact {
  const { graceMs, during, log } = options;
  let failingSince: number | undefined;
  return {
    ok: () => {
      failingSince = undefined;
    },
    failed: (error) => {
      if (!(error instanceof HttpError) || !error.retryable) {
        throw error;
      }
      const now = performance.now();
      if (failingSince === undefined) {
        failingSince = now;
        log.warning(`${error.message} Trying again for up to ${graceMs / 1_000} s ${during}.`);
      }
      if (now - failingSince >= graceMs) {
        throw new ActionError(
          'BITBUCKET_LOST',
          `Lost contact with Bitbucket for ${graceMs / 1_000} s ${during}.`,
          {
            advice:
              'Check Bitbucket and the way to it; prefer the address of a node over that of a load balancer.',
            cause: error,
          },
        );
      }
    },
  };
}
