/** A search server that answers as a test says, such as one of a version, or in a state, that no real one can be brought into at will. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { SearchConnection } from '../../../src/search/search-connection.ts';
import { createSearchHttp, type SearchHttp } from '../../../src/search/search-http.ts';
import { startHttpServer } from './http-server.ts';

export interface ScriptedAnswer {
  /** 200 when left out. */
  readonly status?: number;
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is read, and then nobody answers: the connection is cut, or kept. */
  readonly instead?: 'cut' | 'silence';
}

export interface ScriptedRequest {
  /** `PUT /_snapshot/a`, without query. */
  readonly call: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  /** `PUT /_snapshot/a`, in order. */
  calls(): readonly string[];
  /** One answer after the other, and the last one from then on. */
  on(call: string, ...answers: readonly ScriptedAnswer[]): void;
  /** Connections are refused from then on. */
  close(): Promise<void>;
}

/** Call it inside a test. What the test has no answer for is a 501, which nobody repeats. */
export async function startScriptedServer(
  script: Readonly<Record<string, ScriptedAnswer>> = {},
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const answers = new Map(Object.entries(script).map(([call, answer]) => [call, [answer]]));
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const target = request.url ?? '';
      const call = `${request.method} ${target.split('?', 1)[0]}`;
      requests.push({ call, target, headers: request.headers, body });
      const left = answers.get(call) ?? [];
      const [answer] = left.length > 1 ? left.splice(0, 1) : left;
      reply(response, answer ?? { status: 501, body: { error: `no answer to ${call}` } });
    });
  });
  const listening = await startHttpServer(server);
  const close = async (): Promise<void> => {
    await listening.close();
  };
  onTestFinished(close);
  return {
    url: listening.url,
    requests,
    calls: () => requests.map(({ call }) => call),
    on: (call, ...given) => {
      answers.set(call, [...given]);
    },
    close,
  };
}

function reply(
  response: ServerResponse,
  { status = 200, body = {}, headers = {}, instead }: ScriptedAnswer,
): void {
  if (instead === 'cut') {
    response.destroy();
  } else if (instead === undefined) {
    const isText = typeof body === 'string';
    const type = isText ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(isText ? body : JSON.stringify(body));
  }
}

/** Call it inside a test. */
export function searchHttpTo(
  { url }: { readonly url: string },
  change: Partial<SearchConnection> = {},
): SearchHttp {
  const http = createSearchHttp({ url, credentials: { kind: 'none' }, ...change });
  onTestFinished(async () => {
    await http.close();
  });
  return http;
}
