/**
 * Bitbucket's maintenance REST API, one method for each call of the table in DESIGN.md section 4. The protocol is that of
 * Atlassian's DIY backup; what is retried and what is not is decided here.
 */
import { ActionError } from '../errors.ts';
import { type MaintenanceStatus, maintenanceStatusIn, ownerIn, textOf, tokenIn } from './answers.ts';
import { type Connection, describeCredentials } from './connection.ts';
import { createHttpTransport, type HttpCall, type HttpTransport } from './http.ts';
import { HttpError, statusOf } from './http-error.ts';
import { retrying, type RetryPolicy, SHORT_RETRIES } from './retry.ts';

/** Lock and unlock wait up to a minute for all nodes of a cluster; giving up earlier would orphan the lock. */
const LOCK_TIMEOUT_MS = 75_000;
const CALL_TIMEOUT_MS = 15_000;

const LOCK_PATH = '/mvc/maintenance/lock';
const MAINTENANCE_PATH = '/mvc/maintenance';
const BACKUPS_PATH = '/mvc/admin/backups';
const PROGRESS_PATH = '/mvc/admin/backups/progress/client';
const MAINTENANCE_TOKEN_HEADER = 'X-Atlassian-Maintenance-Token';

export type LockState =
  | { readonly locked: false }
  | { readonly locked: true; readonly owner: string | undefined };

export class BitbucketClient {
  readonly url: string;
  readonly who: string;
  readonly #http: HttpTransport;

  constructor(connection: Connection) {
    this.url = connection.url;
    this.who = describeCredentials(connection.credentials);
    this.#http = createHttpTransport(connection);
  }

  /** Looks the address up once, for every later call. @throws HttpError BITBUCKET_UNREACHABLE */
  async resolveHost(): Promise<void> {
    await this.#http.resolveHost();
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  /** `RUNNING`, `MAINTENANCE`, `STARTING` ...; told also by a server that answers 503. */
  async status(signal?: AbortSignal): Promise<string> {
    const shared = signal === undefined ? {} : { signal };
    const call: HttpCall = {
      method: 'GET',
      path: '/status',
      timeoutMs: CALL_TIMEOUT_MS,
      anonymous: true,
      ...shared,
    };
    return await retrying({ ...SHORT_RETRIES, ...shared }, async () => {
      try {
        const { body } = await this.#http.send(call);
        return textOf(body, 'state') ?? 'unknown';
      } catch (error) {
        const state = error instanceof HttpError ? textOf(error.body, 'state') : undefined;
        if (state === undefined) {
          throw statusOf(error) === 404 ? nothingHere(this.url, error) : error;
        }
        return state;
      }
    });
  }

  /** The version, such as `9.4.1`; old servers know only the API `1.0`. @throws HttpError */
  async version(signal?: AbortSignal): Promise<string> {
    const path = '/rest/api/latest/application-properties';
    let answer: unknown;
    try {
      answer = await this.#get(path, { anonymous: true }, signal);
    } catch (error) {
      if (statusOf(error) !== 404) {
        throw error;
      }
      answer = await this.#get(path.replace('latest', '1.0'), { anonymous: true }, signal);
    }
    const version = textOf(answer, 'version');
    if (version === undefined || !/^\d+\.\d+/.test(version)) {
      throw new ActionError('UNEXPECTED_RESPONSE', `${this.url}${path} names no version of Bitbucket.`, {
        advice: 'Check that bitbucket-url is the base URL of Bitbucket, with its context path if it has one.',
      });
    }
    return version;
  }

  /**
   * Is the instance locked, and by whom? Also shows whether our credentials are accepted.
   * @param policy those who poll decide about failures themselves and ask once
   * @throws HttpError
   */
  async lockState(signal?: AbortSignal, policy: RetryPolicy = SHORT_RETRIES): Promise<LockState> {
    try {
      return { locked: true, owner: ownerIn(await this.#get(LOCK_PATH, {}, signal, policy)) };
    } catch (error) {
      if (statusOf(error) === 404) {
        return { locked: false };
      }
      throw error;
    }
  }

  /**
   * Locks the instance. Sent once, never repeated: a lost answer may hide a lock that was taken.
   * @returns the unlock token; undefined when the answer held none
   * @throws HttpError; `maybeSent` tells whether the instance may be locked now
   */
  async lock(): Promise<string | undefined> {
    const { body } = await this.#http.send({
      method: 'POST',
      path: LOCK_PATH,
      timeoutMs: LOCK_TIMEOUT_MS,
      freshConnection: true,
    });
    return tokenIn(body, 'unlockToken');
  }

  /** Starts the backup task, which drains the instance. Never repeated. @returns the cancel token, if the answer held one */
  async startBackup(unlockToken: string): Promise<string | undefined> {
    const { body } = await this.#http.send({
      method: 'POST',
      path: BACKUPS_PATH,
      query: { external: 'true' },
      headers: { [MAINTENANCE_TOKEN_HEADER]: unlockToken },
      timeoutMs: LOCK_TIMEOUT_MS,
      freshConnection: true,
    });
    return tokenIn(body, 'cancelToken');
  }

  /** One look at the task and the latches, without retries: those who poll decide about failures. @throws HttpError */
  async maintenance(unlockToken: string, signal?: AbortSignal): Promise<MaintenanceStatus> {
    const { body } = await this.#http.send({
      method: 'GET',
      path: MAINTENANCE_PATH,
      headers: { [MAINTENANCE_TOKEN_HEADER]: unlockToken },
      timeoutMs: CALL_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    return maintenanceStatusIn(body);
  }

  /** Sets Bitbucket's progress bar. 100 completes the task and unlatches database and repositories. @throws HttpError */
  async reportProgress(unlockToken: string, percentage: number, policy: RetryPolicy): Promise<void> {
    await retrying(
      policy,
      async () =>
        await this.#http.send({
          method: 'POST',
          path: PROGRESS_PATH,
          query: { token: unlockToken, percentage: String(percentage) },
          timeoutMs: CALL_TIMEOUT_MS,
          ...(policy.signal === undefined ? {} : { signal: policy.signal }),
        }),
    );
  }

  /**
   * Cancels the backup task; the lock stays. Atlassian's scripts POST, Bitbucket's own page submits a form; a server that
   * knows neither verb is tried once with DELETE.
   * @returns false when there was no task to cancel. @throws HttpError
   */
  async cancelBackup(cancelToken: string, policy: RetryPolicy): Promise<boolean> {
    const call = (method: 'POST' | 'DELETE'): HttpCall => ({
      method,
      path: MAINTENANCE_PATH,
      query: { token: cancelToken },
      timeoutMs: CALL_TIMEOUT_MS,
    });
    try {
      await retrying(policy, async () => await this.#http.send(call('POST')));
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status !== 404 && status !== 405) {
        throw error;
      }
    }
    try {
      await this.#http.send(call('DELETE'));
      return true;
    } catch (error) {
      if (statusOf(error) === 404 || statusOf(error) === 405) {
        return false;
      }
      throw error;
    }
  }

  /** One attempt to unlock. @returns false when the instance was not locked. @throws HttpError 409: not our lock */
  async unlock(unlockToken: string): Promise<boolean> {
    try {
      await this.#http.send({
        method: 'DELETE',
        path: LOCK_PATH,
        query: { token: unlockToken },
        timeoutMs: LOCK_TIMEOUT_MS,
      });
      return true;
    } catch (error) {
      if (statusOf(error) === 404) {
        return false;
      }
      throw error;
    }
  }

  async #get(
    path: string,
    options: { anonymous?: boolean },
    signal: AbortSignal | undefined,
    policy: RetryPolicy = SHORT_RETRIES,
  ): Promise<unknown> {
    const shared = signal === undefined ? {} : { signal };
    const call: HttpCall = { method: 'GET', path, timeoutMs: CALL_TIMEOUT_MS, ...options, ...shared };
    const { body } = await retrying({ ...policy, ...shared }, async () => await this.#http.send(call));
    return body;
  }
}

function nothingHere(url: string, cause: unknown): ActionError {
  return new ActionError(
    'UNEXPECTED_RESPONSE',
    `There is no Bitbucket at ${url} (its /status answered 404).`,
    {
      advice: 'Check bitbucket-url, with the context path if Bitbucket has one, such as /bitbucket.',
      cause,
    },
  );
}
