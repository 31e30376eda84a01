/** Several runs of rsync side by side, each over a list of its own: one pass, shared out. */
import type { CommandRunner } from '../host/command.ts';
import { sideBySide } from '../host/side-by-side.ts';
import { type Pass, type PassResult, runPass } from './rsync-pass.ts';

/**
 * The first failure ends the others.
 * @throws ActionError as `runPass`
 * @returns of all together
 */
export async function runPassesOverLists(
  commands: CommandRunner,
  pass: Omit<Pass, 'listFile'>,
  listFiles: readonly string[],
): Promise<PassResult> {
  const signal = pass.signal ?? new AbortController().signal;
  const results = await sideBySide(
    signal,
    listFiles.map(
      (listFile) => async (shared) => await runPass(commands, { ...pass, listFile, signal: shared }),
    ),
  );
  return results.reduce(added);
}

function added(one: PassResult, other: PassResult): PassResult {
  return {
    entries: one.entries + other.entries,
    regularFiles: one.regularFiles + other.regularFiles,
    createdFiles: one.createdFiles + other.createdFiles,
    transferredFiles: one.transferredFiles + other.transferredFiles,
    totalBytes: one.totalBytes + other.totalBytes,
    transferredBytes: one.transferredBytes + other.transferredBytes,
    seconds: Math.max(one.seconds, other.seconds),
    vanished: one.vanished + other.vanished,
    suspects:
      one.suspects === undefined || other.suspects === undefined
        ? undefined
        : [...one.suspects, ...other.suspects],
  };
}
