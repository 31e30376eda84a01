import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  availableArchives,
  chooseArchive,
  describeArchive,
} from '../../../src/archive/available-archives.ts';
import { failureIn, failureOf } from '../../support/failure.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

/** @param names those that end in `+` get a checksum */
function lay(...names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(join(folder, name.replace(/\+$/, '')), 'archive');
    if (name.endsWith('+')) {
      writeFileSync(join(folder, `${name.slice(0, -1)}.sha256`), 'checksum');
    }
  }
}

async function listedNames(): Promise<string[]> {
  return (await availableArchives(folder)).map(({ name }) => name);
}

async function chosen(wanted: string, instanceName = 'bitbucket'): Promise<string> {
  return chooseArchive(wanted, await availableArchives(folder), instanceName);
}

async function refusal(wanted: string, instanceName = 'bitbucket'): Promise<string> {
  const error = await failureOf(chosen(wanted, instanceName));
  expect(error.code).toBe('ARCHIVE_NOT_FOUND');
  expect(error.message).toMatch(/; nothing was changed\.$/);
  return error.message;
}

describe('the list', () => {
  test('has the newest first by the names, whatever the instance and the compression', async () => {
    lay(
      'bitbucket-20260102-000000-000.tar.zst',
      'bitbucket-20260101-235959-999.tar',
      'a-20260103-000000-000.tar.gz',
      'z-20251231-000000-000.tar.zst',
      'bitbucket-20260101-235959-998.tar.gz',
    );
    expect(await listedNames()).toEqual([
      'a-20260103-000000-000.tar.gz',
      'bitbucket-20260102-000000-000.tar.zst',
      'bitbucket-20260101-235959-999.tar',
      'bitbucket-20260101-235959-998.tar.gz',
      'z-20251231-000000-000.tar.zst',
    ]);
  });

  test("sorts Atlassian's names, without milliseconds, and others by when they were written", async () => {
    lay('bitbucket-20260101-120000.tar.gz', 'bitbucket-20260101-120000-001.tar.zst', 'by-hand.tar');
    utimesSync(
      join(folder, 'by-hand.tar'),
      new Date('2026-01-01T13:00:00Z'),
      new Date('2026-01-01T13:00:00Z'),
    );
    expect(await listedNames()).toEqual([
      'by-hand.tar',
      'bitbucket-20260101-120000-001.tar.zst',
      'bitbucket-20260101-120000.tar.gz',
    ]);
  });

  test('says of each what shows from outside', async () => {
    lay('bitbucket-mesh-20260101-120000-007.tar.zst+', 'other.tar');
    utimesSync(join(folder, 'other.tar'), 1_000, 1_000);
    expect(await availableArchives(folder)).toEqual([
      {
        name: 'bitbucket-mesh-20260101-120000-007.tar.zst',
        path: join(folder, 'bitbucket-mesh-20260101-120000-007.tar.zst'),
        timeMs: Date.UTC(2026, 0, 1, 12, 0, 0, 7),
        bytes: 7,
        instanceName: 'bitbucket-mesh',
        checksum: true,
      },
      {
        name: 'other.tar',
        path: join(folder, 'other.tar'),
        timeMs: 1_000_000,
        bytes: 7,
        instanceName: undefined,
        checksum: false,
      },
    ]);
  });

  test('leaves out what is no archive: hidden, half-written, other files, links, folders, pipes', async () => {
    lay(
      'a-20260101-000000-000.tar+',
      '.b-20260101-000000-000.tar.zst.partial-0123',
      '.hidden.tar',
      'c-20260101-000000-000.tar.bz2',
      'd-20260101-000000-000.tar.zst.gpg',
      'e.zip',
      'tar',
      'lone.tar.sha256',
    );
    mkdirSync(join(folder, 'folder.tar'));
    symlinkSync('a-20260101-000000-000.tar', join(folder, 'link.tar'));
    symlinkSync('nothing', join(folder, 'dangling.tar'));
    await runProgram('mkfifo', [join(folder, 'pipe.tar')]);
    expect(await listedNames()).toEqual(['a-20260101-000000-000.tar']);
  });

  test('is empty where there is no folder', async () => {
    expect(await availableArchives(join(folder, 'none'))).toEqual([]);
    lay('file');
    expect(await availableArchives(join(folder, 'file'))).toEqual([]);
  });

  test('cannot be made of a folder that cannot be read, and says so', async () => {
    symlinkSync('loop', join(folder, 'loop'));
    const error = await failureOf(availableArchives(join(folder, 'loop')));
    expect(error.code).toBe('ARCHIVE_NOT_FOUND');
    expect(error.message).toContain(`${join(folder, 'loop')} cannot be read: ELOOP`);
  });

  test('takes a day that no calendar has for no time', () => {
    const { timeMs, instanceName } = describeArchive(
      '/archives',
      'bitbucket-20261341-000000-000.tar',
      { size: 1, mtimeMs: 5 },
      false,
    );
    expect({ timeMs, instanceName }).toEqual({ timeMs: 5, instanceName: 'bitbucket' });
  });

  test.each([
    ['a-b_c.d-20260101-000000-000.tar', 'a-b_c.d'],
    ['a-20250101-000000-000-20260101-000000-000.tar', 'a-20250101-000000-000'],
    ['20260101-000000-000.tar', undefined],
    ['-20260101-000000-000.tar', undefined],
    ['a-20260101-000000-0000.tar', undefined],
    ['a-20260101-000000-000.tar.bz2', undefined],
  ])('reads the instance of %s as %s', (name, expected) => {
    expect(describeArchive('/', name, { size: 0, mtimeMs: 0 }, false).instanceName).toBe(expected);
  });
});

describe('the choice', () => {
  test.each(['b-20260101-000000-000.tar.zst', 'b-20260101-000000-000'])(
    'by name takes %s',
    async (wanted) => {
      lay('b-20260101-000000-000.tar.zst', 'b-20260101-000000-001.tar.zst');
      expect(await chosen(wanted)).toBe(join(folder, 'b-20260101-000000-000.tar.zst'));
    },
  );

  test('by a name that two have is refused, with both, and by their whole names is not', async () => {
    lay('b.tar', 'b.tar.gz');
    expect(await refusal('b')).toMatch(/'b' may be b\.tar(\.gz)? or b\.tar(\.gz)?;/);
    expect(await chosen('b.tar')).toBe(join(folder, 'b.tar'));
    lay('b.tar.tar');
    expect(await chosen('b.tar')).toBe(join(folder, 'b.tar'));
  });

  test.each([
    'b-2026',
    'B-20260101-000000-000',
    'b-20260101-000000-000.tar',
    'b-20260101-000000-000.',
    '.',
    '..',
    '*',
  ])('by the name %j finds nothing', async (wanted) => {
    lay('b-20260101-000000-000.tar.zst');
    expect(await refusal(wanted)).toContain(`There is no archive '${wanted}'`);
  });

  test('by an absolute path is that path, listed or not', () => {
    expect(chooseArchive('/mnt/elsewhere/x.tar', [], 'bitbucket')).toBe('/mnt/elsewhere/x.tar');
  });

  test.each(['archives/x.tar', './x.tar', '../x.tar', 'x/'])('by the path %s is refused', (wanted) => {
    expect(failureIn(() => chooseArchive(wanted, [], 'bitbucket')).message).toContain(
      'neither a name nor an absolute path',
    );
  });

  test('of the latest takes the newest of this instance that has its checksum', async () => {
    lay(
      'bitbucket-20260101-000000-000.tar.zst+',
      'bitbucket-20260102-000000.tar.gz+',
      'bitbucket-20260103-000000-000.tar.zst',
      'bitbucket-mesh-20260104-000000-000.tar.zst+',
      'by-hand.tar+',
    );
    expect(await chosen('latest')).toBe(join(folder, 'bitbucket-20260102-000000.tar.gz'));
    expect(await chosen('latest', 'bitbucket-mesh')).toContain('bitbucket-mesh-20260104');
    expect(await refusal('latest', 'other')).toContain("no complete archive of instance 'other'");
  });
});
