/**
 * Copies the home and its data stores with rsync into `backup-root`, twice: once while users work, which takes as long
 * as it takes, and once inside the lock, which only carries over what changed in between. What that is, is found without
 * looking at every file (home-delta.ts).
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError } from '../errors.ts';
import { formatCount } from '../report/format.ts';
import type {
  BackedUp,
  BackupStrategy,
  Captured,
  Finding,
  Recorded,
  SpaceNeed,
  StrategyContext,
  StrategyDefinition,
} from '../strategies/contract.ts';
import { copyTree } from './copy-tree.ts';
import { type ChangeList, HomeDelta } from './home-delta.ts';
import { countRepositories } from './repository-count.ts';
import type { PassResult } from './rsync-pass.ts';
import { rsyncFindings } from './rsync-preflight.ts';
import { findRsync, type RsyncProgram } from './rsync-program.ts';
import type { RsyncProgress } from './rsync-stats.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import { HOME_MEMBER, type HomeOptions, STORES_MEMBER, type Tree, treesOf } from './trees.ts';
import { WindowProgress } from './window-progress.ts';
import { staleStoreCopies } from './working-copy.ts';

/** What a home may grow by from one run to the next before the estimate is too small. */
const GROWTH_BETWEEN_RUNS = 0.1;

export const rsync: StrategyDefinition = {
  read: (inputs) => {
    const options: HomeOptions = {
      homePath: inputs.requiredPath('home-path'),
      dataStores: inputs.pathList('data-stores'),
      excludedRepositories: inputs.idList('exclude-repositories'),
    };
    const isDelta = inputs.choice('home-delta', ['git-aware', 'full']) === 'git-aware';
    return {
      create: (context) => new RsyncHome(options, context, isDelta ? new HomeDelta(context) : undefined),
    };
  },
};

class RsyncHome implements BackupStrategy {
  readonly name = 'rsync';
  readonly atomic = false;
  readonly #options: HomeOptions;
  readonly #context: StrategyContext;
  readonly #trees: readonly [Tree, ...Tree[]];
  /** Undefined: every file is looked at again. */
  readonly #delta: HomeDelta | undefined;
  /** Results of the first pass, one for each tree; empty before it. */
  #firstPass: readonly PassResult[] = [];
  #found: RsyncProgram | undefined;

  constructor(options: HomeOptions, context: StrategyContext, delta: HomeDelta | undefined) {
    this.#options = options;
    this.#context = context;
    this.#delta = delta;
    this.#trees = treesOf(options);
  }

  async preflight(): Promise<readonly Finding[]> {
    return await rsyncFindings(this.#options, this.#trees, this.#context);
  }

  get sources(): readonly string[] {
    return this.#trees.map(({ source }) => source);
  }

  /**
   * The first time rsync's own dry run: it alone knows what its filters leave to be copied. With a whole copy of an
   * earlier run a share of that, because the walk through a large home takes as long as the copy; what is really
   * missing shows after the first pass, still before the lock.
   */
  async spaceNeeds(): Promise<readonly SpaceNeed[]> {
    const { backupRoot: path, previous } = this.#context;
    const what = 'copy of the home';
    if (this.#firstPass.length > 0) {
      return [{ path, what, bytes: 0, files: 0, totalBytes: sum(this.#firstPass, 'totalBytes') }];
    }
    if (previous?.strategy === this.name && previous.bytes !== undefined) {
      const grown = (size: number): number => Math.ceil(size * GROWTH_BETWEEN_RUNS);
      return [
        {
          path,
          what,
          bytes: grown(previous.bytes),
          files: grown(previous.files ?? 0),
          totalBytes: previous.bytes,
        },
      ];
    }
    const program = await this.#program();
    const results: PassResult[] = [];
    for (const tree of this.#trees) {
      results.push(await copyTree(this.#context, { program, mode: 'dry-run', tree }));
    }
    return [
      {
        path,
        what,
        bytes: sum(results, 'transferredBytes'),
        files: sum(results, 'createdFiles'),
        totalBytes: sum(results, 'totalBytes'),
      },
    ];
  }

  async prepare(signal: AbortSignal): Promise<void> {
    await this.#closingAfterFailure(async () => await this.#prepare(signal));
  }

  async #prepare(signal: AbortSignal): Promise<void> {
    await this.#removeStaleStores(signal);
    await this.#delta?.removeLeftovers();
    const results: PassResult[] = [];
    for (const [index, tree] of this.#trees.entries()) {
      results.push(await this.#firstPassOf(index, tree, signal));
    }
    this.#firstPass = results;
    const vanished = sum(results, 'vanished');
    if (vanished > 0) {
      this.#context.log.info(
        `${formatCount(vanished)} files vanished or changed during the first pass; the second pass takes them as they are then.`,
      );
    }
  }

  async capture(signal: AbortSignal): Promise<Captured> {
    const expected = this.#firstPass.map((result) => result.entries);
    const progress = new WindowProgress(expected, this.#context.progress);
    const program = await this.#program();
    const copied: CopiedTree[] = [];
    await this.#closingAfterFailure(async () => {
      for (const [index, tree] of this.#trees.entries()) {
        copied.push(await this.#secondPassOf(index, tree, { program, progress, signal }));
        progress.finished(index);
      }
    });
    return {
      settle: async (settling) => {
        settling.throwIfAborted();
        const counted = await this.#count(copied, settling);
        const repositories = await countRepositories(this.#context.backupRoot, this.#trees);
        return this.#backedUp(program, { copied, counted, repositories });
      },
      // The working copy stays, after a failure too: the next run corrects it, and without a manifest nobody takes it
      // for a backup.
      discard: async () => {
        await Promise.resolve();
      },
    };
  }

  async close(): Promise<void> {
    await this.#delta?.close();
  }

  /** Nothing of a failed or cancelled phase goes on. */
  async #closingAfterFailure(phase: () => Promise<void>): Promise<void> {
    try {
      await phase();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Once more when rsync could not delete what is gone: with users working that costs them nothing. */
  async #firstPassOf(index: number, tree: Tree, signal: AbortSignal): Promise<PassResult> {
    const pass = { program: await this.#program(), mode: 'live', tree, signal } as const;
    await this.#delta?.remember(index, tree, signal);
    const result = await copyTree(this.#context, pass);
    if (this.#delta === undefined || result.suspects !== undefined) {
      return result;
    }
    this.#context.log.info(`Copying ${tree.what} once more: files changed under rsync's hands`);
    await this.#delta.remember(index, tree, signal);
    return await copyTree(this.#context, pass);
  }

  async #secondPassOf(
    index: number,
    tree: Tree,
    during: {
      readonly program: RsyncProgram;
      readonly progress: WindowProgress;
      readonly signal: AbortSignal;
    },
  ): Promise<CopiedTree> {
    const { program, progress, signal } = during;
    const changes = await this.#delta?.changesOf(
      index,
      tree,
      { copied: this.#firstPass[index], target: join(this.#context.backupRoot, tree.member) },
      { signal, onProgress: (done) => progress.looking(index, done) },
    );
    const pass = { program, mode: 'locked', tree, signal } as const;
    if (changes === undefined) {
      const onProgress = (done: RsyncProgress): void => progress.advance(index, done);
      return { result: await copyTree(this.#context, { ...pass, onProgress }), changes };
    }
    try {
      return { result: await copyTree(this.#context, { ...pass, listFile: changes.file }), changes };
    } finally {
      await rm(changes.file, { force: true });
    }
  }

  /** A pass over a list knows nothing of the rest. */
  async #count(copied: readonly CopiedTree[], signal: AbortSignal): Promise<CountAnswer> {
    const counts: CountAnswer[] = [];
    for (const [index, tree] of this.#trees.entries()) {
      const { result, changes } = copied[index] ?? {};
      counts.push(
        result !== undefined && changes === undefined
          ? { files: result.regularFiles, bytes: result.totalBytes }
          : await this.#countOf(join(this.#context.backupRoot, tree.member), signal),
      );
    }
    return {
      files: counts.reduce((total, { files }) => total + files, 0),
      bytes: counts.reduce((total, { bytes }) => total + bytes, 0),
    };
  }

  async #countOf(folder: string, signal: AbortSignal): Promise<CountAnswer> {
    if (this.#delta === undefined) {
      throw new TypeError('Only with a list there is something to count.');
    }
    return await this.#delta.count(folder, signal);
  }

  async #removeStaleStores(signal: AbortSignal): Promise<void> {
    const { backupRoot, commands, log } = this.#context;
    for (const path of await staleStoreCopies(backupRoot, this.#options.dataStores)) {
      log.info(`Removing ${path}: data-stores does not name it any more`);
      await commands.run('rm', ['--recursive', '--force', '--one-file-system', '--', path], { signal });
    }
  }

  async #program(): Promise<RsyncProgram> {
    // Remembered: inside the lock nobody should wait for the question which rsync this is.
    this.#found ??= await findRsync(this.#context.commands);
    const program = this.#found;
    if (program === undefined) {
      throw new ActionError('TOOL_MISSING', 'The program rsync is not installed or not on PATH.', {
        advice: 'Install rsync on the runner.',
      });
    }
    return program;
  }

  #backedUp(
    program: RsyncProgram,
    found: {
      readonly copied: readonly CopiedTree[];
      readonly counted: CountAnswer;
      readonly repositories: number;
    },
  ): BackedUp {
    const { homePath, dataStores, excludedRepositories } = this.#options;
    const { copied, counted, repositories } = found;
    const [home] = this.#trees;
    return {
      strategy: this.name,
      included: true,
      members: dataStores.length === 0 ? [HOME_MEMBER] : [HOME_MEMBER, STORES_MEMBER],
      files: counted.files,
      bytes: counted.bytes,
      tools: { rsync: program.version },
      excluded: { patterns: home.exclusions, repositories: excludedRepositories },
      details: {
        homePath,
        dataStores,
        repositories,
        firstPass: recorded(this.#firstPass),
        secondPass: {
          ...recorded(copied.map(({ result }) => result)),
          delta: copied.map(({ changes }) => (changes === undefined ? 'full' : 'git-aware')),
          pathsCompared: copied.reduce((total, { changes }) => total + (changes?.paths ?? 0), 0),
        },
      },
    };
  }
}

interface CopiedTree {
  readonly result: PassResult;
  /** Undefined when all was looked at. */
  readonly changes: ChangeList | undefined;
}

function recorded(results: readonly PassResult[]): { readonly [key: string]: Recorded } {
  return {
    seconds: sum(results, 'seconds'),
    entries: sum(results, 'entries'),
    filesTransferred: sum(results, 'transferredFiles'),
    bytesTransferred: sum(results, 'transferredBytes'),
    vanished: sum(results, 'vanished'),
  };
}

function sum(results: readonly PassResult[], key: Exclude<keyof PassResult, 'suspects'>): number {
  return results.reduce((total, result) => total + result[key], 0);
}
