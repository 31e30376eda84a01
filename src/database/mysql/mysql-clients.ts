/** The clients of MySQL and MariaDB on this machine, and those that fit the server. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isExecutable, toolCacheFolders, versionLine } from '../../host/tools.ts';
import { clientVersion, type ServerVersion, seriesOf, versionName } from './versions.ts';

export interface Client {
  readonly path: string;
  readonly version: ServerVersion;
}

/** All that were found; those of MariaDB also by MySQL's names, as its packages have them. */
export interface MysqlClients {
  readonly sql: readonly Client[];
  readonly dump: readonly Client[];
}

/** @param folders where to look instead of PATH and the tool cache */
export async function findClients(folders?: readonly string[]): Promise<MysqlClients> {
  const [sql, dump] = await Promise.all([
    clientsNamed(['mariadb', 'mysql'], folders),
    clientsNamed(['mariadb-dump', 'mysqldump'], folders),
  ]);
  return { sql, dump };
}

/**
 * Of the server's own family, and of that not older than the server: MariaDB's and MySQL's have grown apart, and a dump
 * program does not know what a later server has. The other family's, where its own is not there at all.
 */
export function chooseClient(clients: readonly Client[], server: ServerVersion): Client | undefined {
  const own = clients.filter(({ version }) => version.family === server.family);
  const newest = own.toSorted((a, b) => b.version.number - a.version.number);
  return newest.find(({ version }) => seriesOf(version) >= seriesOf(server)) ?? newest[0] ?? clients[0];
}

export function isTooOld({ version }: Client, server: ServerVersion): boolean {
  return version.family === server.family && seriesOf(version) < seriesOf(server);
}

export function packageFor({ family }: ServerVersion): string {
  return family === 'MariaDB' ? 'mariadb-client' : 'mysql-client';
}

export function clientName({ path, version }: Client): string {
  return `${path.split('/').at(-1)} of ${versionName(version)}`;
}

async function clientsNamed(
  names: readonly string[],
  folders: readonly string[] | undefined,
): Promise<Client[]> {
  const candidates = names.flatMap((name) => pathsOf(name, folders));
  const found = await Promise.all(
    [...new Map(candidates.map((path) => [realpathSync(path), path])).values()].map(clientAt),
  );
  return found.filter((client) => client !== undefined);
}

function pathsOf(name: string, folders: readonly string[] | undefined): string[] {
  if (folders !== undefined) {
    return folders.map((folder) => join(folder, name)).filter(isExecutable);
  }
  const onPath = findProgram(name);
  const cached = ['mysql', 'mariadb']
    .flatMap((tool) => toolCacheFolders(tool))
    .flatMap((folder) => [join(folder, 'bin', name), join(folder, name)])
    .filter(isExecutable);
  return [...(onPath === undefined ? [] : [onPath]), ...cached];
}

async function clientAt(path: string): Promise<Client | undefined> {
  const version = clientVersion((await versionLine(path, ['--no-defaults', '--version'])) ?? '');
  return version === undefined ? undefined : { path, version };
}
