/** A server that knows its users and is reached by TLS, as Elasticsearch 7 has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { whyMissing } from '../support/search/installed.ts';
import { type SearchServer, startSearchServer } from '../support/search/search-server.ts';
import { ALIAS, archived, INDEX } from './search.contract.ts';
import { backUp, backupRun, type Inputs, never, restoreRun } from './search-context.ts';

const PASSWORD = 'pass word with ä and "quotes"';

describe('a server with users and TLS', () => {
  const missing = whyMissing('elasticsearch-7.17.29');
  let server: SearchServer;
  let folder = '';
  beforeAll(async () => {
    if (missing !== undefined) {
      return;
    }
    folder = await mkdtemp(join(tmpdir(), 'search-access-'));
    const certificate = await makeCertificate(folder);
    const access = { username: 'backup', password: PASSWORD };
    server = await startSearchServer({ version: 'elasticsearch-7.17.29', access, certificate });
    await server.ask({
      method: 'PUT',
      path: `/${INDEX}`,
      body: { settings: { number_of_shards: 1, number_of_replicas: 0 }, aliases: { [ALIAS]: {} } },
    });
  }, 180_000);
  afterAll(async () => {
    if (missing === undefined) {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
  beforeEach(({ skip }) => {
    skip(missing !== undefined, missing);
  });
  const inputs = (changes: Inputs = {}): Inputs => ({
    'elasticsearch-url': server.url,
    'elasticsearch-location': `${server.pathRepo}/snapshots`,
    'elasticsearch-username': 'backup',
    'elasticsearch-password': PASSWORD,
    'ca-file': join(folder, 'cert.pem'),
    ...changes,
  });

  it('takes a snapshot and restores it, as its user, by its own authority', async () => {
    const given = inputs();
    const part = archived(await backUp(await backupRun('fs', given)));
    await server.ask({ method: 'DELETE', path: `/${INDEX}` });
    const { strategy } = await restoreRun('fs', given);
    expect(await strategy.preflight(part)).toEqual([]);
    await strategy.restore(part, '/nowhere', never);
    expect((await strategy.complete()).place).toBe(`${INDEX} at ${server.url}`);
  });

  it.each([
    [
      'a wrong password',
      { 'elasticsearch-password': 'wrong-password' },
      /rejected user 'backup' \(401\): unable to authenticate user \[backup\].*Check elasticsearch-username/,
    ],
    [
      'nobody',
      { 'elasticsearch-username': '', 'elasticsearch-password': '' },
      /rejected a caller without a username \(401\)/,
    ],
    [
      'an authority that is not known',
      { 'ca-file': '' },
      /^The TLS certificate of the search server 127\.0\.0\.1:\d+ is not trusted: .*ca-file\.$/,
    ],
  ])('%s', async (_, changes, message) => {
    const { strategy, lines } = await backupRun('fs', inputs(changes));
    const [finding, ...others] = await strategy.preflight();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', subject: 'elasticsearch-url' });
    expect(finding?.message).toMatch(message);
    expect([...lines, finding?.message].join('\n')).not.toContain('wrong-password');
  });
});
