import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { programText, runProgram } from '../support/program.ts';
import {
  BACKUP_ID,
  childrenNamed,
  failureOf,
  halfWay,
  makeLargeSource,
  makeSource,
  namesIn,
  never,
  openWorkplace,
  tarRun,
  type Workplace,
} from './archive-context.ts';
import { describeArchiveContract, layArchive } from './archive.contract.ts';

const EXTRACT = ['--extract', '--acls', '--xattrs', '--numeric-owner'];

describeArchiveContract({
  name: 'tar',
  start: tarRun,
  extension: '.tar.zst',
  extract: async (archive, into) => {
    await runProgram('zstd', ['--decompress', '--quiet', '-o', `${into}.tar`, archive]);
    await runProgram('tar', [...EXTRACT, '--file', `${into}.tar`, '--directory', into]);
  },
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Programs that a PATH of a test holds, and no others. */
async function pathWith(place: Workplace, programs: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(place.folder, 'bin-'));
  for (const program of programs) {
    await symlink(join('/usr/bin', program), join(folder, program));
  }
  return folder;
}

describe('tar', () => {
  it.each([
    { compression: 'gzip', programs: ['tar', 'pigz'], extension: '.tar.gz', test: ['gzip', '--test'] },
    { compression: 'gzip', programs: ['tar', 'gzip'], extension: '.tar.gz', test: ['gzip', '--test'] },
    { compression: 'gzip', programs: ['tar'], extension: '.tar.gz', test: ['gzip', '--test'] },
    {
      compression: 'zstd',
      programs: ['tar', 'zstd'],
      extension: '.tar.zst',
      test: ['zstd', '--test', '--quiet'],
    },
    { compression: 'zstd', programs: ['tar'], extension: '.tar.zst', test: ['zstd', '--test', '--quiet'] },
    { compression: 'none', programs: ['tar'], extension: '.tar', test: ['tar', '--list', '--file'] },
  ] as const)('compresses with $compression where there are $programs', async (row) => {
    await using place = await openWorkplace();
    const source = await makeSource(place);
    const realPath = process.env['PATH'] ?? '';
    vi.stubEnv('PATH', await pathWith(place, row.programs));
    const { strategy, lines } = tarRun(place, { compression: row.compression });
    expect(await strategy.preflight()).toEqual([]);
    const { path } = await strategy.create(source, never);
    vi.stubEnv('PATH', realPath);
    expect(path).toBe(join(place.archiveRoot, BACKUP_ID + row.extension));
    const [program, ...args] = row.test;
    await runProgram(program, [...args, path]);
    const members = await programText('tar', ['--list', '--exclude=*/*', '--file', path]);
    expect(members.split('\n')).toEqual(['bitbucket-home/', 'bitbucket-db/', 'manifest.json']);
    expect(Object.keys(strategy.tools()).toSorted()).toEqual(
      [
        ...new Set([
          ...row.programs,
          ...(row.compression === 'none' || row.programs.length > 1 ? [] : [row.compression]),
        ]),
      ].toSorted(),
    );
    expect(strategy.tools()['tar']).toMatch(/^tar \(GNU tar\) \d/);
    expect(lines).toContain(`info: Archiving '${place.backupRoot}' into '${path}'`);
    expect(lines.some((line) => line.includes("Node's own"))).toBe(
      row.compression !== 'none' && row.programs.length === 1,
    );
  });

  it.each(['tar', 'zstd'])('fails when %s is killed, and leaves nothing', async (program) => {
    await using place = await openWorkplace();
    // Large enough that tar is certainly still reading when it is found and killed.
    const source = await makeLargeSource(place, 640);
    const failing = failureOf(tarRun(place).strategy.create(source, never));
    await halfWay(place);
    for (const pid of await childrenNamed(program)) {
      process.kill(pid, 'SIGKILL');
    }
    expect((await failing).code).toBe('CHILD_KILLED');
    expect((await failing).message).toContain(`${program} was killed`);
    expect(await namesIn(place)).toEqual([]);
    expect(await childrenNamed('tar')).toEqual([]);
    expect(await childrenNamed('zstd')).toEqual([]);
  });

  it('fails when the compressor fails, with what it said', async () => {
    await using place = await openWorkplace();
    const source = await makeLargeSource(place, 16);
    const bin = await pathWith(place, ['tar']);
    await writeFile(join(bin, 'zstd'), '#!/bin/sh\n/usr/bin/head -c 1000\necho out of luck >&2\nexit 3\n', {
      mode: 0o755,
    });
    vi.stubEnv('PATH', bin);
    await expect(tarRun(place).strategy.create(source, never)).rejects.toMatchObject({
      code: 'ARCHIVE_FAILED',
      message: 'zstd failed with exit code 3: out of luck.',
    });
    expect(await namesIn(place)).toEqual([]);
  });

  it('has Atlassian restore its .tar.gz: no option is needed to read it', async () => {
    await using place = await openWorkplace();
    const source = await makeSource(place);
    const { path } = await tarRun(place, { compression: 'gzip' }).strategy.create(source, never);
    const restored = join(place.folder, 'restored');
    await mkdir(restored);
    await runProgram('tar', ['-xzf', path, '-C', restored]);
    expect(await readFile(join(restored, 'bitbucket-db/toc.dat'), 'utf8')).toBe('dump');
  });

  it('needs the source at worst, and what the newest archive took when there is one', async () => {
    await using place = await openWorkplace();
    const zstd = tarRun(place).strategy;
    expect(await zstd.spaceNeeds(10_000_000, 1_000)).toEqual([
      { path: place.archiveRoot, bytes: 12_048_000, files: 2, what: 'archive' },
    ]);
    await mkdir(place.archiveRoot, { mode: 0o700 });
    await layArchive(place, 'bitbucket-20260101-000000-000.tar.zst');
    await writeFile(join(place.archiveRoot, 'bitbucket-20260101-000000-000.tar.zst'), Buffer.alloc(1_000));
    await writeFile(
      join(place.archiveRoot, 'bitbucket-20270101-000000-000.tar.zst'),
      'no checksum, no backup',
    );
    expect(await zstd.spaceNeeds(10_000_000)).toMatchObject([{ bytes: 1_200 }]);
    expect(await zstd.spaceNeeds(1_100)).toMatchObject([{ bytes: 1_100 }]);
    expect(await tarRun(place, { compression: 'none' }).strategy.spaceNeeds(10_000_000)).toMatchObject([
      { bytes: 10_000_000 },
    ]);
  });
});
