import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { hashFile, readChecksum } from '../../../src/archive/checksum-file.ts';
import { layWithChecksum, never } from '../../support/archive-source.ts';
import { failureOf } from '../../support/failure.ts';
import { programText, runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SHA = 'c0ffee'.padEnd(64, '0');

let path: string;

beforeEach(() => {
  path = join(temporaryFolder(), 'x.tar.zst');
});

function lay(text: string): void {
  writeFileSync(`${path}.sha256`, text);
}

test('what sha256sum writes is read back', async () => {
  await layWithChecksum(path, Buffer.from('bytes'));
  expect(await readChecksum(path)).toBe((await programText('sha256sum', [path])).slice(0, 64));
});

test.each([
  `${SHA}  x.tar.zst\n`,
  `${SHA} *x.tar.zst\n`,
  `${SHA}  x.tar.zst`,
  `${SHA.toUpperCase()}  x.tar.zst\n`,
])('%j is a checksum', async (text) => {
  lay(text);
  expect(await readChecksum(path)).toBe(SHA);
});

test.each([
  '',
  '\n',
  SHA,
  `${SHA}  \n`,
  `${SHA} x.tar.zst\n`,
  `${SHA.slice(1)}  x.tar.zst\n`,
  `${SHA}0  x.tar.zst\n`,
  `g${SHA.slice(1)}  x.tar.zst\n`,
  `${SHA}  x.tar.zst\n${SHA}  y.tar.zst\n`,
  `${SHA}  x.tar.zst\n\n`,
  ` ${SHA}  x.tar.zst\n`,
  `SHA256 (x.tar.zst) = ${SHA}\n`,
  `${SHA}  ${'x'.repeat(1_000_000)}\n`,
])('%.100j is none', async (text) => {
  lay(text);
  const error = await failureOf(readChecksum(path));
  expect(error.code).toBe('ARCHIVE_CORRUPT');
  expect(error.message).toBe(`${path}.sha256 is not the checksum of an archive.`);
});

test('one of another name says under which name it was made', async () => {
  lay(`${SHA}  y.tar.zst\n`);
  const error = await failureOf(readChecksum(path));
  expect(error.code).toBe('ARCHIVE_RENAMED');
  expect(error.message).toBe(`${path}.sha256 is the checksum of y.tar.zst, not of x.tar.zst.`);
  expect(error.advice).toContain('its name y.tar.zst back');
});

test('where there is none, there is none', async () => {
  expect(await readChecksum(path)).toBeUndefined();
  expect(await readChecksum(join(path, 'below', 'nothing.tar'))).toBeUndefined();
  writeFileSync(path, 'a file');
  expect(await readChecksum(join(path, 'below a file.tar'))).toBeUndefined();
});

test('a folder, a pipe and a device are none, and nobody waits for them', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a.sha256'));
  await runProgram('mkfifo', [join(folder, 'b.sha256')]);
  symlinkSync('/dev/zero', join(folder, 'c.sha256'));
  for (const name of ['a', 'b', 'c']) {
    expect((await failureOf(readChecksum(join(folder, name)))).code).toBe('ARCHIVE_CORRUPT');
  }
});

test('one that cannot be read is told in a sentence', async () => {
  symlinkSync('c.sha256', join(path, '..', 'c.sha256'));
  const error = await failureOf(readChecksum(join(path, '..', 'c')));
  expect(error.code).toBe('ARCHIVE_CORRUPT');
  expect(error.message).toContain('c.sha256 cannot be read: ELOOP');
});

test('a file is hashed from its first byte to its last, again and again', async () => {
  writeFileSync(path, Buffer.alloc(3_000_000, 'x'));
  const expected = (await programText('sha256sum', [path])).slice(0, 64);
  const handle = await open(path);
  expect(await hashFile(handle, never)).toBe(expected);
  expect(await hashFile(handle, never)).toBe(expected);
  await handle.close();
});

test('hashing ends with the reason to stop', async () => {
  writeFileSync(path, Buffer.alloc(30_000_000));
  const handle = await open(path);
  const stop = new AbortController();
  const reason = new Error('stop');
  setTimeout(() => stop.abort(reason));
  await expect(hashFile(handle, stop.signal)).rejects.toBe(reason);
  await expect(hashFile(handle, AbortSignal.abort(reason))).rejects.toBe(reason);
  await handle.close();
});
