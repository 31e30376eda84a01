import { expect, it, onTestFinished } from 'vitest';
import { startBucketServer } from '../support/search/bucket-server.ts';
import { whyMissing } from '../support/search/installed.ts';
import { startS3Server } from '../support/search/s3-server.ts';
import { SearchFixture } from '../support/search/search-fixture.ts';
import { startSearchServer } from '../support/search/search-server.ts';
import { ALIAS, archived, describeSearchContract, INDEX, REPOSITORY } from './search.contract.ts';
import { backUp, backupRun, never, restoreRun } from './search-context.ts';

describeSearchContract(
  's3',
  { on: 'opensearch-3.6.0', programs: ['opensearch-3.6.0', 'versitygw'] },
  async () => await startBucketServer(),
);

it('s3 on elasticsearch-2.4.6 with its plugin cloud-aws, into a repository that is registered by hand', async ({
  skip,
}) => {
  const missing = whyMissing('elasticsearch-2.4.6', 'versitygw');
  skip(missing !== undefined, missing);
  const s3 = await startS3Server();
  onTestFinished(async () => await s3.stop());
  await s3.createBucket('old');
  const server = await startSearchServer({ version: 'elasticsearch-2.4.6', s3 });
  onTestFinished(async () => await server.stop());
  const fixture = new SearchFixture({ url: server.url, typed: true });
  await fixture.makeIndex(INDEX, ALIAS, { documents: 60 });
  const settings = { bucket: 'old', path_style_access: 'true' };
  await fixture.tell('PUT', `/_snapshot/${REPOSITORY}`, { type: 's3', settings });
  const inputs = { 'elasticsearch-url': server.url, 'elasticsearch-s3-bucket': 'old' };
  const before = await fixture.fingerprint(INDEX);
  const part = archived(await backUp(await backupRun('s3', inputs)));
  await fixture.tell('DELETE', `/${INDEX}`);
  const { strategy } = await restoreRun('s3', inputs);
  expect(await strategy.preflight(part)).toEqual([]);
  await strategy.restore(part, '/nowhere', never);
  await strategy.complete();
  expect(await fixture.fingerprint(INDEX)).toEqual(before);
  expect((await s3.objects('old')).length).toBeGreaterThan(0);
}, 120_000);
