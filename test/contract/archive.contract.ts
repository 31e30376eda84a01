/** What every archive strategy that writes a file has to pass. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ArchiveSource } from '../../src/archive/strategy.ts';
import { CanceledError } from '../../src/errors.ts';
import { createCommandRunner } from '../../src/host/command.ts';
import { liveGroups } from '../../src/host/process-groups.ts';
import { fingerprintTree } from '../support/bitbucket-home.ts';
import { programText, runProgram } from '../support/program.ts';
import {
  type ArchiveChoice,
  BACKUP_ID,
  failureOf,
  halfWay,
  largeFile,
  makeLargeSource,
  makeSource,
  namesIn,
  never,
  openWorkplace,
  type TestArchive,
  type Workplace,
} from './archive-context.ts';

export interface ArchiveUnderTest {
  readonly name: string;
  readonly start: (place: Workplace, choice?: ArchiveChoice) => TestArchive;
  /** Extension of what it writes by default. */
  readonly extension: string;
  /** As an administrator would, with plain tools. */
  readonly extract: (archive: string, into: string) => Promise<void>;
}

const OLD = ['bitbucket-20260101-000000-000.tar.zst', 'bitbucket-20260101-000000-000.tar.zst.sha256'];

export function describeArchiveContract({ name, start, extension, extract }: ArchiveUnderTest): void {
  const file = BACKUP_ID + extension;

  describe(`archive strategy ${name}`, () => {
    it('holds the members and nothing else, as they were', async () => {
      await using place = await openWorkplace();
      const source = await makeSource(place);
      const { strategy, partials } = start(place);
      expect(await strategy.preflight()).toEqual([]);
      const archive = await strategy.create(source, never);
      expect(await namesIn(place)).toEqual([file, `${file}.sha256`]);
      const content = await readFile(archive.path);
      expect(archive).toMatchObject({
        path: join(place.archiveRoot, file),
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      });
      await runProgram('sha256sum', ['--check', '--strict', `${file}.sha256`], { cwd: place.archiveRoot });
      for (const [path, mode] of [
        [archive.path, 0o600],
        [`${archive.path}.sha256`, 0o600],
        [place.archiveRoot, 0o700],
      ] as const) {
        expect([path, (await stat(path)).mode & 0o777]).toEqual([path, mode]);
      }
      expect(partials.map((path) => basename(path).replace(/-[0-9a-f]{16}$/, ''))).toEqual([
        `.${file}.partial`,
        `.${file}.sha256.partial`,
      ]);
      const restored = join(place.folder, 'restored');
      await mkdir(restored);
      await extract(archive.path, restored);
      await expectEqualTrees(restored, source);
    });

    it('never has its final name without its checksum beside it', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 16);
      const creating = start(place).strategy.create(source, never);
      const ended = creating.then(
        () => true,
        () => true,
      );
      const seen = new Set<string>();
      // Every state of the folder between two steps of the strategy, which runs in this same thread.
      while (!(await Promise.race([ended, nextTurn(false)]))) {
        seen.add((await namesIn(place)).filter((one) => !one.startsWith('.')).join(' '));
      }
      await creating;
      seen.add((await namesIn(place)).join(' '));
      expect([...seen]).not.toContain(file);
      expect([...seen].at(-1)).toBe(`${file} ${file}.sha256`);
    });

    it.each([file, `${file}.sha256`])('leaves an existing %s alone', async (taken) => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 16);
      await mkdir(place.archiveRoot, { mode: 0o700 });
      await writeFile(join(place.archiveRoot, taken), 'precious');
      const { strategy, partials } = start(place);
      await expect(strategy.create(source, never)).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
      // At once: not after hours of writing.
      expect(partials).toEqual([]);
      expect(await namesIn(place)).toEqual([taken]);
      expect(await readFile(join(place.archiveRoot, taken), 'utf8')).toBe('precious');
    });

    it.each([file, `${file}.sha256`])('leaves a %s alone that appears while it writes', async (taken) => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place);
      const failing = failureOf(start(place).strategy.create(source, never));
      await halfWay(place);
      await writeFile(join(place.archiveRoot, taken), 'precious');
      expect(await failing).toMatchObject({ code: 'ARCHIVE_EXISTS' });
      expect(await namesIn(place)).toEqual([taken]);
      expect(await readFile(join(place.archiveRoot, taken), 'utf8')).toBe('precious');
    });

    it('ends within a second of a cancel, and leaves nothing', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place);
      await layOldArchive(place);
      const canceling = new AbortController();
      const failing = failureOf(start(place).strategy.create(source, canceling.signal));
      await halfWay(place);
      const started = performance.now();
      canceling.abort(new CanceledError('cancelled'));
      expect(await failing).toMatchObject({ message: 'cancelled' });
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(liveGroups()).toEqual([]);
      await expectOnlyOldArchive(place);
    });

    it('fails on a file that grows while it is read', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place);
      await layOldArchive(place);
      const failing = failureOf(start(place).strategy.create(source, never));
      await halfWay(place);
      await appendFile(largeFile(place), 'more');
      expect(await failing).toMatchObject({ code: 'ARCHIVE_FAILED' });
      expect((await failing).message).toMatch(/large: file changed as we read it/);
      await expectOnlyOldArchive(place);
    });

    it('fails on a file that it may not read, and names it', async () => {
      await using place = await openWorkplace();
      const source = await makeSource(place);
      await layOldArchive(place);
      const runner = createCommandRunner();
      const { strategy } = start(place, {
        commands: {
          run: async (program, args, options) =>
            await runner.run('setpriv', ['--bounding-set=-all', program, ...args], options),
        },
      });
      // `foreign` belongs to another user, and this is root without its privileges.
      const failure = await failureOf(strategy.create(source, never));
      expect(failure.code).toBe('ARCHIVE_FAILED');
      expect(failure.message).toMatch(/exit code 2 .*foreign.*Permission denied/);
      await expectOnlyOldArchive(place);
    });

    it('fails on a member that is missing', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 16);
      await layOldArchive(place);
      const incomplete = { ...source, members: [...source.members, 'bitbucket-db'] };
      const failure = await failureOf(start(place).strategy.create(incomplete, never));
      expect(failure.code).toBe('ARCHIVE_FAILED');
      expect(failure.message).toContain('bitbucket-db: Cannot stat: No such file or directory');
      await expectOnlyOldArchive(place);
    });

    it('says so when the disk is full, and leaves nothing', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 32);
      await mkdir(place.archiveRoot);
      await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'archives', place.archiveRoot]);
      try {
        await layOldArchive(place);
        const failure = await failureOf(start(place).strategy.create(source, never));
        expect(failure.code).toBe('DISK_FULL');
        expect(failure.advice).toMatch(/^Free space \(.* are free now\)/);
        expect(liveGroups()).toEqual([]);
        await expectOnlyOldArchive(place);
      } finally {
        await runProgram('umount', [place.archiveRoot]);
      }
    });

    it('is removed whole, twice if need be', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 16);
      await layOldArchive(place);
      const archive = await start(place).strategy.create(source, never);
      expect(await namesIn(place)).toHaveLength(4);
      await archive.discard();
      await archive.discard();
      await expectOnlyOldArchive(place);
    });

    it('keeps as many as it is told, and always the one just made', async () => {
      await using place = await openWorkplace();
      const source = await makeLargeSource(place, 16);
      await mkdir(place.archiveRoot, { mode: 0o700 });
      // A clock that has jumped back since: all of them seem to be newer.
      const stamps = ['20270101-000000-001', '20270102-000000-000', '20270103-000000-000'];
      for (const stamp of stamps) {
        await layArchive(place, `bitbucket-${stamp}${extension}`);
      }
      const { strategy } = start(place);
      await strategy.create(source, never);
      expect(await strategy.prune(0)).toEqual([]);
      expect(await strategy.prune(2)).toEqual([`bitbucket-20270101-000000-001${extension}`]);
      expect(await strategy.prune(2)).toEqual([]);
      const left = [
        file,
        `bitbucket-20270102-000000-000${extension}`,
        `bitbucket-20270103-000000-000${extension}`,
      ];
      expect(await namesIn(place)).toEqual(left.flatMap((one) => [one, `${one}.sha256`]).toSorted());
    });
  });
}

export async function layArchive(place: Workplace, name: string): Promise<void> {
  await writeFile(join(place.archiveRoot, name), name);
  await writeFile(join(place.archiveRoot, `${name}.sha256`), '');
}

async function layOldArchive(place: Workplace): Promise<void> {
  await mkdir(place.archiveRoot, { recursive: true, mode: 0o700 });
  for (const name of OLD) {
    await writeFile(join(place.archiveRoot, name), name);
  }
}

async function expectOnlyOldArchive(place: Workplace): Promise<void> {
  expect(await namesIn(place)).toEqual(OLD);
  for (const name of OLD) {
    expect(await readFile(join(place.archiveRoot, name), 'utf8')).toBe(name);
  }
}

async function expectEqualTrees(restored: string, source: ArchiveSource): Promise<void> {
  await rm(join(source.root, '.journal.json'));
  const expected = await fingerprintTree(source.root);
  const found = await fingerprintTree(restored);
  // The folder itself is no member.
  expected.delete('.');
  found.delete('.');
  expect(found).toEqual(expected);
  const odd = 'bitbucket-home/shared/data/attachments/odd';
  const { size, blocks } = await stat(join(restored, odd, 'sparse.bin'));
  expect(blocks * 512).toBeLessThan(size / 4);
  for (const [program, ...args] of [
    ['getfacl', '--omit-header', '--numeric', 'acl'],
    ['getfattr', '--dump', 'acl'],
  ] as const) {
    const after = await programText(program, args, { cwd: join(restored, odd) });
    expect(after).toBe(await programText(program, args, { cwd: join(source.root, odd) }));
    expect(after).toMatch(/12345|user\.bitbucket/);
  }
}
