import { startFsServer } from '../support/search/fs-server.ts';
import { describeSearchContract } from './search.contract.ts';

describeSearchContract(
  'fs',
  'elasticsearch-7.17.29',
  async () => await startFsServer('elasticsearch-7.17.29'),
);
describeSearchContract('fs', 'elasticsearch-6.8.23', async () => await startFsServer('elasticsearch-6.8.23'));
describeSearchContract('fs', 'elasticsearch-5.6.16', async () => await startFsServer('elasticsearch-5.6.16'));
describeSearchContract('fs', 'elasticsearch-2.4.6', async () => await startFsServer('elasticsearch-2.4.6'));
