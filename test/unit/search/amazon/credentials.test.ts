/** Each source of the standard chain, in a process of its own with an environment of its own. */
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../../support/program.ts';
import {
  type CredentialServer,
  startContainerCredentials,
  startMetadataService,
  startSilentServer,
} from '../../../support/search/credential-servers.ts';
import { type EchoServer, startEchoServer } from '../../../support/search/echo-server.ts';
import { startHttpServer } from '../../../support/search/http-server.ts';
import {
  type SignatureVerifyingProxy,
  startSignatureVerifyingProxy,
  type TestKey,
} from '../../../support/search/signature-verifying-proxy.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PROGRAM = join(import.meta.dirname, '../../../support/search/signed-request.ts');
const KEY = { accessKeyId: 'AKIAFIRST', secretAccessKey: 'first/secret+of=many' };
const OTHER = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other/secret+of=many' };
const ROLE = 'arn:aws:iam::123456789012:role/bitbucket-backup';

let upstream: EchoServer;
let proxy: SignatureVerifyingProxy;

/** Of an hour, as roles have them, or of how many minutes are left. */
const SESSION = session('ASIASESSION', 60);
const ENDING = session('ASIAENDING', 4);

beforeAll(async () => {
  upstream = await startEchoServer();
  proxy = await startSignatureVerifyingProxy({
    upstream: upstream.url,
    region: 'eu-central-1',
    service: 'es',
    keys: [KEY, SESSION, ENDING],
    sts: true,
  });
});

afterAll(async () => {
  await Promise.all([proxy.close(), upstream.close()]);
});

function session(accessKeyId: string, minutes: number): TestKey & { sessionToken: string } {
  return {
    accessKeyId,
    secretAccessKey: `secret/of+${accessKeyId}`,
    sessionToken: `token/of+${accessKeyId}`,
    expires: new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+/, ''),
  };
}

interface Outcome {
  readonly statuses: readonly number[];
  readonly answer: string;
  readonly failure?: { readonly message: string; readonly advice: string };
  readonly secrets: readonly string[];
  readonly lines: readonly string[];
  readonly milliseconds: number;
}

/** Nothing of this machine's own: no profile, no metadata service, unless the test says so. */
async function signedWith(
  environment: Readonly<Record<string, string>>,
  { times = 1, region = 'eu-central-1' }: { times?: number; region?: string } = {},
): Promise<Outcome> {
  const { stdout, stderr } = await runProgram(
    process.execPath,
    [PROGRAM, `${proxy.url}/_snapshot`, region, 'es', String(times)],
    { env: { HOME: temporaryFolder(), AWS_EC2_METADATA_DISABLED: 'true', ...environment } },
  );
  expect(stderr).toBe('');
  const outcome: unknown = JSON.parse(stdout.toString('utf8'));
  if (!isOutcome(outcome)) {
    throw new TypeError(stdout.toString('utf8'));
  }
  const { failure, lines } = outcome;
  const told = JSON.stringify([failure, lines]);
  expect(outcome.secrets.filter((secret) => told.includes(secret))).toEqual([]);
  return outcome;
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'statuses' in value && 'lines' in value;
}

function file(name: string, content: string, mode = 0o600): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content, { mode });
  chmodSync(path, mode);
  return path;
}

function kept<T extends { close(): Promise<void> }>(server: T): T {
  onTestFinished(async () => {
    await server.close();
  });
  return server;
}

function keysAsVariables(key: TestKey): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
  };
}

function keysAsProfile(name: string, key: TestKey): string {
  return `[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
}

describe('credentials are found', () => {
  it('in the environment', async () => {
    const { statuses, secrets } = await signedWith(keysAsVariables(KEY));
    expect({ statuses, secrets }).toEqual({ statuses: [200], secrets: [KEY.secretAccessKey] });
  });

  it('in the environment, although HTTPS_PROXY is not what it should be, and says so', async () => {
    const { statuses, lines } = await signedWith({
      ...keysAsVariables(KEY),
      HTTPS_PROXY: 'http://u:hunter2@proxy:999999',
    });
    expect(statuses).toEqual([200]);
    expect(lines[0]).toMatch(/^warning: HTTPS_PROXY does not hold/);
    expect(lines.join('\n')).not.toContain('hunter2');
  });

  it('in the environment, of a session', async () => {
    const { statuses, secrets } = await signedWith(keysAsVariables(SESSION), { times: 2 });
    expect({ statuses, secrets }).toEqual({
      statuses: [200, 200],
      secrets: [SESSION.secretAccessKey, SESSION.sessionToken],
    });
  });

  it('in the default profile', async () => {
    const credentials = file('credentials', keysAsProfile('default', KEY));
    expect((await signedWith({ AWS_SHARED_CREDENTIALS_FILE: credentials })).statuses).toEqual([200]);
  });

  it('in the profile that is named, before the environment, and says so', async () => {
    const outcome = await signedWith({
      ...keysAsVariables(OTHER),
      AWS_PROFILE: 'backup',
      AWS_SHARED_CREDENTIALS_FILE: file(
        'credentials',
        keysAsProfile('default', OTHER) + keysAsProfile('backup', KEY),
      ),
    });
    expect(outcome.statuses).toEqual([200]);
    expect(outcome.lines.join('\n')).toMatch(
      /^warning: .*Multiple credential sources detected.*AWS_PROFILE value/m,
    );
  });

  it('by the command of a profile', async () => {
    const document = {
      Version: 1,
      AccessKeyId: SESSION.accessKeyId,
      SecretAccessKey: SESSION.secretAccessKey,
    };
    const answer = JSON.stringify({
      ...document,
      SessionToken: SESSION.sessionToken,
      Expiration: SESSION.expires,
    });
    const command = file('command', `#!/bin/sh\necho '${answer}'\n`, 0o700);
    const config = file('config', `[profile backup]\ncredential_process = ${command} --now\n`);
    const { statuses, secrets } = await signedWith({ AWS_PROFILE: 'backup', AWS_CONFIG_FILE: config });
    expect({ statuses, secrets }).toEqual({
      statuses: [200],
      secrets: [SESSION.secretAccessKey, SESSION.sessionToken],
    });
  });

  it('by web identity', async () => {
    const { statuses, secrets } = await signedWith({
      AWS_WEB_IDENTITY_TOKEN_FILE: file('token', 'a.web.token'),
      AWS_ROLE_ARN: ROLE,
      AWS_ENDPOINT_URL_STS: proxy.stsUrl ?? '',
    });
    expect(statuses).toEqual([200]);
    expect(secrets).toHaveLength(2);
  });

  it('by web identity that a profile names', async () => {
    const config = file(
      'config',
      `[profile backup]\nrole_arn = ${ROLE}\nweb_identity_token_file = ${file('token', 'a.web.token')}\n`,
    );
    const { statuses } = await signedWith({
      AWS_PROFILE: 'backup',
      AWS_CONFIG_FILE: config,
      AWS_ENDPOINT_URL_STS: proxy.stsUrl ?? '',
    });
    expect(statuses).toEqual([200]);
  });

  it('by the role that a profile takes on from another', async () => {
    const config = file(
      'config',
      `[profile backup]\nrole_arn = ${ROLE}\nsource_profile = source\n${keysAsProfile('profile source', OTHER)}`,
    );
    const { statuses, secrets } = await signedWith({
      AWS_PROFILE: 'backup',
      AWS_CONFIG_FILE: config,
      AWS_ENDPOINT_URL_STS: proxy.stsUrl ?? '',
    });
    expect(statuses).toEqual([200]);
    expect(secrets).not.toContain(OTHER.secretAccessKey);
  });

  it('by the container', async () => {
    const container = kept(await startContainerCredentials('task token', SESSION));
    const { statuses } = await signedWith(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/role`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'task token',
      },
      { times: 3 },
    );
    expect({ statuses, requests: container.requests }).toEqual({
      statuses: [200, 200, 200],
      requests: ['GET /role 200'],
    });
  });

  it('again, some minutes before they expire', async () => {
    const container = kept(await startContainerCredentials('task token', ENDING));
    const { statuses } = await signedWith(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/role`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file('token', 'task token'),
      },
      { times: 3 },
    );
    expect(statuses).toEqual([200, 200, 200]);
    expect(container.requests.length).toBeGreaterThan(1);
  });

  it('by the role of the instance, with a token of its metadata service', async () => {
    const metadata = kept(await startMetadataService('backup-role', SESSION));
    const { statuses } = await signedWith({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
    });
    expect({ statuses, requests: metadata.requests }).toEqual({
      statuses: [200],
      requests: [
        'PUT /latest/api/token 200',
        'GET /latest/meta-data/iam/security-credentials/ 200',
        'GET /latest/meta-data/iam/security-credentials/backup-role 200',
      ],
    });
  });
});

describe('without credentials the signer', () => {
  it('says in one sentence where it looked, within seconds where no metadata service answers', async () => {
    const silent: CredentialServer = kept(await startSilentServer());
    const { failure, milliseconds } = await signedWith({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.url,
    });
    expect(failure?.message).toBe(
      'No AWS credentials were found to sign requests to the search server; tried: environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set), profile "default" (no usable one in the shared files, ~/.aws/config and ~/.aws/credentials), web identity (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not both set), container (no AWS_CONTAINER_CREDENTIALS_... is set), instance role (the metadata service of this machine gave none).',
    );
    expect(failure?.advice).toContain('aws-actions/configure-aws-credentials');
    expect(silent.requests[0]).toBe('PUT /latest/api/token');
    expect(milliseconds).toBeLessThan(8_000);
  });

  it('names the container that gave none, and does not ask the machine below', async () => {
    const container = kept(await startContainerCredentials('task token', SESSION));
    const { failure } = await signedWith({
      AWS_PROFILE: 'none',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/role`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'wrong',
    });
    expect(failure?.message).toContain('environment (not looked at, since AWS_PROFILE is set)');
    expect(failure?.message).toContain(
      'container (the address in AWS_CONTAINER_CREDENTIALS_FULL_URI gave none)',
    );
    expect(failure?.message).toContain('instance role (not asked');
  });

  it('shows neither the line nor the output of a command that failed', async () => {
    const command = file('command', '#!/bin/sh\necho output-$1\necho errors-$1 >&2\nexit 3\n', 0o700);
    const config = file('config', `[default]\ncredential_process = ${command} hunter2\n`);
    const { failure, lines } = await signedWith({ AWS_CONFIG_FILE: config });
    expect(failure?.message).toContain('No AWS credentials were found');
    expect(failure?.message).toContain('instance role (not asked, since AWS_EC2_METADATA_DISABLED is set)');
    const told = JSON.stringify([failure, lines]);
    expect(told).toContain('the command is not shown');
    expect(told).not.toContain('hunter2');
  });

  it('says what Amazon answered who has a role to take on and may not', async () => {
    const refusing = kept(
      await startHttpServer(
        createServer((_, response) => {
          response.writeHead(403, { 'content-type': 'text/xml' });
          response.end(
            '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>',
          );
        }),
      ),
    );
    const { failure } = await signedWith({
      AWS_WEB_IDENTITY_TOKEN_FILE: file('token', 'a.web.token'),
      AWS_ROLE_ARN: ROLE,
      AWS_ENDPOINT_URL_STS: refusing.url,
    });
    expect(failure?.message).toContain(
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity.',
    );
    expect(failure?.advice).toContain('trust policy');
  });

  it('asks the token service of the region, by the proxy, and says when that is out of reach', async () => {
    const asked: string[] = [];
    const server = createServer();
    server.on('connect', (request, socket) => {
      asked.push(String(request.url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const { url } = kept(await startHttpServer(server));
    const { failure } = await signedWith(
      {
        AWS_WEB_IDENTITY_TOKEN_FILE: file('token', 'a.web.token'),
        AWS_ROLE_ARN: ROLE,
        AWS_REGION: 'us-east-1',
        https_proxy: url.replace('http://', ''),
      },
      { region: 'cn-north-1' },
    );
    expect(new Set(asked)).toEqual(new Set(['sts.cn-north-1.amazonaws.com.cn:443']));
    expect(failure?.advice).toContain('Let this machine reach');
  });
});
