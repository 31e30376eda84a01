/**
 * A throw-away PostgreSQL of the machine's own packages: real server, real authentication, nothing of it left behind.
 * It trades durability for speed, which no test looks at.
 */
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bitbucketSchemaSql } from './bitbucket-schema.ts';
import {
  type Cluster,
  createCluster,
  FAST_SETTINGS,
  findBinFolder,
  serverAccount,
  type Server,
  startOnFreePort,
  startServer,
  SUPERUSER,
} from './postgres-cluster.ts';
import { programText } from './program.ts';

export interface PostgresOptions {
  /** A major version, such as `15`; the newest installed one by default. */
  readonly version?: string;
  /** Server settings, such as `{ max_connections: '5' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Offer TLS with a certificate of its own for 127.0.0.1 and localhost. */
  readonly tls?: boolean;
}

export interface TestPostgres {
  /** For TCP. */
  readonly host: '127.0.0.1';
  readonly port: number;
  /** For the unix socket; libpq takes a folder as host. */
  readonly socketFolder: string;
  /** May connect by the socket alone, without a password. */
  readonly superuser: string;
  /** Owns the databases; needs the password on TCP and on the socket (scram-sha-256). */
  readonly username: string;
  readonly password: string;
  /** `pg_dump`, `pg_restore`, `psql` of the server's own version. */
  readonly binFolder: string;
  /** To be named as `sslrootcert`; undefined without TLS. */
  readonly certificateFile: string | undefined;
  /** The postmaster's process id. */
  readonly pid: number;
  /** Runs SQL by `psql -X -At` as superuser; rows are lines. @throws Error at the first statement that fails */
  sql(database: string, text: string): Promise<string>;
  /** @param options.withSchema whether it gets Bitbucket's tables, without rows */
  createDatabase(name: string, options: { readonly withSchema: boolean }): Promise<void>;
  /** Ends the connections to it first. */
  dropDatabase(name: string): Promise<void>;
  /** `fast` disconnects everybody, `immediate` is a crash. Data stays. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** Starts again after `stop`, on the same port. */
  start(): Promise<void>;
  /** libpq's variables for user and password over TCP, without a database. */
  env(): Record<string, string>;
  /** Ends the server and removes all of it. Idempotent. */
  close(): Promise<void>;
}

const USERNAME = 'bitbucket';
/** Everything that a .pgpass file, a connection string, a shell or a URL could trip over. */
const PASSWORD = `p:a\\ss 'w"or$d%40&=ä#`;

export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const binFolder = findBinFolder(options.version);
  // A socket's path has 107 bytes at most, so the folder is directly below the temporary one.
  const folder = await mkdtemp(join(tmpdir(), 'pg-'));
  try {
    const account = await serverAccount();
    if (account !== undefined) {
      await chown(folder, account.uid, account.gid);
    }
    const cluster = { binFolder, folder, account, settings: { ...FAST_SETTINGS, ...options.settings } };
    await createCluster(cluster, options.tls === true);
    const server = await startOnFreePort(cluster);
    return await testPostgres(cluster, server, options.tls === true);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function testPostgres(cluster: Cluster, first: Server, tls: boolean): Promise<TestPostgres> {
  const { binFolder, folder } = cluster;
  const { port } = first;
  let server: Server | undefined = first;
  const sql = async (database: string, text: string): Promise<string> =>
    await programText(
      join(binFolder, 'psql'),
      [
        '-X',
        '-q',
        '-At',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        folder,
        '-p',
        String(port),
        '-U',
        SUPERUSER,
        database,
      ],
      { env: { LC_ALL: 'C.UTF-8', PGCLIENTENCODING: 'UTF8', HOME: folder }, input: text },
    );
  const stop = async (mode: 'fast' | 'immediate'): Promise<void> => {
    server?.process.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await server?.ended;
    server = undefined;
  };
  await sql('postgres', `CREATE ROLE ${USERNAME} LOGIN PASSWORD '${PASSWORD.replaceAll("'", "''")}';`);
  return {
    host: '127.0.0.1',
    port,
    socketFolder: folder,
    superuser: SUPERUSER,
    username: USERNAME,
    password: PASSWORD,
    binFolder,
    certificateFile: tls ? await copyCertificate(folder) : undefined,
    get pid() {
      return server?.pid ?? 0;
    },
    sql,
    createDatabase: async (name, { withSchema }) => {
      await sql('postgres', `CREATE DATABASE ${quoted(name)} OWNER ${USERNAME} TEMPLATE template0;`);
      if (withSchema) {
        await sql(name, bitbucketSchemaSql());
      }
    },
    dropDatabase: async (name) => {
      await sql('postgres', `DROP DATABASE ${quoted(name)} WITH (FORCE);`);
    },
    stop,
    start: async () => {
      server ??= await startServer(cluster, port);
    },
    env: () => ({ PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: USERNAME, PGPASSWORD: PASSWORD }),
    close: async () => {
      await stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where everybody who may read the test's folder finds it. */
async function copyCertificate(folder: string): Promise<string> {
  const tlsFolder = join(folder, 'tls');
  await mkdir(tlsFolder);
  const file = join(tlsFolder, 'root.crt');
  await writeFile(file, await readFile(join(folder, 'data', 'server.crt')));
  return file;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
