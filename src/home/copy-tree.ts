/** One pass over one tree, with what the log tells of it. */
import { ActionError } from '../errors.ts';
import { formatBytes, formatCount, formatDuration } from '../report/format.ts';
import type { StrategyContext } from '../strategies/contract.ts';
import { progressLogger, SkippedFiles } from './pass-log.ts';
import { runPassesOverLists } from './list-passes.ts';
import { type PassMode, type PassResult, runPass } from './rsync-pass.ts';
import type { RsyncProgram } from './rsync-program.ts';
import type { RsyncProgress } from './rsync-stats.ts';
import type { Tree } from './trees.ts';
import { losesRepositories, makeTarget } from './working-copy.ts';

export interface TreePass {
  readonly program: RsyncProgram;
  readonly mode: PassMode;
  readonly tree: Tree;
  /** Of the paths to copy, with NUL after each, for an rsync each; all of the tree without them. */
  readonly listFiles?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RsyncProgress) => void;
}

/** @throws ActionError as `runPass`, and HOME_FAILED when the copy would lose all repositories */
export async function copyTree(context: StrategyContext, pass: TreePass): Promise<PassResult> {
  const { backupRoot, commands, log } = context;
  const { program, mode, tree, listFiles, signal, onProgress } = pass;
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
  const whole = {
    program,
    mode,
    target,
    what: tree.what,
    source: tree.source,
    exclusions: tree.exclusions,
    ...(signal === undefined ? {} : { signal }),
    ...(mode === 'live' ? { onSkipped: (path: string) => skipped.add(path) } : {}),
    onProgress: (progress: RsyncProgress) => {
      logProgress(progress);
      onProgress?.(progress);
    },
  };
  const result =
    listFiles === undefined
      ? await runPass(commands, whole)
      : await runPassesOverLists(commands, whole, listFiles);
  skipped.finish();
  if (mode !== 'dry-run') {
    const files = formatCount(result.transferredFiles);
    // Of a list rsync counts what it was named, which says nothing of the tree.
    const copied =
      listFiles === undefined
        ? `Copied ${tree.what}: ${files} of ${formatCount(result.regularFiles)} files`
        : `Copied what changed in ${tree.what}: ${files} files`;
    log.info(
      `${copied}, ${formatBytes(result.transferredBytes)}, in ${formatDuration(result.seconds * 1_000)}`,
    );
  }
  return result;
}
