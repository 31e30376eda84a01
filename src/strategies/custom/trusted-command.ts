/**
 * Is a command safe to run? It runs with the rights of the backup, usually root's: whoever can change it, or put another
 * one in its place, has them too. The same is asked by sudo of its configuration and by sshd of its keys
 * (sshd_config(5), StrictModes).
 */
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/** @returns what is wrong with it, to be read behind its path; undefined when it may run */
export function distrust(path: string): string | undefined {
  try {
    return distrustFile(path) ?? distrustFolders(path) ?? distrustFolders(realpathSync(path));
  } catch (error) {
    return `cannot be used (${error instanceof Error ? error.message : String(error)})`;
  }
}

function distrustFile(path: string): string | undefined {
  const file = statSync(path);
  if (!file.isFile()) {
    return 'is not a file';
  }
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return 'may not be executed; give it that right (chmod u+x)';
  }
  return changeable(file, 'the file');
}

/** Whoever may rename in one of them may put another file in its place. */
function distrustFolders(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = lstatSync(folder);
    // A link is as safe as the folder that it lies in; where it leads to is looked at by the real path.
    const complaint = found.isSymbolicLink() ? undefined : changeable(found, `the folder ${folder}`);
    if (complaint !== undefined || folder === '/') {
      return complaint;
    }
  }
}

function changeable(stats: Stats, what: string): string | undefined {
  const { mode, uid } = stats;
  const own = process.getuid?.() ?? uid;
  if (uid !== own && uid !== 0) {
    return `cannot be trusted: ${what} belongs to user id ${uid}, neither to root nor to the user that runs this`;
  }
  // Where the sticky bit is set, as in /tmp, others cannot rename what is not theirs.
  const isProtected = (mode & STICKY) !== 0 && stats.isDirectory();
  return (mode & OTHERS_WRITE) !== 0 && !isProtected
    ? `cannot be trusted: other users may write to ${what}; take that right away (chmod go-w)`
    : undefined;
}
