import { chmod, chown, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWorkplace, tarRun, type Workplace } from '../../contract/archive-context.ts';
import { FOREIGN_ID } from '../../support/bitbucket-home.ts';
import { runProgram } from '../../support/program.ts';

let place: Workplace;

beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await place[Symbol.asyncDispose]();
});

async function findings(archiveRoot = place.archiveRoot): Promise<readonly string[]> {
  const found = await tarRun({ ...place, archiveRoot }).strategy.preflight();
  return found.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

describe('archive-root', () => {
  it('may be missing as long as its parent is there, and is not made by looking', async () => {
    expect(await findings()).toEqual([]);
    expect(await readdir(place.folder)).toEqual(['backup', 'home']);
  });

  it.each(['0700', '0755', '0750'])('may be there with mode %s', async (mode) => {
    await mkdir(place.archiveRoot);
    await chmod(place.archiveRoot, Number.parseInt(mode, 8));
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['0777', /^error archive-root: .*to which everybody may write \(mode 0777\)/],
    ['1777', /^warning archive-root: .*to which others may write \(mode 1777\)/],
    ['0770', /^warning archive-root: .*to which others may write \(mode 0770\)/],
  ])('with mode %s is not safe', async (mode, message) => {
    await mkdir(place.archiveRoot);
    await chmod(place.archiveRoot, Number.parseInt(mode, 8));
    expect(await findings()).toEqual([expect.stringMatching(message)]);
  });

  it('is refused when it belongs to somebody else', async () => {
    await mkdir(place.archiveRoot);
    await chown(place.archiveRoot, FOREIGN_ID, FOREIGN_ID);
    expect(await findings()).toEqual([expect.stringMatching(/belongs to user id 12345/)]);
  });

  it('may be a link of our own, not one of somebody else', async () => {
    await mkdir(join(place.folder, 'real'));
    await symlink('real', place.archiveRoot);
    expect(await findings()).toEqual([]);
    await runProgram('chown', ['--no-dereference', String(FOREIGN_ID), place.archiveRoot]);
    expect(await findings()).toEqual([expect.stringMatching(/belongs to user id 12345/)]);
  });

  it('is refused when it is a file, or its parent is missing', async () => {
    await writeFile(join(place.folder, 'file'), '');
    expect(await findings(join(place.folder, 'file'))).toEqual([
      expect.stringMatching(/which is not a folder/),
    ]);
    expect(await findings(join(place.folder, 'volume/archives'))).toEqual([
      expect.stringMatching(/'.*\/volume' is no folder that exists; create it or mount its volume/),
    ]);
  });

  it('is refused on a file system that is read-only', async () => {
    await mkdir(place.archiveRoot);
    await runProgram('mount', ['-t', 'tmpfs', '-o', 'ro,mode=0700', 'archives', place.archiveRoot]);
    try {
      expect(await findings()).toEqual([expect.stringMatching(/because its file system is read-only/)]);
    } finally {
      await runProgram('umount', [place.archiveRoot]);
    }
  });

  it.each([
    ['home', /lies in '.*\/home'/],
    ['home/export', /lies in '.*\/home'/],
    ['link-to-home/export', /lies in '.*\/home'/],
    ['backup/bitbucket-home', /lies in the working copy '.*bitbucket-home'/],
    ['backup/bitbucket-db', /lies in the working copy '.*bitbucket-db'/],
  ])('at %s is refused', async (where, message) => {
    await symlink('home', join(place.folder, 'link-to-home'));
    expect(await findings(join(place.folder, where))).toEqual([expect.stringMatching(message)]);
  });

  it.each(['backup', 'backup/archives', 'home-archives'])('at %s is fine', async (where) => {
    expect(await findings(join(place.folder, where))).toEqual([]);
  });

  it('is looked at again before it is written to: hours lie in between', async () => {
    const { strategy } = tarRun(place);
    expect(await strategy.preflight()).toEqual([]);
    await mkdir(place.archiveRoot);
    await chmod(place.archiveRoot, 0o777);
    const source = { root: place.backupRoot, members: [], bytes: 0 };
    await expect(strategy.create(source, new AbortController().signal)).rejects.toThrow(
      /everybody may write/,
    );
    expect(await readdir(place.archiveRoot)).toEqual([]);
  });
});

describe('tar', () => {
  it('is refused when it is missing', async () => {
    vi.stubEnv('PATH', '/nowhere');
    expect(await findings()).toEqual([expect.stringMatching(/^error tar: .*not on PATH; install GNU tar/)]);
  });

  it.each([
    [
      'does not know an option',
      'echo "tar: unrecognized option: acls" >&2; exit 1',
      /^error tar: .*does not know .*--acls/,
    ],
    [
      'was built without it',
      'echo "tar: POSIX ACL support is not available" >&2',
      /^warning tar: .*without all it needs \(tar: POSIX ACL support is not available\)/,
    ],
  ])('that %s is told', async (_, script, message) => {
    const bin = await mkdtemp(join(place.folder, 'bin-'));
    await writeFile(join(bin, 'tar'), `#!/bin/sh\n[ "$1" = --version ] || { ${script}; }\n`, { mode: 0o755 });
    vi.stubEnv('PATH', bin);
    expect(await findings()).toEqual([expect.stringMatching(message)]);
  });
});
