import { describe, expect, test } from 'vitest';
import { serverFindings } from '../../../src/search/backup-findings.ts';
import { describeVersion, isKnown, readServerVersion } from '../../../src/search/server-version.ts';
import { failureOf } from '../../support/failure.ts';
import { searchHttpTo, startScriptedServer } from '../../support/search/scripted-server.ts';

function answer(version: unknown): { readonly 'GET /': { readonly body: unknown } } {
  return { 'GET /': { body: { name: 'one', cluster_name: 'zoo', version } } };
}

describe('a server that is known', () => {
  test.each([
    [{ number: '2.4.6' }, 'Elasticsearch 2.4.6'],
    [{ number: '5.6.16' }, 'Elasticsearch 5.6.16'],
    [{ number: '7.17.29', build_flavor: 'default' }, 'Elasticsearch 7.17.29'],
    [{ number: '1.3.20', distribution: 'opensearch' }, 'OpenSearch 1.3.20'],
    [{ number: '3.6.0', distribution: 'opensearch' }, 'OpenSearch 3.6.0'],
  ])('%j is %s', async (version, words) => {
    const http = searchHttpTo(await startScriptedServer(answer(version)));
    const read = await readServerVersion(http);
    expect(describeVersion(read)).toBe(words);
    expect(isKnown(read)).toBe(true);
    expect(await serverFindings(http)).toEqual([]);
  });
});

describe('a server that is not known is warned of', () => {
  test.each([
    [{ number: '1.7.6' }, 'Elasticsearch 1.7.6'],
    [{ number: '8.15.0' }, 'Elasticsearch 8.15.0'],
    [{ number: '10.0.0' }, 'Elasticsearch 10.0.0'],
    [{ number: '4.0.0', distribution: 'opensearch' }, 'OpenSearch 4.0.0'],
    // Told to say so for old clients: what it is still stands beside it, and 7 is no major of it.
    [{ number: '7.10.2', distribution: 'opensearch' }, 'OpenSearch 7.10.2'],
    [{ number: 'next' }, 'Elasticsearch next'],
  ])('%j', async (version, words) => {
    const server = await startScriptedServer(answer(version));
    expect(await serverFindings(searchHttpTo(server))).toEqual([
      {
        severity: 'warning',
        subject: 'elasticsearch-url',
        message: `The search server at ${server.url} is ${words}, which no Bitbucket supports and this action was never tried with.`,
      },
    ]);
  });
});

test.each([undefined, {}, { number: 7 }, { number: '' }])(
  'what says of itself %j is none',
  async (version) => {
    const server = await startScriptedServer(answer(version));
    const error = await failureOf(readServerVersion(searchHttpTo(server)));
    expect(error.code).toBe('UNEXPECTED_RESPONSE');
    const [finding, ...others] = await serverFindings(searchHttpTo(server));
    expect(finding).toMatchObject({ severity: 'error', subject: 'elasticsearch-url' });
    expect(finding?.message).toBe(`${error.message} ${error.advice}`);
    expect(others).toEqual([]);
  },
);
