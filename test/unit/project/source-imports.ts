/** The imports of `src`, and the rules of CONTRIBUTING.md on them. */
import { globSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

export interface SourceFile {
  /** Relative to `src`, with `/`. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  readonly to: string;
}

const PARTS = ['home', 'database', 'search', 'archive'];
const BELOW_PARTS = ['strategies', 'inputs', 'host', 'errors.ts'];

/** What each folder may import besides itself: whole folders, or single files. Arrows run downwards only. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  entries: ['pipeline', 'bitbucket', 'report', ...PARTS, ...BELOW_PARTS],
  pipeline: ['bitbucket', 'report', ...PARTS, ...BELOW_PARTS],
  bitbucket: BELOW_PARTS,
  report: BELOW_PARTS,
  // How sizes and times are written is the same in log and report; it is plain text and knows neither.
  ...Object.fromEntries(PARTS.map((part) => [part, ['report/format.ts', ...BELOW_PARTS]])),
  strategies: ['inputs', 'host', 'errors.ts'],
  inputs: ['host', 'errors.ts'],
  host: ['errors.ts'],
  'errors.ts': [],
};

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`; the formatter sees to the quotes. */
const IMPORT = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;
const COMPUTED_IMPORT = /\bimport\(\s*[^'\s]/;

export function readSources(folder: string): SourceFile[] {
  return globSync('**/*.ts', { cwd: folder })
    .toSorted()
    .map((path) => ({
      path: path.split(sep).join('/'),
      text: readFileSync(join(folder, path), 'utf8'),
    }));
}

/** One line for every import that goes where it must not. */
export function forbiddenImports(files: readonly SourceFile[], packages: readonly string[]): string[] {
  const known = new Set(files.map((file) => file.path));
  const computed = files
    .filter((file) => COMPUTED_IMPORT.test(code(file)))
    .map((file) => `${file.path}: import() of a computed name, which nobody can follow`);
  const wrong = files
    .flatMap(importsOf)
    .map((entry) => ({ entry, reason: complaint(entry, known, packages) }))
    .filter(({ reason }) => reason !== undefined)
    .map(({ entry, reason }) => `${entry.from} -> ${entry.to}: ${reason}`);
  return [...computed, ...wrong];
}

/** Files that nothing reaches from the entry: dead code, or a strategy that nobody registered. */
export function unreachableFrom(entry: string, files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = byPath.get(path);
    if (file !== undefined && !reached.has(path)) {
      reached.add(path);
      open.push(...importsOf(file).map(({ to }) => to));
    }
  }
  return files.map((file) => file.path).filter((path) => !reached.has(path));
}

/** Lines that hold code: neither blank nor comment. */
export function codeLines(file: SourceFile): number {
  return code(file)
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

function complaint(
  { from, to }: Import,
  known: ReadonlySet<string>,
  packages: readonly string[],
): string | undefined {
  if (to.startsWith('node:')) {
    return undefined;
  }
  if (!to.endsWith('.ts')) {
    const name = to
      .split('/')
      .slice(0, to.startsWith('@') ? 2 : 1)
      .join('/');
    if (name.startsWith('@actions/') && layerOf(from) !== 'host') {
      return 'only src/host may import @actions/*';
    }
    return packages.includes(name) ? undefined : 'not a dependency in package.json';
  }
  if (!known.has(to)) {
    return 'not a file of src';
  }
  const layer = layerOf(from);
  const allowed = ALLOWED[layer];
  if (allowed === undefined) {
    return `the folder ${layer} has no place in CONTRIBUTING.md`;
  }
  return [layer, ...allowed].some((place) => place === layerOf(to) || place === to)
    ? undefined
    : 'against the arrows of CONTRIBUTING.md';
}

function importsOf(file: SourceFile): Import[] {
  return [...code(file).matchAll(IMPORT)].map(([, name = '']) => ({
    from: file.path,
    to: name.startsWith('.') ? posix.join(posix.dirname(file.path), name) : name,
  }));
}

/** Without comments that stand on lines of their own, where examples and prose may look like imports. */
function code({ text }: SourceFile): string {
  return text.replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function layerOf(path: string): string {
  return path.split('/')[0] ?? path;
}
