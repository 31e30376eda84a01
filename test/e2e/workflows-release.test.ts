/**
 * The scripts of the release workflow, run by bash as the runner runs them, in a small repository. `gh` is a stand-in that
 * writes down what it is told; GitHub's own part, the release and the attestation, cannot run here.
 */
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../support/backup-stand.ts';
import { programText, runProgram } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const workflow: unknown = parse(readFileSync(join(PROJECT_ROOT, '.github/workflows/release.yml'), 'utf8'));

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.0]

### Added

- This.

## [1.1.0]

- That.
`;

const STAND_IN = `#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$GH_CALLS"
`;

let folder: string;
let repository: string;

beforeEach(async () => {
  folder = temporaryFolder();
  repository = join(folder, 'repository');
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/gh'), STAND_IN);
  await chmod(join(folder, 'bin/gh'), 0o755);
  await writeFile(join(folder, 'calls'), '');
  await git(folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', 'origin');
  await git(folder, 'clone', '--quiet', 'origin', 'repository');
  await writeFile(join(repository, 'package.json'), '{"version":"1.2.0"}');
  await writeFile(join(repository, 'CHANGELOG.md'), CHANGELOG);
  await commit();
  await git(repository, 'push', '--quiet', 'origin', 'HEAD:main');
});

async function git(cwd: string, ...args: string[]): Promise<string> {
  const who = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return await programText('git', [...who, ...args], { cwd, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
}

async function commit(): Promise<void> {
  await git(repository, 'add', '.');
  await git(repository, 'commit', '--quiet', '--allow-empty', '--message', 'x');
}

/** The script of the step with that name. */
function script(name: string): string {
  const scripts: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      const run: unknown = Reflect.get(value, 'run');
      if (Reflect.get(value, 'name') === name && typeof run === 'string') {
        scripts.push(run);
      }
      Object.values(value).forEach(look);
    }
  };
  look(workflow);
  expect(scripts).toHaveLength(1);
  return scripts.join('');
}

/** What `shell: bash` means, and the stand-in for `gh`. @returns what gh was told */
async function runStep(name: string, tag: string): Promise<string[]> {
  const file = join(folder, 'step.sh');
  await writeFile(file, script(name));
  await runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd: repository,
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      TAG: tag,
      GH_CALLS: join(folder, 'calls'),
      GITHUB_REPOSITORY: 'octocat/action',
      RUNNER_TEMP: folder,
    },
  });
  const calls = await readFile(join(folder, 'calls'), 'utf8');
  return calls.split('\n').filter((line) => line !== '');
}

describe('the tag', () => {
  const STEP = 'The tag fits package.json, the changelog and main';

  test('of the version on main is accepted', async () => {
    expect(await runStep(STEP, 'v1.2.0')).toEqual([]);
  });

  test('of another version is refused', async () => {
    await expect(runStep(STEP, 'v1.3.0')).rejects.toThrow(
      '::error::The tag is v1.3.0, package.json says 1.2.0.',
    );
  });

  test('of a version that the changelog lacks is refused', async () => {
    await writeFile(join(repository, 'CHANGELOG.md'), CHANGELOG.replace('[1.2.0]', '[1x2x0]'));
    await expect(runStep(STEP, 'v1.2.0')).rejects.toThrow('::error::CHANGELOG.md has no section for 1.2.0.');
  });

  test('of a commit beside main is refused', async () => {
    await commit();
    await expect(runStep(STEP, 'v1.2.0')).rejects.toThrow('::error::The commit of v1.2.0 is not on main.');
  });
});

test('the release carries its section of the changelog, and no other', async () => {
  const notes = join(folder, 'notes.md');
  expect(await runStep('Publish what the changelog says', 'v1.2.0')).toEqual([
    `release create v1.2.0 --verify-tag --title v1.2.0 --notes-file ${notes}`,
  ]);
  expect((await readFile(notes, 'utf8')).trim()).toBe('### Added\n\n- This.');
});

describe('the tag of the major version', () => {
  const STEP = 'Move the tag of the major version';

  test('is made when there is none', async () => {
    await git(repository, 'tag', 'v1.2.0');
    const head = await git(repository, 'rev-parse', 'HEAD');
    expect(await runStep(STEP, 'v1.2.0')).toEqual([
      `api --method POST repos/octocat/action/git/refs -f ref=refs/tags/v1 -f sha=${head}`,
    ]);
  });

  test('moves to the newest version, told by numbers and not by letters', async () => {
    await git(repository, 'tag', 'v1');
    await git(repository, 'tag', 'v1.9.0');
    await git(repository, 'tag', 'v1.10.0-rc.1');
    await commit();
    await git(repository, 'tag', 'v1.10.0');
    const head = await git(repository, 'rev-parse', 'HEAD');
    expect(await runStep(STEP, 'v1.10.0')).toEqual([
      `api --method PATCH repos/octocat/action/git/refs/tags/v1 -f sha=${head} -F force=true`,
    ]);
  });

  test('stays where it is after a fix of an older version', async () => {
    for (const tag of ['v1', 'v1.10.0', 'v1.9.1', 'v2.0.0']) {
      await git(repository, 'tag', tag);
    }
    expect(await runStep(STEP, 'v1.9.1')).toEqual([]);
  });
});
