import { startBucketServer } from '../support/search/bucket-server.ts';
import { describeSearchContract } from './search.contract.ts';

describeSearchContract('s3', 'opensearch-3.6.0', async () => await startBucketServer());
