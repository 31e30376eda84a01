/** Everything that can be known to be wrong before the search index is restored. Leaves nothing behind. */
import type { Finding } from '../strategies/contract.ts';
import { ShapeError } from '../strategies/json-shape.ts';
import type { ArchivedPart } from '../strategies/restore.ts';
import { findingsOf, serverFindings } from './backup-findings.ts';
import { indicesUnder } from './indices.ts';
import { type RecordedSnapshot, recordedSnapshot } from './recorded-snapshot.ts';
import type { SearchHttp } from './search-http.ts';
import type { SearchSettings } from './search-settings.ts';
import {
  differences,
  findRepository,
  missingSettings,
  type RegisteredRepository,
  unregisterRepository,
} from './snapshot-repository.ts';
import { assertHolds, assertWhole, shown } from './snapshot-verdict.ts';
import { findSnapshot } from './snapshots.ts';
import { registerForReading, temporaryRepository } from './temporary-repository.ts';

/** @param part undefined while it is not known */
export async function restoreFindings(
  http: SearchHttp,
  settings: SearchSettings,
  part: ArchivedPart | undefined,
  runId: string,
): Promise<readonly Finding[]> {
  const server = await serverFindings(http);
  if (server.some(({ severity }) => severity === 'error')) {
    return server;
  }
  const inside = await findingsOf(
    'elasticsearch-repository',
    async () => await repositoryFindings(http, { settings, part, runId }),
  );
  return [...server, ...inside];
}

async function repositoryFindings(
  http: SearchHttp,
  { settings, part, runId }: Omit<Wanted, 'found' | 'recorded'> & { readonly part: ArchivedPart | undefined },
): Promise<readonly Finding[]> {
  const { repository } = settings;
  const found = await findRepository(http, repository.name);
  const complaints = found === undefined ? missingSettings(repository) : differences(found, repository);
  if (part === undefined || complaints.length > 0) {
    return complaints.map((message) => problem('elasticsearch-repository', message));
  }
  const recorded = readRecorded(part);
  if ('message' in recorded) {
    return [recorded];
  }
  return [
    ...(await findingsOf(
      'elasticsearch-repository',
      async () => await snapshotFindings(http, { settings, found, recorded, runId }),
    )),
    ...(await findingsOf('elasticsearch-strategy', async () => await targetFindings(http, recorded))),
  ];
}

function readRecorded({ recorded }: ArchivedPart): RecordedSnapshot | Finding {
  if (recorded === undefined) {
    return problem(
      'elasticsearch-strategy',
      'The archive has no manifest, and only that could name the snapshot of the search index; set elasticsearch-strategy: none, and Bitbucket builds its index anew.',
    );
  }
  try {
    return recordedSnapshot(recorded);
  } catch (error) {
    if (error instanceof ShapeError) {
      return problem(
        'elasticsearch-strategy',
        `What the manifest says of the search index cannot be read: ${error.message}; set elasticsearch-strategy: none, and Bitbucket builds its index anew.`,
      );
    }
    throw error;
  }
}

interface Wanted {
  readonly settings: SearchSettings;
  readonly found: RegisteredRepository | undefined;
  readonly recorded: RecordedSnapshot;
  readonly runId: string;
}

/** Is the snapshot there, and whole? A repository that is not registered is looked into by a name of its own. */
async function snapshotFindings(
  http: SearchHttp,
  { settings, found, recorded, runId }: Wanted,
): Promise<readonly Finding[]> {
  const { repository } = settings;
  const isTemporary = found === undefined;
  const name = isTemporary ? temporaryRepository(repository.name, runId) : repository.name;
  const snapshot = { repository: name, snapshot: recorded.snapshot };
  /** By the name that the administrator knows. */
  const told = { ...snapshot, repository: repository.name };
  if (isTemporary) {
    await registerForReading(http, repository, name);
  }
  try {
    const info = await findSnapshot(http, snapshot, { retries: 2 });
    if (info === undefined) {
      return [
        problem(
          'elasticsearch-repository',
          `There is no snapshot ${shown(told)}; it may have been pruned. Correct elasticsearch-repository or its place, or set elasticsearch-strategy: none, and Bitbucket builds its index anew.`,
        ),
      ];
    }
    assertWhole(told, info);
    assertHolds(told, info, [...recorded.indices.keys()]);
    return [];
  } finally {
    if (isTemporary) {
      await unregisterRepository(http, name);
    }
  }
}

/** Neither the indices nor their aliases may be there: the server would mix both, or refuse in the middle. */
async function targetFindings(http: SearchHttp, { indices }: RecordedSnapshot): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [index, aliases] of indices) {
    for (const name of [index, ...aliases]) {
      const existing = await indicesUnder(http, name);
      if (existing.length > 0) {
        findings.push(problem('elasticsearch-strategy', taken(http.url, name, existing)));
      }
    }
  }
  return findings;
}

function taken(url: string, name: string, existing: readonly string[]): string {
  return existing.includes(name)
    ? `The search server at ${url} has an index '${name}' already; delete it there if nobody needs it, or set elasticsearch-strategy: none.`
    : `The search server at ${url} has an alias '${name}' already, of the index ${existing.join(', ')}; remove it there if nobody needs it, or set elasticsearch-strategy: none.`;
}

function problem(subject: string, message: string): Finding {
  return { severity: 'error', subject, message };
}
