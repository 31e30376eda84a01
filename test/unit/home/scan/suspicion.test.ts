import { describe, expect, it } from 'vitest';
import { isBelow, possiblyRenamed, suspicion } from '../../../../src/home/scan/suspicion.ts';

describe('suspicion', () => {
  const isSuspect = suspicion(['data/repositories/1/objects', 'top']);

  it.each([
    ['data/repositories/1/objects', true, 'has vanished'],
    ['data/repositories/1/objects/ab', true, 'lies below what has vanished'],
    ['data/repositories/1', true, 'something in it has vanished'],
    ['', true, 'something in the root has vanished'],
    ['data/repositories', false, 'only further down something has vanished'],
    ['data/repositories/1/objects-2', false, 'has a longer name'],
    ['data/repositories/1/refs', false, 'stands beside'],
  ])('of %j is %s: it %s', (folder, expected) => {
    expect(isSuspect(folder)).toBe(expected);
  });

  it('is none where nothing has vanished', () => {
    const none = suspicion([]);
    expect(['', 'a', 'a/b'].map(none)).toEqual([false, false, false]);
  });
});

describe('isBelow', () => {
  it('holds for the folders themselves and all in them', () => {
    const isIn = isBelow(['a/b', 'c']);
    expect(['a/b', 'a/b/c/d', 'c', 'c/x'].map(isIn)).toEqual([true, true, true, true]);
    expect(['', 'a', 'a/bc', 'b', 'a/c'].map(isIn)).toEqual([false, false, false, false, false]);
  });
});

describe('possiblyRenamed', () => {
  it('are those that changed with the folder above them, the uppermost only', () => {
    const unproven = new Set(['', 'a', 'a/b', 'x/y', 'x/y/z', 'x/y/z/w', 'lonely/one']);
    expect(possiblyRenamed(unproven)).toEqual(['a', 'x/y/z']);
  });

  it('is never the root, which nothing above can vouch for', () => {
    expect(possiblyRenamed(new Set(['']))).toEqual([]);
  });
});
