/** What each wrong answer of the search server, and each missing one, means to an administrator. */
import { printable } from '../host/log.ts';
import { transportFailureOf, viaProxy } from '../host/network/transport-failure.ts';
import { SearchError } from './search-error.ts';

export interface SearchAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string;
  readonly text: string;
}

export interface Asked {
  /** The base URL. */
  readonly url: string;
  readonly method: string;
  readonly path: string;
  /** Who asked, for messages: `user 'backup'`, `access key AKIA...`, `nobody (no username)`. */
  readonly who: string;
  /** What a refusal means where requests are signed. */
  readonly explain?: (body: string) => { readonly words: string; readonly advice: string } | undefined;
}

/** Deepest cause first: it is what an administrator can mend. */
const DEEPEST_CAUSE = 12;
const LONGEST_WORDS = 400;

/** @param afterMs set when our own time limit ended the call */
export function failureOfTransport(error: Error, url: string, afterMs?: number): SearchError {
  const { code, reason, tls, maybeSent } = transportFailureOf(error, 'elasticsearch-url');
  const { host } = new URL(url);
  if (tls !== undefined) {
    return new SearchError(
      'TLS_UNTRUSTED',
      `The TLS certificate of the search server ${host} is not trusted: ${tls.reason} (${code}).`,
      { maybeSent, retryable: false },
      {
        advice: tls.cure ?? "Name the PEM file of the certificate's authority in ca-file.",
        cause: error,
      },
    );
  }
  const why = afterMs === undefined ? reason : `no answer within ${afterMs / 1_000} s`;
  return new SearchError(
    'SEARCH_UNREACHABLE',
    `Cannot reach the search server ${url} (${why})${viaProxy()}.`,
    { maybeSent, retryable: true },
    { advice: 'Check elasticsearch-url, and that this machine may connect there.', cause: error },
  );
}

/** @returns undefined for an answer that is as it should be */
export function failureOfAnswer(answer: SearchAnswer, asked: Asked): SearchError | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return undefined;
  }
  if (status >= 300 && status < 400) {
    return redirect(answer, asked);
  }
  if (status === 401 || status === 403) {
    return refusal(answer, asked);
  }
  const { type, words } = serverWords(answer);
  const said = words === '' ? '' : `: ${words}`;
  return new SearchError(
    'SEARCH_FAILED',
    `The search server ${asked.url} answered ${status} to ${asked.method} ${asked.path}${said}.`,
    {
      status,
      maybeSent: true,
      retryable: status === 429 || (status >= 500 && status !== 501 && !isVerdict(type)),
      ...(type === undefined ? {} : { type }),
    },
    { advice: 'Look into the log of the search server for the time of this call.' },
  );
}

/** Said with a 5xx, and the same the next time: 500 is what many versions answer when a repository is unusable. */
function isVerdict(type: string | undefined): boolean {
  return type !== undefined && /^(?:repository|snapshot|illegal|access_denied|file_system)_/.test(type);
}

function redirect({ status, location }: SearchAnswer, { url, path }: Asked): SearchError {
  const target = URL.canParse(location, url + path) ? new URL(location, url + path) : undefined;
  // Without query: it can carry a token.
  const where = target === undefined ? 'nowhere' : `${target.origin}${target.pathname}`;
  return new SearchError(
    'UNEXPECTED_REDIRECT',
    `The search server ${url}${path} redirects to ${where}; nothing was sent there.`,
    { status, maybeSent: true, retryable: false },
    { advice: 'Set elasticsearch-url to the address that the search server answers at, without a redirect.' },
  );
}

function refusal(answer: SearchAnswer, { url, who, method, path, explain }: Asked): SearchError {
  const { status } = answer;
  const explained = explain?.(answer.text);
  if (explained !== undefined) {
    return new SearchError(
      'AUTH_FORBIDDEN',
      `The search server ${url} refused ${who} (${status}): ${explained.words}.`,
      { status, maybeSent: true, retryable: false },
      { advice: explained.advice },
    );
  }
  const { type, words } = serverWords(answer);
  const said = words === '' ? '' : `: ${words}`;
  const facts = { status, maybeSent: true, retryable: false, ...(type === undefined ? {} : { type }) };
  return status === 401
    ? new SearchError('AUTH_FAILED', `The search server ${url} rejected ${who} (401)${said}.`, facts, {
        advice: 'Check elasticsearch-username and elasticsearch-password.',
      })
    : new SearchError(
        'AUTH_FORBIDDEN',
        `The search server ${url} does not let ${who} do ${method} ${path} (403)${said}.`,
        facts,
        {
          advice:
            'Give that user the rights to manage snapshots and to read the index (in OpenSearch: manage_snapshots).',
        },
      );
}

/**
 * Elasticsearch and OpenSearch say `{"error":{"type","reason","caused_by":{...}},"status"}`, before 2.0 and in some plugins
 * `{"error":"words"}`; Amazon's front `{"message":"words"}` or `{"Message":"words"}`; security plugins plain text.
 */
export function serverWords({ text, contentType }: Pick<SearchAnswer, 'text' | 'contentType'>): {
  readonly type: string | undefined;
  readonly words: string;
} {
  const body = parsed(text);
  const error = field(body, 'error');
  const said =
    typeof error === 'string' ? error : (field(body, 'message') ?? field(body, 'Message') ?? undefined);
  if (typeof error === 'object' && error !== null) {
    const type = field(error, 'type');
    return { type: typeof type === 'string' ? type : undefined, words: tidy(reasonsIn(error).join('; ')) };
  }
  if (typeof said === 'string') {
    // Amazon repeats the request below the first line, with the session's token in it.
    return { type: undefined, words: tidy(said.split('\n', 1)[0] ?? '') };
  }
  const isPlain = contentType.startsWith('text/plain') && text.trim() !== '';
  return { type: undefined, words: isPlain ? tidy(text) : '' };
}

/** The outermost reason and the deepest one; what stands between seldom says more. */
function reasonsIn(error: unknown): string[] {
  const reasons: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current !== undefined && current !== null && depth < DEEPEST_CAUSE; depth += 1) {
    const reason = field(current, 'reason');
    if (typeof reason === 'string' && reason !== '') {
      reasons.push(reason.includes(' ') ? reason : withType(current, reason));
    }
    current = field(current, 'caused_by');
  }
  const [first] = reasons;
  const last = reasons.at(-1);
  return [...new Set([first, last].filter((reason) => reason !== undefined))];
}

/** The reason of an `access_denied_exception` is the path alone. */
function withType(cause: unknown, reason: string): string {
  const type = field(cause, 'type');
  return typeof type === 'string'
    ? `${type.replace(/_exception$/, '').replaceAll('_', ' ')} ${reason}`
    : reason;
}

function tidy(words: string): string {
  const line = printable(words.replaceAll(/\s+/g, ' ').trim());
  const cut = line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}...` : line;
  return cut.replace(/[.\s]+$/, '');
}

function parsed(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
