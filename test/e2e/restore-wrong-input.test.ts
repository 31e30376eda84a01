/** Everything that can be wrong with a restore before it begins: one clear sentence, and nothing changed. */
import { existsSync } from 'node:fs';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActionResult } from '../support/action-runner/run-action.ts';
import { startBitbucketSimulator } from '../support/bitbucket-simulator/simulator.ts';
import { runProgram } from '../support/program.ts';
import { changeManifest, repack, type Tampering, writeChecksum } from '../support/repacked-archive.ts';
import { type RestoreStand, startRestoreStand } from '../support/restore-stand.ts';

let stand: RestoreStand;
let scratch: string;
/** What the test itself puts on the machine. */
let before: string[];

beforeAll(async () => {
  stand = await startRestoreStand({ repositories: 2, databaseBytes: 200_000 });
}, 120_000);

afterAll(async () => {
  await stand.close();
});

beforeEach(async () => {
  scratch = join(stand.folder, 'scratch');
  await mkdir(scratch, { recursive: true });
  before = [];
});

afterEach(async () => {
  await rm(scratch, { recursive: true, force: true });
  await stand.clean();
});

/** Red, with this code; the machine and the server are as they were. */
async function refused(
  changes: Readonly<Record<string, string>>,
  code: string,
): Promise<{ readonly said: string; readonly result: ActionResult }> {
  const databases = await stand.databases();
  const result = await stand.restore(changes);
  const said = result.log.filter((line) => line.startsWith('##[error]')).join('\n');
  expect(result.exitCode).toBe(1);
  expect(`${result.outputs['error-code']}: ${said}`).toMatch(new RegExp(`^${code}: `));
  expect(said).toContain('Nothing was changed.');
  expect(await stand.remains()).toEqual(before);
  expect(await stand.databases()).toEqual(databases);
  return { said, result };
}

async function tampered(tampering: Tampering): Promise<string> {
  return await repack(stand.archive, scratch, tampering);
}

async function copied(): Promise<string> {
  const path = join(scratch, basename(stand.archive));
  await copyFile(stand.archive, path);
  await copyFile(`${stand.archive}.sha256`, `${path}.sha256`);
  return path;
}

describe('an archive that is', () => {
  test('truncated', async () => {
    const archive = await copied();
    await truncate(archive, 20_000);
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toMatch(/cannot be read to its end|has the SHA-256/);
  });

  test('truncated, and of Atlassian’s scripts', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.gz');
    await runProgram('tar', ['-czf', archive, '-C', stand.backupRoot, 'bitbucket-home', 'bitbucket-db']);
    const handle = await open(archive, 'r+');
    await handle.truncate((await handle.stat()).size - 1_000);
    await handle.close();
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toContain('cannot be read to its end');
  });

  test('plain tar, and cut off between two members', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar');
    await runProgram('tar', ['-cf', archive, '-C', stand.backupRoot, 'bitbucket-home', 'bitbucket-db']);
    const { stdout } = await runProgram('tar', ['-tR', '--file', archive]);
    const blocks = [...stdout.toString().matchAll(/^block (\d+): bitbucket-db\/$/gm)];
    await truncate(archive, Number(blocks[0]?.[1]) * 512);
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toContain('ends before its end mark');
  });

  test('bit-flipped', async () => {
    const archive = await copied();
    const content = await readFile(archive);
    const place = Math.floor(content.length / 2);
    content[place] = (content[place] ?? 0) ^ 4;
    await writeFile(archive, content);
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toMatch(/cannot be read to its end|has the SHA-256/);
  });

  test('whole, with a checksum of something else', async () => {
    const archive = await copied();
    await writeFile(`${archive}.sha256`, `${'0'.repeat(64)}  ${basename(archive)}\n`);
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toMatch(/has the SHA-256 [0-9a-f]{64}, and its checksum file says 0{64}/);
  });

  test('of ours, without its checksum', async () => {
    const archive = await copied();
    await rm(`${archive}.sha256`);
    const { said } = await refused({ archive }, 'ARCHIVE_CORRUPT');
    expect(said).toContain('has no checksum file beside it');
  });

  test('empty', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.zst');
    await writeFile(archive, '');
    expect((await refused({ archive }, 'ARCHIVE_CORRUPT')).said).toContain('is empty');
  });

  test('something else', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.zst');
    await writeFile(archive, 'a letter to the administrator\n'.repeat(100));
    expect((await refused({ archive }, 'ARCHIVE_CORRUPT')).said).toContain('is no archive');
  });

  test('a folder', async () => {
    expect((await refused({ archive: scratch }, 'ARCHIVE_NOT_FOUND')).said).toContain('is not a file');
  });

  test('of something else than Bitbucket', async () => {
    const archive = join(scratch, 'photos-20250101-030000-123.tar.gz');
    await mkdir(join(scratch, 'photos'));
    await writeFile(join(scratch, 'photos', 'one'), 'x');
    await runProgram('tar', ['-czf', archive, '-C', scratch, 'photos']);
    const { said } = await refused({ archive }, 'ARCHIVE_INCOMPLETE');
    expect(said).toMatch(
      /holds no bitbucket-home and no bitbucket-db \(but photos\).*This is no backup of Bitbucket/,
    );
  });

  test('renamed, with the checksum file left behind', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.zst');
    await rename(await copied(), archive);
    expect((await refused({ archive }, 'ARCHIVE_CORRUPT')).said).toContain('has no checksum file beside it');
  });

  test('renamed together with its checksum file', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.zst');
    const original = await copied();
    await rename(original, archive);
    await rename(`${original}.sha256`, `${archive}.sha256`);
    const { said } = await refused({ archive }, 'ARCHIVE_RENAMED');
    expect(said).toContain(`is the checksum of ${basename(stand.archive)}`);
  });

  test('renamed, with a new checksum', async () => {
    const archive = join(scratch, 'bitbucket-20250101-030000-123.tar.zst');
    await rename(await copied(), archive);
    await writeChecksum(archive);
    const { said } = await refused({ archive }, 'ARCHIVE_RENAMED');
    expect(said).toContain(
      `holds the backup ${basename(stand.archive, '.tar.zst')}: somebody has renamed it`,
    );
  });

  test('of a newer format', async () => {
    const archive = await tampered({
      change: async (folder) =>
        await changeManifest(folder, (manifest) => {
          manifest['formatVersion'] = 2;
        }),
    });
    const { said } = await refused({ archive }, 'VERSION_UNSUPPORTED');
    expect(said).toMatch(
      /has format version 2; this action reads version 1.*Use the version of the action that made/,
    );
  });

  test('with a damaged manifest', async () => {
    const archive = await tampered({
      change: async (folder) => await writeFile(join(folder, 'manifest.json'), '{"formatVersion":1,'),
    });
    expect((await refused({ archive }, 'MANIFEST_INVALID')).said).toContain('it is not JSON');
  });

  test('without what its manifest counts', async () => {
    const archive = await tampered({
      change: async (folder) => await rm(join(folder, 'bitbucket-home', 'home.properties')),
    });
    const { said } = await refused({ archive }, 'ARCHIVE_INCOMPLETE');
    expect(said).toMatch(/holds \d+ files of the home, and its manifest says \d+/);
  });

  test('without its database', async () => {
    const archive = await tampered({ members: ['manifest.json', 'bitbucket-home'] });
    expect((await refused({ archive }, 'ARCHIVE_INCOMPLETE')).said).toContain('holds no bitbucket-db');
  });
});

/** A member of any name: tar renames it on the way in. */
const renamed = (to: string): Tampering => ({
  change: async (folder) => await writeFile(join(folder, 'bitbucket-home', 'evil'), 'x'),
  tarOptions: [`--transform=s,^bitbucket-home/evil$,${to},`],
});

describe('an archive with', () => {
  test.each([
    ['a member ../../etc/x', renamed('../../etc/x'), /holds a path with '\.\.' \(\.\.\/\.\.\/etc\/x\)/],
    ['a member with .. inside', renamed('bitbucket-home/a/../../../x'), /holds a path with '\.\.'/],
    ['an absolute path', renamed('/etc/x'), /holds an absolute path \(\/etc\/x\)/],
    ['a name twice', renamed('bitbucket-home/home.properties'), /holds a name that occurs twice/],
    [
      'a link out',
      { change: async (folder: string) => await symlink('/etc', join(folder, 'bitbucket-home', 'evil')) },
      /1 symbolic link that leads out of the home \(bitbucket-home\/evil -> \/etc\).*outside-links: keep/,
    ],
    [
      'a link out by way of another link',
      {
        change: async (folder: string) => {
          await symlink('.', join(folder, 'bitbucket-home', 'here'));
          await symlink('here/here/..', join(folder, 'bitbucket-home', 'evil'));
        },
      },
      /1 symbolic link that leads out of the home \(bitbucket-home\/evil -> here\/here\/\.\.\)/,
    ],
    [
      'a member behind a link',
      {
        change: async (folder: string) => {
          await symlink('shared', join(folder, 'bitbucket-home', 'evil'));
          await writeFile(join(folder, 'bitbucket-home', 'x'), 'x');
        },
        tarOptions: ['--transform=s,^bitbucket-home/x$,bitbucket-home/evil/x,'],
      },
      /a path that leads through a symbolic link \(bitbucket-home\/evil\/x\)/,
    ],
    [
      'a device',
      {
        change: async (folder: string) => {
          await runProgram('mknod', [join(folder, 'bitbucket-home', 'evil'), 'b', '8', '0']);
        },
      },
      /holds a device or another special file \(bitbucket-home\/evil\)/,
    ],
  ] as const satisfies readonly (readonly [string, Tampering, RegExp])[])(
    '%s',
    async (_what, tampering, sentence) => {
      const { said } = await refused({ archive: await tampered(tampering) }, 'ARCHIVE_UNSAFE');
      expect(said).toMatch(sentence);
      expect(existsSync('/etc/x')).toBe(false);
    },
  );
});

test('an archive of another instance is a warning', async () => {
  const result = await stand.restore({ archive: stand.archive, 'instance-name': 'other', 'dry-run': 'true' });
  expect(result.outputs['result']).toBe('dry-run');
  expect(result.annotations.map(({ level, message }) => [level, message])).toContainEqual([
    'warning',
    "The archive is of instance 'bitbucket', and instance-name is 'other'; make sure that it is the one you want.",
  ]);
});

test('latest is of the own instance only', async () => {
  const { said } = await refused({ 'instance-name': 'other' }, 'ARCHIVE_NOT_FOUND');
  expect(said).toContain("There is no complete archive of instance 'other'");
});

describe('a target', () => {
  test('home that is not empty: a hidden file counts', async () => {
    await mkdir(stand.restoredHome);
    await writeFile(join(stand.restoredHome, '.hidden'), '');
    before = [basename(stand.restoredHome)];
    const { said } = await refused({}, 'PREFLIGHT_FAILED');
    expect(said).toMatch(/'home-path': the home cannot be restored to .*, which is not empty \(\.hidden\)/);
    expect(await readdir(stand.restoredHome)).toEqual(['.hidden']);
  });

  test('home whose parent is missing', async () => {
    const { said } = await refused({ 'home-path': join(stand.machine, 'a', 'b') }, 'PREFLIGHT_FAILED');
    expect(said).toMatch(/machine\/a' does not exist; create it, or mount its volume/);
  });

  test('database with tables', async () => {
    await stand.postgres.createDatabase(stand.restoredDatabase, { withSchema: false });
    await stand.postgres.sql(stand.restoredDatabase, 'CREATE TABLE precious AS SELECT 42 AS answer');
    const { said } = await refused({}, 'PREFLIGHT_FAILED');
    expect(said).toMatch(
      /Database 'bitbucket2' at .* is not empty \(1 objects: public\.precious\); nothing is overwritten/,
    );
    expect(await stand.postgres.sql(stand.restoredDatabase, 'SELECT answer FROM precious')).toBe('42');
  });

  test('database that the user may not create', async () => {
    await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} NOCREATEDB`);
    try {
      const { said } = await refused({}, 'PREFLIGHT_FAILED');
      expect(said).toMatch(
        /There is no database 'bitbucket2' .* may not create one; create it empty, or grant CREATEDB/,
      );
    } finally {
      await stand.postgres.sql('postgres', `ALTER ROLE ${stand.postgres.username} CREATEDB`);
    }
  });

  test('owner that does not exist', async () => {
    const { said } = await refused({ 'home-owner': 'nobody-here:nogroup' }, 'PREFLIGHT_FAILED');
    expect(said).toContain("Input 'home-owner' names the user 'nobody-here', which does not exist");
  });

  test('disk without room', async () => {
    const disk = join(scratch, 'disk');
    await mkdir(disk);
    await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      const { said } = await refused({ 'home-path': join(disk, 'home') }, 'PREFLIGHT_FAILED');
      expect(said).toMatch(/Not enough space: about .* needed \(unpacked archive .*\), .* free on .*disk/);
      expect(await readdir(disk)).toEqual([]);
    } finally {
      await runProgram('umount', [disk]);
    }
  });

  test('Bitbucket that runs', async () => {
    const { said } = await refused({ 'bitbucket-url': stand.simulator.url }, 'TARGET_RUNNING');
    expect(said).toMatch(/A Bitbucket answers at .*, in state RUNNING.*Stop it, on all nodes/);
  });
});

test('a Bitbucket that is down is as it should be', async () => {
  const simulator = await startBitbucketSimulator();
  const { url } = simulator;
  await simulator.close();
  const result = await stand.restore({ 'bitbucket-url': url, 'dry-run': 'true' });
  expect(result.outputs['result']).toBe('dry-run');
  expect(result.log.join('\n')).toContain(`No Bitbucket answers at ${url}, as it should be`);
});

test('all wrong inputs are named in one go', async () => {
  const result = await stand.restore({
    confirm: 'production',
    'home-owner': 'bitbucket',
    'update-properties': 'yes',
    'data-stores': 'relative',
    'database-port': 'x',
  });
  const errors = result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  expect(errors.slice(0, -1)).toEqual([
    "Input 'confirm' is 'production', and the instance is 'bitbucket'; type its name to confirm the restore.",
    "Input 'update-properties' is 'yes'; use true or false.",
    "Input 'data-stores' is 'relative'; use an absolute path.",
    "Input 'home-owner' is 'bitbucket'; use user:group, such as bitbucket:bitbucket.",
    "Input 'database-port' is 'x'; use a whole number from 1 to 65535.",
  ]);
  expect(result.outputs['error-code']).toBe('INPUT_INVALID');
});
