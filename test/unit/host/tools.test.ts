import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findProgram, isExecutable, toolCacheFolders, versionLine } from '../../../src/host/tools.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder below the test's own with a `pg_dump` in it. */
function folderWith(name: string, script = 'echo "pg_dump (PostgreSQL) 15.4"', mode = 0o755): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pg_dump'), `#!/bin/sh\n${script}\n`, { mode });
  return folder;
}

function find(folders: readonly string[], workspace?: string): string | undefined {
  return findProgram('pg_dump', {
    PATH: folders.join(':'),
    ...(workspace === undefined ? {} : { GITHUB_WORKSPACE: workspace }),
  });
}

describe('findProgram', () => {
  test('takes the first one on PATH', () => {
    const [first, second] = [folderWith('first'), folderWith('second')];
    expect(find([join(root, 'nowhere'), first, second])).toBe(join(first, 'pg_dump'));
  });

  test('passes over what cannot be executed: files without the right, folders, dead links', () => {
    const plain = folderWith('plain', 'exit', 0o644);
    const folder = join(root, 'folder');
    mkdirSync(join(folder, 'pg_dump'), { recursive: true });
    const dead = join(root, 'dead');
    mkdirSync(dead);
    symlinkSync('/nowhere', join(dead, 'pg_dump'));
    expect(find([plain, folder, dead])).toBeUndefined();
  });

  test('passes over the workspace and everything in it, but not its neighbours', () => {
    const workspace = join(root, 'work');
    const inside = folderWith('work/node_modules/.bin');
    const top = folderWith('work');
    const neighbour = folderWith('work-of-others');
    expect(find([inside, top], workspace)).toBeUndefined();
    expect(find([inside, top, neighbour], workspace)).toBe(join(neighbour, 'pg_dump'));
  });

  test('passes over the workspace by whatever way PATH leads there', () => {
    const workspace = join(root, 'work');
    const inside = folderWith('work/bin');
    const link = join(root, 'link');
    symlinkSync(inside, link);
    expect(
      find([link, `${root}/x/../work/bin`, `${inside}/`, `${root}//work/bin`], workspace),
    ).toBeUndefined();
    expect(find([inside], `${workspace}/`)).toBeUndefined();
    const linkToWork = join(root, 'linked-work');
    symlinkSync(workspace, linkToWork);
    expect(find([inside], linkToWork)).toBeUndefined();
  });

  test.each([0o777, 0o1777, 0o757])('passes over a folder that anybody may write to (mode %i)', (mode) => {
    const open = folderWith('open');
    chmodSync(open, mode);
    expect(find([open])).toBeUndefined();
    chmodSync(open, 0o755);
    expect(find([open])).toBe(join(open, 'pg_dump'));
  });

  test('passes over relative folders and the current one', () => {
    folderWith('bin');
    const before = process.cwd();
    process.chdir(root);
    try {
      expect(find(['', '.', 'bin', './bin'])).toBeUndefined();
    } finally {
      process.chdir(before);
    }
  });

  test('finds nothing without a PATH', () => {
    expect(findProgram('sh', {})).toBeUndefined();
  });
});

describe('versionLine', () => {
  test('is the first line of what the program prints', async () => {
    const folder = folderWith('bin', 'echo "pg_dump (PostgreSQL) 15.4  "; echo more; echo noise >&2');
    expect(await versionLine(join(folder, 'pg_dump'))).toBe('pg_dump (PostgreSQL) 15.4');
  });

  test('asks with the arguments it is given', async () => {
    const folder = folderWith('bin', 'echo "$@"');
    expect(await versionLine(join(folder, 'pg_dump'))).toBe('--version');
    expect(await versionLine(join(folder, 'pg_dump'), ['-V', 'a b'])).toBe('-V a b');
  });

  test.each(['exit 1', 'kill -9 $$'])('is unknown of a program that fails (%s)', async (script) => {
    expect(await versionLine(join(folderWith('bin', `echo 1.0; ${script}`), 'pg_dump'))).toBeUndefined();
  });

  test('is unknown of a program that is not there', async () => {
    expect(await versionLine(join(root, 'nowhere'))).toBeUndefined();
  });

  test('the program is not given our secrets', async () => {
    vi.stubEnv('ACTIONS_RUNTIME_TOKEN', 'hunter2');
    expect(
      await versionLine(join(folderWith('bin', 'env | grep -c hunter2 || echo none'), 'pg_dump')),
    ).not.toBe('1');
  });
});

describe('toolCacheFolders', () => {
  test('lists the versions that are complete', () => {
    const folder = join(root, 'postgresql', '16.2.0', process.arch);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}.complete`, '');
    mkdirSync(join(root, 'postgresql', '15.0.0', process.arch), { recursive: true });
    vi.stubEnv('RUNNER_TOOL_CACHE', root);
    expect(toolCacheFolders('postgresql')).toEqual([folder]);
    expect(toolCacheFolders('other')).toEqual([]);
  });

  test('is empty outside a runner', () => {
    expect(toolCacheFolders('postgresql', {})).toEqual([]);
  });
});

test('only a file with the right is executable', () => {
  expect(isExecutable('/bin/sh')).toBe(true);
  expect(isExecutable('/etc/passwd')).toBe(false);
  expect(isExecutable('/etc')).toBe(false);
  expect(isExecutable('/nowhere')).toBe(false);
});
