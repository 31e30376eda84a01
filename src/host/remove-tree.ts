/** Removes a tree in a child process: half a million files would keep us from answering a signal for half a minute. */
import type { CommandRunner } from './command.ts';

/** A tree that is not there is no error. Does not leave the file system that `path` is on. */
export async function removeTree(commands: CommandRunner, path: string): Promise<void> {
  await commands.run('rm', ['--recursive', '--force', '--one-file-system', '--', path]);
}
