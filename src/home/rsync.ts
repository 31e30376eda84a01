/**
 * Copies the home and its data stores with rsync into `backup-root`, twice: once while users work, which takes as long
 * as it takes, and once inside the lock, which only carries over what changed in between.
 */
import { ActionError } from '../errors.ts';
import { formatBytes, formatCount, formatDuration } from '../report/format.ts';
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
import { progressLogger, SkippedFiles } from './pass-log.ts';
import { countRepositories } from './repository-count.ts';
import { type PassMode, type PassResult, runPass } from './rsync-pass.ts';
import { rsyncFindings } from './rsync-preflight.ts';
import { findRsync, type RsyncProgram } from './rsync-program.ts';
import type { RsyncProgress } from './rsync-stats.ts';
import { HOME_MEMBER, type HomeOptions, STORES_MEMBER, type Tree, treesOf } from './trees.ts';
import { WindowProgress } from './window-progress.ts';
import { losesRepositories, makeTarget, staleStoreCopies } from './working-copy.ts';

/** What a home may grow by from one run to the next before the estimate is too small. */
const GROWTH_BETWEEN_RUNS = 0.1;

export const rsync: StrategyDefinition = {
  read: (inputs) => {
    const options: HomeOptions = {
      homePath: inputs.requiredPath('home-path'),
      dataStores: inputs.pathList('data-stores'),
      excludedRepositories: inputs.idList('exclude-repositories'),
    };
    return { create: (context) => new RsyncHome(options, context) };
  },
};

class RsyncHome implements BackupStrategy {
  readonly name = 'rsync';
  readonly atomic = false;
  readonly #options: HomeOptions;
  readonly #context: StrategyContext;
  readonly #trees: readonly [Tree, ...Tree[]];
  /** Results of the first pass, one for each tree; empty before it. */
  #firstPass: readonly PassResult[] = [];
  #found: RsyncProgram | undefined;

  constructor(options: HomeOptions, context: StrategyContext) {
    this.#options = options;
    this.#context = context;
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
    const results = await this.#passes('dry-run');
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
    await this.#removeStaleStores(signal);
    this.#firstPass = await this.#passes('live', { signal });
    const vanished = sum(this.#firstPass, 'vanished');
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
    const secondPass = await this.#passes('locked', { signal, progress });
    return {
      settle: async (settling) => {
        settling.throwIfAborted();
        const repositories = await countRepositories(this.#context.backupRoot, this.#trees);
        return this.#backedUp(program, secondPass, repositories);
      },
      // The working copy stays, after a failure too: the next run corrects it, and without a manifest nobody takes it
      // for a backup.
      discard: async () => {
        await Promise.resolve();
      },
    };
  }

  async #passes(mode: PassMode, during: During = {}): Promise<readonly PassResult[]> {
    const program = await this.#program();
    const results: PassResult[] = [];
    for (const [index, tree] of this.#trees.entries()) {
      during.signal?.throwIfAborted();
      const result = await this.#pass(program, mode, tree, {
        ...during,
        onProgress: (progress) => during.progress?.advance(index, progress),
      });
      during.progress?.finished(index);
      results.push(result);
    }
    return results;
  }

  async #pass(
    program: RsyncProgram,
    mode: PassMode,
    tree: Tree,
    during: During & { readonly onProgress: (progress: RsyncProgress) => void },
  ): Promise<PassResult> {
    const { backupRoot, commands, log } = this.#context;
    if (mode !== 'dry-run' && (await losesRepositories(backupRoot, tree))) {
      throw new ActionError(
        'HOME_FAILED',
        `${tree.source} holds no repositories any more, and its copy does.`,
        {
          advice: 'Mount its volume and run again; the copy was left as it is.',
        },
      );
    }
    const target =
      mode === 'dry-run' ? `${backupRoot}/${tree.member}` : await makeTarget(backupRoot, tree.member);
    const skipped = new SkippedFiles(log, tree.what);
    const logProgress = progressLogger(log, tree.what);
    const result = await runPass(commands, {
      program,
      mode,
      target,
      what: tree.what,
      source: tree.source,
      exclusions: tree.exclusions,
      ...(during.signal === undefined ? {} : { signal: during.signal }),
      ...(mode === 'live' ? { onSkipped: (path: string) => skipped.add(path) } : {}),
      onProgress: (progress) => {
        logProgress(progress);
        during.onProgress(progress);
      },
    });
    skipped.finish();
    if (mode !== 'dry-run') {
      log.info(
        `Copied ${tree.what}: ${formatCount(result.transferredFiles)} of ${formatCount(result.regularFiles)} files, ${formatBytes(result.transferredBytes)}, in ${formatDuration(result.seconds * 1_000)}`,
      );
    }
    return result;
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

  #backedUp(program: RsyncProgram, secondPass: readonly PassResult[], repositories: number): BackedUp {
    const { homePath, dataStores, excludedRepositories } = this.#options;
    const [home] = this.#trees;
    return {
      strategy: this.name,
      included: true,
      members: dataStores.length === 0 ? [HOME_MEMBER] : [HOME_MEMBER, STORES_MEMBER],
      files: sum(secondPass, 'regularFiles'),
      bytes: sum(secondPass, 'totalBytes'),
      tools: { rsync: program.version },
      excluded: { patterns: home.exclusions, repositories: excludedRepositories },
      details: {
        homePath,
        dataStores,
        repositories,
        firstPass: recorded(this.#firstPass),
        secondPass: recorded(secondPass),
      },
    };
  }
}

interface During {
  readonly signal?: AbortSignal;
  readonly progress?: WindowProgress;
}

function recorded(results: readonly PassResult[]): Recorded {
  return {
    seconds: sum(results, 'seconds'),
    entries: sum(results, 'entries'),
    filesTransferred: sum(results, 'transferredFiles'),
    bytesTransferred: sum(results, 'transferredBytes'),
    vanished: sum(results, 'vanished'),
  };
}

function sum(results: readonly PassResult[], key: keyof PassResult): number {
  return results.reduce((total, result) => total + result[key], 0);
}
