import { mkdirSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leadsOut } from '../../../src/archive/link-resolution.ts';
import { isErrno } from '../../../src/errors.ts';
import { isWithin } from '../../../src/host/real-path.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = '/var/home';

/** Does the link at `path` lead out, among `links`? */
function leads(path: string, target: string, links: Readonly<Record<string, string>> = {}): 'in' | 'out' {
  const folder = path.split('/').slice(0, -1).join('/');
  const all = new Map(Object.entries({ ...links, [path]: target }));
  return leadsOut(folder, target, all, ROOT) ? 'out' : 'in';
}

describe('a single link', () => {
  test.each([
    ['a', 'b', 'in'],
    ['a', './b/./c//d/', 'in'],
    ['a', '.', 'in'],
    ['a', '', 'in'],
    ['a', '..', 'out'],
    ['a', 'b/..', 'in'],
    ['a', 'b/../..', 'out'],
    ['d/a', '..', 'in'],
    ['d/a', '../../b', 'out'],
    ['d/e/a', '../../b', 'in'],
    ['a', '/etc/hostname', 'out'],
    ['a', '/', 'out'],
    ['a', ROOT, 'in'],
    ['a', `${ROOT}/x`, 'in'],
    ['d/e/a', `/${ROOT}/./x/`, 'in'],
    ['a', `${ROOT}/..`, 'out'],
    ['a', `${ROOT}/x/../../y`, 'out'],
    ['a', `${ROOT}-other/x`, 'out'],
    ['a', '/var', 'out'],
    // It comes back, but by a folder that is not ours.
    ['a', '../home/b', 'out'],
    ['a', `/var/x/../home/b`, 'out'],
  ] as const)('at %s to %j leads %s', (path, target, where) => {
    expect(leads(path, target)).toBe(where);
  });

  test('is out when it is absolute and its tree is not going to stand anywhere', () => {
    expect(leadsOut('', '/anything', new Map(), '')).toBe(true);
    expect(leadsOut('', '/', new Map(), '')).toBe(true);
    expect(leadsOut('', 'x', new Map(), '')).toBe(false);
  });
});

describe('by way of other links', () => {
  test.each([
    ['out through the last of a chain', { b: 'c', c: 'd', d: '..' }, 'b', 'out'],
    ['in through a whole chain', { b: 'c', c: 'd', d: 'e' }, 'b', 'in'],
    ['out of what a link leads to', { 'deep/er/b': '../..' }, 'deep/er/b/..', 'out'],
    ['in: `..` after a link is counted from where that led', { b: 'x/y' }, 'b/../z', 'in'],
    ['out: the text stays inside, the link before it leads up', { 'x/y/b': '../..' }, 'x/y/b/../c', 'out'],
    ['out by an absolute link on the way', { b: '/etc' }, 'b/passwd', 'out'],
    ['in by an absolute link that stays', { b: `${ROOT}/x/y` }, 'b/../../z', 'in'],
    ['out past an absolute link that stays', { b: `${ROOT}/x` }, 'b/../../z', 'out'],
    ['in by a link to the root itself', { b: ROOT }, 'b/c', 'in'],
    ['out above a link to the root itself', { b: ROOT }, 'b/..', 'out'],
    ['nowhere by a loop', { b: 'c', c: 'b' }, 'b/../../..', 'in'],
  ] as const)('it leads %s', (_how, links, target, where) => {
    expect(leads('a', target, links)).toBe(where);
  });

  test('a link to itself leads nowhere', () => {
    expect(leads('a', 'a/../..')).toBe('in');
  });

  test('a chain as long as the kernel follows it is followed', () => {
    const links = Object.fromEntries(Array.from({ length: 39 }, (_, index) => [`${index}`, `${index + 1}`]));
    expect(leads('a', '0', { ...links, 39: '..' })).toBe('out');
  });
});

/** Nobody knows what a missing folder is going to be, so it is taken for a plain one. */
test.each([
  ['missing', 'in'],
  ['missing/x', 'in'],
  ['missing/..', 'in'],
  ['missing/../..', 'out'],
  ['missing/../../back', 'out'],
] as const)('a link to %s, which is not there, leads %s', (target, where) => {
  expect(leads('a', target)).toBe(where);
});

const NAMES = ['a', 'b', 'c', 'd'] as const;
/** Beside the root, so that a link can lead out to something that is there. */
const BESIDE = 'beside';

interface Plan {
  readonly folders: readonly (readonly string[])[];
  readonly links: readonly { readonly at: readonly string[]; readonly target: string }[];
}

const anyPath = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });
const anyTarget = fc
  .tuple(
    fc.constantFrom('', '', '', '/', 'ROOT/', `ROOT/../${BESIDE}/`),
    fc.array(fc.constantFrom('..', '..', '.', '', ...NAMES), { minLength: 1, maxLength: 6 }),
  )
  .map(([start, parts]) => start + parts.join('/'))
  // The kernel makes no link to nothing.
  .filter((target) => target !== '');
const anyPlan: fc.Arbitrary<Plan> = fc.record({
  folders: fc.array(anyPath, { maxLength: 8 }),
  links: fc.array(fc.record({ at: anyPath, target: anyTarget }), { minLength: 1, maxLength: 8 }),
});

/** @returns every link that could be made: not where a folder or another link stands, and not below a link. */
function build(root: string, plan: Plan): Map<string, string> {
  mkdirSync(root, { recursive: true });
  for (const name of NAMES) {
    mkdirSync(join(root, '..', BESIDE, name), { recursive: true });
    mkdirSync(join(root, '..', name), { recursive: true });
  }
  for (const parts of plan.folders) {
    mkdirSync(join(root, ...parts), { recursive: true });
  }
  const links = new Map<string, string>();
  for (const { at, target } of plan.links) {
    const above = at.slice(0, -1).map((_, index) => at.slice(0, index + 1).join('/'));
    if (above.some((path) => links.has(path))) {
      continue;
    }
    try {
      mkdirSync(join(root, ...at.slice(0, -1)), { recursive: true });
      symlinkSync(target.replace('ROOT', root), join(root, ...at));
      links.set(at.join('/'), readlinkSync(join(root, ...at)));
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) {
        throw error;
      }
    }
  }
  return links;
}

/** @returns undefined where the kernel finds nothing, or turns in a circle. */
function kernelSays(path: string, root: string): 'in' | 'out' | undefined {
  try {
    // Not Node's own realpath, which takes `link/..` for text.
    return isWithin(realpathSync.native(path), root) ? 'in' : 'out';
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) {
      return undefined;
    }
    throw error;
  }
}

test('of every link that leads anywhere it says what the kernel says', () => {
  const seen = { in: 0, out: 0, nowhere: 0 };
  const top = realpathSync(temporaryFolder());
  let run = 0;
  fc.assert(
    fc.property(anyPlan, (plan) => {
      run += 1;
      const root = join(top, `${run}`, 'root');
      const links = build(root, plan);
      const said: string[] = [];
      const found: string[] = [];
      for (const [path, target] of links) {
        const kernel = kernelSays(join(root, path), root);
        seen[kernel ?? 'nowhere'] += 1;
        if (kernel !== undefined) {
          const folder = dirname(path) === '.' ? '' : dirname(path);
          said.push(`${path}: ${leadsOut(folder, target, links, root) ? 'out' : 'in'}`);
          found.push(`${path}: ${kernel}`);
        }
      }
      expect(said).toEqual(found);
    }),
    { numRuns: 250 },
  );
  // What is seldom made is not tested.
  expect(Math.min(seen.in, seen.out)).toBeGreaterThan(30);
});
