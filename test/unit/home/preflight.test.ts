import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWorkplace, rsyncRun, type Workplace } from '../../contract/home-context.ts';
import { FOREIGN_ID } from '../../support/bitbucket-home.ts';
import { programText } from '../../support/program.ts';

let place: Workplace;

beforeEach(async () => {
  place = await openWorkplace();
  await mkdir(join(place.homePath, 'shared/data/repositories/7'), { recursive: true });
  await writeFile(
    join(place.homePath, 'shared/bitbucket.properties'),
    'jdbc.url=jdbc:postgresql://db/bitbucket\n',
  );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await place[Symbol.asyncDispose]();
});

async function findings(inputs: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const found = await rsyncRun(place, inputs).strategy.preflight();
  return found.map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`);
}

describe('home-path', () => {
  it('is fine when it is a home, and nothing is changed by looking', async () => {
    expect(await findings()).toEqual([]);
    expect(await readdir(place.folder)).toEqual(['home']);
  });

  it('may keep its properties where older versions have them', async () => {
    await rename(
      join(place.homePath, 'shared/bitbucket.properties'),
      join(place.homePath, 'bitbucket.properties'),
    );
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['missing', /which does not exist; correct the path or mount/],
    ['file', /which is not a folder/],
    ['empty', /not a Bitbucket home: it has no shared\/data;/],
    ['home/shared', /the shared folder of a home; use '.*\/home'/],
  ])('%s is refused', async (name, message) => {
    await writeFile(join(place.folder, 'file'), '');
    await mkdir(join(place.folder, 'empty'));
    const found = await findings({ 'home-path': join(place.folder, name) });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^error home-path: Input 'home-path' is '/);
    expect(found[0]).toMatch(message);
  });

  it('is refused without its properties, naming what was looked for', async () => {
    await rm(join(place.homePath, 'shared/bitbucket.properties'));
    expect(await findings()).toEqual([
      expect.stringMatching(/has no shared\/bitbucket\.properties or bitbucket\.properties;/),
    ]);
  });

  it('is refused when a link leads out of it', async () => {
    await rename(join(place.homePath, 'shared'), join(place.folder, 'elsewhere'));
    await symlink('../elsewhere', join(place.homePath, 'shared'));
    expect(await findings()).toEqual([
      expect.stringMatching(/^error home-path: '.*\/home\/shared' is a link to '.*\/elsewhere'/),
    ]);
  });

  it('is fine when a link stays in it', async () => {
    await rename(join(place.homePath, 'shared'), join(place.homePath, 'real'));
    await symlink('real', join(place.homePath, 'shared'));
    expect(await findings()).toEqual([]);
  });

  it('warns of an internal database that nobody backs up', async () => {
    await writeFile(join(place.homePath, 'shared/data/db.mv.db'), '');
    expect(await findings()).toEqual([]);
    await writeFile(
      join(place.homePath, 'shared/bitbucket.properties'),
      '#jdbc.url=none\nsetup.displayName=B\n',
    );
    expect(await findings()).toEqual([
      expect.stringMatching(/^warning database-strategy: .*shared\/data\/db\.mv\.db/),
    ]);
  });
});

describe('rights', () => {
  it('names folders that the user of the runner cannot read', async () => {
    const repository = join(place.homePath, 'shared/data/repositories/7');
    await chmod(repository, 0o700);
    await chown(repository, FOREIGN_ID, FOREIGN_ID);
    // Root without its privileges: reads this checkout wherever it lies, and not what belongs to others.
    const found = await programText('setpriv', [
      '--bounding-set=-all',
      process.execPath,
      join(import.meta.dirname, 'print-findings.ts'),
      place.homePath,
      place.backupRoot,
    ]);
    expect(found).toMatch(
      /^error home-path: The home holds '.*\/repositories\/7', which user id 0 cannot read;[^\n]*$/,
    );
  });

  it('warns when the owner of files cannot be kept', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(FOREIGN_ID);
    expect(await findings()).toEqual([
      expect.stringMatching(/^warning home-path: The home belongs to user id 0,/),
    ]);
  });
});

describe('folders in one another', () => {
  it.each([
    ['home/backup', {}, /^error backup-root: .*which lies in the home/],
    ['link/backup/deep', {}, /^error backup-root: .*which lies in the home/],
    ['.', {}, /^error backup-root: .*the home \('.*'\) lies in it/],
    ['store/x', { 'data-stores': 'store' }, /^error backup-root: .*lies in the data store/],
    [
      'backup',
      { 'data-stores': 'home/shared' },
      /^error data-stores: .*lies in '.*home' and would be copied twice/,
    ],
    ['backup', { 'data-stores': 'store\nstore/inner' }, /^error data-stores: .*inner' lies in '.*store'/],
    ['backup', { 'data-stores': 'store\nstore-link' }, /^error data-stores: .*is the same folder as/],
  ])('backup-root %s with %j is refused', async (backupRoot, inputs: Record<string, string>, message) => {
    await mkdir(join(place.folder, 'store/inner'), { recursive: true });
    await symlink('home', join(place.folder, 'link'));
    await symlink('store', join(place.folder, 'store-link'));
    const stores = (inputs['data-stores'] ?? '').split('\n').filter((name) => name !== '');
    const elsewhere = { ...place, backupRoot: join(place.folder, backupRoot) };
    const { strategy } = rsyncRun(elsewhere, {
      'data-stores': stores.map((name) => join(place.folder, name)).join('\n'),
    });
    const found = (await strategy.preflight()).map((one) => `${one.severity} ${one.subject}: ${one.message}`);
    expect(found).toEqual([expect.stringMatching(message)]);
  });

  it('lets folders stand side by side, even with names that begin alike', async () => {
    const elsewhere = { ...place, backupRoot: `${place.homePath}-backup` };
    expect(await rsyncRun(elsewhere).strategy.preflight()).toEqual([]);
  });
});

describe('other inputs', () => {
  it('warns of an excluded repository that does not exist', async () => {
    expect(await findings({ 'exclude-repositories': '7, 8' })).toEqual([
      expect.stringMatching(/^warning exclude-repositories: .* names 8,/),
    ]);
  });

  it('refuses a data store that does not exist', async () => {
    expect(await findings({ 'data-stores': join(place.folder, 'nowhere') })).toEqual([
      expect.stringMatching(/^error data-stores: .*nowhere', which does not exist/),
    ]);
  });

  it('names every problem at once', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const found = await findings({ 'home-path': join(place.folder, 'missing'), 'data-stores': '/nowhere' });
    expect(found.map((line) => line.split(':')[0])).toEqual([
      'error rsync',
      'error home-path',
      'error data-stores',
    ]);
  });
});

describe('the program', () => {
  it.each([
    ['rsync  version 3.1.2  protocol version 31', /has version 3\.1\.2; install rsync 3\.1\.3 or later/],
    ['openrsync: protocol version 29', /has version unknown; install/],
  ])('%s is refused', async (answer, message) => {
    const folder = await mkdtemp(join(place.folder, 'bin-'));
    await writeFile(join(folder, 'rsync'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    expect(await findings()).toEqual([expect.stringMatching(message)]);
  });
});
