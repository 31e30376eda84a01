/** Files of the internal database with what they hold, read by a program of its own: a file system may hang. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandRunner } from '../../host/command.ts';

export interface DatabaseFile {
  /** Relative to the home. */
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** @throws CommandError, or as `stat` does; the signal's reason when it was aborted */
export async function digestsOf(
  commands: CommandRunner,
  home: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly DatabaseFile[]> {
  const files: DatabaseFile[] = [];
  for (const path of paths) {
    const file = join(home, path);
    const { stdout } = await commands.run('sha256sum', ['--binary', '--', file], { signal });
    // A backslash before it says that one is in the name.
    const sha256 = /^\\?([0-9a-f]{64}) /.exec(stdout)?.[1];
    if (sha256 === undefined) {
      throw new TypeError(`sha256sum did not answer a digest of ${path}.`);
    }
    files.push({ path, bytes: (await stat(file)).size, sha256 });
  }
  return files;
}

/** @returns what the manifest says, checked; undefined when it says nothing that can be used */
export function recordedFiles(value: unknown): readonly DatabaseFile[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    return undefined;
  }
  const files: DatabaseFile[] = [];
  for (const entry of value) {
    const [path, bytes, sha256] = ['path', 'bytes', 'sha256'].map((name) => field(entry, name));
    if (typeof path !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') {
      return undefined;
    }
    // An archive must not have us read what is elsewhere.
    if (!/^(?:shared\/)?data\/db\.[^/\0]+$/.test(path)) {
      return undefined;
    }
    files.push({ path, bytes, sha256 });
  }
  return files;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
