/** Members of random archives: folders in folders, files, links of both kinds, in an order that no tar would write. */
import * as fc from 'fast-check';
import type { CraftedMember } from './crafted-archives.ts';

export interface RandomArchive {
  readonly members: readonly CraftedMember[];
  /** Folders that only the names of others tell of: their times are those of the unpacking. */
  readonly unnamed: ReadonlySet<string>;
}

export interface RandomOptions {
  readonly prefix: '' | './';
  /** Access control lists and extended attributes. */
  readonly attributes: boolean;
}

function oftener<const T extends string>(...pairs: readonly (readonly [T, number])[]): fc.Arbitrary<T> {
  return fc.constantFrom(...pairs.flatMap(([value, times]) => Array.from({ length: times }, () => value)));
}

const entry = fc.record({
  kind: oftener(['folder', 3], ['file', 5], ['symlink', 1], ['hardlink', 1]),
  within: fc.nat(),
  target: fc.nat(),
  far: fc.integer({ min: 0, max: 9 }),
  oddName: fc.integer({ min: 0, max: 60 }),
  /** A folder that comes before what lies in it, after it, or not at all. */
  comes: oftener(['before', 18], ['after', 1], ['never', 1]),
  mode: fc.constantFrom(0o755, 0o700, 0o750, 0o500, 0o555, 0o100, 0o2770, 0o1777, 0o3711, 0o400),
  owner: fc.constantFrom(0, 0, 1234, 65_534),
  time: fc.integer({ min: 1, max: 2_000_000_000 }),
  size: fc.integer({ min: 0, max: 2_000 }),
  marked: fc.boolean(),
});

type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

const ODD = ['with space', '[a]*?', 'back\\slash', '"quoted"', '-dash', 'l\u00c3\u00bc', 'new\nline'];

const ACCESS = 'user::rwx,user:1234:r-x,group::r-x,mask::r-x,other::r-x';

export function randomArchive(options: RandomOptions): fc.Arbitrary<RandomArchive> {
  return fc.array(entry, { minLength: 30, maxLength: 80 }).map((entries) => archiveOf(entries, options));
}

function archiveOf(entries: readonly Entry[], options: RandomOptions): RandomArchive {
  const folders = ['bitbucket-home', 'bitbucket-db'];
  const files: string[] = [];
  const members: CraftedMember[] = folders.map((name) => ({ name: `${options.prefix}${name}/`, type: '5' }));
  const late: CraftedMember[] = [];
  const unnamed = new Set<string>();
  for (const [index, made] of entries.entries()) {
    const within = pick(folders, made.within);
    const name = `${within}/${ODD[made.oddName] ?? made.kind}${index}`;
    if (made.kind === 'folder') {
      folders.push(name);
      if (made.comes === 'never') {
        unnamed.add(name);
      } else {
        (made.comes === 'after' ? late : members).push(memberOf(made, name, options));
      }
      continue;
    }
    // Most hard links stay in their folder, as those of git do.
    const near = files.filter((file) => made.far === 0 || file.startsWith(`${within}/`));
    const kind = made.kind === 'hardlink' && near.length === 0 ? 'file' : made.kind;
    members.push(memberOf({ ...made, kind }, name, options, pick(near, made.target)));
    if (kind === 'file') {
      files.push(name);
    }
  }
  return { members: [...members, ...late], unnamed };
}

function memberOf(
  made: Entry,
  name: string,
  { prefix, attributes }: RandomOptions,
  first = '',
): CraftedMember {
  const { kind, mode, time, owner, size, marked } = made;
  const pax = {
    mtime: `${time}.123456789`,
    uid: `${owner}`,
    gid: `${owner}`,
    ...(attributes && marked && kind !== 'symlink' && kind !== 'hardlink'
      ? { 'SCHILY.xattr.user.mine': name, 'SCHILY.acl.access': ACCESS }
      : {}),
    ...(attributes && marked && kind === 'folder' ? { 'SCHILY.acl.default': ACCESS } : {}),
  };
  switch (kind) {
    case 'folder':
      return { name: `${prefix}${name}/`, type: '5', mode, pax };
    case 'symlink':
      return { name: prefix + name, type: '2', target: '../x', pax };
    case 'hardlink':
      return { name: prefix + name, type: '1', target: prefix + first, mode, pax };
    case 'file':
      return { name: prefix + name, content: Buffer.alloc(size, name), mode, pax };
  }
}

function pick(names: readonly string[], number: number): string {
  return names[number % names.length] ?? '';
}
