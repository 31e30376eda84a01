/** OpenSearch with its plugin repository-s3 and a bucket server, as the contracts of `s3` and `amazon-es` are run against. */
import type { Inputs } from '../../contract/search-context.ts';
import type { SearchUnderTest } from '../../contract/search.contract.ts';
import { type S3Server, startS3Server } from './s3-server.ts';
import { SearchFixture } from './search-fixture.ts';
import { type SearchServer, startSearchServer } from './search-server.ts';

export interface BucketServer extends SearchUnderTest {
  readonly search: SearchServer;
  readonly buckets: S3Server;
}

export const BUCKET = 'bitbucket-snapshots';

/** @param given inputs besides those of the bucket, where they differ */
export async function startBucketServer(
  given: (server: SearchServer) => Promise<Inputs> = async () => await Promise.resolve({}),
  region?: string,
): Promise<BucketServer> {
  const buckets = await startS3Server(region);
  await buckets.createBucket(BUCKET);
  const search = await startSearchServer({ version: 'opensearch-3.6.0', s3: buckets });
  const more = await given(search);
  let place = 0;
  return {
    search,
    buckets,
    fixture: new SearchFixture({ url: search.url, typed: false }),
    inputs: () => {
      place += 1;
      return {
        'elasticsearch-url': search.url,
        'elasticsearch-s3-bucket': BUCKET,
        'elasticsearch-location': `/backups/${place}/`,
        ...more,
      };
    },
    repository: (inputs) => ({
      type: 's3',
      settings: {
        bucket: BUCKET,
        base_path: (inputs['elasticsearch-location'] ?? '').replaceAll(/^\/|\/$/g, ''),
        ...(inputs['elasticsearch-s3-region'] === undefined
          ? {}
          : { region: inputs['elasticsearch-s3-region'], role_arn: inputs['elasticsearch-role-arn'] ?? '' }),
      },
    }),
    close: async () => {
      await search.stop();
      await buckets.stop();
    },
  };
}
