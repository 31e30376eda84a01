import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asPath, joined, parentOf, readable, toBytes } from '../../../../src/home/scan/byte-path.ts';

const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array).toString('latin1'));

describe('paths of bytes', () => {
  it('reach the file system as the bytes that they are', () => {
    fc.assert(
      fc.property(bytes, (path) => {
        const given = asPath(path);
        expect(Buffer.from(given).toString('latin1')).toBe(path);
      }),
    );
    expect(asPath('plain\n/name')).toBe('plain\n/name');
    expect(asPath('\x7f')).toBe('\x7f');
    expect(asPath('\x80')).toEqual(Buffer.from([0x80]));
  });

  it('come from what Node gives, and are read by people', () => {
    expect(toBytes('/home/ünï')).toBe('/home/\xc3\xbcn\xc3\xaf');
    expect(readable('/home/\xc3\xbcn\xc3\xaf')).toBe('/home/ünï');
    expect(readable('\xff')).toBe('\ufffd');
  });

  it('are joined below the root, which is the empty one, and taken apart again', () => {
    expect(joined('', 'name')).toBe('name');
    expect(joined('folder', 'name')).toBe('folder/name');
    expect(['a/b/c', 'a/b', 'a', ''].map(parentOf)).toEqual(['a/b', 'a', '', '']);
  });
});
