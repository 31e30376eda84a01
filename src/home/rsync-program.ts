/** Which rsync there is, and what it can. */
import { type CommandRunner } from '../host/command.ts';
import { findProgram } from '../host/tools.ts';

/**
 * 3.1.0 brought `--info=progress2`, 3.1.3 (2018) `--modify-window=-1`. Without the latter rsync compares whole seconds:
 * a branch that moves twice within one second around the first pass has the same size and time, and the second pass
 * would leave the older commit in the backup.
 */
const OLDEST = [3, 1, 3] as const;
export const OLDEST_RSYNC = OLDEST.join('.');

export interface RsyncProgram {
  readonly path: string;
  readonly version: string;
  readonly acls: boolean;
  readonly xattrs: boolean;
}

/** @returns undefined when there is none. @throws CommandError when it does not run */
export async function findRsync(commands: CommandRunner): Promise<RsyncProgram | undefined> {
  const path = findProgram('rsync');
  if (path === undefined) {
    return undefined;
  }
  const { stdout } = await commands.run(path, ['--version'], { deadlineMs: 30_000 });
  return { path, ...parseRsyncVersion(stdout) };
}

/** The version is `unknown` for what is not the rsync of samba.org, such as openrsync. */
export function parseRsyncVersion(text: string): Omit<RsyncProgram, 'path'> {
  return {
    version: /^rsync\s+version (?:v|ver )?(\d+\.\d+\.\d+\S*)/m.exec(text)?.[1] ?? 'unknown',
    acls: /(?<!no )\bACLs\b/.test(text),
    xattrs: /(?<!no )\bxattrs\b/.test(text),
  };
}

export function isTooOld(version: string): boolean {
  const numbers = version.split('.', 3).map((part) => Number.parseInt(part, 10));
  for (const [place, oldest] of OLDEST.entries()) {
    const number = numbers[place] ?? Number.NaN;
    if (number !== oldest) {
      return !(number > oldest);
    }
  }
  return false;
}
