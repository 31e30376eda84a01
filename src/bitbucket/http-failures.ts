/** What each wrong answer, and each missing one, means to an administrator (DESIGN.md section 4, FAULTS.md N and B). */
import type { ErrorCode } from '../errors.ts';
import { printable } from '../host/log.ts';
import type { HttpCall } from './http.ts';
import { HttpError } from './http-error.ts';
import { proxyVariables } from './proxy.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Asked {
  readonly url: string;
  readonly call: HttpCall;
  /** Who asked, for messages. */
  readonly who: string;
  /** With an HTTP access token, which servers take in few places. */
  readonly withToken: boolean;
}

/** Errors that arise before a byte of the request is sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const TLS_REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is unknown',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** Where another authority would not help. */
const TLS_CURES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "Renew the server's certificate, and check the clock of this machine.",
  CERT_NOT_YET_VALID: "Check the clock of this machine and the dates of the server's certificate.",
  ERR_TLS_CERT_ALTNAME_INVALID: 'Set bitbucket-url to a host name that the certificate is made for.',
};

/** @param afterMs set when our own time limit ended the call */
export function failureOfTransport(error: Error, url: string, afterMs?: number): HttpError {
  const code = systemCode(error);
  const { host } = new URL(url);
  const tlsReason = TLS_REASONS[code];
  if (tlsReason !== undefined) {
    return new HttpError(
      'TLS_UNTRUSTED',
      `The TLS certificate of ${host} is not trusted: ${tlsReason} (${code}).`,
      { maybeSent: false, retryable: false },
      {
        advice: TLS_CURES[code] ?? "Name the PEM file of the certificate's authority in ca-file.",
        cause: error,
      },
    );
  }
  const reason = afterMs === undefined ? `${code}${detail(error)}` : `no answer within ${afterMs / 1_000} s`;
  return new HttpError(
    'BITBUCKET_UNREACHABLE',
    `Cannot reach ${url} (${reason})${viaProxy()}.`,
    { maybeSent: !NEVER_SENT.has(code), retryable: true },
    { advice: 'Check bitbucket-url, and that this machine may connect there.', cause: error },
  );
}

/** @returns undefined for an answer that is as it should be */
export function failureOfAnswer(answer: Answer, asked: Asked): HttpError | undefined {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    return redirect(answer, asked);
  }
  if (status === 401 || status === 403) {
    return refusal(answer, asked);
  }
  if (status < 200 || status >= 300) {
    return otherStatus(answer, asked);
  }
  return isHtml(answer) ? html(answer, asked) : undefined;
}

function redirect(answer: Answer, { url, call, withToken }: Asked): HttpError {
  const location = header(answer, 'location');
  const asked = url + call.path;
  const target = location !== '' && URL.canParse(location, asked) ? new URL(location, asked) : undefined;
  // Without query: it can carry a token.
  const where = target === undefined ? 'nowhere' : `${target.origin}${target.pathname}`;
  return failure(
    'UNEXPECTED_REDIRECT',
    `${url}${call.path} redirects to ${where}; nothing was sent there.`,
    answer,
    {
      // Atlassian, "Access Tokens no longer work as expected after upgrading Bitbucket Data Center".
      advice: withToken
        ? 'From 8.9.22, 8.19.12 and 9.3.2 on Bitbucket takes HTTP access tokens below /rest only; use bitbucket-username and bitbucket-password.'
        : 'Set bitbucket-url to the address that Bitbucket answers at, without a redirect.',
    },
  );
}

function refusal(answer: Answer, { url, who }: Asked): HttpError {
  const reason = header(answer, 'x-authentication-denied-reason');
  if (reason.includes('CAPTCHA')) {
    return failure('AUTH_CAPTCHA', `${url} asks ${who} to solve a CAPTCHA after failed logins.`, answer, {
      advice: 'Log in once in the browser as that user, or have an administrator clear the CAPTCHA.',
    });
  }
  if (answer.status === 401) {
    return failure('AUTH_FAILED', `${url} rejected ${who} (401)${serverSays(answer)}.`, answer, {
      advice:
        'Check bitbucket-username and bitbucket-password; an HTTP access token (bitbucket-token) usually lacks the rights that the lock needs.',
    });
  }
  return failure('AUTH_FORBIDDEN', `${url} does not let ${who} do this (403)${serverSays(answer)}.`, answer, {
    advice:
      'The lock needs a system administrator: use a user with that right rather than an HTTP access token, and check IP allow lists.',
  });
}

function otherStatus(answer: Answer, { url, call }: Asked): HttpError {
  const { status } = answer;
  const transient = status === 429 || status === 502 || status === 503 || status === 504 || status === 500;
  const retryAfterMs = Number(header(answer, 'retry-after')) * 1_000;
  return new HttpError(
    'UNEXPECTED_RESPONSE',
    `${url}${call.path} answered ${status}${serverSays(answer)}.`,
    {
      status,
      maybeSent: true,
      retryable: transient,
      ...(retryAfterMs > 0 ? { retryAfterMs } : {}),
      body: jsonOf(answer),
    },
    { advice: 'Look into atlassian-bitbucket.log for the time of this call.' },
  );
}

function jsonOf({ text }: Answer): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

function html(answer: Answer, { url, call }: Asked): HttpError {
  const title = /<title[^>]*>([^<]{1,100})/i.exec(answer.text)?.[1]?.trim();
  return failure(
    'UNEXPECTED_RESPONSE',
    `${url}${call.path} answered an HTML page${title === undefined ? '' : ` ('${printable(title)}')`}, not JSON.`,
    answer,
    { advice: 'Set bitbucket-url to Bitbucket itself, around the login page or proxy that answered.' },
  );
}

function failure(
  code: ErrorCode,
  message: string,
  { status }: Answer,
  details: { advice: string },
): HttpError {
  return new HttpError(code, message, { status, maybeSent: true, retryable: false }, details);
}

function isHtml(answer: Answer): boolean {
  return header(answer, 'content-type').includes('text/html') || /^\s*<(!doctype|html)/i.test(answer.text);
}

/** What Bitbucket itself says: `{"errors":[{"message":"..."}]}`. */
function serverSays(answer: Answer): string {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(answer.text)?.[1];
  return message === undefined ? '' : `: ${printable(message).replace(/[.\s]+$/, '')}`;
}

function header(answer: Answer, name: string): string {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function systemCode(error: Error): string {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') {
      return current.code;
    }
    // Both address families failed: the first one tells enough.
    if (current instanceof AggregateError && current.errors[0] instanceof Error) {
      return systemCode(current.errors[0]);
    }
  }
  return error.name;
}

function detail(error: Error): string {
  const address = /\d+\.\d+\.\d+\.\d+:\d+|\[?[0-9a-f:]*::[0-9a-f]*\]?:\d+/.exec(error.message)?.[0];
  return address === undefined ? '' : ` ${address}`;
}

/** Proxy variables of the runner are easily forgotten. Their values can hold a password: only the name is told. */
function viaProxy(): string {
  const set = proxyVariables();
  return set.length === 0 ? '' : `; ${set.join(', ')} is set, and NO_PROXY can name hosts to reach directly`;
}
