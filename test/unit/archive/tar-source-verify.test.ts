import { randomFillSync } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ActionError } from '../../../src/errors.ts';
import { liveGroups } from '../../../src/host/process-groups.ts';
import {
  compressed,
  folderOf,
  HOME,
  layWithChecksum,
  never,
  openSource,
  tarOf,
  verified,
} from '../../support/archive-source.ts';
import { blocksOf, craftTar } from '../../support/crafted-archives.ts';
import { failureOf } from '../../support/failure.ts';
import { programText } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const COMPRESSIONS = ['zstd', 'gzip', 'none'] as const;
const WAYS = ['program', "Node's own"] as const;
const EACH_WAY = COMPRESSIONS.flatMap((compression) => WAYS.map((way) => [compression, way] as const));

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
  expect(liveGroups()).toEqual([]);
});

/** From here on the decompressor is this one. */
function decompressBy(way: (typeof WAYS)[number]): void {
  if (way === "Node's own") {
    vi.stubEnv('PATH', folderOf(['tar'], folder));
  }
}

async function realArchive(): Promise<Buffer> {
  const root = join(folder, 'tree');
  mkdirSync(join(root, 'bitbucket-home', 'shared'), { recursive: true });
  writeFileSync(join(root, 'bitbucket-home', 'shared', 'a'), 'abc');
  writeFileSync(join(root, 'bitbucket-home', 'b'), randomFillSync(Buffer.alloc(200_000)));
  writeFileSync(join(root, 'manifest.json'), '{"a":\n\n"b"}\n');
  return await tarOf(root, ['manifest.json', 'bitbucket-home']);
}

function lay(bytes: Buffer, name = 'x.tar'): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function verdict(path: string): Promise<string> {
  try {
    await verified(path);
    return 'whole';
  } catch (error) {
    if (error instanceof ActionError) {
      return error.code;
    }
    throw error;
  }
}

describe.each(EACH_WAY)('an archive in %s, by %s', (compression, way) => {
  test('is read to its end, counted, and compared with its checksum', async () => {
    const path = join(folder, 'x.tar');
    await layWithChecksum(path, await compressed(await realArchive(), compression));
    const sha256 = (await programText('sha256sum', [path])).slice(0, 64);
    decompressBy(way);
    const contents = await verified(path);
    expect(contents).toMatchObject({ sha256, prefix: '', dangers: [], linksOut: [] });
    expect([...contents.counts]).toEqual([
      ['manifest.json', { files: 1, folders: 0, links: 0, bytes: 12 }],
      ['bitbucket-home', { files: 2, folders: 2, links: 0, bytes: 200_003 }],
    ]);
  });

  test('has its manifest, as it was written, before and after everything is read', async () => {
    const path = lay(await compressed(await realArchive(), compression));
    decompressBy(way);
    const { source } = await openSource(path);
    expect(await source.peekManifest(never)).toBe('{"a":\n\n"b"}\n');
    const contents = await source.verify([HOME], never);
    expect(contents.sha256).toBeUndefined();
    expect(await source.readManifest(contents, never)).toBe('{"a":\n\n"b"}\n');
    expect(await source.peekManifest(never)).toBe('{"a":\n\n"b"}\n');
  });

  test('that was cut anywhere is corrupt', async () => {
    const whole = await compressed(await realArchive(), compression);
    decompressBy(way);
    // A plain tar is filled up with zeros behind its end mark, which nobody misses.
    const end = compression === 'none' ? whole.lastIndexOf(1) : whole.length;
    const borders = compression === 'none' ? [512, 1_024, 1_536, 10_240, 20_480] : [1, 2, 4, 8];
    const cuts = [
      ...Array.from({ length: 16 }, (_, index) => Math.floor(((index + 1) * end) / 17)),
      ...borders.filter((border) => border < end),
      ...borders.map((border) => end - border),
    ];
    for (const cut of cuts) {
      const path = lay(whole.subarray(0, cut), `cut-${cut}.tar`);
      expect([cut, await verdict(path)]).toEqual([cut, 'ARCHIVE_CORRUPT']);
    }
  });
});

function flipped(bytes: Buffer, share: number): Buffer {
  const copy = Buffer.from(bytes);
  // The first bytes say what it is.
  const place = Math.max(12, Math.floor(copy.length * share) - 1);
  copy.writeUInt8(copy.readUInt8(place) ^ 0x10, place);
  return copy;
}

describe('an archive in which a bit has turned', () => {
  const PLACES = { 'its head': 0.001, 'its middle': 0.5, 'its end': 0.999 };

  test.each(
    COMPRESSIONS.flatMap((compression) =>
      Object.entries(PLACES).map(([place, share]) => [compression, place, share] as const),
    ),
  )('is corrupt by its checksum: %s, in %s', async (compression, _place, share) => {
    const path = join(folder, 'x.tar');
    const bytes = await compressed(await realArchive(), compression);
    await layWithChecksum(path, bytes);
    writeFileSync(path, flipped(bytes, share));
    const error = await failureOf(verified(path));
    expect(error.code).toBe('ARCHIVE_CORRUPT');
  });

  test.each(
    EACH_WAY.filter(([compression]) => compression !== 'none').flatMap(([compression, way]) =>
      Object.entries(PLACES).map(([place, share]) => [compression, way, place, share] as const),
    ),
  )('is corrupt by the format alone: %s by %s, in %s', async (compression, way, _place, share) => {
    const path = lay(flipped(await compressed(await realArchive(), compression), share));
    decompressBy(way);
    expect(await verdict(path)).toBe('ARCHIVE_CORRUPT');
  });

  test('is corrupt when it is a header of a plain tar', async () => {
    const bytes = await realArchive();
    const second = bytes.indexOf('bitbucket-home/');
    bytes.writeUInt8(bytes.readUInt8(second) ^ 1, second);
    expect(await verdict(lay(bytes))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('the end of an archive', () => {
  const member = { name: 'bitbucket-home/a', content: 'abc' };

  test.each<[string, Buffer, string]>([
    ['that it has', craftTar([member]), 'whole'],
    ['with one block of zeros', Buffer.concat([...blocksOf(member), Buffer.alloc(512)]), 'whole'],
    [
      'filled up with a megabyte',
      Buffer.concat([craftTar([member]), Buffer.alloc(1_000_000 - (1_000_000 % 512))]),
      'whole',
    ],
    ['that it lacks, cut between two members', Buffer.concat(blocksOf(member)), 'ARCHIVE_CORRUPT'],
    [
      'with another archive behind it',
      Buffer.concat([craftTar([member]), craftTar([{ name: 'bitbucket-home/b' }])]),
      'ARCHIVE_CORRUPT',
    ],
    [
      'in its middle, where a disk has lost a header',
      Buffer.concat([
        ...blocksOf(member),
        Buffer.alloc(512),
        ...blocksOf({ ...member, name: 'b' }),
        Buffer.alloc(1_024),
      ]),
      'ARCHIVE_CORRUPT',
    ],
    [
      'in its middle, where a disk has lost a page',
      Buffer.concat([
        ...blocksOf(member),
        Buffer.alloc(4_096),
        Buffer.alloc(512, 'content'),
        Buffer.alloc(1_024),
      ]),
      'ARCHIVE_CORRUPT',
    ],
  ])('%s', async (_what, bytes, expected) => {
    expect(await verdict(lay(bytes))).toBe(expected);
  });

  /** The sum that tells of it stands behind the last byte that tar takes an interest in. */
  test.each(EACH_WAY.filter(([compression]) => compression !== 'none'))(
    'is read even where tar does not ask for it: %s by %s',
    async (compression, way) => {
      const padded = Buffer.concat([craftTar([member]), Buffer.alloc(20_000_000)]);
      const bytes = await compressed(padded, compression);
      const sum = compression === 'gzip' ? bytes.length - 8 : bytes.length - 1;
      bytes.writeUInt8(bytes.readUInt8(sum) ^ 1, sum);
      const path = lay(bytes);
      decompressBy(way);
      expect(await verdict(path)).toBe('ARCHIVE_CORRUPT');
    },
  );
});

describe('the checksum beside it', () => {
  test('says when it is of another archive, by name', async () => {
    const path = join(folder, 'a.tar');
    await layWithChecksum(path, await realArchive());
    renameSync(path, join(folder, 'b.tar'));
    renameSync(`${path}.sha256`, join(folder, 'b.tar.sha256'));
    const error = await failureOf(openSource(join(folder, 'b.tar')));
    expect(error.code).toBe('ARCHIVE_RENAMED');
    expect(error.message).toContain('is the checksum of a.tar, not of b.tar');
  });

  test('says when it is of another archive, by content', async () => {
    const path = join(folder, 'a.tar');
    await layWithChecksum(path, await realArchive());
    writeFileSync(path, craftTar([{ name: 'bitbucket-home/a' }]));
    const error = await failureOf(verified(path));
    expect(error.code).toBe('ARCHIVE_CORRUPT');
    expect(error.message).toMatch(/has the SHA-256 [0-9a-f]{64}, and its checksum file says [0-9a-f]{64}/);
  });

  test('is no checksum when it is damaged', async () => {
    const path = lay(await realArchive());
    writeFileSync(`${path}.sha256`, 'damaged');
    expect((await failureOf(openSource(path))).code).toBe('ARCHIVE_CORRUPT');
  });

  test('shows in what is said of the archive', async () => {
    const path = join(folder, 'bitbucket-20260101-020304-005.tar');
    writeFileSync(path, await realArchive());
    expect((await openSource(path)).source.backup).toMatchObject({ checksum: false });
    await layWithChecksum(path, await realArchive());
    expect((await openSource(path)).source.backup).toMatchObject({
      name: 'bitbucket-20260101-020304-005.tar',
      instanceName: 'bitbucket',
      timeMs: Date.UTC(2026, 0, 1, 2, 3, 4, 5),
      checksum: true,
    });
  });
});

test('a dangerous archive is refused with all that is dangerous in it', async () => {
  const path = lay(craftTar([{ name: '/etc/x' }, { name: 'bitbucket-home/d', type: '3' }]));
  const error = await failureOf(verified(path));
  expect(error.code).toBe('ARCHIVE_UNSAFE');
  expect(error.message).toBe(
    `The archive ${path} holds an absolute path (/etc/x), and a device or another special file (bitbucket-home/d).`,
  );
  expect(error.advice).toContain('Nothing was unpacked');
});
