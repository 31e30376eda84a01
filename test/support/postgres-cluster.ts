/** A PostgreSQL cluster and its server process: found, made, started; who may do what in it is `postgres.ts`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programText, runProgram } from './program.ts';

export const SUPERUSER = 'postgres';

/** Milliseconds that a server may take to start or to stop. */
const LIMIT_MS = 60_000;

export const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_wal_size: '4GB',
  autovacuum: 'off',
};

const HOST_RULES = `
local all         ${SUPERUSER}              trust
local replication ${SUPERUSER}              trust
local all         all                       scram-sha-256
host  all         all          127.0.0.1/32 scram-sha-256
`;

/** Newest first. @throws Error when none is installed. */
export function findBinFolder(version: string | undefined): string {
  const root = '/usr/lib/postgresql';
  const found = installedVersions(root)
    .filter((name) => version === undefined || name === version)
    .sort((a, b) => Number(b) - Number(a))
    .map((name) => join(root, name, 'bin'))
    .find(hasServer);
  if (found === undefined) {
    throw new Error(`No PostgreSQL server ${version ?? ''} below ${root}; install the package postgresql.`);
  }
  return found;
}

function installedVersions(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function hasServer(binFolder: string): boolean {
  try {
    accessSync(join(binFolder, 'initdb'), constants.X_OK);
    accessSync(join(binFolder, 'postgres'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then the package's own account serves. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  return {
    uid: Number(await programText('id', ['-u', 'postgres'])),
    gid: Number(await programText('id', ['-g', 'postgres'])),
  };
}

export interface Cluster {
  readonly binFolder: string;
  /** Holds socket, data and certificate. */
  readonly folder: string;
  readonly account: Account | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

export async function createCluster(cluster: Cluster, tls: boolean): Promise<void> {
  const { binFolder, folder, account } = cluster;
  const data = join(folder, 'data');
  await runProgram(
    join(binFolder, 'initdb'),
    ['-D', data, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '-N'],
    { ...account, cwd: folder },
  );
  await writeFile(join(data, 'pg_hba.conf'), HOST_RULES);
  if (tls) {
    const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost';
    const names = '-addext subjectAltName=DNS:localhost,IP:127.0.0.1';
    const files = '-keyout data/server.key -out data/server.crt';
    await runProgram('openssl', `${request} ${names} ${files}`.split(' '), { ...account, cwd: folder });
    await writeFile(join(data, 'postgresql.conf'), 'ssl = on\n', { flag: 'a' });
  }
}

export interface Server {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly ended: Promise<void>;
}

/** A port that was free can be taken before the server binds it; then the next one serves. */
export async function startOnFreePort(cluster: Cluster): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(cluster, await freePort());
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

export async function startServer(cluster: Cluster, port: number): Promise<Server> {
  const { binFolder, folder, account } = cluster;
  const asAccount =
    account === undefined ? '' : ` --reuid ${account.uid} --regid ${account.gid} --clear-groups`;
  const args = [
    // The parent's death stops the server: a test run that is killed must not leave servers behind.
    `--pdeathsig QUIT${asAccount}`.split(' '),
    [
      join(binFolder, 'postgres'),
      '-D',
      join(folder, 'data'),
      '-k',
      folder,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
    ],
    Object.entries(cluster.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = spawn('setpriv', args.flat(), {
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk.toString('utf8'));
    said.splice(0, said.length - 50);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const { pid } = child;
  const deadline = Date.now() + LIMIT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (pid !== undefined && (await isReady(binFolder, folder, port))) {
      return { process: child, pid, port, ended };
    }
    await sleep(20);
  }
  child.kill('SIGQUIT');
  await ended;
  throw new Error(`PostgreSQL did not start on port ${port}:\n${said.join('')}`);
}

async function isReady(binFolder: string, socketFolder: string, port: number): Promise<boolean> {
  try {
    await runProgram(join(binFolder, 'pg_isready'), ['-q', '-h', socketFolder, '-p', String(port)]);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
