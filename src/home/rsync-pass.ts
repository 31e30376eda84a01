/** One run of rsync over one folder. */
import { ActionError } from '../errors.ts';
import { type CommandRunner } from '../host/command.ts';
import { CommandError } from '../host/command-error.ts';
import { RsyncComplaints } from './rsync-complaints.ts';
import type { RsyncProgram } from './rsync-program.ts';
import { parseProgress, type RsyncProgress, type RsyncStats, StatsCollector } from './rsync-stats.ts';

/**
 * `live`: users are working, and files may vanish or change under the copy. `locked`: nothing may change any more.
 * `dry-run`: as live, only counting.
 */
export type PassMode = 'live' | 'locked' | 'dry-run';

export interface Pass {
  readonly program: RsyncProgram;
  readonly mode: PassMode;
  /** For messages, such as `the home`. */
  readonly what: string;
  readonly source: string;
  readonly target: string;
  readonly exclusions: readonly string[];
  /** Copies these paths only, and removes from the copy those that are not there: a file of paths with NUL after each. */
  readonly listFile?: string;
  readonly onProgress?: (progress: RsyncProgress) => void;
  /** Told every socket, FIFO or device that is left out. */
  readonly onSkipped?: (path: string) => void;
  readonly signal?: AbortSignal;
}

export interface PassResult extends RsyncStats {
  readonly seconds: number;
  /** Files that were gone or had changed when rsync came to them. */
  readonly vanished: number;
  /** Their paths, below the source and in bytes; undefined when more than they may be wrong in the copy. */
  readonly suspects: readonly string[] | undefined;
}

/** @throws ActionError HOME_FAILED, DISK_FULL or CHILD_KILLED; the signal's reason when it was aborted */
export async function runPass(commands: CommandRunner, pass: Pass): Promise<PassResult> {
  const started = performance.now();
  const stats = new StatsCollector();
  const complaints = new RsyncComplaints(pass.source);
  const exitCode = await run(commands, pass, stats, complaints);
  throwIfIncomplete(pass, exitCode, complaints);
  const collected = stats.stats();
  if (collected === undefined) {
    throw failed(
      pass,
      'rsync ended without its statistics',
      `Look whether ${pass.program.path} is the real rsync.`,
    );
  }
  const seconds = Math.round(performance.now() - started) / 1_000;
  // After an error of the sender (23) rsync deletes nothing more in the copy.
  const suspects = exitCode === 23 ? undefined : complaints.suspects();
  return { ...collected, seconds, vanished: complaints.vanishedCount, suspects };
}

async function run(
  commands: CommandRunner,
  pass: Pass,
  stats: StatsCollector,
  complaints: RsyncComplaints,
): Promise<number> {
  try {
    const result = await commands.run(pass.program.path, rsyncArguments(pass), {
      // On standard input, because thousands of excluded repositories do not fit into arguments.
      input: pass.exclusions.map((pattern) => pattern + (pass.listFile === undefined ? '\n' : '\0')).join(''),
      // 24: files vanished; 23: some could not be read. Which of them is harmless is decided below.
      okCodes: [23, 24],
      onLine: (line) => {
        takeLine(pass, stats, line);
      },
      onErrorLine: (line) => {
        complaints.line(line);
      },
      ...(pass.signal === undefined ? {} : { signal: pass.signal }),
    });
    return result.exitCode;
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    const code = error.code === 'COMMAND_FAILED' ? 'HOME_FAILED' : error.code;
    throw new ActionError(code, `Copying ${pass.what} (${pass.source}) to ${pass.target} failed.`, {
      advice:
        code === 'DISK_FULL'
          ? `Free space on the file system of ${pass.target} and run again.`
          : 'Correct what rsync names and run again.',
      cause: error,
    });
  }
}

function takeLine(pass: Pass, stats: StatsCollector, line: string): void {
  const progress = parseProgress(line);
  if (progress !== undefined) {
    pass.onProgress?.(progress);
    return;
  }
  const skipped = /^skipping non-regular file "(?<path>.*)"$/.exec(line)?.groups?.['path'];
  if (skipped !== undefined) {
    pass.onSkipped?.(skipped);
    return;
  }
  stats.line(line);
}

/** Law 3: 23 and 24 pass only while users are working, and 23 only for files that vanished in another way. */
function throwIfIncomplete(pass: Pass, exitCode: number, complaints: RsyncComplaints): void {
  if (complaints.failedCount > 0) {
    const holdsNoAttributes = /not supported|set_acl|set_xattr/i.test(complaints.failed());
    throw failed(
      pass,
      `${complaints.failedCount} paths could not be copied: ${complaints.failed()}`,
      holdsNoAttributes
        ? 'Put backup-root on a file system that keeps ACLs and extended attributes.'
        : 'Let the user of the runner read all of it, or repair what is damaged, and run again.',
    );
  }
  if (exitCode === 0) {
    return;
  }
  if (complaints.vanishedCount === 0) {
    throw failed(
      pass,
      `rsync ended with exit code ${exitCode} and named no file`,
      'Run again; look at the disk if it stays.',
    );
  }
  if (pass.mode === 'locked') {
    throw failed(
      pass,
      `${complaints.vanishedCount} files changed during the window: ${complaints.vanished()}`,
      'Find out what writes into the folder while Bitbucket is locked (another tool, a second node), stop it and run again.',
    );
  }
}

function failed(pass: Pass, reason: string, advice: string): ActionError {
  return new ActionError('HOME_FAILED', `Copying ${pass.what} (${pass.source}) failed: ${reason}.`, {
    advice,
  });
}

function rsyncArguments(pass: Pass): readonly string[] {
  return [
    '--archive',
    '--hard-links',
    '--sparse',
    '--numeric-ids',
    ...(pass.program.acls ? ['--acls'] : []),
    ...(pass.program.xattrs ? xattrArguments() : []),
    // Sockets, FIFOs and devices belong to a running process; opening one could hang for ever.
    '--no-devices',
    '--no-specials',
    // To the nanosecond: see OLDEST_RSYNC.
    '--modify-window=-1',
    ...(pass.listFile === undefined ? ['--delete', '--delete-excluded'] : listArguments(pass.listFile)),
    '--exclude-from=-',
    '--info=progress2,stats2,name0',
    '--no-human-readable',
    '--outbuf=L',
    ...(pass.mode === 'dry-run' ? ['--dry-run'] : []),
    // With the slash, patterns are anchored at what lies in the folder, and a link to the folder is followed.
    '--',
    `${pass.source}/`,
    `${pass.target}/`,
  ];
}

/**
 * `--archive` does not recurse when there is a list. `--force`: a folder may have become a file, or be gone with all that
 * was in it.
 */
function listArguments(listFile: string): readonly string[] {
  return [`--files-from=${listFile}`, '--from0', '--delete-missing-args', '--force'];
}

/**
 * SELinux labels belong to the place where a file stands: copied to a file system that has its own they would fail the
 * backup, and `restorecon` makes them again. As soon as one such rule is given, rsync drops its own choice (`user.*` for
 * ordinary users, all but `system.*` for root), so it is spelled out. `s` and `r` make a rule hold on both sides: with
 * `--delete-excluded` it would hold for the sender alone, and the receiver would remove the ACLs that `--acls` has
 * just kept, because they are stored as `system.*` attributes.
 */
function xattrArguments(): readonly string[] {
  const rules =
    process.getuid?.() === 0 ? ['-xsr system.*', '-xsr security.selinux'] : ['+xsr user.*', '-xsr *'];
  return ['--xattrs', ...rules.map((rule) => `--filter=${rule}`)];
}
