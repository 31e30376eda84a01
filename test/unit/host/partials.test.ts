import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { removePartials } from '../../../src/host/partials.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

function place(...names: readonly string[]): string[] {
  return names.map((name) => {
    const path = join(folder, name);
    writeFileSync(path, 'content');
    return path;
  });
}

test('half-written files and folders are removed', () => {
  const [file = ''] = place('.bitbucket-20261122.tar.zst.partial-a1B2');
  const directory = join(folder, '.bitbucket-db.partial-run_1.x');
  mkdirSync(join(directory, 'deep'), { recursive: true });
  expect(removePartials([file, directory])).toEqual([file, directory]);
  expect([file, directory].map(existsSync)).toEqual([false, false]);
});

test('what is gone already is no error', () => {
  expect(removePartials([join(folder, '.x.partial-1')])).toHaveLength(1);
  expect(removePartials([])).toEqual([]);
});

test('any other name is left alone', () => {
  const paths = place(
    'bitbucket.tar.zst',
    'x.partial-1',
    '.x.partial-',
    '.partial-1',
    '.x.partial-a b',
    '.x.partial-1\n',
    '.x.partial',
  );
  expect(removePartials(paths)).toEqual([]);
  expect(paths.every(existsSync)).toBe(true);
});

test('neither relative paths nor ones that climb are followed', () => {
  place('.x.partial-1');
  mkdirSync(join(folder, 'sub'));
  const climbing = `${folder}/sub/../.x.partial-1`;
  expect(removePartials(['.x.partial-1', climbing, '../.x.partial-1'])).toEqual([]);
  expect(existsSync(climbing)).toBe(true);
});

test('a link of that name is removed, not what it leads to', () => {
  const precious = join(folder, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'file'), 'content');
  const link = join(folder, '.x.partial-1');
  symlinkSync(precious, link);
  expect(removePartials([link])).toEqual([link]);
  expect(existsSync(join(precious, 'file'))).toBe(true);
  expect(existsSync(link)).toBe(false);
});

test('whatever a forged journal names, only such names are taken', () => {
  const base = join(folder, 'nothing-here');
  fc.assert(
    fc.property(fc.string(), (name) => {
      for (const path of removePartials([name, `${base}/${name}`])) {
        expect(path).toMatch(/^\/.*\.partial-[A-Za-z0-9._-]+\/*$/s);
      }
    }),
  );
});
