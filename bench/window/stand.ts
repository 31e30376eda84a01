/** What the benchmark stands on: the home that grows, its database server, Bitbucket, and folders, all in one place. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBitbucketSimulator } from '../../test/support/bitbucket-simulator/simulator.ts';
import { startPostgres, type TestPostgres } from '../../test/support/postgres.ts';
import { mountSlowly } from '../slow-fs/mount.ts';
import type { Ground } from './contender.ts';
import { createBenchDatabase } from './database.ts';
import { BenchHome } from './home.ts';

const DRAIN_MS = 1_000;

export interface WindowStand extends Ground {
  readonly folder: string;
  readonly home: BenchHome;
  /** Where contenders find the home. */
  readonly homePath: string;
  readonly archiveRoot: string;
  /** Made when first asked for. @returns its name */
  database(scale: number): Promise<string>;
  close(): Promise<void>;
}

/** @param slowFsMs shows the home to contenders through the slow file system; undefined as it is */
export async function startWindowStand(slowFsMs: number | undefined): Promise<WindowStand> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-window-'));
  const open: (() => Promise<void>)[] = [
    async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const close = async (): Promise<void> => {
    for (const release of open.splice(0).toReversed()) {
      await release();
    }
  };
  try {
    const home = await BenchHome.create(join(folder, 'home'));
    const postgres = await startPostgres();
    open.push(async () => await postgres.close());
    const simulator = await startBitbucketSimulator({ drainMs: DRAIN_MS });
    open.push(async () => await simulator.close());
    const slow =
      slowFsMs === undefined
        ? undefined
        : { source: home.root, path: join(folder, 'slow-home'), delayMs: slowFsMs };
    const mount = slow === undefined ? undefined : await mountSlowly(slow);
    if (mount !== undefined) {
      open.push(async () => await mount.unmount());
    }
    return {
      folder,
      home,
      postgres,
      simulator,
      close,
      homePath: slow?.path ?? home.root,
      archiveRoot: join(folder, 'archives'),
      bystanders: () => [postgres.pid, ...(mount === undefined ? [] : [mount.pid])],
      database: databases(postgres),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function databases(postgres: TestPostgres): (scale: number) => Promise<string> {
  const made = new Map<number, string>();
  return async (scale) => {
    const name = made.get(scale) ?? `bitbucket_${made.size + 1}`;
    if (!made.has(scale)) {
      await createBenchDatabase(postgres, name, scale);
      made.set(scale, name);
    }
    return name;
  };
}
