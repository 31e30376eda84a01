/**
 * Copies the home and its data stores with rsync into `backup-root`, twice: once while users work, which takes as long
 * as it takes, and once inside the lock, which only carries over what changed in between. What that is, is found without
 * looking at every file (home-delta.ts).
 */
import { ActionError } from '../errors.ts';
import { formatCount } from '../report/format.ts';
import type {
  BackupStrategy,
  Captured,
  Finding,
  SpaceNeed,
  StrategyContext,
  StrategyDefinition,
} from '../strategies/contract.ts';
import { copyTree } from './copy-tree.ts';
import { HomeDelta } from './home-delta.ts';
import { homeRecord, sumOf } from './home-record.ts';
import { countRepositories } from './repository-count.ts';
import type { PassResult } from './rsync-pass.ts';
import { rsyncFindings } from './rsync-preflight.ts';
import { untilDatabaseIsStill } from './still-database.ts';
import { findRsync, type RsyncProgram } from './rsync-program.ts';
import type { CountAnswer } from './scan/scan-protocol.ts';
import { type LastPass, TreeCopy } from './tree-copy.ts';
import { type HomeOptions, type Tree, treesOf } from './trees.ts';
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
  readonly #copies: readonly TreeCopy[];
  /** Undefined: every file is looked at again. */
  readonly #delta: HomeDelta | undefined;
  /** Results of the first pass, one for each tree; empty before it. */
  #firstPass: readonly PassResult[] = [];
  #found: RsyncProgram | undefined;

  constructor(options: HomeOptions, context: StrategyContext, delta: HomeDelta | undefined) {
    this.#options = { ...options, internalDatabase: context.internalDatabase === true };
    this.#context = context;
    this.#delta = delta;
    this.#trees = treesOf(this.#options);
    this.#copies = this.#trees.map((tree) => new TreeCopy({ context, tree, delta }));
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
      return [{ path, what, bytes: 0, files: 0, totalBytes: sumOf(this.#firstPass, 'totalBytes') }];
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
        bytes: sumOf(results, 'transferredBytes'),
        files: sumOf(results, 'createdFiles'),
        totalBytes: sumOf(results, 'totalBytes'),
      },
    ];
  }

  async prepare(signal: AbortSignal): Promise<void> {
    await this.#closingAfterFailure(async () => await this.#prepare(signal));
  }

  async #prepare(signal: AbortSignal): Promise<void> {
    await this.#removeStaleStores(signal);
    await this.#delta?.removeLeftovers();
    const program = await this.#program();
    const results: PassResult[] = [];
    for (const copy of this.#copies) {
      results.push(await copy.prepare({ program, signal }));
    }
    this.#firstPass = results;
    const vanished = sumOf(results, 'vanished');
    if (vanished > 0) {
      this.#context.log.info(
        `${formatCount(vanished)} files vanished or changed during the first copy; the one inside the lock takes them as they are then.`,
      );
    }
  }

  async capture(signal: AbortSignal): Promise<Captured> {
    const expected = this.#firstPass.map((result) => result.entries);
    const progress = new WindowProgress(expected, this.#context.progress);
    const program = await this.#program();
    const passes: LastPass[] = [];
    await this.#closingAfterFailure(async () => {
      if (this.#options.internalDatabase === true) {
        await untilDatabaseIsStill(this.#options.homePath, signal);
      }
      for (const [index, copy] of this.#copies.entries()) {
        passes.push(
          await copy.finish(
            { program, signal },
            {
              looking: (fraction) => progress.looking(index, fraction),
              copying: (done) => progress.advance(index, done),
            },
          ),
        );
        progress.finished(index);
      }
    });
    return {
      settle: async (settling) => {
        settling.throwIfAborted();
        const counted = await this.#count(passes, settling);
        const repositories = await countRepositories(this.#context.backupRoot, this.#trees);
        // What it remembered is of no use any more, and the archive wants the memory.
        await this.close();
        return homeRecord({
          options: this.#options,
          excluded: this.#trees[0].exclusions,
          program,
          firstPass: this.#firstPass,
          passes,
          counted,
          repositories,
        });
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

  async #count(passes: readonly LastPass[], signal: AbortSignal): Promise<CountAnswer> {
    let files = 0;
    let bytes = 0;
    for (const [index, pass] of passes.entries()) {
      const counted = await this.#copies[index]?.count(pass, signal);
      files += counted?.files ?? 0;
      bytes += counted?.bytes ?? 0;
    }
    return { files, bytes };
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
}
