/**
 * Puts a home and its data stores back, from copies as `rsync` made them: ours and those of Atlassian's scripts. Owners,
 * locks and data stores are seen to while nothing has its final name; the names come last, each by one rename.
 */
import { rename } from 'node:fs/promises';
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
import { place, planPlacement, removePlaced } from './placement.ts';
import { recoverPlaced } from './recover-placed.ts';
import { restoreFindings } from './restore-findings.ts';
import { countRepositories } from './repository-count.ts';
import {
  type HomeRestoreOptions,
  readHomeRestoreOptions,
  type RestoredTree,
  restoredTrees,
} from './restore-options.ts';
import { anchorOf, partialIn } from './restore-target.ts';
import { removeStaleLocks } from './stale-locks.ts';
import { HOME_MEMBER, STORES_MEMBER } from './trees.ts';
import { assertAllNamed } from './unpacked-home.ts';

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
  /** Folders beside the targets that this run makes. */
  readonly #partials: string[] = [];
  #placed: readonly PlacedFolder[] = [];
  #repositories = 0;
  #recordedRepositories: number | undefined;

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

  /** Unpacked beside the target, so that nothing is copied as a rule. */
  async spaceNeeds(): Promise<readonly SpaceNeed[]> {
    return await Promise.resolve([]);
  }

  async restore(part: ArchivedPart, unpacked: string, signal: AbortSignal): Promise<void> {
    const named = this.#options.dataStores.map(({ from }) => from);
    await assertAllNamed(unpacked, this.#trees, named);
    this.#repositories = await countRepositories(unpacked, this.#trees);
    this.#recordedRepositories = assertRepositories(part, this.#repositories);
    if (!part.drained) {
      await this.#removeStaleLocks(unpacked, signal);
    }
    const ready: { tree: RestoredTree; source: string }[] = [];
    for (const tree of this.#trees) {
      signal.throwIfAborted();
      const source = join(unpacked, tree.member);
      if (this.#options.owner !== undefined) {
        await giveAway(this.#context.commands, this.#options.owner, source, signal);
      }
      ready.push({ tree, source: await this.#besideTarget(tree, source, signal) });
    }
    this.#ready = ready;
  }

  async complete(): Promise<RestoredPart> {
    for (const { tree, source } of this.#ready) {
      const placed = await planPlacement(source, tree.path);
      this.#placed = [...this.#placed, placed];
      this.#context.record({ placed: this.#placed });
      await place(this.#context.commands, source, placed);
    }
    return {
      place: `at ${this.#trees
        .toReversed()
        .map(({ path }) => path)
        .join(', ')}`,
      counts: [{ what: 'repositories', recorded: this.#recordedRepositories, restored: this.#repositories }],
      todo: this.#options.dataStores
        .filter(({ from, to }) => from !== to)
        .map(
          ({ from, to }) =>
            `The data store ${from} is now at ${to}, and the database still names the old path: mount it there, or change the path in the table bb_data_store.`,
        ),
    };
  }

  async discard(): Promise<void> {
    const { commands } = this.#context;
    for (const placed of this.#placed.toReversed()) {
      await removePlaced(commands, placed);
    }
    this.#placed = [];
    for (const path of this.#partials) {
      await removeTree(commands, path);
    }
  }

  async recover({ placed }: RestoreRecord): Promise<readonly string[]> {
    const targets = this.#trees.map(({ path }) => path);
    return await recoverPlaced(this.#context.commands, placed, targets);
  }

  async #removeStaleLocks(unpacked: string, signal: AbortSignal): Promise<void> {
    const { commands, log } = this.#context;
    const removed = await removeStaleLocks(commands, unpacked, this.#trees, signal);
    if (removed.length > 0) {
      log.notice(`Removed ${counted(removed.length, 'stale lock file')} from the restored home.`);
      for (const path of removed) {
        log.debug(`Removed ${path.slice(unpacked.length + 1)}`);
      }
    }
  }

  /**
   * Moves it, or copies it where names do not move: to another file system, or into another mount of the same one, which
   * containers have as volumes and which no device number tells.
   * @returns the folder to rename
   */
  async #besideTarget(tree: RestoredTree, source: string, signal: AbortSignal): Promise<string> {
    const { commands, log, runId, partial } = this.#context;
    const path = partialIn(await anchorOf(tree.path), `${runId}-${this.#partials.length + 1}`);
    partial(path);
    this.#partials.push(path);
    try {
      await rename(source, path);
    } catch (error) {
      if (!isErrno(error, 'EXDEV')) {
        throw error;
      }
      log.info(`Copying ${tree.what} to the file system of ${tree.path}`);
      await commands.run('cp', ['--archive', '--no-target-directory', '--', source, path], { signal });
      await commands.run('sync', ['--file-system', '--', path], { signal });
    }
    return path;
  }
}

/** @returns what the manifest says, if it does. @throws ActionError RESTORE_VERIFY when that is another number */
function assertRepositories({ recorded }: ArchivedPart, found: number): number | undefined {
  const expected = recorded?.details['repositories'];
  if (typeof expected !== 'number') {
    return undefined;
  }
  if (expected !== found) {
    throw new ActionError(
      'RESTORE_VERIFY',
      `${found} repositories were unpacked, and the manifest says ${expected}.`,
      { advice: 'Choose another archive.' },
    );
  }
  return expected;
}
