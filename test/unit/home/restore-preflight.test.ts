import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedPart } from '../../../src/strategies/restore.ts';
import { namesIn, rsyncRestoreRun } from '../../contract/home-restore-context.ts';
import { FOREIGN_ID } from '../../support/bitbucket-home.ts';
import { makeReadOnly, mountDisk } from '../../support/mounts.ts';
import { programText } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = join(folder, 'home');
});

type Inputs = Readonly<Record<string, string>>;

async function findings(inputs: Inputs = {}, part?: ArchivedPart): Promise<readonly string[]> {
  const found = await rsyncRestoreRun({ 'home-path': home, ...inputs }).strategy.preflight(part);
  return found.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

function partWith(dataStores: readonly string[]): ArchivedPart {
  return {
    recorded: { strategy: 'rsync', included: true, members: [], details: { dataStores } },
    drained: true,
  };
}

const REFUSED = (why: string): string =>
  `error home-path: Input 'home-path': the home cannot be restored to '${home}', ${why}`;

describe('a target', () => {
  it('may be absent, or empty but for what a file system or a restore has made', async () => {
    expect(await findings()).toEqual([]);
    mkdirSync(join(home, 'lost+found'), { recursive: true });
    mkdirSync(join(home, '.bitbucket-restore.partial-1'));
    writeFileSync(join(home, '.bitbucket-restore.home.journal.json'), '');
    expect(await findings()).toEqual([]);
    expect(await namesIn(folder)).toEqual(['home']);
  });

  it('is not empty with a single file, even one whose name begins with a dot', async () => {
    mkdirSync(home);
    writeFileSync(join(home, '.x'), '');
    expect(await findings()).toEqual([
      REFUSED('which is not empty (.x); nothing is overwritten: move it away, or choose another folder.'),
    ]);
  });

  it('names what it holds, five of it', async () => {
    mkdirSync(home);
    for (const name of ['g', 'f', 'e', 'd', 'c', 'b', 'a']) {
      writeFileSync(join(home, name), '');
    }
    expect((await findings())[0]).toContain('which is not empty (a, b, c, d, e and 2 more); ');
  });

  it('is no file and no link, not even one to an empty folder', async () => {
    writeFileSync(home, '');
    expect(await findings()).toEqual([
      REFUSED('which is a file; name a folder that is empty or does not exist.'),
    ]);
    home = join(folder, 'link');
    mkdirSync(join(folder, 'empty'));
    symlinkSync('empty', home);
    expect(await findings()).toEqual([
      REFUSED('which is a symbolic link; name the folder that it leads to.'),
    ]);
  });

  it.each([
    ['missing', (parent: string) => `and '${parent}' does not exist; create it, or mount its volume.`],
    ['file', (parent: string) => `and '${parent}' is not a folder; correct the path.`],
    ['file/deep', (parent: string) => `and '${parent}' does not exist; create it, or mount its volume.`],
    ['dangling', (parent: string) => `and '${parent}' does not exist; create it, or mount its volume.`],
  ])('stands in a folder, which %s is not', async (parent, why) => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('nowhere', join(folder, 'dangling'));
    home = join(folder, parent, 'home');
    const [found, ...more] = await findings();
    expect(more).toEqual([]);
    expect(found).toMatch(/^error home-path: /);
    expect([
      REFUSED(why(join(folder, parent))),
      expect.stringContaining('cannot be looked at'),
    ]).toContainEqual(found);
  });

  it('can be written to: a file system mounted read-only cannot', async () => {
    const disk = await mountDisk(join(folder, 'disk'));
    mkdirSync(join(disk, 'empty'));
    await makeReadOnly(disk);
    for (const name of ['empty', 'absent']) {
      home = join(disk, name);
      expect(await findings()).toEqual([REFUSED('whose file system is read-only; mount it for writing.')]);
    }
  });

  it.each([
    ['the folder above it', 'theirs/home', 'theirs'],
    ['the folder itself', 'theirs', 'theirs'],
  ])('can be written to by this user: %s', async (_what, name, refused) => {
    mkdirSync(join(folder, 'theirs'));
    await chown(join(folder, 'theirs'), FOREIGN_ID, FOREIGN_ID);
    chmodSync(folder, 0o755);
    home = join(folder, name);
    expect(await findingsWithoutPrivileges()).toBe(
      REFUSED(`and '${join(folder, refused)}' cannot be written to by this user; check its rights.`),
    );
  });
});

/** Root without its privileges: reads this checkout wherever it lies, and does not write where others own. */
async function findingsWithoutPrivileges(inputs: Inputs = {}): Promise<string> {
  return await programText('setpriv', [
    '--bounding-set=-all',
    process.execPath,
    join(import.meta.dirname, 'print-restore-findings.ts'),
    `home-path=${home}`,
    ...Object.entries(inputs).map(([name, value]) => `${name}=${value}`),
  ]);
}

describe('targets', () => {
  it.each([
    ['home', '/a/store=HOME/store'],
    ['home', '/a/store=HOME'],
    ['outer/home', '/a/store=FOLDER/outer'],
    ['real/home', '/a/store=FOLDER/link/home/x'],
  ])('do not lie in one another: %s and %s', async (name, stores) => {
    mkdirSync(join(folder, 'outer'));
    mkdirSync(join(folder, 'real/home'), { recursive: true });
    symlinkSync('real', join(folder, 'link'));
    home = join(folder, name);
    const found = await findings({ 'data-stores': stores.replace('HOME', home).replace('FOLDER', folder) });
    expect(found.filter((line) => line.includes('lies in the other'))).toEqual([
      expect.stringMatching(
        /^error data-stores: Input 'data-stores' restores the data store \/a\/store of the archive to '.*' and the home to '.*', of which one lies in the other; name folders that are apart\.$/,
      ),
    ]);
  });

  it('may have names that begin alike', async () => {
    expect(await findings({ 'data-stores': `/a/store=${home}-store` })).toEqual([]);
  });

  it('are all told of at once', async () => {
    writeFileSync(join(folder, 'file'), '');
    home = join(folder, 'file');
    const found = await findings({ 'data-stores': `/a=${folder}/file/b\n/c=${folder}/none/c` });
    expect(found.map((line) => line.split(':')[0])).toEqual([
      'error data-stores',
      'error data-stores',
      'error data-stores',
      'error home-path',
    ]);
  });
});

describe('data stores', () => {
  it('of the archive are all named', async () => {
    expect(await findings({}, partWith(['/a', '/b']))).toEqual([
      "error data-stores: Input 'data-stores' lacks the data store '/a' of the archive; add a line '/a', or '/a=/other/path' to restore it elsewhere.",
      "error data-stores: Input 'data-stores' lacks the data store '/b' of the archive; add a line '/b', or '/b=/other/path' to restore it elsewhere.",
    ]);
  });

  it('that are named are in the archive', async () => {
    const inputs = { 'data-stores': `/a=${folder}/a\n/b=${folder}/b` };
    expect(await findings(inputs, partWith(['/a']))).toEqual([
      "error data-stores: Input 'data-stores' names '/b', and the archive holds no such data store (/a); remove or correct it.",
    ]);
    expect(await findings(inputs, partWith([]))).toEqual([
      expect.stringContaining("names '/a', and the archive holds no such data store (it has none)"),
      expect.stringContaining("names '/b', and"),
    ]);
    expect(await findings(inputs, partWith(['/a', '/b']))).toEqual([]);
  });

  it('are not asked about while the archive has not told them', async () => {
    const inputs = { 'data-stores': `/a=${folder}/a` };
    expect(await findings(inputs, undefined)).toEqual([]);
    expect(await findings(inputs, { recorded: undefined, drained: false })).toEqual([]);
  });
});

describe('home-owner', () => {
  it.each(['root:root', '0:0', '54321:54322', 'nobody:daemon'])('%s may be given files', async (owner) => {
    expect(await findings({ 'home-owner': owner })).toEqual([]);
  });

  it('is known to this machine', async () => {
    expect(await findings({ 'home-owner': 'no-such-user:no-such-group$' })).toEqual([
      "error home-owner: Input 'home-owner' names the user 'no-such-user', which does not exist on this machine; create it first.",
      "error home-owner: Input 'home-owner' names the group 'no-such-group$', which does not exist on this machine; create it first.",
    ]);
  });

  it('takes root to be given files', async () => {
    const args = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
    const script = join(import.meta.dirname, 'print-restore-findings.ts');
    chmodSync(folder, 0o777);
    const found = await programText('setpriv', [
      ...args,
      script,
      `home-path=${home}`,
      'home-owner=nobody:daemon',
    ]);
    expect(found).toBe(
      "error home-owner: Input 'home-owner' is given, but only root may give files away; run the runner as root or leave it empty.",
    );
  });
});
