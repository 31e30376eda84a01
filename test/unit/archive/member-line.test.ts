import { lstatSync, mkdirSync, readdirSync, readlinkSync, type Stats, writeFileSync } from 'node:fs';
import { chmod, mkdir, open, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_MARK, type Member, type MemberType, parseMember } from '../../../src/archive/member-line.ts';
import { listed, tarOf } from '../../support/archive-source.ts';
import { makeOddFiles } from '../../support/bitbucket-home/odd-files.ts';
import { craftTar, type CraftedMember } from '../../support/crafted-archives.ts';
import { runProgram } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function membersOf(archive: Buffer): Promise<Member[]> {
  return (await listed(archive)).map(parseMember).filter((member) => member !== undefined);
}

async function craftedMember(member: CraftedMember): Promise<Member | undefined> {
  return (await membersOf(craftTar([member])))[0];
}

/** Every name below a folder, one latin1 character for each byte. */
function namesBelow(folder: string, path: string): string[] {
  const names = readdirSync(pathOf(folder, path), { encoding: 'buffer' });
  return names.flatMap((bytes) => {
    const name = `${path}/${bytes.toString('latin1')}`;
    return lstatSync(pathOf(folder, name)).isDirectory() ? [name, ...namesBelow(folder, name)] : [name];
  });
}

function pathOf(folder: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
}

function typeOf(stats: Stats): MemberType {
  if (stats.isFile()) {
    return 'file';
  }
  if (stats.isDirectory()) {
    return 'folder';
  }
  return stats.isSymbolicLink() ? 'symlink' : stats.isFIFO() ? 'fifo' : 'other';
}

const ALL_MODES = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x'];

function permissionsOf(mode: number): string {
  const plain = ALL_MODES.map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  for (const [bit, place, letter] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const) {
    if (mode & bit) {
      plain[place] = plain[place] === 'x' ? letter : letter.toUpperCase();
    }
  }
  return plain.join('');
}

/** @param type as the list says: which of two names of a file comes first is tar's choice */
function memberAsItStands(root: string, name: string, type: MemberType | undefined): Member {
  const stats = lstatSync(pathOf(root, name));
  const permissions = permissionsOf(stats.mode);
  // The one file that `makeOddFiles` gives an access control list and an attribute.
  const attributes = name.endsWith('/acl');
  if (type === 'hardlink' && stats.nlink > 1) {
    return { name, type, bytes: 0, permissions, attributes, target: '' };
  }
  const target = stats.isSymbolicLink()
    ? { target: readlinkSync(pathOf(root, name), { encoding: 'buffer' }).toString('latin1') }
    : {};
  return {
    name,
    type: typeOf(stats),
    bytes: stats.isFile() ? stats.size : 0,
    permissions,
    attributes,
    ...target,
  };
}

/** The target of a hard link is compared by what it names; in place of a size a device has its number. */
function asCompared(member: Member): Member {
  if (member.type === 'hardlink') {
    return { ...member, target: '' };
  }
  return member.type === 'other' ? { ...member, bytes: 0 } : member;
}

function byName(a: Member, b: Member): number {
  return a.name < b.name ? -1 : 1;
}

function inodeOf(root: string, name: string): number {
  return lstatSync(pathOf(root, name)).ino;
}

async function makeOdderFiles(folder: string): Promise<void> {
  await makeOddFiles(folder, { specialFiles: true });
  await runProgram('mknod', [join(folder, 'character'), 'c', '1', '3']);
  await runProgram('mknod', [join(folder, 'block'), 'b', '7', '200']);
  for (const mode of [0o4755, 0o4644, 0o2755, 0o6711, 0o1777]) {
    const path = join(folder, mode.toString(8));
    await writeFile(path, 'x');
    await chmod(path, mode);
  }
  await mkdir(join(folder, 'sticky'));
  await chmod(join(folder, 'sticky'), 0o3777);
  const huge = await open(join(folder, 'huge'), 'w');
  await huge.truncate(9 * 1024 ** 3);
  await huge.close();
  for (const [name, seconds] of Object.entries({ negative: -86_400.25, early: -1, late: 5e9 + 0.5 })) {
    await writeFile(join(folder, name), '');
    await utimes(join(folder, name), seconds, seconds);
  }
  await symlink('a -> b" link to "c\\" -> \n', join(folder, 'arrow -> "in" name'));
  await writeFile(join(folder, `" -> "\\" link to "`), 'x');
  await writeFile(join(folder, 'ends with a blank '), 'x');
}

describe('a real list', () => {
  test('says of every member what lstat says: name, type, size, rights, target', async () => {
    const root = temporaryFolder();
    await mkdir(join(root, 'odd'));
    await makeOdderFiles(join(root, 'odd'));
    const members = await membersOf(await tarOf(root, ['odd']));
    const found = new Map(members.map((member) => [member.name, member]));
    // A socket is no member.
    const names = ['odd', ...namesBelow(root, 'odd')].filter((name) => name !== 'odd/socket');
    expect([...found.keys()].toSorted()).toEqual(names.toSorted());
    const expected = names.map((name) => memberAsItStands(root, name, found.get(name)?.type));
    expect([...found.values()].toSorted(byName).map(asCompared)).toEqual(expected.toSorted(byName));
    const hardLinks = members.filter(({ type }) => type === 'hardlink');
    expect(hardLinks.map(({ name }) => inodeOf(root, name))).toEqual(
      hardLinks.map(({ target = '' }) => inodeOf(root, target)),
    );
    const types = members.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['file', 'folder', 'symlink', 'hardlink', 'fifo', 'other']));
    expect(found.get('odd/huge')?.bytes).toBe(9 * 1024 ** 3);
  });

  test('ends with its end mark, which no name can pass for', async () => {
    const lines = await listed(craftTar([{ name: `block 0: ${END_MARK}` }, { name: END_MARK }]));
    const marks = lines.filter((line) => parseMember(line) === undefined);
    expect(marks[0]).toBe(`block 2: ${END_MARK}`);
    expect(lines.indexOf(marks[0] ?? '')).toBe(2);
  });
});

test('names of any bytes come through as they are', async () => {
  const anyName = fc
    .uint8Array({ minLength: 1, maxLength: 255 })
    .filter((bytes) => !bytes.includes(0) && !bytes.includes(0x2f))
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .filter((name) => name !== '.' && name !== '..');
  const nasty = fc
    .array(fc.constantFrom('"', '\\', '\n', '\r', ' ', ' -> ', ' link to ', 'é', 'Ã©', '\\"', '\\303', '0'), {
      minLength: 1,
      maxLength: 30,
    })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.oneof(anyName, nasty), { minLength: 1, maxLength: 40 }),
      async (names) => {
        const root = temporaryFolder();
        mkdirSync(join(root, 'in'));
        for (const name of names) {
          writeFileSync(pathOf(root, `in/${name}`), '');
        }
        const members = await membersOf(await tarOf(root, ['in']));
        const read = members
          .filter(({ type }) => type === 'file')
          .map(({ name }) => name.slice('in/'.length));
        expect(read.toSorted()).toEqual(names.toSorted());
      },
    ),
    { numRuns: 25 },
  );
});

test('targets of any bytes come through as they are', async () => {
  const anyTarget = fc
    .uint8Array({ minLength: 1, maxLength: 300 })
    .filter((bytes) => !bytes.includes(0))
    .map((bytes) => Buffer.from(bytes).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(fc.array(anyTarget, { minLength: 1, maxLength: 20 }), async (targets) => {
      const members = targets.map((target, index) => ({ name: `${index}`, type: '2', target }));
      const read = await membersOf(craftTar(members));
      expect(read.map(({ target }) => target)).toEqual(targets);
    }),
    { numRuns: 25 },
  );
});

describe('a crafted member', () => {
  test.each([
    ['a file', { name: 'x', content: 'abc' }, { type: 'file', bytes: 3 }],
    ['an old file', { name: 'x', type: '\0', content: 'abc' }, { type: 'file', bytes: 3 }],
    ['a contiguous file', { name: 'x', type: '7', content: 'abc' }, { type: 'file', bytes: 3 }],
    ['a folder', { name: 'x/', type: '5' }, { type: 'folder' }],
    ['a folder that says it is a file', { name: 'x/' }, { type: 'folder' }],
    ['a dump folder of GNU tar', { name: 'x', type: 'D', content: 'Yx\0\0' }, { type: 'folder' }],
    ['a symbolic link', { name: 'x', type: '2', target: 'y z' }, { type: 'symlink', target: 'y z' }],
    ['a link to nothing', { name: 'x', type: '2' }, { type: 'symlink', target: '' }],
    ['a hard link', { name: 'x', type: '1', target: './y' }, { type: 'hardlink', target: './y' }],
    ['a character device', { name: 'x', type: '3' }, { type: 'other' }],
    ['a block device', { name: 'x', type: '4' }, { type: 'other' }],
    ['a FIFO', { name: 'x', type: '6' }, { type: 'fifo' }],
    ['a type nobody knows', { name: 'x', type: 'W', content: 'abc' }, { type: 'other' }],
    [
      'the renames of an old GNU tar',
      { name: 'x', type: 'N', content: 'Rename a to b\n' },
      { type: 'other' },
    ],
    ['a volume label', { name: 'x', type: 'V' }, { type: 'other' }],
    ['the rest of another volume', { name: 'x', type: 'M' }, { type: 'other' }],
    ['a set-user-id file', { name: 'x', mode: 0o4640 }, { permissions: 'rwSr-----' }],
    ['a time that is no date', { name: 'x', pax: { mtime: '1000000000000000000' } }, { type: 'file' }],
    [
      'a time that is no date, on a link',
      { name: 'x ', type: '2', target: ' y', pax: { mtime: '-1000000000000000000' } },
      { name: 'x ', type: 'symlink', target: ' y' },
    ],
    ['a long name', { name: 'n/'.repeat(300) + 'x' }, { name: 'n/'.repeat(300) + 'x' }],
  ])('that is %s', async (_what, crafted, expected) => {
    expect(await craftedMember(crafted)).toMatchObject({ name: 'x', ...expected });
  });

  test('keeps a leading slash, dots, and loses slashes at the end', async () => {
    const members = await membersOf(
      craftTar(['/', '//x//', './', './x/../y/', '../z'].map((name) => ({ name, type: '5' }))),
    );
    expect(members.map(({ name }) => name)).toEqual(['/', '//x', '.', './x/../y', '../z']);
  });
});

test.each(['', 'tar: x: Cannot open', '-rw-r--r-- 0/0 5 2023-11-14 22:13:20 x', `block 7: ${END_MARK}`])(
  'the line %j is no member',
  (line) => {
    expect(parseMember(line)).toBeUndefined();
  },
);
