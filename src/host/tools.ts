/**
 * Which programs are there, and how old they are. Short questions only, so @actions/exec may ask them; whatever can take
 * long runs through `command.ts`, which can end it.
 */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { getExecOutput } from '@actions/exec';
import { find as findInToolCache, findAllVersions } from '@actions/tool-cache';
import { childEnvironment } from './environment.ts';

/**
 * The absolute path of a program on PATH. Folders inside the workflow's workspace, relative ones and ones that anybody
 * may write to are passed over: a checked-out `pg_dump` must not run with the rights of a backup.
 */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const workspace = env['GITHUB_WORKSPACE'];
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && isTrusted(folder, workspace))
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** First line of what `<program> --version` prints; undefined when it does not run. */
export async function versionLine(
  path: string,
  args: readonly string[] = ['--version'],
): Promise<string | undefined> {
  try {
    const answer = await getExecOutput(path, [...args], {
      silent: true,
      ignoreReturnCode: true,
      env: childEnvironment(),
    });
    return answer.exitCode === 0 ? answer.stdout.split('\n')[0]?.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** The folders of all versions of a tool in the runner's tool cache; none outside a runner. */
export function toolCacheFolders(tool: string, env: NodeJS.ProcessEnv = process.env): string[] {
  if (!env['RUNNER_TOOL_CACHE']) {
    return [];
  }
  return findAllVersions(tool)
    .map((version) => findInToolCache(tool, version))
    .filter((folder) => folder !== '');
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isTrusted(folder: string, workspace: string | undefined): boolean {
  try {
    const path = realpathSync(folder);
    // Sticky or not: where anybody may add a file, anybody may add a `pg_dump`.
    return (statSync(path).mode & 0o002) === 0 && !isInside(path, workspace);
  } catch {
    return false;
  }
}

/** Links are resolved on both sides: PATH can lead into the workspace by another name. */
function isInside(path: string, workspace: string | undefined): boolean {
  if (!workspace) {
    return false;
  }
  const top = existsSync(workspace) ? realpathSync(workspace) : workspace;
  return path === top || path.startsWith(`${top}/`);
}
