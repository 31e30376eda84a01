/** A MariaDB data directory and its server process: made, started, ended; who may do what in it is `mariadb.ts`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programText, runProgram } from '../program.ts';

/** Milliseconds that a server may take to start. */
const LIMIT_MS = 60_000;

export interface Place {
  /** Holds socket and data. */
  readonly folder: string;
  readonly account: { readonly uid: number; readonly gid: number } | undefined;
}

/** MariaDB refuses to run as root. The package without a service of its own, mariadb-server-core, makes no account. */
export async function serverAccount(): Promise<Place['account']> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  return {
    uid: Number(await programText('id', ['-u', 'nobody'])),
    gid: Number(await programText('id', ['-g', 'nobody'])),
  };
}

export function socketOf({ folder }: Place): string {
  return join(folder, 'socket');
}

/** root may connect by the socket, without a password. */
export async function createDataFolder(place: Place): Promise<void> {
  await runProgram(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${join(place.folder, 'data')}`,
      `--tmpdir=${place.folder}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    { ...place.account, cwd: place.folder },
  );
}

export interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
}

/** A port that was free can be taken before the server binds it; then the next one serves. */
export async function startOnFreePort(place: Place): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startServer(place, await freePort());
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

export async function startServer(place: Place, port: number): Promise<Server> {
  const { folder, account } = place;
  const asAccount =
    account === undefined ? '' : ` --reuid ${account.uid} --regid ${account.gid} --clear-groups`;
  const args = [
    // The parent's death stops the server: a test run that is killed must not leave servers behind.
    ...`--pdeathsig KILL${asAccount}`.split(' '),
    'mariadbd',
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${socketOf(place)}`,
    `--pid-file=${join(folder, 'pid')}`,
    // Not /tmp: a server that starts removes there what another one has for the moment (`#sql-temptable-...`).
    `--tmpdir=${folder}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    // Durability for speed, which no test looks at.
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-flush-method=nosync',
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=16M',
    '--max-allowed-packet=64M',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_bin',
  ];
  const child = spawn('setpriv', args, {
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
  const deadline = Date.now() + LIMIT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await isReady(place)) {
      return { process: child, port, ended };
    }
    await sleep(20);
  }
  child.kill('SIGKILL');
  await ended;
  throw new Error(`MariaDB did not start on port ${port}:\n${said.join('')}`);
}

async function isReady(place: Place): Promise<boolean> {
  try {
    await runProgram('mariadb', ['--no-defaults', `--socket=${socketOf(place)}`, '-uroot', '-e', 'SELECT 1']);
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
