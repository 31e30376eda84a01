import { expect, test } from 'vitest';
import { HttpError } from '../../../src/bitbucket/http-error.ts';
import { clientFor, connect, connectionTo, startSimulator } from '../../support/bitbucket-client.ts';
import { type CertificateOptions, makeCertificate } from '../../support/certificates.ts';
import { failureOf } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function secured(options: CertificateOptions = {}): Promise<{
  url: string;
  refusal: (ca?: string) => Promise<HttpError>;
  cert: string;
  reached: () => number;
}> {
  const tls = await makeCertificate(temporaryFolder(), options);
  const simulator = await startSimulator({ tls });
  return {
    url: simulator.url,
    cert: tls.cert,
    reached: () => simulator.requests.length,
    refusal: async (ca) => {
      const client = clientFor(connectionTo(simulator, ca === undefined ? {} : { ca }));
      const error = await failureOf(client.lockState());
      if (!(error instanceof HttpError)) {
        throw error;
      }
      return error;
    },
  };
}

test('a certificate that signs itself is not trusted, and ca-file is named as the cure', async () => {
  const { refusal, reached, url } = await secured();
  const error = await refusal();
  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', maybeSent: false, retryable: false });
  expect(error.message).toContain(`${new URL(url).host} is not trusted: its certificate is self-signed`);
  expect(error.advice).toContain('ca-file');
  expect(reached()).toBe(0);
});

test('with its authority in `ca` it is trusted, on connections of their own too', async () => {
  const tls = await makeCertificate(temporaryFolder());
  const { client, simulator } = await connect({ tls }, { ca: tls.cert });
  expect(await client.lockState()).toEqual({ locked: false });
  expect(await client.lock()).toBe(simulator.snapshot().unlockToken);
});

test('another authority in `ca` does not help', async () => {
  const other = await makeCertificate(temporaryFolder());
  const { refusal } = await secured();
  expect((await refusal(other.cert)).code).toBe('TLS_UNTRUSTED');
});

test('a certificate for another host is told as one, and ca-file is not offered as its cure', async () => {
  const { refusal, cert, reached } = await secured({ names: 'DNS:other.example.com' });
  const error = await refusal(cert);
  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', maybeSent: false, retryable: false });
  expect(error.message).toContain('for another host name');
  expect(error.advice).not.toContain('ca-file');
  expect(reached()).toBe(0);
});

test('a certificate that has expired is told as one, and ca-file is not offered as its cure', async () => {
  const { refusal, cert, reached } = await secured({ days: -1 });
  const error = await refusal(cert);
  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', maybeSent: false, retryable: false });
  expect(error.message).toContain('has expired');
  expect(error.advice).not.toContain('ca-file');
  expect(reached()).toBe(0);
});

test('a server that speaks no TLS is unreachable by https', async () => {
  const simulator = await startSimulator();
  const client = clientFor(connectionTo(simulator, { url: simulator.url.replace('http:', 'https:') }));
  const error = await failureOf(client.lock());
  expect(error.code).toBe('BITBUCKET_UNREACHABLE');
  expect(simulator.requests).toEqual([]);
});

test('a file that only looks like a certificate is told, naming ca-file', async () => {
  const { refusal } = await secured();
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const error = await refusal(pem);
  expect(error.code).toBe('TLS_UNTRUSTED');
  expect(error.advice).toContain('ca-file');
});
