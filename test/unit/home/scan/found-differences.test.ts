import { existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorkingCopy } from '../../../../src/home/scan/copy-folder.ts';
import type { Differences, LinkedName } from '../../../../src/home/scan/differences.ts';
import { type ChangedPaths, FoundDifferences } from '../../../../src/home/scan/found-differences.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOTHING: Differences = {
  differing: [],
  deleted: [],
  created: [],
  unproven: [],
  compared: [],
  gone: [],
  linked: [],
  problem: undefined,
};

function changes(
  found: readonly Partial<Differences>[],
  copy: WorkingCopy = new WorkingCopy(temporaryFolder()),
): ChangedPaths {
  const together = new FoundDifferences();
  for (const part of found) {
    together.add({ ...NOTHING, ...part });
  }
  return together.changedPaths(copy);
}

function names(paths: readonly string[], of: Partial<LinkedName> = {}): readonly LinkedName[] {
  return paths.map((path) => ({ path, identity: '1:2', names: paths.length, differs: true, ...of }));
}

function many(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `file-${index}`);
}

describe('the list for rsync', () => {
  it('always names the root, whose time changes by being written to', () => {
    expect(changes([])).toMatchObject({ paths: [''], deleted: 0, problem: undefined });
  });

  it('names each path once, sorted, and counts what is deleted', () => {
    expect(
      changes([
        { differing: ['b', 'a'], deleted: ['c/d'] },
        { differing: ['a'], deleted: ['c/d', 'e'] },
      ]),
    ).toMatchObject({ paths: ['', 'a', 'b', 'c/d', 'e'], deleted: 2, problem: undefined });
  });

  it('is empty with the first problem of any part', () => {
    expect(
      changes([{ differing: ['a'], problem: 'one has no clock' }, { problem: 'another neither' }]),
    ).toMatchObject({
      paths: [],
      deleted: 0,
      problem: 'one has no clock',
    });
  });

  it('may be long, but not so long that looking at everything is quicker', () => {
    expect(changes([{ differing: many(200_000) }]).paths).toHaveLength(200_001);
    expect(changes([{ differing: many(200_001) }])).toMatchObject({
      paths: [],
      deleted: 0,
      problem: 'more than 200000 paths have changed since the first pass',
    });
  });
});

describe('a remembered folder that is gone', () => {
  it('is explained by a folder above it that was compared', () => {
    const { problem } = changes([{ gone: ['a/b/c'], compared: ['a'] }]);
    expect(problem).toBeUndefined();
    expect(changes([{ gone: ['a/b'] }, { compared: [''] }]).problem).toBeUndefined();
  });

  it('is a problem without', () => {
    expect(changes([{ gone: ['a/b'], compared: ['a/b', 'a/c', 'b'] }])).toMatchObject({
      paths: [],
      deleted: 0,
      problem: 'a/b is gone, and nothing tells where',
    });
    expect(changes([{ gone: [''], compared: [''] }]).problem).toBe(
      'its folder is gone, and nothing tells where',
    );
  });

  it('has nothing below it: what was found there was found through a link', () => {
    const { paths } = changes([
      { gone: ['a', 'a/b'], compared: [''], differing: ['a', 'a/b', 'a/b/c', 'ab/c'], deleted: ['a/d'] },
    ]);
    expect(paths).toMatchObject(['', 'a', 'ab/c']);
  });

  it('lends no name to a file with several', () => {
    const linked = names(['a/f', 'b/f'], { names: 2 });
    expect(changes([{ gone: ['a'], compared: [''], linked }]).problem).toBe(
      'b/f has changed, and not all of its 2 names were found',
    );
  });
});

function linkedCopy(): { readonly folder: string; readonly copy: WorkingCopy } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'one'), 'content');
  linkSync(join(folder, 'one'), join(folder, 'inner/two'));
  return { folder, copy: new WorkingCopy(folder) };
}

describe('a file with several names', () => {
  it('is copied under all of them when it differs under one, and is made anew', () => {
    const { folder, copy } = linkedCopy();
    const linked = [
      ...names(['one'], { names: 2, differs: false }),
      ...names(['inner/two'], { names: 2, differs: true }),
    ];
    const parts = linked.map((name) => ({ linked: [name] }));
    expect(changes(parts, copy)).toMatchObject({
      paths: ['', 'inner/two', 'one'],
      deleted: 0,
      problem: undefined,
    });
    expect([join(folder, 'one'), join(folder, 'inner/two')].map((path) => existsSync(path))).toMatchObject([
      false,
      false,
    ]);
  });

  it('is left alone while it is as it was', () => {
    const { folder, copy } = linkedCopy();
    const linked = names(['one'], { names: 2, differs: false });
    expect(changes([{ linked }], copy)).toMatchObject({ paths: [''], deleted: 0, problem: undefined });
    expect(existsSync(join(folder, 'one'))).toBe(true);
  });

  it('is a problem when a name was not found: under that one it would be another file in the copy', () => {
    const { folder, copy } = linkedCopy();
    const linked = names(['one', 'inner/two'], { names: 3 });
    expect(changes([{ linked }], copy)).toMatchObject({
      paths: [],
      deleted: 0,
      problem: 'one has changed, and not all of its 3 names were found',
    });
    expect(existsSync(join(folder, 'one'))).toBe(true);
  });

  it('counts a name that two looks have found once', () => {
    const linked = [...names(['one'], { names: 2 }), ...names(['one'], { names: 2 })];
    expect(changes([{ linked }]).problem).toMatch(/not all of its 2 names/);
  });

  it('may have a name where the copy has nothing, or a folder', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'one'));
    const { paths, problem } = changes([{ linked: names(['one', 'two']) }], new WorkingCopy(folder));
    expect(problem).toBeUndefined();
    expect(paths).toMatchObject(['', 'one', 'two']);
    expect(existsSync(join(folder, 'one'))).toBe(true);
  });
});
