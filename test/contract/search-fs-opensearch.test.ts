import { startFsServer } from '../support/search/fs-server.ts';
import type { SearchVersion } from '../support/search/versions.ts';
import { describeSearchContract } from './search.contract.ts';

const VERSIONS: readonly SearchVersion[] = ['opensearch-3.6.0', 'opensearch-2.19.6', 'opensearch-1.3.20'];

for (const version of VERSIONS) {
  describeSearchContract(
    'fs',
    { on: version, programs: [version] },
    async () => await startFsServer(version),
  );
}
