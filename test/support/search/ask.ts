/** Asks a search server, for the tests' own needs; independent of `src/search`, so that a fault there cannot hide itself. */
import { Agent, request } from 'undici';
import type { Certificate } from '../certificates.ts';

export interface Question {
  readonly method?: 'DELETE' | 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** Sent as JSON; a string as it is, for what is not JSON as a whole. */
  readonly body?: string | object;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Asked {
  readonly url: string;
  readonly access: { readonly username: string; readonly password: string } | undefined;
  readonly certificate: Certificate | undefined;
}

/** One connection for each question: a server that is killed leaves none behind that a later one could be sent to. */
export async function askServer(
  { url, access, certificate }: Asked,
  { method = 'GET', path, body }: Question,
): Promise<Answer> {
  const dispatcher = new Agent({
    pipelining: 0,
    ...(certificate === undefined ? {} : { connect: { ca: certificate.cert } }),
  });
  try {
    const answer = await request(`${url}${path}`, {
      method,
      dispatcher,
      headers: {
        'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json',
        ...(access === undefined
          ? {}
          : {
              authorization: `Basic ${Buffer.from(`${access.username}:${access.password}`).toString('base64')}`,
            }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  } finally {
    await dispatcher.close();
  }
}
