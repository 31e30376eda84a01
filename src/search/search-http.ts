/** One call to the search server: limits on time and size, no redirect followed, every other answer an error of its own. */
import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { type Dispatcher, request } from 'undici';
import { asError } from '../errors.ts';
import { createAddressBook } from '../host/network/address.ts';
import { trustingContext } from '../host/network/certificates.ts';
import { boundedText, createDispatcher } from '../host/network/dispatcher.ts';
import {
  describeSearchCredentials,
  type SearchConnection,
  type SearchCredentials,
} from './search-connection.ts';
import { SearchError } from './search-error.ts';
import { type Asked, failureOfAnswer, failureOfTransport, type SearchAnswer } from './search-failures.ts';

export interface SearchCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the base URL, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** For the whole call, in ms. */
  readonly timeoutMs?: number;
  /** Attempts after the first, where asking again does no harm. */
  readonly retries?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface SearchHttp {
  readonly url: string;
  readonly who: string;
  /** @returns the parsed JSON. @throws SearchError for everything but a 2xx answer with JSON */
  send(call: SearchCall): Promise<unknown>;
  /** Looks the host's address up, for every later call: inside the lock a hung resolver must not be met. */
  resolveHost(): Promise<void>;
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 30_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
/** The state of a large cluster has some megabytes. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024;

export function createSearchHttp(connection: SearchConnection): SearchHttp {
  const addresses = createAddressBook();
  const tls = connection.ca === undefined ? {} : { secureContext: trustingContext(connection.ca) };
  const dispatcher = createDispatcher(tls, addresses, 1);
  const who = describeSearchCredentials(connection.credentials);
  return {
    url: connection.url,
    who,
    send: async (call) => await retrying(call, async () => await send(connection, dispatcher, call)),
    resolveHost: async () => {
      // What is wrong with the name the first call says.
      await addresses.resolve(new URL(connection.url).hostname).catch(() => undefined);
    },
    close: async () => await dispatcher.destroy(),
  };
}

async function retrying<T>({ retries = 0, signal }: SearchCall, call: () => Promise<T>): Promise<T> {
  return await pRetry(call, {
    retries,
    minTimeout: FIRST_DELAY_MS,
    maxTimeout: LONGEST_DELAY_MS,
    randomize: true,
    ...(signal === undefined ? {} : { signal }),
    shouldRetry: ({ error }) => error instanceof SearchError && error.retryable,
  });
}

async function send(
  connection: SearchConnection,
  dispatcher: Dispatcher,
  call: SearchCall,
): Promise<unknown> {
  const { url, credentials } = connection;
  const timeoutMs = call.timeoutMs ?? CALL_TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
  const target = urlOf(url, call);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = await signed(credentials, {
    method: call.method,
    url: target,
    headers: {
      Accept: 'application/json',
      'User-Agent': 'bitbucket-backup-action',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body,
  });
  call.signal?.throwIfAborted();
  let answer: SearchAnswer;
  try {
    answer = await exchange(dispatcher, target, { method: call.method, headers, body, signal, timeoutMs });
  } catch (error) {
    call.signal?.throwIfAborted();
    throw failureOfTransport(asError(error), url, timeout.aborted ? timeoutMs : undefined);
  }
  const asked: Asked = {
    url,
    method: call.method,
    path: call.path,
    who: describeSearchCredentials(credentials),
    ...(credentials.kind === 'signed' ? { explain: (text) => credentials.signer.refusal(text) } : {}),
  };
  const failure = failureOfAnswer(answer, asked);
  if (failure !== undefined) {
    throw failure;
  }
  return parsed(answer.text, answer.status, asked);
}

interface Exchange {
  readonly method: SearchCall['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

async function exchange(
  dispatcher: Dispatcher,
  target: URL,
  { timeoutMs, body, ...sent }: Exchange,
): Promise<SearchAnswer> {
  const response = await request(target, {
    dispatcher,
    ...sent,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.statusCode,
    contentType: header(response.headers, 'content-type'),
    location: header(response.headers, 'location'),
    text: await boundedText(response.body, LARGEST_BODY_BYTES),
  };
}

/** Names come from inputs and manifests. A URL takes dots for steps, encoded ones too: another call would come out of it. */
const DOTS = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

function urlOf(base: string, call: SearchCall): URL {
  if (DOTS.test(call.path)) {
    throw new SearchError(
      'SEARCH_FAILED',
      `No search server can be asked for ${call.path}: no name may be '.' or '..'.`,
      { maybeSent: false, retryable: false },
      { advice: 'Correct elasticsearch-repository, or choose another backup.' },
    );
  }
  const url = new URL(base + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    url.searchParams.set(name, value);
  }
  return url;
}

async function signed(
  credentials: SearchCredentials,
  call: { method: string; url: URL; headers: Record<string, string>; body: string | undefined },
): Promise<Readonly<Record<string, string>>> {
  switch (credentials.kind) {
    case 'none':
      return call.headers;
    case 'basic': {
      const { username, password } = credentials;
      const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      return { ...call.headers, Authorization: `Basic ${encoded}` };
    }
    case 'signed':
      return await credentials.signer.sign(call);
  }
}

function parsed(
  text: string,
  status: number,
  { url, path }: { readonly url: string; readonly path: string },
): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch (cause) {
    throw new SearchError(
      'UNEXPECTED_RESPONSE',
      `${url}${path} answered something that is not JSON (${text.length} characters), as no search server does.`,
      { status, maybeSent: true, retryable: false },
      {
        advice:
          'Check that elasticsearch-url is the base URL of Elasticsearch or OpenSearch and that no proxy answers in its place.',
        cause,
      },
    );
  }
}

function header(headers: Dispatcher.ResponseData['headers'], name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Waits, unless the signal ends it. @throws the signal's reason */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
