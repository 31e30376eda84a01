/** The search servers of the tests, before anything of ours is tried on them: each can do what our strategies will ask of it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { askServer, type Question } from '../support/search/ask.ts';
import { whyMissing } from '../support/search/installed.ts';
import { startS3Server } from '../support/search/s3-server.ts';
import { createSearchIndex, describeSearchIndex, type SearchIndex } from '../support/search/search-index.ts';
import {
  type SearchServer,
  type SearchServerOptions,
  startSearchServer,
} from '../support/search/search-server.ts';
import { searchVersions } from '../support/search/versions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// OpenSearch 3 is ready after 8 seconds when it has the machine to itself, and after 30 when others compute.
vi.setConfig({ testTimeout: 120_000 });

const INDEX = 'bitbucket-search-v1';

describe.each(searchVersions)('%s', (version) => {
  test('restores an index from a snapshot in a folder', async ({ skip }) => {
    const missing = whyMissing(version);
    skip(missing !== undefined, missing);
    const server = await running({ version });
    const { before, after } = await roundTrip(server, 'fs', { location: join(server.pathRepo, 'snapshots') });
    expect(after).toEqual(before);
  });
});

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

test('opensearch-3.6.0 restores an index from a snapshot in S3', async ({ skip }) => {
  const missing = whyMissing('opensearch-3.6.0', 'versitygw');
  skip(missing !== undefined, missing);
  const s3 = await startS3Server();
  onTestFinished(async () => await s3.stop());
  const server = await running({ version: 'opensearch-3.6.0', s3 });
  const settings = { bucket: 'snapshots', base_path: 'bitbucket' };
  const refused = await server.ask({
    method: 'PUT',
    path: '/_snapshot/early',
    body: { type: 's3', settings },
  });
  expect(refused.status).toBe(500);
  expect(refused.text).toContain('no_such_bucket_exception');
  await s3.createBucket('snapshots');
  const { before, after } = await roundTrip(server, 's3', settings);
  expect(after).toEqual(before);
  expect(await s3.objects('snapshots')).toContainEqual(expect.stringMatching(/^bitbucket\/snap-.*\.dat$/));
});

test('elasticsearch-2.4.6 restores an index from a snapshot in S3', async ({ skip }) => {
  const missing = whyMissing('elasticsearch-2.4.6', 'versitygw');
  skip(missing !== undefined, missing);
  const s3 = await startS3Server();
  onTestFinished(async () => await s3.stop());
  await s3.createBucket('snapshots');
  const server = await running({ version: 'elasticsearch-2.4.6', s3 });
  const settings = { bucket: 'snapshots', path_style_access: 'true' };
  const { before, after } = await roundTrip(server, 's3', settings);
  expect(after).toEqual(before);
  expect(await s3.objects('snapshots')).toContain('snap-first.dat');
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

test('elasticsearch-7.17.29 with a user and TLS lets in this user only, over https only', async ({
  skip,
}) => {
  const missing = whyMissing('elasticsearch-7.17.29');
  skip(missing !== undefined, missing);
  const folder = temporaryFolder();
  await mkdir(join(folder, 'mine'));
  await mkdir(join(folder, 'other'));
  const certificate = await makeCertificate(join(folder, 'mine'));
  const access = { username: 'backup', password: `p:a"ss %40ä#\\'` };
  const server = await running({ version: 'elasticsearch-7.17.29', access, certificate });
  expect((await server.ask({ path: '/' })).text).toContain('"number" : "7.17.29"');
  const { url } = server;
  const wrong = { url, certificate, access: { ...access, password: 'wrong' } };
  expect((await askServer(wrong, { path: '/' })).status).toBe(401);
  expect((await askServer({ url, certificate, access: undefined }, { path: '/' })).status).toBe(401);
  const other = await makeCertificate(join(folder, 'other'));
  await expect(askServer({ url, certificate: other, access }, { path: '/' })).rejects.toThrow('certificate');
  const plain = { url: url.replace('https:', 'http:'), certificate: undefined, access };
  await expect(askServer(plain, { path: '/' })).rejects.toThrow('other side closed');
});

test('a server without path.repo takes no folder for snapshots', async ({ skip }) => {
  const missing = whyMissing('opensearch-2.19.6');
  skip(missing !== undefined, missing);
  const server = await running({ version: 'opensearch-2.19.6', pathRepo: false });
  const { status, text } = await server.ask({
    method: 'PUT',
    path: '/_snapshot/snapshots',
    body: { type: 'fs', settings: { location: join(server.pathRepo, 'snapshots') } },
  });
  expect(status).toBe(500);
  expect(text).toContain('path.repo because this setting is empty');
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
