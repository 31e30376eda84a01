import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  codeLines,
  forbiddenImports,
  readSources,
  type SourceFile,
  unreachableFrom,
} from './source-imports.ts';

const root = join(import.meta.dirname, '../../..');
const sources = readSources(join(root, 'src'));
const MOST_LINES = 260;

function dependencies(): string[] {
  const description: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(description).toHaveProperty('dependencies');
  return typeof description === 'object' && description !== null && 'dependencies' in description
    ? Object.keys(description.dependencies ?? {})
    : [];
}

describe('the source tree', () => {
  it('imports downwards only, and @actions/* in src/host only', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(forbiddenImports(sources, dependencies())).toEqual([]);
  });

  it('has no file that the entries do not reach', () => {
    const reached = ['entries/app.ts', 'entries/home-scan.ts'].map((entry) =>
      unreachableFrom(entry, sources),
    );
    expect(
      sources.map(({ path }) => path).filter((path) => reached.every((missed) => missed.includes(path))),
    ).toEqual([]);
  });

  it(`has no file of more than ${MOST_LINES} lines of code`, () => {
    expect(sources.filter((file) => codeLines(file) > MOST_LINES).map((file) => file.path)).toEqual([]);
  });
});

/** A small tree in which one file imports another. */
function tree(importer: string, statement: string): SourceFile[] {
  return [
    { path: importer, text: `${statement}\n` },
    ...['pipeline/backup.ts', 'host/log.ts', 'home/rsync.ts', 'report/format.ts', 'report/summary.ts'].map(
      (path) => ({ path, text: '' }),
    ),
  ];
}

describe('the rules themselves', () => {
  it.each([
    ['archive/tar.ts', "import { rsync } from '../home/rsync.ts';", 'arrows'],
    ['home/zfs.ts', "import type { Step } from '../pipeline/backup.ts';", 'arrows'],
    ['home/zfs.ts', "const { x } = await import('../pipeline/backup.ts');", 'arrows'],
    ['home/zfs.ts', "export * from '../report/summary.ts';", 'arrows'],
    ['host/state.ts', "import {\n  a,\n  b,\n} from '../home/rsync.ts';", 'arrows'],
    ['errors.ts', "import './host/log.ts';", 'arrows'],
    ['report/upload.ts', "import * as core from '@actions/core';", 'only src/host'],
    ['host/state.ts', "import { parse } from 'yaml';", 'not a dependency'],
    ['host/state.ts', "import { gone } from './gone.ts';", 'not a file'],
    ['helpers/text.ts', "import { log } from '../host/log.ts';", 'no place'],
    ['home/zfs.ts', 'await import(name);', 'computed'],
  ])('find in %s: %s', (importer, statement, reason) => {
    expect(forbiddenImports(tree(importer, statement), ['@actions/core'])).toEqual([
      expect.stringContaining(reason),
    ]);
  });

  it.each([
    ['pipeline/run.ts', "import { rsync } from '../home/rsync.ts';"],
    ['home/zfs.ts', "import { rsync } from './rsync.ts';"],
    ['home/zfs.ts', "import { formatBytes } from '../report/format.ts';"],
    ['host/actions.ts', "import * as core from '@actions/core';"],
    ['host/log.ts', "/**\n * Like `import '../pipeline/backup.ts'`.\n */\nimport { join } from 'node:path';"],
  ])('accept in %s: %s', (importer, statement) => {
    expect(forbiddenImports(tree(importer, statement), ['@actions/core'])).toEqual([]);
  });

  it('find a file that nobody imports', () => {
    const files = tree('entries/app.ts', "await import('../home/rsync.ts');");
    expect(unreachableFrom('entries/app.ts', files)).toContain('report/summary.ts');
    expect(unreachableFrom('entries/app.ts', files)).not.toContain('home/rsync.ts');
  });

  it('count lines of code, not comments', () => {
    expect(
      codeLines({ path: 'a.ts', text: '/**\n * Why.\n */\nconst a = 1;\n\n// Why.\nconst b = 2;\n' }),
    ).toBe(2);
  });
});
