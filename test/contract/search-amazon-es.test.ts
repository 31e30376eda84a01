/** `amazon-es` behind a server that lets through only what is signed right, as botocore signs it (signature-verifying-proxy.py). */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBucketServer } from '../support/search/bucket-server.ts';
import {
  type SignatureVerifyingProxy,
  startSignatureVerifyingProxy,
} from '../support/search/signature-verifying-proxy.ts';
import { backupRun } from './search-context.ts';
import { describeSearchContract } from './search.contract.ts';

const KEY = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret/of+the=tests' };
const REGION = 'eu-central-1';
const INPUTS = {
  'elasticsearch-region': REGION,
  'elasticsearch-s3-region': REGION,
  'elasticsearch-role-arn': 'arn:aws:iam::123456789012:role/snapshots',
};

function setCredentials(secret: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEY.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
}

const SERVER = {
  on: 'opensearch-3.6.0 behind signed requests',
  programs: ['opensearch-3.6.0', 'versitygw'],
} as const;

let proxy: SignatureVerifyingProxy | undefined;

describeSearchContract('amazon-es', SERVER, async () => {
  setCredentials(KEY.secretAccessKey);
  return await startBucketServer(async ({ url }) => {
    proxy = await startSignatureVerifyingProxy({ upstream: url, region: REGION, service: 'es', keys: [KEY] });
    return { ...INPUTS, 'elasticsearch-url': proxy.url };
  }, REGION);
});

describe('what Amazon refuses', () => {
  let url = '';
  beforeAll(async () => {
    proxy ??= await startSignatureVerifyingProxy({
      upstream: 'http://127.0.0.1:9',
      region: REGION,
      service: 'es',
      keys: [KEY],
    });
    url = proxy.url;
  });
  afterAll(async () => {
    await proxy?.close();
    vi.unstubAllEnvs();
  });

  it.each([
    [
      'a wrong key',
      'wrong',
      REGION,
      /The request signature we calculated does not match.*Check AWS_SECRET_ACCESS_KEY/,
    ],
    [
      'another region',
      KEY.secretAccessKey,
      'us-east-1',
      /Credential should be scoped to a valid region.*address/,
    ],
  ])('%s', async (_, secret, region, message) => {
    setCredentials(secret);
    const { strategy, lines } = await backupRun('amazon-es', {
      ...INPUTS,
      'elasticsearch-region': region,
      'elasticsearch-url': url,
    });
    const [finding, ...others] = await strategy.preflight();
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(message);
    expect([...lines, finding?.message].join('\n')).not.toContain(secret === 'wrong' ? 'AWS4-HMAC' : secret);
  });
});
