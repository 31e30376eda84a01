/** Which tar there is, and whether it keeps all that the working copy has kept. */
import { type CommandRunner } from '../host/command.ts';
import { CommandError } from '../host/command-error.ts';
import { findProgram, versionLine } from '../host/tools.ts';
import type { Finding } from '../strategies/contract.ts';

/** What a backup needs of tar. `posix`: times to the nanosecond, files over 8 GiB, names of any length and bytes. */
export const TAR_FORMAT = ['--format=posix', '--numeric-owner', '--acls', '--xattrs', '--sparse'] as const;

export interface TarProgram {
  readonly path: string;
  readonly version: string;
}

export async function findTar(): Promise<TarProgram | undefined> {
  const path = findProgram('tar');
  return path === undefined ? undefined : { path, version: (await versionLine(path)) ?? 'unknown' };
}

/** Asks tar itself, with an archive of nothing: another tar knows other options, or was built without them. */
export async function tarFindings(
  tar: TarProgram | undefined,
  commands: CommandRunner,
): Promise<readonly Finding[]> {
  if (tar === undefined) {
    return [error('The program tar is not on PATH; install GNU tar on the runner.')];
  }
  try {
    const { stderr } = await commands.run(
      tar.path,
      ['--create', '--file=/dev/null', ...TAR_FORMAT, '--checkpoint=1', '--files-from=/dev/null'],
      { deadlineMs: 30_000 },
    );
    const lacking = stderr.filter((line) => line.includes('support is not available'));
    return lacking.length === 0
      ? []
      : [
          {
            severity: 'warning',
            subject: 'tar',
            message: `${tar.path} was built without all it needs (${lacking.join(' ')}); install the GNU tar of the distribution to keep ACLs and extended attributes.`,
          },
        ];
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) {
      throw thrown;
    }
    return [
      error(
        `${tar.path} (${tar.version}) does not know ${TAR_FORMAT.join(' ')}; install GNU tar 1.27 or later on the runner.`,
      ),
    ];
  }
}

function error(message: string): Finding {
  return { severity: 'error', subject: 'tar', message };
}
