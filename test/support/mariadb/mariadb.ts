/** A throw-away MariaDB of the machine's own packages: real server, real authentication, nothing of it left behind. */
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programText } from '../program.ts';
import {
  createDataFolder,
  type Place,
  type Server,
  serverAccount,
  socketOf,
  startOnFreePort,
  startServer,
} from './server.ts';

export interface TestMariadb {
  /** For TCP. */
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly socket: string;
  /** Has all rights in databases called `bitbucket...`, `target ...` and `restored...`, and needs the password. */
  readonly username: string;
  readonly password: string;
  /** Runs SQL as root, by the socket; rows are lines, fields between tabs. @throws Error at the first statement that fails */
  sql(database: string, text: string): Promise<string>;
  createDatabase(name: string): Promise<void>;
  /** `fast` disconnects everybody, `kill` is a crash. Data stays. */
  stop(mode: 'fast' | 'kill'): Promise<void>;
  /** Starts again after `stop`, on the same port. */
  start(): Promise<void>;
  /** Ends the server and removes all of it. Idempotent. */
  close(): Promise<void>;
}

export const USERNAME = 'bitbucket';
/** Everything that an option file, a shell or a URL could trip over. */
export const PASSWORD = `p:a\\ss 'w"or$d%40&=ä# ;\`-\\n`;

export async function startMariadb(): Promise<TestMariadb> {
  // A socket's path has 107 bytes at most, so the folder is directly below the temporary one.
  const folder = await mkdtemp(join(tmpdir(), 'my-'));
  try {
    const account = await serverAccount();
    if (account !== undefined) {
      await chown(folder, account.uid, account.gid);
    }
    const place = { folder, account };
    await createDataFolder(place);
    return await testMariadb(place, await startOnFreePort(place));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function testMariadb(place: Place, first: Server): Promise<TestMariadb> {
  const { port } = first;
  let server: Server | undefined = first;
  const sql = async (database: string, text: string): Promise<string> =>
    await programText(
      'mariadb',
      [
        '--no-defaults',
        `--socket=${socketOf(place)}`,
        '--user=root',
        '--batch',
        '--skip-column-names',
        '--default-character-set=utf8mb4',
        `--database=${database}`,
      ],
      { env: { LC_ALL: 'C.UTF-8' }, input: text },
    );
  const stop = async (mode: 'fast' | 'kill'): Promise<void> => {
    server?.process.kill(mode === 'fast' ? 'SIGTERM' : 'SIGKILL');
    await server?.ended;
    server = undefined;
  };
  await sql(
    'mysql',
    `CREATE USER ${USERNAME}@'127.0.0.1' IDENTIFIED BY ${quoteText(PASSWORD)};
     CREATE USER ${USERNAME}@localhost IDENTIFIED BY ${quoteText(PASSWORD)};
     ${['bitbucket%', 'target %', 'restored%', 'odd%']
       .flatMap((pattern) =>
         ['127.0.0.1', 'localhost'].map((host) => `GRANT ALL ON \`${pattern}\`.* TO ${USERNAME}@'${host}';`),
       )
       .join('\n')}`,
  );
  return {
    host: '127.0.0.1',
    port,
    socket: socketOf(place),
    username: USERNAME,
    password: PASSWORD,
    sql,
    createDatabase: async (name) => {
      await sql('mysql', `CREATE DATABASE ${quoteName(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;`);
    },
    stop,
    start: async () => {
      server ??= await startServer(place, port);
    },
    close: async () => {
      await stop('kill');
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
