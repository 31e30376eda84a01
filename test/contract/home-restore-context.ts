/** What a restore of a home is run with in tests: an archive of a real home as it lies unpacked, and a strategy that is watched. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CommandRunner, createCommandRunner } from '../../src/host/command.ts';
import type { RestoreRecord } from '../../src/host/restore-record.ts';
import { rsyncRestore } from '../../src/home/restore-rsync.ts';
import { removeTree } from '../../src/host/remove-tree.ts';
import type { ArchivedPart, RestoreStrategy } from '../../src/strategies/restore.ts';
import { fingerprintTree, makeBitbucketHome } from '../support/bitbucket-home.ts';
import { createMemoryLog } from '../support/memory-log.ts';
import { runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openWorkplace, rsyncRun } from './home-context.ts';
import { backUp } from './home.contract.ts';
import { createInputReader } from './input-reader.ts';

export interface ArchivedHome extends AsyncDisposable {
  /** Paths of its data stores, as the archive names them. */
  readonly stores: readonly [string, string];
  readonly part: ArchivedPart;
  readonly home: Tree;
  /** In the order of `stores`. */
  readonly storeTrees: readonly [Tree, Tree];
  readonly repositories: number;
  /** Lays the members into a new folder, as unpacking does. */
  unpackTo(folder: string): Promise<void>;
}

export type Tree = ReadonlyMap<string, string>;

/** A home and two data stores with everything that a copy can lose, backed up; the originals are gone. */
export async function archiveHome(): Promise<ArchivedHome> {
  const place = await openWorkplace();
  const stores = [join(place.folder, 'stores/one'), join(place.folder, 'stores/t w o')] as const;
  await makeBitbucketHome({
    root: place.homePath,
    repositories: 4,
    dataStores: stores,
    commitsPerRepository: 2,
    oddFiles: true,
  });
  const recorded = await backUp(rsyncRun(place, { 'data-stores': stores.join('\n') }));
  await rm(place.homePath, { recursive: true });
  await rm(join(place.folder, 'stores'), { recursive: true });
  const copyOf = async (store: string): Promise<Tree> =>
    await fingerprintTree(join(place.backupRoot, 'bitbucket-data-stores', store));
  return {
    stores,
    part: { recorded, drained: true },
    home: await fingerprintTree(join(place.backupRoot, 'bitbucket-home')),
    storeTrees: [await copyOf(stores[0]), await copyOf(stores[1])],
    repositories: 4,
    unpackTo: async (folder) => {
      await mkdir(dirname(folder), { recursive: true });
      await runProgram('cp', ['--archive', '--no-target-directory', place.backupRoot, folder]);
    },
    [Symbol.asyncDispose]: async () => await place[Symbol.asyncDispose](),
  };
}

export interface RestoreTestRun {
  readonly strategy: RestoreStrategy;
  readonly runId: string;
  readonly lines: readonly string[];
  /** As the journal has it. */
  readonly record: () => RestoreRecord;
  readonly partials: readonly string[];
}

export interface RestoreTestOptions {
  readonly commands?: CommandRunner;
  readonly runId?: string;
}

export type StartHomeRestore = (
  inputs: Readonly<Record<string, string>>,
  options?: RestoreTestOptions,
) => RestoreTestRun;

export function rsyncRestoreRun(
  inputs: Readonly<Record<string, string>>,
  { commands = createCommandRunner(), runId = randomUUID() }: RestoreTestOptions = {},
): RestoreTestRun {
  const { log, lines } = createMemoryLog();
  let record: RestoreRecord = { placed: [] };
  const partials: string[] = [];
  const reader = createInputReader(inputs);
  const factory = rsyncRestore.read(reader);
  reader.finish();
  const strategy = factory.create({
    log,
    commands,
    runId,
    archiveName: () => 'bitbucket-20261122-021305-123.tar.zst',
    record: (change) => {
      record = { ...record, ...change };
    },
    partial: (path) => partials.push(path),
  });
  return { strategy, runId, lines, record: () => record, partials };
}

/** A folder with everything that a restore touches, and what it looked like before. */
export interface RestorePlace {
  readonly folder: string;
  /** Where the archive lies unpacked; beside the targets. */
  readonly unpacked: string;
  readonly homePath: string;
  /** Folder of the targets of the stores. */
  readonly storesPath: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Home and stores are to be restored to folders that do not exist. Removed when the test is over. */
export async function openRestorePlace(archive: ArchivedHome): Promise<RestorePlace> {
  const folder = temporaryFolder();
  const unpacked = join(folder, '.bitbucket-restore.partial-unpacked');
  const homePath = join(folder, 'home');
  const storesPath = join(folder, 'stores');
  await mkdir(storesPath);
  await archive.unpackTo(unpacked);
  return {
    folder,
    unpacked,
    homePath,
    storesPath,
    inputs: { 'home-path': homePath, 'data-stores': storeLines(archive, storesPath) },
  };
}

/** `data-stores` that puts the stores of the archive side by side into a folder. */
export function storeLines({ stores }: ArchivedHome, folder: string): string {
  return stores.map((store, index) => `${store}=${join(folder, `store-${index + 1}`)}`).join('\n');
}

/** What stands in the place besides what was unpacked; a home that is not there shows by its absence. */
export async function standing(place: RestorePlace): Promise<Tree> {
  return await fingerprintTree(place.folder, {
    times: 'ignore',
    exclude: (path) => path.startsWith('.bitbucket-restore.partial-unpacked'),
  });
}

/** As the pipeline does it in the end, whatever became of the restore. */
export async function removeUnpacked({ unpacked }: RestorePlace): Promise<void> {
  await removeTree(createCommandRunner(), unpacked);
}

/** As the recovery of a dead run does it by the journal. */
export async function removePartials({ partials }: RestoreTestRun): Promise<void> {
  for (const path of partials) {
    await removeTree(createCommandRunner(), path);
  }
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  return existsSync(folder) ? (await readdir(folder)).toSorted() : [];
}

/** What is put into a folder changes the folder's own time. */
export function withoutOwnTime(tree: Tree): Tree {
  return new Map(
    [...tree].map(([path, told]) => [path, path === '.' ? told.replace(/ time \d+/, '') : told]),
  );
}
