import { describe, expect, it } from 'vitest';
import { type FolderKind, isNamedByContent, kindOfSubfolder } from '../../../../src/home/scan/git-folders.ts';

const HEX_40 = '0123456789abcdef0123456789abcdef01234567';
const HEX_64 = `${HEX_40}${HEX_40.slice(0, 24)}`;
const REPOSITORY = new Set(['HEAD', 'config', 'objects', 'refs']);

describe('kindOfSubfolder', () => {
  it.each<[FolderKind, string, FolderKind]>([
    ['plain', 'objects', 'objects'],
    ['plain', 'refs', 'plain'],
    ['objects', '0f', 'fan-out'],
    ['objects', '0F', 'plain'],
    ['objects', 'a', 'plain'],
    ['objects', 'abc', 'plain'],
    ['objects', 'pack', 'pack'],
    ['objects', 'info', 'plain'],
    ['fan-out', 'ab', 'plain'],
    ['pack', 'objects', 'plain'],
  ])('in a repository, below %s: %s is %s', (folder, subfolder, expected) => {
    expect(kindOfSubfolder(folder, subfolder, REPOSITORY)).toBe(expected);
  });

  it.each([['HEAD'], ['refs']])('takes no folder for a repository that has no %s', (missing) => {
    const names = new Set([...REPOSITORY].filter((name) => name !== missing));
    expect(kindOfSubfolder('plain', 'objects', names)).toBe('plain');
  });
});

describe('isNamedByContent', () => {
  it.each<[FolderKind, string, boolean]>([
    ['fan-out', HEX_40.slice(2), true],
    ['fan-out', HEX_64.slice(2), true],
    ['fan-out', HEX_40, false],
    ['fan-out', HEX_40.slice(2).toUpperCase(), false],
    ['fan-out', `${HEX_40.slice(2)}\n`, false],
    ['fan-out', 'tmp_obj_AbCdEf', false],
    ['pack', `pack-${HEX_40}.pack`, true],
    ['pack', `pack-${HEX_64}.idx`, true],
    ['pack', `pack-${HEX_40}.rev`, true],
    ['pack', `pack-${HEX_40}.bitmap`, true],
    ['pack', `pack-${HEX_40}.mtimes`, true],
    ['pack', `pack-${HEX_40}.keep`, false],
    ['pack', `pack-${HEX_40}.promisor`, false],
    ['pack', 'tmp_pack_AbCdEf', false],
    ['pack', `.tmp-12-pack-${HEX_40}.pack`, false],
    ['pack', `pack-${HEX_40}.pack\n`, false],
    ['pack', 'multi-pack-index', false],
    ['pack', HEX_40.slice(2), false],
    ['objects', HEX_40.slice(2), false],
    ['plain', `pack-${HEX_40}.pack`, false],
  ])('in %s: %j is %s', (folder, name, expected) => {
    expect(isNamedByContent(folder, name)).toBe(expected);
  });
});
