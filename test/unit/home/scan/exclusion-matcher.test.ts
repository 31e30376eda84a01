/** rsync itself says what its patterns leave out. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isErrno } from '../../../../src/errors.ts';
import { homeExclusions, storeExclusions } from '../../../../src/home/exclusions.ts';
import { parentOf } from '../../../../src/home/scan/byte-path.ts';
import { createExclusionMatcher, type IsExcluded } from '../../../../src/home/scan/exclusion-matcher.ts';
import { ByteFiles } from '../../../support/home-changes/byte-files.ts';
import { runProgram } from '../../../support/program.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Of our own patterns, what resembles them, and what a careless expression would stumble over. */
const NAMES = [
  'caches',
  'log',
  'tmp',
  '.lock',
  'shared',
  'export',
  'plugins',
  'search',
  'data',
  'repositories',
  '7',
  '.osgi',
  'x.y',
  'db.',
  'db.h2',
  'db.\n',
  'db',
  'dbx',
  '77',
  'aa',
  'tmp\n',
  '\ntmp',
  'Caches',
  'xlock',
  'a+b',
  '(a|b)',
  '[x]',
  'c$',
  '^c',
  'd\\e',
  '{2}',
  '*',
  '?',
  '\xff\n',
  '.\n',
  ' log',
  'log ',
];

interface Made {
  readonly path: readonly string[];
  readonly isFolder: boolean;
}

const trees = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 }),
    isFolder: fc.boolean(),
  }),
  { minLength: 20, maxLength: 40 },
);

/** Paths that our patterns are about, whatever chance adds. */
const OWN: readonly Made[] = [
  'caches/x',
  'log/x',
  'tmp',
  '.lock',
  'shared/.lock',
  'export/x',
  'plugins/.osgi/x',
  'plugins/.file',
  'shared/plugins/.osgi/x',
  'search/data/x',
  'shared/search/data/x',
  'data/db.h2',
  'shared/data/db.h2/x',
  'shared/data/repositories/7/x',
  'data/repositories/7',
  'shared/data/repositories/77/x',
  'sub/caches/x',
  'repositories/aa/bb/7/x',
  'repositories/aa/7/x',
  'repositories/aa/bb/cc/7/x',
  'shared/data/db\n.x',
].map((path) => ({ path: path.split('/'), isFolder: false }));

function make(root: string, tree: readonly Made[]): void {
  mkdirSync(root);
  const files = new ByteFiles(root);
  for (const { path, isFolder } of tree) {
    try {
      files.makeFolder((isFolder ? path : path.slice(0, -1)).join('/'));
      if (!isFolder) {
        files.write(path.join('/'), '');
      }
    } catch (error) {
      // What stands there already is of another kind.
      if (!isErrno(error, 'EEXIST', 'ENOTDIR', 'EISDIR')) {
        throw error;
      }
    }
  }
}

async function keptByRsync(root: string, target: string, patterns: readonly string[]): Promise<string[]> {
  await runProgram('rsync', ['--archive', '--exclude-from=-', '--', `${root}/`, `${target}/`], {
    input: patterns.map((pattern) => `${pattern}\n`).join(''),
  });
  return new ByteFiles(target).all().map(({ path }) => path);
}

function keptByUs(root: string, isExcluded: IsExcluded): string[] {
  const kept = new Set<string>(['']);
  // Folders come before what is in them.
  for (const { path, kind } of new ByteFiles(root).all()) {
    if (kept.has(parentOf(path)) && !isExcluded(path, kind === 'folder')) {
      kept.add(path);
    }
  }
  kept.delete('');
  return [...kept];
}

describe('exclusions', () => {
  it.each([
    ['the home', homeExclusions([7, 42])],
    ['a data store', storeExclusions([7, 42])],
    ['a data store of which nothing is left out', storeExclusions([])],
  ])('of %s are those of rsync', { timeout: 60_000 }, async (_, patterns) => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const place = mkdtempSync(join(folder, 'tree-'));
        const root = join(place, 'home');
        make(root, [...OWN, ...tree]);
        const kept = await keptByRsync(root, join(place, 'copy'), patterns);
        expect(keptByUs(root, createExclusionMatcher(patterns)).toSorted()).toEqual(kept.toSorted());
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('hold for what they name, at its place and of its kind', () => {
    const isExcluded = createExclusionMatcher([...homeExclusions([7]), ...storeExclusions([7])]);
    expect(isExcluded('caches', true)).toBe(true);
    expect(isExcluded('caches', false)).toBe(false);
    expect(isExcluded('tmp', false)).toBe(true);
    expect(isExcluded('plugins/.osgi', true)).toBe(true);
    expect(isExcluded('plugins/.osgi', false)).toBe(false);
    expect(isExcluded('data/db.\n', false)).toBe(true);
    expect(isExcluded('data/dbx', false)).toBe(false);
    expect(isExcluded('repositories/aa/bb/7', true)).toBe(true);
    expect(isExcluded('repositories/aa/bb/cc/7', true)).toBe(false);
    expect(isExcluded('x/caches', true)).toBe(false);
  });

  it('of nothing leave nothing out', () => {
    const isExcluded = createExclusionMatcher([]);
    expect(['', 'a', '\n'].map((path) => isExcluded(path, true))).toEqual([false, false, false]);
  });
});
