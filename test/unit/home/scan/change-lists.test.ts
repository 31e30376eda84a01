import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Changes, changeLists } from '../../../../src/home/scan/change-lists.ts';

function changes(paths: readonly string[], bonds: Partial<Changes> = {}): Changes {
  return { paths: ['', ...paths].sort(), whole: new Set(), linked: new Set(), ...bonds };
}

const few = { fewest: 1 };

describe('the lists for several rsyncs', () => {
  it('are one for few paths, however many there may be', () => {
    const paths = Array.from({ length: 98 }, (_, index) => `in/file-${index}`);
    expect(changeLists(changes(paths), 4)).toEqual([['', ...paths.toSorted()]]);
    expect(changeLists(changes([...paths, 'in/one-more']), 4)).toHaveLength(2);
  });

  it('are as even as can be', () => {
    const lists = changeLists(changes(['in/a', 'in/b', 'in/c', 'in/d', 'in/e', 'in/f']), 4, few);
    expect(lists).toEqual([['', 'in/a'], ['in/b', 'in/c'], ['in/d', 'in/e'], ['in/f']]);
  });

  it('keep the root and what stands in it together', () => {
    const lists = changeLists(changes(['a', 'b', 'c', 'in/d', 'in/e', 'z']), 4, few);
    expect(lists).toEqual([
      ['', 'a', 'b', 'c', 'z'],
      ['in/d', 'in/e'],
    ]);
  });

  it('keep a folder that the copy lacks together with all in it, whatever sorts between', () => {
    const paths = ['in/new', 'in/new-er', 'in/new/one', 'in/new/two/three', 'in/other'];
    const lists = changeLists(changes(paths, { whole: new Set(['in/new']) }), 6, few);
    expect(lists).toContainEqual(['in/new', 'in/new/one', 'in/new/two/three']);
  });

  it('keep the names of linked files in one, with all that belongs to them', () => {
    const paths = ['in/a', 'in/b', 'in/c', 'in/new', 'in/new/link', 'in/z'];
    const bonds = { whole: new Set(['in/new']), linked: new Set(['in/b', 'in/new/link', 'not-changed']) };
    const lists = changeLists(changes(paths, bonds), 6, few);
    expect(lists[0]).toEqual(['', 'in/b', 'in/new', 'in/new/link']);
  });

  it('hold each path once, and nothing else', () => {
    const name = fc.constantFrom('a', 'b', 'a-b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const some = fc.uniqueArray(path, { maxLength: 40 });
    fc.assert(
      fc.property(some, some, some, fc.integer({ min: 1, max: 6 }), (paths, whole, linked, most) => {
        const bonds = { whole: new Set(whole), linked: new Set(linked) };
        const lists = changeLists(changes(paths, bonds), most, few);
        expect(lists.length).toBeLessThanOrEqual(Math.max(1, most));
        expect(lists.flat().toSorted()).toEqual(['', ...paths].toSorted());
        const listOf = (wanted: string): number => lists.findIndex((list) => list.includes(wanted));
        const inRoot = paths.filter((each) => !each.includes('/'));
        expect(new Set(['', ...inRoot].map(listOf))).toEqual(new Set([0]));
        for (const folder of whole) {
          const inside = paths.filter((each) => each === folder || each.startsWith(`${folder}/`));
          expect(new Set(inside.map(listOf)).size).toBeLessThanOrEqual(1);
        }
        expect(new Set(linked.filter((each) => paths.includes(each)).map(listOf)).size).toBeLessThanOrEqual(
          1,
        );
      }),
    );
  });
});
