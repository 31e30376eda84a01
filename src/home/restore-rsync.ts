/**
 * Puts a home and its data stores back, from copies as `rsync` made them: ours and those of Atlassian's scripts. Owners,
 * locks and data stores are seen to while nothing has its final name; the names come last, each by one rename.
 */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError, isErrno } from '../errors.ts';
import { removeTree } from '../host/remove-tree.ts';
import type { PlacedFolder, RestoreRecord } from '../host/restore-record.ts';
import { counted } from '../report/format.ts';
import type { Finding, SpaceNeed } from '../strategies/contract.ts';
import type {
  ArchivedPart,
  RestoreContext,
  RestoreDefinition,
  RestoredPart,
  RestoreStrategy,
} from '../strategies/restore.ts';
import { giveAway, ownerFindings } from './home-owner.ts';
import { addedSince, place, planPlacement, removePlaced } from './placement.ts';
import { restoreFindings } from './restore-findings.ts';
import {
  type HomeRestoreOptions,
  readHomeRestoreOptions,
  type RestoredTree,
  restoredTrees,
} from './restore-options.ts';
import { anchorOf, partialIn } from './restore-target.ts';
import { removeStaleLocks } from './stale-locks.ts';
import { HOME_MEMBER, STORES_MEMBER } from './trees.ts';
import { staleStoreCopies } from './working-copy.ts';

export const rsyncRestore: RestoreDefinition = {
  read: (inputs) => {
    const options = readHomeRestoreOptions(inputs);
    return { create: (context) => new RsyncRestore(options, context) };
  },
};

class RsyncRestore implements RestoreStrategy {
  readonly name = 'rsync';
  readonly members: readonly string[];
  readonly #options: HomeRestoreOptions;
  readonly #context: RestoreContext;
  readonly #trees: readonly RestoredTree[];
  /** Each tree with the folder that is going to be renamed. */
  #ready: readonly { readonly tree: RestoredTree; readonly source: string }[] = [];
  #placed: readonly PlacedFolder[] = [];
  #repositories = 0;

  constructor(options: HomeRestoreOptions, context: RestoreContext) {
    this.#options = options;
    this.#context = context;
    this.#trees = restoredTrees(options);
    this.members = options.dataStores.length === 0 ? [HOME_MEMBER] : [HOME_MEMBER, STORES_MEMBER];
  }

  get trees(): NonNullable<RestoreStrategy['trees']> {
    return this.#trees.map(({ member, path }) => ({ member, target: path }));
  }

  get target(): NonNullable<RestoreStrategy['target']> {
    const path = this.#options.homePath;
    return { path, anchor: async () => await anchorOf(path) };
  }

  async preflight(part: ArchivedPart | undefined): Promise<readonly Finding[]> {
    return [
      ...(await restoreFindings(this.#options, this.#trees, part)),
      ...(await ownerFindings(this.#context.commands, this.#options.owner)),
    ];
  }

  /** Unpacked beside the target, so that nothing is copied; data stores elsewhere are copied over to their file systems. */
  async spaceNeeds(): Promise<readonly SpaceNeed[]> {
    return await Promise.resolve([]);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    await this.#assertAllNamed(unpacked);
    this.#repositories = await this.#countRepositories(unpacked);
    if (!part.drained) {
      await this.#removeStaleLocks(unpacked, signal);
    }
    const ready: { tree: RestoredTree; source: string }[] = [];
    for (const tree of this.#trees) {
      const source = join(unpacked, tree.member);
      if (this.#options.owner !== undefined) {
        await giveAway(this.#context.commands, this.#options.owner, source, signal);
      }
      ready.push({ tree, source: await this.#onItsFileSystem(tree, source, signal) });
    }
    this.#ready = ready;
  }

  async complete(): Promise<RestoredPart> {
    for (const { tree, source } of this.#ready) {
      const placed = await planPlacement(source, tree.path);
      this.#placed = [...this.#placed, placed];
      this.#context.record({ placed: this.#placed });
      await place(source, placed);
    }
    return {
      place: `at ${this.#trees
        .toReversed()
        .map(({ path }) => path)
        .join(', ')}`,
      counts: [{ what: 'repositories', recorded: undefined, restored: this.#repositories }],
      todo: this.#options.dataStores
        .filter(({ from, to }) => from !== to)
        .map(
          ({ from, to }) =>
            `The data store ${from} is now at ${to}, and the database still names the old path: mount it there, or change the path in the table bb_data_store.`,
        ),
    };
  }

  async discard(): Promise<void> {
    for (const placed of this.#placed.toReversed()) {
      await removePlaced(this.#context.commands, placed);
    }
    this.#placed = [];
    for (const { tree } of this.#ready) {
      await this.#removePartial(tree);
    }
  }

  async recover({ placed }: RestoreRecord): Promise<readonly string[]> {
    const ours = placed.filter(({ path }) => this.#trees.some((tree) => tree.path === path));
    for (const folder of ours) {
      const added = await addedSince(folder);
      if (added.length > 0) {
        throw new ActionError(
          'TARGET_IN_USE',
          `A restore that died had put ${folder.path} in its place, and somebody has used it since (${added.slice(0, 5).join(', ')}).`,
          { advice: 'If it is in use, leave it alone and restore elsewhere; otherwise move it away.' },
        );
      }
    }
    for (const folder of ours.toReversed()) {
      await removePlaced(this.#context.commands, folder);
    }
    const others = placed.filter((folder) => !ours.includes(folder));
    return [
      ...ours.map(({ path }) => `Removed ${path}, which a restore that died had begun to fill.`),
      ...others.map(({ path }) => `${path} was filled by a restore that died; it was left as it is.`),
    ];
  }

  /** An archive without a manifest names its data stores only here. */
  async #assertAllNamed(unpacked: string): Promise<void> {
    const named = this.#options.dataStores.map(({ from }) => from);
    const [unnamed] = await staleStoreCopies(unpacked, named);
    const missing = await firstMissing(this.#trees.map(({ member }) => join(unpacked, member)));
    const problem =
      unnamed === undefined
        ? missing && `The archive holds no ${missing.slice(unpacked.length + 1)}.`
        : `The archive holds the data store ${unnamed.slice(join(unpacked, STORES_MEMBER).length)}, which data-stores does not name.`;
    if (problem !== undefined) {
      throw new ActionError('ARCHIVE_INCOMPLETE', problem, {
        advice: 'Correct data-stores and run again.',
      });
    }
  }

  async #countRepositories(unpacked: string): Promise<number> {
    let count = 0;
    for (const { member, repositories } of this.#trees) {
      const depth = repositories === 'repositories' ? 3 : 1;
      count += await foldersAt(join(unpacked, member, repositories), depth);
    }
    return count;
  }

  async #removeStaleLocks(unpacked: string, signal: AbortSignal): Promise<void> {
    const { commands, log } = this.#context;
    const folders = this.#trees.map(({ member, repositories }) => join(unpacked, member, repositories));
    const removed = await removeStaleLocks(commands, join(unpacked, HOME_MEMBER), folders, signal);
    if (removed.length > 0) {
      log.notice(`Removed ${counted(removed.length, 'stale lock file')} from the restored home.`);
      for (const path of removed) {
        log.debug(`Removed ${path.slice(unpacked.length + 1)}`);
      }
    }
  }

  /** @returns the folder to rename: as it was unpacked, or a copy where that lies on another file system */
  async #onItsFileSystem(tree: RestoredTree, source: string, signal: AbortSignal): Promise<string> {
    const anchor = await anchorOf(tree.path);
    if ((await lstat(source)).dev === (await lstat(anchor)).dev) {
      return source;
    }
    const { commands, log, runId, partial } = this.#context;
    const copy = partialIn(anchor, runId);
    partial(copy);
    log.info(`Copying ${tree.what} to the file system of ${tree.path}`);
    await commands.run('cp', ['--archive', '--no-target-directory', '--', source, copy], { signal });
    await commands.run('sync', ['--file-system', '--', copy], { signal });
    return copy;
  }

  async #removePartial({ path }: RestoredTree): Promise<void> {
    const { commands, runId } = this.#context;
    await removeTree(commands, partialIn(await anchorOf(path), runId));
  }
}

async function firstMissing(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      if (!(await lstat(path)).isDirectory()) {
        return path;
      }
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
        return path;
      }
      throw error;
    }
  }
  return undefined;
}

/** How many folders stand `depth` levels below. */
async function foldersAt(folder: string, depth: number): Promise<number> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
      return 0;
    }
    throw error;
  }
  const folders = entries.filter((entry) => entry.isDirectory());
  if (depth === 1) {
    return folders.length;
  }
  let count = 0;
  for (const { name } of folders) {
    count += await foldersAt(join(folder, name), depth - 1);
  }
  return count;
}
