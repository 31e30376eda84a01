import { startFsServer } from '../support/search/fs-server.ts';
import { describeSearchContract } from './search.contract.ts';

describeSearchContract('fs', 'opensearch-3.6.0', async () => await startFsServer('opensearch-3.6.0'));
describeSearchContract('fs', 'opensearch-2.19.6', async () => await startFsServer('opensearch-2.19.6'));
describeSearchContract('fs', 'opensearch-1.3.20', async () => await startFsServer('opensearch-1.3.20'));
