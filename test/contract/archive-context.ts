/** What an archive strategy is run with in tests: folders of its own, a real command runner, a log that is read. */
import { randomFillSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchiveContext, ArchiveSource, ArchiveStrategy } from '../../src/archive/strategy.ts';
import { tar } from '../../src/archive/tar.ts';
import { ActionError } from '../../src/errors.ts';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import { makeBitbucketHome } from '../support/bitbucket-home.ts';
import { createMemoryLog } from '../support/memory-log.ts';
import { createInputReader } from './input-reader.ts';

export const BACKUP_ID = 'bitbucket-20261122-021305-123';

export const never = new AbortController().signal;

export interface Workplace extends AsyncDisposable {
  readonly folder: string;
  readonly homePath: string;
  readonly backupRoot: string;
  readonly archiveRoot: string;
}

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-'));
  const place = {
    folder,
    homePath: join(folder, 'home'),
    backupRoot: join(folder, 'backup'),
    archiveRoot: join(folder, 'archives'),
  };
  await mkdir(place.homePath);
  await mkdir(place.backupRoot);
  return {
    ...place,
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export interface TestArchive {
  readonly strategy: ArchiveStrategy;
  readonly lines: readonly string[];
  /** Temporary files that were announced, in order. */
  readonly partials: readonly string[];
}

export interface ArchiveChoice {
  readonly compression?: 'zstd' | 'gzip' | 'none';
  readonly commands?: CommandRunner;
  readonly backupId?: string;
}

export function tarRun(place: Workplace, choice: ArchiveChoice = {}): TestArchive {
  const { log, lines } = createMemoryLog();
  const partials: string[] = [];
  const context: ArchiveContext = {
    log,
    commands: choice.commands ?? createCommandRunner(),
    backupId: choice.backupId ?? BACKUP_ID,
    instanceName: 'bitbucket',
    backupRoot: place.backupRoot,
    sources: [place.homePath],
    onPartial: (path) => {
      if (existsSync(path)) {
        throw new Error(`${path} was created before it was announced.`);
      }
      partials.push(path);
    },
  };
  const reader = createInputReader({
    'archive-root': place.archiveRoot,
    'archive-compression': choice.compression ?? 'zstd',
  });
  const factory = tar.read(reader);
  reader.finish();
  return { strategy: factory.create(context), lines, partials };
}

/** A working copy with everything that file systems allow, and a dump and a manifest beside it. */
export async function makeSource(place: Workplace): Promise<ArchiveSource> {
  const root = place.backupRoot;
  await makeBitbucketHome({ root: join(root, 'bitbucket-home'), repositories: 1, specialFiles: false });
  await mkdir(join(root, 'bitbucket-db'));
  await writeFile(join(root, 'bitbucket-db/toc.dat'), 'dump');
  await writeFile(join(root, 'manifest.json'), '{}\n');
  await writeFile(join(root, '.journal.json'), 'not a member');
  return { root, members: ['bitbucket-home', 'bitbucket-db', 'manifest.json'], bytes: 17_000_000 };
}

/** Takes every compressor long enough to be disturbed at it. */
export async function makeLargeSource(place: Workplace, megabytes = 160): Promise<ArchiveSource> {
  const root = place.backupRoot;
  const block = randomFillSync(Buffer.allocUnsafe(16 * 1024 ** 2));
  await mkdir(join(root, 'bitbucket-home'));
  for (let written = 0; written < megabytes; written += 16) {
    await writeFile(largeFile(place), block, { flag: 'a' });
  }
  await writeFile(join(root, 'manifest.json'), '{}\n');
  return { root, members: ['bitbucket-home', 'manifest.json'], bytes: megabytes * 1024 ** 2 };
}

export function largeFile(place: Workplace): string {
  return join(place.backupRoot, 'bitbucket-home', 'large');
}

/** Waits until bytes of the archive are on the disk. */
export async function halfWay(place: Workplace): Promise<void> {
  for (;;) {
    const [name] = (await namesIn(place)).filter((one) => one.includes('.partial-'));
    if (name !== undefined && (await stat(join(place.archiveRoot, name))).size > 0) {
      return;
    }
    await sleep(5);
  }
}

export async function namesIn(place: Workplace): Promise<readonly string[]> {
  const names: string[] = await readdir(place.archiveRoot).catch(() => []);
  return names.toSorted();
}

/** What the work fails with. Waits for it, so that it can be disturbed in the meantime. */
export async function failureOf(work: Promise<unknown>): Promise<ActionError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ActionError) {
      return error;
    }
    throw error;
  }
  throw new Error('It did not fail.');
}

/** Process ids of our children that run a program. */
export async function childrenNamed(program: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (status.startsWith(`Name:\t${program}\n`) && status.includes(`\nPPid:\t${process.pid}\n`)) {
      found.push(Number(pid));
    }
  }
  return found;
}
