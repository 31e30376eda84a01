/** Does the whole database lie where the snapshot of the home takes it along? */
import { stat } from 'node:fs/promises';
import { asError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import type { Finding } from '../../strategies/contract.ts';
import { type DataFolder, dataFolders, majorVersion, serverOf } from './data-directory.ts';
import type { ServerFacts } from './server-facts.ts';

const SUBJECT = 'postgresql-data-directory';

/** PostgreSQL writes whole seconds into its file, and the server's own time has fractions. */
const START_TOLERANCE_SECONDS = 5;

export interface Placement {
  readonly dataDirectory: string;
  readonly homePath: string;
  readonly facts: ServerFacts;
  readonly commands: CommandRunner;
}

export async function placementFindings(placement: Placement): Promise<readonly Finding[]> {
  const { dataDirectory } = placement;
  try {
    if ((await majorVersion(dataDirectory)) === undefined) {
      return [problem(`names ${dataDirectory}, which is no data directory of PostgreSQL (no PG_VERSION).`)];
    }
    return [
      ...durabilityFindings(placement.facts),
      ...(await serverFindings(placement)),
      ...(await volumeFindings(placement, await dataFolders(dataDirectory))),
    ];
  } catch (error) {
    const why = asError(error).message;
    return [
      problem(`names ${dataDirectory}, which cannot be looked into; run as root or as postgres (${why}).`),
    ];
  }
}

/** A snapshot is what a power failure leaves, and these settings say that the server does not survive one. */
function durabilityFindings({ fsync, fullPageWrites }: ServerFacts): Finding[] {
  return [
    ...(fsync ? [] : ['fsync']),
    // Not an error: a file system that writes whole pages by itself, such as ZFS, does not need it.
    ...(fullPageWrites ? [] : ['full_page_writes']),
  ].map((name) => ({
    severity: name === 'fsync' ? 'error' : 'warning',
    subject: 'database-strategy',
    message: `PostgreSQL runs with ${name} = off, so that its files may not be recoverable from a snapshot; turn it on, or use database-strategy: postgresql.`,
  }));
}

/** The server that answers has to be the one whose files these are. */
async function serverFindings({ dataDirectory, facts }: Placement): Promise<Finding[]> {
  const server = await serverOf(dataDirectory);
  if (server === undefined) {
    return [problem(`names ${dataDirectory}, on which no PostgreSQL runs (no postmaster.pid).`)];
  }
  return Math.abs(server.startedAt - facts.startedAt) <= START_TOLERANCE_SECONDS
    ? []
    : [
        problem(
          `names ${dataDirectory}, and the PostgreSQL that answers works with another one: they were not started at the same time.`,
        ),
      ];
}

async function volumeFindings(
  { homePath, commands }: Placement,
  folders: readonly DataFolder[],
): Promise<Finding[]> {
  const { dev } = await stat(homePath);
  const findings: Finding[] = [];
  for (const { what, path } of folders) {
    // The same number for all of a file system, and another one for each subvolume of btrfs and each dataset of ZFS: as
    // far as a snapshot reaches.
    if ((await stat(path)).dev !== dev) {
      const [mount, homeMount] = [await mountOf(commands, path), await mountOf(commands, homePath)];
      const where =
        mount === homeMount ? 'in another subvolume' : `on another volume (${mount}, not ${homeMount})`;
      findings.push(
        problem(
          `is ${what === 'the data directory' ? 'wrong' : 'incomplete'}: ${what}, ${path}, lies ${where} than the home ${homePath}, whose snapshot does not take it along.`,
        ),
      );
    }
  }
  return findings;
}

async function mountOf(commands: CommandRunner, path: string): Promise<string> {
  const { stdout } = await commands.run(
    'findmnt',
    ['--noheadings', '--first-only', '--output', 'TARGET', '--target', path],
    { deadlineMs: 30_000 },
  );
  return stdout.trim();
}

function problem(sentence: string): Finding {
  return { severity: 'error', subject: SUBJECT, message: `Input '${SUBJECT}' ${sentence}` };
}
