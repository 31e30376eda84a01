/** What each wrong answer, and each missing one, means to an administrator (DESIGN.md section 4, FAULTS.md N and B). */
import type { ErrorCode } from '../errors.ts';
import { printable } from '../host/log.ts';
import type { HttpCall } from './http.ts';
import { HttpError } from './http-error.ts';
import { transportFailureOf, viaProxy } from '../host/network/transport-failure.ts';

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

/** @param afterMs set when our own time limit ended the call */
export function failureOfTransport(error: Error, url: string, afterMs?: number): HttpError {
  const { code, reason: told, tls, maybeSent } = transportFailureOf(error, 'bitbucket-url');
  const { host } = new URL(url);
  if (tls !== undefined) {
    return new HttpError(
      'TLS_UNTRUSTED',
      `The TLS certificate of ${host} is not trusted: ${tls.reason} (${code}).`,
      { maybeSent, retryable: false },
      {
        advice: tls.cure ?? "Name the PEM file of the certificate's authority in ca-file.",
        cause: error,
      },
    );
  }
  const reason = afterMs === undefined ? told : `no answer within ${afterMs / 1_000} s`;
  return new HttpError(
    'BITBUCKET_UNREACHABLE',
    `Cannot reach ${url} (${reason})${viaProxy()}.`,
    { maybeSent, retryable: true },
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
