import { startBucketServer } from '../support/search/bucket-server.ts';
import { describeSearchContract } from './search.contract.ts';

describeSearchContract(
  's3',
  { on: 'opensearch-3.6.0', programs: ['opensearch-3.6.0', 'versitygw'] },
  async () => await startBucketServer(),
);
