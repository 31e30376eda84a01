import { startFsServer } from '../support/search/fs-server.ts';
import type { SearchVersion } from '../support/search/versions.ts';
import { describeSearchContract } from './search.contract.ts';

const VERSIONS: readonly SearchVersion[] = [
  'elasticsearch-7.17.29',
  'elasticsearch-6.8.23',
  'elasticsearch-5.6.16',
  'elasticsearch-2.4.6',
];

for (const version of VERSIONS) {
  describeSearchContract(
    'fs',
    { on: version, programs: [version] },
    async () => await startFsServer(version),
  );
}
