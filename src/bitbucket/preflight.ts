/** What has to be true of Bitbucket before the lock. Reads only; sends the credentials once. */
import { ActionError, codeOf, messageChain } from '../errors.ts';
import type { Finding } from '../strategies/contract.ts';
import type { BitbucketClient } from './client.ts';
import { versionFindings } from './version-range.ts';

export interface BitbucketFacts {
  readonly version: string | undefined;
  readonly findings: readonly Finding[];
}

/** Never throws: what the calls fail with becomes a finding. */
export async function checkBitbucket(client: BitbucketClient, signal: AbortSignal): Promise<BitbucketFacts> {
  let version: string | undefined;
  try {
    await client.resolveHost();
    // The state first: an instance that is locked answers 503 to the question for its version.
    const state = await stateFindings(client, signal);
    if (state.length > 0) {
      return { version, findings: state };
    }
    version = await client.version(signal);
    return { version, findings: versionFindings(version) };
  } catch (error) {
    signal.throwIfAborted();
    return { version, findings: [failed(error)] };
  }
}

async function stateFindings(client: BitbucketClient, signal: AbortSignal): Promise<Finding[]> {
  const lock = await client.lockState(signal);
  if (lock.locked) {
    const owner = lock.owner === undefined ? '' : ` by '${lock.owner}'`;
    return [
      {
        severity: 'error',
        subject: 'bitbucket-url',
        message: `${client.url} is already locked${owner}, and not by this action; wait until it is unlocked. That lock was not touched.`,
      },
    ];
  }
  const status = await client.status(signal);
  if (status !== 'RUNNING') {
    return [
      {
        severity: 'error',
        subject: 'bitbucket-url',
        message: `${client.url} is in state '${status}', not RUNNING; wait until it serves users.`,
      },
    ];
  }
  return [];
}

const SUBJECTS: Readonly<Record<string, string>> = {
  AUTH_FAILED: 'bitbucket-password',
  AUTH_CAPTCHA: 'bitbucket-username',
  AUTH_FORBIDDEN: 'bitbucket-username',
  TLS_UNTRUSTED: 'ca-file',
};

function failed(error: unknown): Finding {
  const subject = SUBJECTS[codeOf(error)] ?? 'bitbucket-url';
  const [message = 'Bitbucket could not be asked.'] = messageChain(error);
  const advice = error instanceof ActionError && error.advice !== undefined ? ` ${error.advice}` : '';
  return { severity: 'error', subject, message: `${message}${advice}` };
}
