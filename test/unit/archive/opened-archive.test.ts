import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Compression } from '../../../src/archive/names.ts';
import { openArchive } from '../../../src/archive/opened-archive.ts';
import { compressed } from '../../support/archive-source.ts';
import { craftTar } from '../../support/crafted-archives.ts';
import { failureOf } from '../../support/failure.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TAR = craftTar([{ name: 'manifest.json', content: '{}' }]);

function fileOf(bytes: Buffer | string, name = 'x.tar'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

test.each([
  ['zstd', ['zstd', '--decompress']],
  ['gzip', ['pigz', '--decompress']],
  ['none', []],
] as const)(
  'what is compressed with %s is known by its bytes, whatever its name',
  async (compression, command) => {
    const path = fileOf(await compressed(TAR, compression), 'b-20260101-000000-000.tar.zst');
    await using archive = disposable(await openArchive(path));
    expect(archive).toMatchObject({ path, name: 'b-20260101-000000-000.tar.zst' });
    const { decompressor } = archive;
    expect(
      decompressor.kind === 'program' ? [decompressor.path, ...decompressor.args].join(' ') : '',
    ).toMatch(new RegExp(command.length === 0 ? '^$' : `/${command.join(' ')} .*--stdout$`));
  },
);

test('a link to an archive is one', async () => {
  const path = fileOf(TAR);
  symlinkSync(path, `${path}.link`);
  await using archive = disposable(await openArchive(`${path}.link`));
  expect(archive.bytes).toBe(TAR.length);
});

test('what it says of the file is of the one that is open', async () => {
  const path = fileOf(TAR);
  await using archive = disposable(await openArchive(path));
  renameSync(path, `${path}.old`);
  writeFileSync(path, 'another');
  expect((await archive.handle.stat()).size).toBe(archive.bytes);
});

test.each<[string, Buffer | string, RegExp]>([
  ['an empty file', '', /is empty/],
  ['one byte', 'x', /is no archive/],
  ['a text', 'dear administrator\n'.repeat(100), /is no archive/],
  ['a page of zeros', Buffer.alloc(4096), /is no archive/],
  ['a zip', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(600)]), /is no archive/],
  ['the head of a tar, one byte short of its mark', TAR.subarray(0, 261), /is no archive/],
])('%s is no archive', async (_what, bytes, message) => {
  const error = await failureOf(openArchive(fileOf(bytes)));
  expect(error.code).toBe('ARCHIVE_CORRUPT');
  expect(error.message).toMatch(message);
  expect(error.advice).toContain('nothing was changed');
});

test('a folder, a pipe, a device and nothing are no file, and nobody waits for them', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder.tar'));
  await runProgram('mkfifo', [join(folder, 'pipe.tar')]);
  symlinkSync('nothing', join(folder, 'dangling.tar'));
  writeFileSync(join(folder, 'file'), '');
  for (const path of ['folder.tar', 'pipe.tar', '/dev/zero', 'dangling.tar', 'missing.tar', 'file/x.tar']) {
    const error = await failureOf(openArchive(path.startsWith('/') ? path : join(folder, path)));
    expect([path, error.code]).toEqual([path, 'ARCHIVE_NOT_FOUND']);
  }
});

test.each<Compression>(['zstd', 'gzip'])(
  'no handle is left open behind a failure or %s',
  async (compression) => {
    const path = fileOf(await compressed(TAR, compression));
    const archive = await openArchive(path);
    await archive.close();
    expect(archive.handle.fd).toBe(-1);
    await archive.close();
  },
);

function disposable<T extends { close(): Promise<void> }>(value: T): T & AsyncDisposable {
  return Object.assign(value, { [Symbol.asyncDispose]: async () => await value.close() });
}
