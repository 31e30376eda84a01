/** How a search server is started: its own start script is left out, since that starts Java three times. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { searchFolder } from './installed.ts';
import type { Place } from './place.ts';
import { isElasticsearch, SEARCH_VERSIONS, type SearchVersion } from './versions.ts';

/** Where the servers see what the set-up fetched: another user may not enter root's cache, but a mount of their own. */
const MOUNT = '/srv';

export interface JavaCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface JavaRun {
  readonly version: SearchVersion;
  readonly mainClass: string;
  readonly mainArguments?: readonly string[];
  readonly classPath?: readonly string[];
  readonly options: readonly string[];
}

/** Where a program that runs as the place's account finds the server. */
export function homeOf(place: Place, version: SearchVersion): string {
  return join(searchAsSeen(place), version);
}

function searchAsSeen({ account }: Place): string {
  return account === undefined ? searchFolder() : MOUNT;
}

/** Runs a class of a server's as the place's account. */
export function javaCommand(place: Place, run: JavaRun): JavaCommand {
  const { account } = place;
  const search = searchAsSeen(place);
  const { java } = SEARCH_VERSIONS[run.version];
  const command = [
    join(search, java, 'bin/java'),
    // What makes a short life short: no second compiler, no threads for collecting garbage.
    ...'-Xms256m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto'.split(' '),
    ...run.options,
    '-cp',
    ['lib', ...(run.classPath ?? [])].map((name) => join(homeOf(place, run.version), name, '*')).join(':'),
    run.mainClass,
    ...(run.mainArguments ?? []),
  ];
  if (account === undefined) {
    const [program = '', ...args] = command;
    return { program, args };
  }
  // The mount is in a namespace of its own and ends with it. The parent's death stops the server: a test run that is killed
  // must not leave servers behind.
  const script = `mount --bind "$1" ${MOUNT} && shift && exec setpriv --pdeathsig KILL --reuid ${account.uid} --regid ${account.gid} --clear-groups "$@"`;
  const unshare = '--mount --propagation private -- sh -c'.split(' ');
  return { program: 'unshare', args: [...unshare, script, 'sh', searchFolder(), ...command] };
}

/** @param archive where the server is to write, at its end, the classes that it has loaded, for later starts */
export function serverCommand(place: Place, version: SearchVersion, archive?: string): JavaCommand {
  const { product, major } = SEARCH_VERSIONS[version];
  const isOpensearch = product === 'opensearch';
  const home = homeOf(place, version);
  const configuration = join(place.folder, 'config');
  const property = isOpensearch ? 'opensearch' : 'es';
  const isOld = !isOpensearch && major < 6;
  return javaCommand(place, {
    version,
    mainClass: isOpensearch
      ? 'org.opensearch.bootstrap.OpenSearch'
      : 'org.elasticsearch.bootstrap.Elasticsearch',
    mainArguments: isElasticsearch(version, 2)
      ? ['start', `--path.conf=${configuration}`]
      : isOld
        ? [`-Epath.conf=${configuration}`]
        : [],
    options: [
      // OpenSearch 3 replaces the security manager by an agent, for which archived classes must be allowed by name.
      ...(isOpensearch && major >= 3
        ? [
            `-javaagent:${join(home, 'agent/opensearch-agent.jar')}`,
            '-XX:+UnlockDiagnosticVMOptions',
            '-XX:+AllowArchivingWithJavaAgent',
          ]
        : []),
      ...classArchive(place, version, archive),
      `-Djava.io.tmpdir=${join(place.folder, 'tmp')}`,
      `-D${property}.path.home=${home}`,
      ...(isOld ? [] : [`-D${property}.path.conf=${configuration}`]),
      `-D${property}.distribution.type=tar`,
      ...(isOpensearch ? [] : ['-Des.distribution.flavor=default']),
      '-Djna.nosys=true',
      '-Djava.awt.headless=true',
      '-Dfile.encoding=UTF-8',
      '-Dio.netty.noUnsafe=true',
      '-Dlog4j.shutdownHookEnabled=false',
      '-Dlog4j2.disable.jmx=true',
    ],
  });
}

/** Read from the cache where the set-up has made it; a Java that has changed since ignores it. */
function classArchive(place: Place, version: SearchVersion, archive: string | undefined): string[] {
  if (archive !== undefined) {
    return [`-XX:ArchiveClassesAtExit=${archive}`];
  }
  return existsSync(classArchiveOf(version)) ? [`-XX:SharedArchiveFile=${homeOf(place, version)}.jsa`] : [];
}

export function classArchiveOf(version: SearchVersion): string {
  return join(searchFolder(), `${version}.jsa`);
}
