/** Everything that can be known to be wrong with the search server before the lock. Changes nothing. */
import { ActionError, asError } from '../errors.ts';
import type { Finding } from '../strategies/contract.ts';
import { indicesUnder } from './indices.ts';
import type { SearchHttp } from './search-http.ts';
import type { SearchSettings } from './search-settings.ts';
import { describeVersion, isKnown, readServerVersion } from './server-version.ts';
import {
  differences,
  findRepository,
  missingSettings,
  type RegisteredRepository,
  verifyRepository,
} from './snapshot-repository.ts';

export async function backupFindings(
  http: SearchHttp,
  settings: SearchSettings,
): Promise<readonly Finding[]> {
  const server = await serverFindings(http);
  if (server.some(({ severity }) => severity === 'error')) {
    return server;
  }
  const repository = await findingsOf(
    'elasticsearch-repository',
    async () => await repositoryFindings(http, settings),
  );
  const indices = await findingsOf(
    'elasticsearch-index',
    async () => await indexFindings(http, settings.indices),
  );
  return [...server, ...repository, ...indices];
}

/** Does it answer, to us, in a version that is known? */
export async function serverFindings(http: SearchHttp): Promise<readonly Finding[]> {
  return await findingsOf('elasticsearch-url', async () => {
    const version = await readServerVersion(http);
    return isKnown(version)
      ? []
      : [
          {
            severity: 'warning',
            subject: 'elasticsearch-url',
            message: `The search server at ${http.url} is ${describeVersion(version)}, which no Bitbucket supports and this action was never tried with.`,
          },
        ];
  });
}

async function repositoryFindings(
  http: SearchHttp,
  { repository }: SearchSettings,
): Promise<readonly Finding[]> {
  const found = await findRepository(http, repository.name);
  const complaints = found === undefined ? missingSettings(repository) : differences(found, repository);
  if (complaints.length === 0 && found !== undefined) {
    complaints.push(...readOnlyComplaints(repository.name, found));
  }
  if (complaints.length === 0 && found !== undefined) {
    await verifyRepository(http, repository);
  }
  return complaints.map((message) => ({ severity: 'error', subject: 'elasticsearch-repository', message }));
}

function readOnlyComplaints(name: string, { settings }: RegisteredRepository): string[] {
  return settings['readonly'] === 'true'
    ? [
        `Snapshot repository '${name}' is registered as read-only, so that no snapshot can be written there; register it without readonly, or choose another elasticsearch-repository.`,
      ]
    : [];
}

/** A wildcard that fits nothing is an empty snapshot to the server, and a mistake to us. */
async function indexFindings(http: SearchHttp, expression: readonly string[]): Promise<readonly Finding[]> {
  const missing: string[] = [];
  for (const name of expression) {
    if ((await indicesUnder(http, name)).length === 0) {
      missing.push(name);
    }
  }
  return missing.map((name) => ({
    severity: 'error',
    subject: 'elasticsearch-index',
    message: `The search server at ${http.url} has no index '${name}'; correct elasticsearch-index, or set elasticsearch-strategy: none until Bitbucket has made its index.`,
  }));
}

/** What a call throws is a finding like the others: all that is wrong is named in one go. */
export async function findingsOf(
  subject: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const advice = error instanceof ActionError ? (error.advice ?? '') : '';
    return [{ severity: 'error', subject, message: `${asError(error).message} ${advice}`.trim() }];
  }
}
