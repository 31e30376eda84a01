/** A search server whose snapshots go into folders, as the contract of the strategy `fs` is run against. */
import type { SearchUnderTest } from '../../contract/search.contract.ts';
import { SearchFixture } from './search-fixture.ts';
import { startSearchServer } from './search-server.ts';
import { isBeforeSeven, type SearchVersion } from './versions.ts';

export async function startFsServer(version: SearchVersion): Promise<SearchUnderTest> {
  const server = await startSearchServer({ version });
  let place = 0;
  return {
    fixture: new SearchFixture({ url: server.url, typed: isBeforeSeven(version) }),
    inputs: () => {
      place += 1;
      return {
        'elasticsearch-url': server.url,
        'elasticsearch-location': `${server.pathRepo}/repository-${place}`,
      };
    },
    repository: (inputs) => ({
      type: 'fs',
      settings: { location: inputs['elasticsearch-location'] ?? '' },
    }),
    close: async () => {
      await server.stop();
    },
  };
}
