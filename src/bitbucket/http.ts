/**
 * One HTTP call to Bitbucket: the headers it wants, limits on time and size, and every answer that is not what was asked
 * for turned into an error of its own. Redirects are never followed: they would turn a POST into a GET or carry
 * credentials to another host.
 */
import { type Dispatcher, request } from 'undici';
import { asError } from '../errors.ts';
import { createAddressBook } from '../host/network/address.ts';
import { trustingContext } from '../host/network/certificates.ts';
import { authorizationHeader, type Connection, describeCredentials, type HttpMethod } from './connection.ts';
import { HttpError } from './http-error.ts';
import { boundedText, createDispatcher } from '../host/network/dispatcher.ts';
import { proxyVariables } from '../host/network/proxy.ts';
import { failureOfAnswer, failureOfTransport } from './http-failures.ts';

export interface HttpCall {
  readonly method: HttpMethod;
  /** Below the base URL, such as `/mvc/maintenance/lock`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole call, in ms. */
  readonly timeoutMs: number;
  /** Without credentials: `/status` and the version need none, and a wrong password must not be tried twice. */
  readonly anonymous?: boolean;
  /** On a connection of its own: a call that must not be repeated must not meet one that the server just closed. */
  readonly freshConnection?: boolean;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Parsed JSON; undefined when the body is empty. */
  readonly body: unknown;
}

export interface HttpTransport {
  /** @throws HttpError for everything but a 2xx answer with JSON or no body */
  send(call: HttpCall): Promise<HttpAnswer>;
  /** Looks the host's address up, for every later call. @throws HttpError */
  resolveHost(): Promise<void>;
  close(): Promise<void>;
}

/** No answer of the maintenance API is near this size; an endless body must not fill memory. */
const LARGEST_BODY_BYTES = 1024 * 1024;

export function createHttpTransport(connection: Connection): HttpTransport {
  const addresses = createAddressBook();
  const tls = connection.ca === undefined ? {} : { secureContext: trustingContext(connection.ca) };
  const pooled = createDispatcher(tls, addresses, 1);
  // `pipelining: 0` closes the connection after each call.
  const single = createDispatcher(tls, addresses, 0);
  return {
    send: async (call) => await send(connection, call.freshConnection === true ? single : pooled, call),
    resolveHost: async () => {
      try {
        await addresses.resolve(new URL(connection.url).hostname);
      } catch (error) {
        // Behind a proxy only the proxy needs to know the name.
        if (proxyVariables().length === 0) {
          throw failureOfTransport(asError(error), connection.url);
        }
      }
    },
    close: async () => {
      await Promise.all([pooled.destroy(), single.destroy()]);
    },
  };
}

async function send(connection: Connection, dispatcher: Dispatcher, call: HttpCall): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(call.timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
  let answer: { status: number; headers: Dispatcher.ResponseData['headers']; text: string };
  try {
    const response = await request(urlOf(connection.url, call), {
      dispatcher,
      method: call.method,
      headers: headersOf(connection, call),
      signal,
      headersTimeout: call.timeoutMs,
      bodyTimeout: call.timeoutMs,
    });
    answer = {
      status: response.statusCode,
      headers: response.headers,
      text: await boundedText(response.body, LARGEST_BODY_BYTES),
    };
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof HttpError) {
      throw error;
    }
    throw failureOfTransport(asError(error), connection.url, timeout.aborted ? call.timeoutMs : undefined);
  }
  const failure = failureOfAnswer(answer, {
    url: connection.url,
    call,
    who: describeCredentials(connection.credentials),
    withToken: connection.credentials.kind === 'bearer' && call.anonymous !== true,
  });
  if (failure !== undefined) {
    throw failure;
  }
  return {
    status: answer.status,
    body: answer.text.trim() === '' ? undefined : parsed(answer.text, connection.url, call),
  };
}

function urlOf(base: string, call: HttpCall): URL {
  const url = new URL(base + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    url.searchParams.set(name, value);
  }
  return url;
}

/** Bitbucket wants the content type on bodiless calls too, and `X-Atlassian-Token` against its XSRF check. */
function headersOf(connection: Connection, call: HttpCall): Record<string, string> {
  const authorization = call.anonymous === true ? undefined : authorizationHeader(connection.credentials);
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-Atlassian-Token': 'no-check',
    'User-Agent': 'bitbucket-backup-action',
    ...(authorization === undefined ? {} : { Authorization: authorization }),
    ...call.headers,
  };
}

function parsed(text: string, url: string, call: HttpCall): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpError(
      'UNEXPECTED_RESPONSE',
      `${url}${call.path} answered something that is not JSON (${text.length} characters).`,
      { maybeSent: true, retryable: false },
      {
        advice:
          'Check that bitbucket-url is the base URL of Bitbucket and that no proxy answers in its place.',
        cause,
      },
    );
  }
}
