import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FOLDER_KINDS } from '../../../../src/home/scan/git-folders.ts';
import {
  isSameFile,
  isSameFolder,
  MemoryWriter,
  type PackedMemory,
  remembered,
  type RememberedFile,
  type RememberedFolder,
} from '../../../../src/home/scan/remembered.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const number = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** Any bytes but those that no name has. */
const name = fc
  .uint8Array({ minLength: 1, maxLength: 6 })
  .map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll(/[\0/]/g, '\n'));

const someFile: fc.Arbitrary<RememberedFile> = fc.record({
  name,
  trusted: fc.boolean(),
  inode: number,
  mtimeNs: number,
  ctimeNs: number,
  size: number,
});

const someFolder: fc.Arbitrary<RememberedFolder> = fc.record({
  path: fc.array(name, { maxLength: 3 }).map((names) => names.join('/')),
  kind: fc.constantFrom(...FOLDER_KINDS),
  trusted: fc.boolean(),
  device: number,
  inode: number,
  mtimeNs: number,
  ctimeNs: number,
  folders: fc.array(name, { maxLength: 4 }),
  files: fc.array(someFile, { maxLength: 4 }),
});

function pack(folders: readonly RememberedFolder[]): PackedMemory {
  const writer = new MemoryWriter();
  for (const each of folders) {
    writer.add(each);
  }
  return writer.pack();
}

describe('memory', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(fc.array(someFolder, { maxLength: 8 }), (folders) => {
        expect([...remembered(pack(folders))]).toEqual(folders);
      }),
    );
  });

  it('grows with a folder of many files', () => {
    const [sample] = fc.sample(someFolder, 1);
    const [one] = fc.sample(someFile, 1);
    if (sample === undefined || one === undefined) {
      throw new TypeError('There is a sample.');
    }
    const files = Array.from({ length: 5_000 }, (_, index) => ({ ...one, name: `file ${index}` }));
    const folders = [{ ...sample, files }, sample];
    expect([...remembered(pack(folders))]).toEqual(folders);
  });

  it('of nothing is empty', () => {
    const packed = pack([]);
    expect(packed.numbers).toHaveLength(0);
    expect([...remembered(packed)]).toEqual([]);
  });

  it('takes no more room than what is in it, so that nothing else moves between threads', () => {
    const { numbers } = pack(fc.sample(someFolder, 1));
    expect(numbers.buffer.byteLength).toBe(numbers.byteLength);
  });
});

describe('what was remembered', () => {
  it('is the same as long as identity, times and size are', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'content');
    const now = lstatSync(path, { bigint: true });
    const { ino: inode, mtimeNs, ctimeNs, size, dev } = now;
    const known = { name: 'file', trusted: true, inode, mtimeNs, ctimeNs, size };
    expect(isSameFile(known, dev, now)).toBe(true);
    expect(isSameFile(known, dev + 1n, now)).toBe(false);
    for (const key of ['inode', 'mtimeNs', 'ctimeNs', 'size'] as const) {
      expect(isSameFile({ ...known, [key]: known[key] + 1n }, dev, now)).toBe(false);
    }
  });

  it('is the same folder only if it is one', () => {
    const path = temporaryFolder();
    const now = lstatSync(path, { bigint: true });
    const { ino: inode, mtimeNs, ctimeNs, dev: device } = now;
    const known: RememberedFolder = {
      path: '',
      kind: 'plain',
      trusted: true,
      device,
      inode,
      mtimeNs,
      ctimeNs,
      folders: [],
      files: [],
    };
    expect(isSameFolder(known, now)).toBe(true);
    for (const key of ['device', 'inode', 'mtimeNs', 'ctimeNs'] as const) {
      expect(isSameFolder({ ...known, [key]: known[key] + 1n }, now)).toBe(false);
    }
    writeFileSync(join(path, 'file'), '');
    const file = lstatSync(join(path, 'file'), { bigint: true });
    const asFile = { ...known, inode: file.ino, mtimeNs: file.mtimeNs, ctimeNs: file.ctimeNs };
    expect(isSameFolder(asFile, file)).toBe(false);
  });
});
