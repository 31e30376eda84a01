/** Where containers and machines of Amazon get credentials from. Both keep state and refuse who does not ask as he must. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { startHttpServer } from './http-server.ts';
import type { TestKey } from './signature-verifying-proxy.ts';

export interface CredentialServer {
  readonly url: string;
  /** `method path status`, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

type Answer = readonly [status: number, body: string];

const ROLES = '/latest/meta-data/iam/security-credentials/';

/**
 * The instance metadata service, version 2: gives a token to a PUT that says for how long, and nothing to a request
 * without one of its tokens. moto has one as well, but that looks at no token.
 */
export async function startMetadataService(role: string, key: TestKey): Promise<CredentialServer> {
  const tokens = new Set<string>();
  return await startCredentialServer((method, path, headers): Answer => {
    if (path === '/latest/api/token') {
      if (method !== 'PUT' || !/^\d+$/.test(String(headers['x-aws-ec2-metadata-token-ttl-seconds']))) {
        return [method === 'PUT' ? 400 : 405, ''];
      }
      const token = randomUUID();
      tokens.add(token);
      return [200, token];
    }
    if (!tokens.has(String(headers['x-aws-ec2-metadata-token']))) {
      return [401, ''];
    }
    if (path === ROLES) {
      return [200, role];
    }
    return path === `${ROLES}${role}` ? [200, credentialsDocument(key)] : [404, ''];
  });
}

/** The credentials of a task or a pod, for who has its token. */
export async function startContainerCredentials(token: string, key: TestKey): Promise<CredentialServer> {
  return await startCredentialServer(
    (_, path, headers): Answer =>
      headers['authorization'] === token && path === '/role' ? [200, credentialsDocument(key)] : [403, '{}'],
  );
}

/** Takes connections and never answers: a firewall, or a machine that is not one of Amazon's. */
export async function startSilentServer(): Promise<CredentialServer> {
  const requests: string[] = [];
  const server = createServer((request) => {
    requests.push(`${request.method} ${request.url}`);
  });
  return { ...(await startHttpServer(server)), requests };
}

async function startCredentialServer(
  answer: (method: string, path: string, headers: Record<string, unknown>) => Answer,
): Promise<CredentialServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const [method = '', path = ''] = [request.method, request.url];
    const [status, body] = answer(method, path, request.headers);
    requests.push(`${method} ${path} ${status}`);
    response.writeHead(status).end(body);
  });
  return { ...(await startHttpServer(server)), requests };
}

function credentialsDocument(key: TestKey): string {
  return JSON.stringify({
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    Token: key.sessionToken,
    Expiration: key.expires,
  });
}
