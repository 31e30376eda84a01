/** The search servers of the tests, where the contract of our strategies would not show that they are real. */
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Question } from '../support/search/ask.ts';
import { whyMissing } from '../support/search/installed.ts';
import { startS3Server } from '../support/search/s3-server.ts';
import { createSearchIndex, describeSearchIndex, type SearchIndex } from '../support/search/search-index.ts';
import {
  type SearchServer,
  type SearchServerOptions,
  startSearchServer,
} from '../support/search/search-server.ts';

// OpenSearch 3 is ready after 8 seconds when it has the machine to itself, and after 30 when others compute.
vi.setConfig({ testTimeout: 120_000 });

const INDEX = 'bitbucket-search-v1';

test('a server that crashes has its repositories again after a start, under the same URL', async ({
  skip,
}) => {
  const missing = whyMissing('opensearch-2.19.6');
  skip(missing !== undefined, missing);
  const server = await running({ version: 'opensearch-2.19.6' });
  const folder = { location: join(server.pathRepo, 'snapshots') };
  const { before, after } = await roundTrip(server, 'fs', folder, async () => {
    await server.kill('SIGKILL');
    await expect(server.ask({ path: '/' })).rejects.toThrow('ECONNREFUSED');
    await server.start();
  });
  expect(after).toEqual(before);
});

test('a server with a keystore of other keys is refused by the S3 server', async ({ skip }) => {
  const missing = whyMissing('opensearch-3.6.0', 'versitygw');
  skip(missing !== undefined, missing);
  const s3 = await startS3Server();
  onTestFinished(async () => await s3.stop());
  await s3.createBucket('snapshots');
  const server = await running({ version: 'opensearch-3.6.0', s3: { ...s3, secretKey: 'not the secret' } });
  const { status, text } = await server.ask({
    method: 'PUT',
    path: '/_snapshot/snapshots',
    body: { type: 's3', settings: { bucket: 'snapshots' } },
  });
  expect(status).toBe(500);
  expect(text).toContain('The request signature we calculated does not match');
});

async function running(options: SearchServerOptions): Promise<SearchServer> {
  const server = await startSearchServer(options);
  onTestFinished(async () => await server.stop());
  return server;
}

async function roundTrip(
  server: SearchServer,
  type: 'fs' | 's3',
  settings: Readonly<Record<string, string>>,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<Record<'before' | 'after', SearchIndex | undefined>> {
  const must = async (question: Question): Promise<string> => {
    const { status, text } = await server.ask(question);
    expect(status, `${question.path}: ${text}`).toBe(200);
    return text;
  };
  await createSearchIndex(server, { name: INDEX, alias: 'bitbucket-search', documents: 50 });
  const before = await describeSearchIndex(server, INDEX);
  expect(before).toMatchObject({ aliases: ['bitbucket-search'], documents: { length: 50 } });
  await must({ method: 'PUT', path: '/_snapshot/snapshots', body: { type, settings } });
  const what = { indices: INDEX, include_global_state: false };
  const taken = await must({
    method: 'PUT',
    path: '/_snapshot/snapshots/first?wait_for_completion=true',
    body: what,
  });
  expect(JSON.parse(taken)).toMatchObject({
    snapshot: { state: 'SUCCESS', indices: [INDEX], shards: { failed: 0 } },
  });
  await must({ method: 'DELETE', path: `/${INDEX}` });
  await between();
  expect(await describeSearchIndex(server, INDEX)).toBeUndefined();
  await must({
    method: 'POST',
    path: '/_snapshot/snapshots/first/_restore?wait_for_completion=true',
    body: what,
  });
  return { before, after: await describeSearchIndex(server, INDEX) };
}
