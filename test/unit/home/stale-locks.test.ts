import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { removeStaleLocks } from '../../../src/home/stale-locks.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TREES = [
  { member: 'bitbucket-data-stores/srv/store', repositories: 'repositories' },
  { member: 'bitbucket-home', repositories: 'shared/data/repositories' },
];

let unpacked: string;
beforeEach(() => {
  unpacked = temporaryFolder();
});

function lay(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(join(unpacked, dirname(path)), { recursive: true });
    writeFileSync(join(unpacked, path), '');
  }
}

async function removed(signal: AbortSignal = new AbortController().signal): Promise<readonly string[]> {
  const paths = await removeStaleLocks(createCommandRunner(), unpacked, TREES, signal);
  return paths.map((path) => path.slice(unpacked.length + 1));
}

it('finds nothing in a home without any, and gets by without repositories', async () => {
  expect(await removed()).toEqual([]);
  lay('bitbucket-home/shared/data/repositories/1/HEAD');
  expect(await removed()).toEqual([]);
});

it("removes Bitbucket's two, and git's in repositories of home and data stores", async () => {
  const locks = [
    'bitbucket-home/.lock',
    'bitbucket-home/shared/.lock',
    'bitbucket-data-stores/srv/store/repositories/aa/bb/3/index.lock',
    'bitbucket-home/shared/data/repositories/1/refs/heads/-x y.lock',
    'bitbucket-home/shared/data/repositories/2/gc.pid',
  ];
  const kept = [
    'bitbucket-home/log/x.lock',
    'bitbucket-home/shared/plugins/a.lock',
    'bitbucket-home/shared/data/attachments/gc.pid',
    'bitbucket-data-stores/srv/store/x.lock',
    'bitbucket-data-stores/other/repositories/y.lock',
    'bitbucket-home/shared/data/repositories/2/locked',
  ];
  lay(...locks, ...kept);
  expect((await removed()).toSorted()).toEqual(locks.toSorted());
  expect(locks.filter((path) => existsSync(join(unpacked, path)))).toEqual([]);
  expect(kept.filter((path) => !existsSync(join(unpacked, path)))).toEqual([]);
});

it('does not follow a link, in the place of repositories or among them', async () => {
  const theirs = temporaryFolder();
  writeFileSync(join(theirs, 'HEAD.lock'), '');
  lay('bitbucket-home/shared/data/x');
  symlinkSync(theirs, join(unpacked, 'bitbucket-home/shared/data/repositories'));
  mkdirSync(join(unpacked, 'bitbucket-data-stores/srv/store/repositories'), { recursive: true });
  symlinkSync(theirs, join(unpacked, 'bitbucket-data-stores/srv/store/repositories/aa'));
  expect(await removed()).toEqual([]);
  expect(existsSync(join(theirs, 'HEAD.lock'))).toBe(true);
});

it('follows one that stays in the archive', async () => {
  lay('bitbucket-home/real/.lock', 'bitbucket-home/real/data/repositories/1/HEAD.lock');
  symlinkSync('real', join(unpacked, 'bitbucket-home/shared'));
  expect(await removed()).toEqual([
    'bitbucket-home/shared/.lock',
    'bitbucket-home/shared/data/repositories/1/HEAD.lock',
  ]);
});

it('ends with a cancel', async () => {
  lay('bitbucket-home/shared/data/repositories/1/HEAD.lock');
  await expect(removed(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
});
