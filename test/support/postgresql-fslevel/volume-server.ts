/** A PostgreSQL whose data directory lies beside a home in one subvolume, run by a service as on a real machine. */
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { bitbucketDataSql, bitbucketSchemaSql } from '../bitbucket-schema.ts';
import { createCluster, findBinFolder, serverAccount, SUPERUSER } from '../postgres-cluster.ts';
import { programText, runProgram } from '../program.ts';
import { type BtrfsVolume, mountBtrfs } from './btrfs-volume.ts';
import { makeServiceManagers } from './service-stand-in.ts';

export const SERVICE = 'postgresql@15-main';

export interface VolumeServer {
  readonly volume: BtrfsVolume;
  /** Holds home and data directory. */
  readonly live: string;
  readonly homePath: string;
  readonly dataDirectory: string;
  readonly socketFolder: string;
  readonly port: number;
  readonly binFolder: string;
  readonly account: { readonly uid: number; readonly gid: number } | undefined;
  /** Holds `systemctl/systemctl` and `service/service`, to be put on PATH, and whatever a test wants. */
  readonly tools: string;
  calls(): Promise<string[]>;
  /** By the service, as an administrator would. */
  control(verb: 'start' | 'stop' | 'status'): Promise<boolean>;
  sql(database: string, text: string): Promise<string>;
  close(): Promise<void>;
}

export async function startVolumeServer(): Promise<VolumeServer> {
  const volume = await mountBtrfs();
  const live = await volume.createSubvolume('live');
  const homePath = join(live, 'home');
  await mkdir(join(homePath, 'shared'), { recursive: true });
  const folder = join(live, 'postgresql');
  const socketFolder = join(volume.path, 'run');
  const tools = join(volume.path, 'tools');
  const account = await serverAccount();
  for (const made of [folder, socketFolder]) {
    await mkdir(made);
    if (account !== undefined) {
      await chown(made, account.uid, account.gid);
    }
  }
  const binFolder = findBinFolder(undefined);
  await createCluster({ binFolder, folder, account, settings: {} }, false);
  const dataDirectory = join(folder, 'data');
  const port = await freePort();
  const options = { folder: tools, name: SERVICE, binFolder, dataDirectory, socketFolder, port, account };
  const calls = await makeServiceManagers(options);
  const control = async (verb: 'start' | 'stop' | 'status'): Promise<boolean> => {
    const script = `. '${tools}/control'; ${verb === 'status' ? 'running' : verb}`;
    return await runProgram('bash', ['-c', script]).then(
      () => true,
      () => false,
    );
  };
  const sql = async (database: string, text: string): Promise<string> =>
    await programText(
      join(binFolder, 'psql'),
      [
        ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1'],
        ['-h', socketFolder, '-p', String(port), '-U', SUPERUSER, database],
      ].flat(),
      { env: { LC_ALL: 'C.UTF-8' }, input: text },
    );
  await control('start');
  await sql(
    'postgres',
    "CREATE ROLE bitbucket LOGIN PASSWORD 'b'; CREATE DATABASE bitbucket OWNER bitbucket;",
  );
  await sql('bitbucket', bitbucketSchemaSql());
  await sql('bitbucket', bitbucketDataSql({ projects: 3, repositories: 4, pullRequests: 10 }));
  await writeFile(join(homePath, 'shared', 'bitbucket.properties'), 'setup.displayName=Bitbucket\n');
  return {
    volume,
    live,
    homePath,
    dataDirectory,
    socketFolder,
    port,
    binFolder,
    account,
    tools,
    calls,
    control,
    sql,
    close: async () => {
      await control('stop');
      await volume.close();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  return await new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
