/** A throw-away Elasticsearch or OpenSearch: a real server of one node, as Maven has it, nothing of it left behind. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../certificates.ts';
import { type Answer, askServer, type Question } from './ask.ts';
import { type Configuration, writeConfiguration, writeSettings } from './configuration.ts';
import { serverCommand } from './java-command.ts';
import { placeKeystore } from './keystore.ts';
import { makeFolder, makePlace, type Place, removePlace } from './place.ts';
import { logOf, type ServerProcess, startProcess, untilReady } from './process.ts';
import { type S3Access, s3Secrets, s3Settings } from './s3-access.ts';
import type { SearchVersion } from './versions.ts';

export interface SearchServerOptions {
  readonly version: SearchVersion;
  /** As in `opensearch.yml` or `elasticsearch.yml`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False for a server whose administrator has not set `path.repo`. */
  readonly pathRepo?: boolean;
  /** The only user, who may do everything; elasticsearch-7.17.29 alone knows users here. */
  readonly access?: { readonly username: string; readonly password: string };
  /** For https, also elasticsearch-7.17.29 alone. */
  readonly certificate?: Certificate;
  /** What the plugin's client uses by itself; opensearch-3.6.0 and elasticsearch-2.4.6 have the plugin. */
  readonly s3?: S3Access;
  /** For the set-up: where to write the classes that were loaded. */
  readonly classArchive?: string;
}

export interface SearchServer {
  readonly version: SearchVersion;
  readonly url: string;
  /** A folder that `path.repo` allows, and whose owner is the server's account. */
  readonly pathRepo: string;
  /** Asks as the user of `access`. */
  ask(question: Question): Promise<Answer>;
  log(): Promise<string>;
  /** Ends the process; data stays. SIGKILL is a crash. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again after `kill`, under the same URL. */
  start(): Promise<void>;
  /** Ends it and removes all of it. Idempotent. */
  stop(): Promise<void>;
}

export async function startSearchServer(options: SearchServerOptions): Promise<SearchServer> {
  const place = await makePlace();
  try {
    for (const name of ['data', 'logs', 'tmp', 'repositories']) {
      await makeFolder(place, name);
    }
    const configuration = configurationOf(options);
    const folder = await writeConfiguration(place, configuration);
    const secrets = options.s3 === undefined ? undefined : s3Secrets(options.version, options.s3);
    if (secrets !== undefined) {
      await placeKeystore(place, options.version, secrets);
    }
    const command = serverCommand(place, options.version, options.classArchive);
    const server = startProcess(place, command);
    const ports = {
      http: await readPort(place, server, 'http'),
      transport: await readPort(place, server, 'transport'),
    };
    await writeSettings(place, folder, { ...configuration, ports });
    return await searchServer(place, options, ports.http, server);
  } catch (error) {
    await removePlace(place);
    throw error;
  }
}

async function searchServer(
  place: Place,
  options: SearchServerOptions,
  port: number,
  first: ServerProcess,
): Promise<SearchServer> {
  let server = first;
  const url = `${options.certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const ask = async (question: Question): Promise<Answer> =>
    await askServer({ url, access: options.access, certificate: options.certificate }, question);
  const becomeReady = async (): Promise<void> => {
    await untilReady(place, server, async () => {
      const { status } = await ask({ path: '/_cluster/health?wait_for_status=yellow&timeout=30s' });
      return status === 200 ? true : undefined;
    });
  };
  await becomeReady();
  const kill = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    await server.end(signal);
  };
  return {
    version: options.version,
    url,
    pathRepo: join(place.folder, 'repositories'),
    ask,
    log: async () => await readFile(logOf(place), 'utf8'),
    kill,
    start: async () => {
      if (!server.isRunning()) {
        server = startProcess(place, serverCommand(place, options.version));
        await becomeReady();
      }
    },
    stop: async () => {
      await kill('SIGKILL');
      await removePlace(place);
    },
  };
}

function configurationOf(options: SearchServerOptions): Configuration {
  const { version, settings = {}, pathRepo = true, s3 } = options;
  return {
    version,
    settings: {
      ...(s3 === undefined ? {} : s3Settings(version, s3)),
      ...settings,
    },
    ports: { http: 0, transport: 0 },
    pathRepo,
    ...(options.access === undefined ? {} : { access: options.access }),
    ...(options.certificate === undefined ? {} : { certificate: options.certificate }),
  };
}

/** From the file that the server writes when it listens: one line for every address. */
async function readPort(place: Place, server: ServerProcess, name: 'http' | 'transport'): Promise<number> {
  return await untilReady(place, server, async () => {
    const text = await readFile(join(place.folder, 'logs', `${name}.ports`), 'utf8');
    const port = /:(\d+)\n/.exec(text)?.[1];
    return port === undefined ? undefined : Number(port);
  });
}
