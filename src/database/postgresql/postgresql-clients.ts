/** The PostgreSQL clients on this machine, and the one that fits the server. */
import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findProgram, isExecutable, toolCacheFolders, versionLine } from '../../host/tools.ts';
import { majorOf, type PostgresVersion, parseVersion } from './versions.ts';

export interface PostgresClients {
  readonly folder: string;
  readonly version: PostgresVersion;
  readonly pgDump: string;
  readonly pgRestore: string;
  readonly psql: string;
}

const PROGRAMS = ['pg_dump', 'pg_restore', 'psql'];
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** PATH first, then what Debian's packages and the runner's tool cache hold beside it. */
export function clientFolders(debianFolder: string = DEBIAN_FOLDER): string[] {
  const onPath = findProgram('pg_dump');
  const cached = toolCacheFolders('postgresql').flatMap((folder) => [join(folder, 'bin'), folder]);
  const candidates = [
    ...(onPath === undefined ? [] : [dirname(onPath)]),
    ...debianFolders(debianFolder),
    ...cached,
  ];
  return [...new Set(candidates)];
}

/** The clients that are whole and answer, newest first. */
export async function findClients(folders: readonly string[]): Promise<PostgresClients[]> {
  const whole = folders.filter((folder) =>
    PROGRAMS.every((name) => isExecutable(join(folder, name)) && !isDebianWrapper(join(folder, name))),
  );
  const found = await Promise.all(whole.map(clientsIn));
  return found.filter((clients) => clients !== undefined).sort((a, b) => b.version.number - a.version.number);
}

/** `pg_dump --snapshot` came with 9.5 (its release notes); as in `server_version_num`. */
export const FIRST_WITH_SNAPSHOT = 90_500;

/** Can it dump the snapshot that another session holds? */
export function dumpsSnapshots({ version }: PostgresClients): boolean {
  return version.number >= FIRST_WITH_SNAPSHOT;
}

/** As `chooseClients`, among those that dump snapshots. */
export function chooseDumpClients(
  clients: readonly PostgresClients[],
  serverVersion: number,
): PostgresClients | undefined {
  return chooseClients(clients.filter(dumpsSnapshots), serverVersion);
}

/**
 * The client whose major version is closest to the server's and not below it: pg_dump refuses a newer server, and a dump
 * of a much newer client may not load into the server that it came from.
 *
 * @param clients newest first, so that of one major version the latest release is taken.
 */
export function chooseClients(
  clients: readonly PostgresClients[],
  serverVersion: number,
): PostgresClients | undefined {
  const fitting = clients.filter(({ version }) => majorOf(version.number) >= majorOf(serverVersion));
  const closest = Math.min(...fitting.map(({ version }) => majorOf(version.number)));
  return fitting.find(({ version }) => majorOf(version.number) === closest);
}

async function clientsIn(folder: string): Promise<PostgresClients | undefined> {
  const pgDump = join(folder, 'pg_dump');
  const version = parseVersion((await versionLine(pgDump)) ?? '');
  return version === undefined
    ? undefined
    : { folder, version, pgDump, pgRestore: join(folder, 'pg_restore'), psql: join(folder, 'psql') };
}

/** Debian's /usr/bin/pg_dump is a script that picks a version by the machine's own clusters, not by our server. */
function isDebianWrapper(path: string): boolean {
  return basename(realpathSync(path)) === 'pg_wrapper';
}

function debianFolders(folder: string): string[] {
  try {
    return readdirSync(folder).map((version) => join(folder, version, 'bin'));
  } catch {
    return [];
  }
}
