/** The configuration folder of a search server. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../certificates.ts';
import { giveTo, makeFolder, type Place } from './place.ts';
import { hashedPassword } from './hashed-password.ts';
import { isBeforeSeven, isElasticsearch, SEARCH_VERSIONS, type SearchVersion } from './versions.ts';

export interface Configuration {
  readonly version: SearchVersion;
  /** Added to those that the tests' servers have, or instead of them. */
  readonly settings: Readonly<Record<string, string>>;
  readonly ports: { readonly http: number; readonly transport: number };
  /** False for a server that allows no snapshots in folders. */
  readonly pathRepo: boolean;
  readonly access?: { readonly username: string; readonly password: string };
  readonly certificate?: Certificate;
}

/** Writes the files once; the ports follow when a server starts. @returns the folder */
export async function writeConfiguration(place: Place, configuration: Configuration): Promise<string> {
  const folder = await makeFolder(place, 'config');
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text, { mode: 0o640 });
  };
  const { version, access, certificate } = configuration;
  if (isElasticsearch(version, 2)) {
    await write('logging.yml', LOGGING_2);
  } else {
    await write('log4j2.properties', LOGGING);
  }
  if (access !== undefined) {
    await write('users', `${access.username}:${hashedPassword(access.password)}\n`);
    await write('users_roles', `superuser:${access.username}\n`);
  }
  if (certificate !== undefined) {
    await write('key.pem', certificate.key);
    await write('cert.pem', certificate.cert);
  }
  await writeSettings(place, folder, configuration);
  for (const name of await readdir(folder)) {
    await giveTo(place.account, join(folder, name));
  }
  return folder;
}

/** Port 0 lets the server choose. */
export async function writeSettings(
  place: Place,
  folder: string,
  configuration: Configuration,
): Promise<void> {
  const { product } = SEARCH_VERSIONS[configuration.version];
  // A JSON string is a YAML string.
  const lines = Object.entries(settingsOf(place, configuration)).map(
    ([name, value]) => `${name}: ${JSON.stringify(value)}\n`,
  );
  await writeFile(join(folder, `${product}.yml`), lines.join(''));
}

function settingsOf(
  { folder }: Place,
  { version, settings, ports, pathRepo, access, certificate }: Configuration,
): Record<string, string> {
  const tls = 'xpack.security.http.ssl';
  return {
    'cluster.name': 'tests',
    'node.name': 'one',
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    ...(pathRepo ? { 'path.repo': join(folder, 'repositories') } : {}),
    'network.host': '127.0.0.1',
    'http.port': String(ports.http),
    [isBeforeSeven(version) ? 'transport.tcp.port' : 'transport.port']: String(ports.transport),
    // Says in a file which ports they are, so that nobody else can take them between a look and the start.
    'node.portsfile': 'true',
    'cluster.routing.allocation.disk.threshold_enabled': 'false',
    // Nobody else is looked for, which otherwise takes 3 seconds.
    ...(isElasticsearch(version, 2)
      ? { 'discovery.zen.ping.multicast.enabled': 'false', 'discovery.zen.ping_timeout': '50ms' }
      : { 'discovery.type': 'single-node' }),
    ...(isElasticsearch(version, 7) ? { 'xpack.security.enabled': String(access !== undefined) } : {}),
    ...(certificate === undefined
      ? {}
      : { [`${tls}.enabled`]: 'true', [`${tls}.key`]: 'key.pem', [`${tls}.certificate`]: 'cert.pem' }),
    ...settings,
  };
}

const PATTERN = '[%d{ISO8601}][%-5p][%c{1.}] %m%n';

const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = ${PATTERN}
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

const LOGGING_2 = `rootLogger: INFO, console
appender:
  console:
    type: console
    layout:
      type: consolePattern
      conversionPattern: "${PATTERN}"
`;
