/**
 * A stand-in for GitHub's artifact service: three calls of its Twirp API and the blob PUTs that @actions/artifact makes.
 * It keeps what was uploaded, refuses a finalization without an upload, and knows nothing else.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface ArtifactService {
  /** What a runner gives a job so that its actions find the service. */
  readonly env: Readonly<Record<string, string>>;
  /** Name to the uploaded zip, of finished uploads. */
  readonly artifacts: ReadonlyMap<string, Buffer>;
  close(): Promise<void>;
}

export async function startArtifactService(): Promise<ArtifactService> {
  const artifacts = new Map<string, Buffer>();
  const blocks: Buffer[] = [];
  let origin = '';
  const answer = (path: string, body: Buffer): unknown => {
    if (path.endsWith('/CreateArtifact')) {
      blocks.length = 0;
      return { ok: true, signed_upload_url: `${origin}/blob/one?sig=x` };
    }
    if (path.endsWith('/FinalizeArtifact') && blocks.length > 0) {
      const request: unknown = JSON.parse(body.toString('utf8'));
      const name: unknown =
        typeof request === 'object' && request !== null ? Reflect.get(request, 'name') : undefined;
      artifacts.set(String(name), Buffer.concat(blocks));
      return { ok: true, artifact_id: '42' };
    }
    return { ok: false };
  };
  const server = createServer((request: IncomingMessage, response) => {
    void buffer(request).then((body) => {
      const url = new URL(request.url ?? '/', origin);
      if (url.pathname.startsWith('/blob/')) {
        if (url.searchParams.get('comp') !== 'blocklist') {
          blocks.push(body);
        }
        response.writeHead(201).end();
        return;
      }
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer(url.pathname, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new TypeError('It listens on a port.');
  }
  origin = `http://127.0.0.1:${address.port}`;
  return {
    env: { ACTIONS_RESULTS_URL: `${origin}/`, ACTIONS_RUNTIME_TOKEN: unsignedToken() },
    artifacts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The client reads the run's ids out of the token's claims and sends it along; nobody checks a signature here. */
function unsignedToken(): string {
  return `${encoded({ alg: 'none' })}.${encoded({ scp: 'Actions.Results:11111111-1111-1111-1111-111111111111:22222222-2222-2222-2222-222222222222' })}.x`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
