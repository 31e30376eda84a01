import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorkingCopy } from '../../../../src/home/scan/copy-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Stage {
  readonly folder: string;
  /** Beside the copy: never to be touched. */
  readonly outside: string;
  readonly copy: WorkingCopy;
}

function stage(): Stage {
  const place = realpathSync(temporaryFolder());
  const folder = join(place, 'copy');
  const outside = join(place, 'outside');
  mkdirSync(join(folder, 'inner'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(folder, 'inner/file'), 'content');
  writeFileSync(join(outside, 'file'), 'precious');
  return { folder, outside, copy: new WorkingCopy(folder) };
}

describe('removing from the working copy', () => {
  it('removes a file, and does not mind one that is not there', () => {
    const { folder, copy } = stage();
    copy.remove('inner/file');
    expect(existsSync(join(folder, 'inner/file'))).toBe(false);
    copy.remove('inner/file');
    copy.remove('nothing');
  });

  it('removes a file from a folder whose name is no UTF-8', () => {
    const { folder, copy } = stage();
    mkdirSync(Buffer.from(`${folder}/\xff\xfe`, 'latin1'));
    writeFileSync(Buffer.from(`${folder}/\xff\xfe/file`, 'latin1'), '');
    copy.remove('\xff\xfe/file');
    expect(copy.list('\xff\xfe')?.size).toBe(0);
  });

  it('removes a link itself, not what it leads to', () => {
    const { folder, outside, copy } = stage();
    symlinkSync(join(outside, 'file'), join(folder, 'inner/link'));
    copy.remove('inner/link');
    expect(existsSync(join(outside, 'file'))).toBe(true);
    expect(copy.look('inner/link')).toBeUndefined();
  });

  it.each(['link', 'inner/link', 'inner/link/deeper'])('leaves what is reached through %s', (path) => {
    const { folder, outside, copy } = stage();
    mkdirSync(join(outside, 'deeper'));
    writeFileSync(join(outside, 'deeper/file'), 'precious');
    symlinkSync(outside, join(folder, 'link'));
    symlinkSync(outside, join(folder, 'inner/link'));
    copy.remove('inner/file');
    copy.remove(`${path}/file`);
    expect(readFileSync(join(outside, 'file'), 'utf8')).toBe('precious');
    expect(readFileSync(join(outside, 'deeper/file'), 'utf8')).toBe('precious');
  });

  it('removes no folder', () => {
    const { folder, copy } = stage();
    expect(() => copy.remove('inner')).toThrow(/EISDIR|EPERM/);
    expect(existsSync(join(folder, 'inner/file'))).toBe(true);
  });
});

describe('looking at the working copy', () => {
  it('finds nothing below a file', () => {
    const { copy } = stage();
    expect(copy.look('inner/file/below')).toBeUndefined();
    expect(copy.look('nothing')).toBeUndefined();
    expect(copy.look('')?.isDirectory()).toBe(true);
  });

  it('lists a folder, and nothing that is none', () => {
    const { folder, outside, copy } = stage();
    symlinkSync(outside, join(folder, 'link'));
    writeFileSync(Buffer.from(`${folder}/\xff\xfe`, 'latin1'), '');
    expect(copy.list('')).toEqual(
      new Map([
        ['inner', true],
        ['link', false],
        ['\xff\xfe', false],
      ]),
    );
    expect(copy.list('link')).toBeUndefined();
    expect(copy.list('inner/file')).toBeUndefined();
    expect(copy.list('nothing')).toBeUndefined();
  });

  it('compares what is in a file', () => {
    const { folder, outside, copy } = stage();
    writeFileSync(join(outside, 'same'), 'content');
    writeFileSync(join(outside, 'other'), 'contenT');
    expect(copy.hasContent('inner/file', join(outside, 'same'))).toBe(true);
    expect(copy.hasContent('inner/file', join(outside, 'other'))).toBe(false);
    expect(existsSync(join(folder, 'inner/file'))).toBe(true);
  });
});
